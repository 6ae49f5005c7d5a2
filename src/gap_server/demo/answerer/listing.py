"""What there is to be seen."""

import re
from collections.abc import Sequence

from gap_server.demo.answerer.asked import Asked, Pair
from gap_server.demo.answerer.finding import EXTREMES, Found, extreme, find, split
from gap_server.demo.answerer.phrases import PLACE, Phrase, region_of
from gap_server.demo.answerer.relating import strangers
from gap_server.demo.answerer.wording import a, capital, listed, none, of_kind, region, some
from gap_server.demo.scene import relations
from gap_server.demo.scene.kinds import GROUPS, KINDS, THINGS, kinds_expected
from gap_server.demo.scene.looks import OUTDOORS

_ALL = (
    r"^(what|which|name|list)\b.*\b(things|objects|items)\b"
    r"|^what (is|are) (there|this|that|it|in|shown|visible|happening|here)?\s*$"
    r"|^what (do|can) (you|i|we) see|^what (is|are) (the )?(picture|image|photo|scene|main|subject)"
    r"|^what (is|are) (there|in) |^what (else )?(is|are) (this|it)? ?(about|of)$|^what$"
    r"|^what (is|are) (depicted|going on|happening|shown|visible)"
    r"|^(list|name|describe|tell me about|caption)\b|^what (kind of )?(picture|image|photo)|^what appears"
    r"|^what does (it|this|(the|this) (\w+)) show"
)


def everything(asked: Asked) -> Pair | None:
    """`describe the picture`, `what do you see`, `what objects are there`."""
    about = asked.text
    whole = re.search(_ALL, about) or re.search(
        r"^(what|describe|list|name)\b.*\b(see|picture|image|photo|scene)\b", asked.raw
    )
    if not whole or (
        asked.phrases and not asked.first.generic and not asked.says(r"^describe (this|it|what)")
    ):
        return None
    if asked.phrases and (asked.first.colour or asked.first.region or asked.first.size):
        return None
    scene = asked.scene
    kinds = [thing.kind for thing in scene.things]
    ranked = sorted(dict.fromkeys(kinds), key=lambda kind: (-kinds.count(kind), kind))[:4]
    true = [some(kind, kinds.count(kind)) for kind in ranked]
    usual = kinds_expected(outdoors=scene.setting in OUTDOORS)
    other = [
        kind
        for kind in asked.dice.shuffled("other", usual)
        if kind not in kinds and not _confused(kind, kinds)
    ]
    false = [some(kind, kinds.count(old)) for kind, old in zip(other, ranked, strict=False)]
    form = asked.dice.shape("all", ("I can see {}.", "The picture shows a {place} with {}.", "There is {}."))
    return Pair(
        form.format(listed(true), place=scene.setting), form.format(listed(false), place=scene.setting)
    )


def background(asked: Asked) -> Pair | None:
    """`what is in the background`."""
    if not asked.says(r"^what\b.*\bbackground\b"):
        return None
    scene = asked.scene
    here = list(dict.fromkeys(part.kind for part in scene.backdrop))
    outdoors = scene.setting in OUTDOORS
    choice = (
        ("hill", "building", "sea", "road", "cloud", "sand", "snow")
        if outdoors
        else ("sky", "road", "sea", "hill", "moon")
    )
    count = {kind: sum(part.kind == kind for part in scene.backdrop) for kind in here}
    true = [some(kind, count[kind]) for kind in asked.dice.shuffled("here", here)[:2]]
    false = [
        some(kind, 1)
        for kind in asked.dice.shuffled("not here", [k for k in choice if k not in here])[: len(true)]
    ]
    return Pair(f"There is {listed(true)} in the background.", f"There is {listed(false)} in the background.")


def _confused(kind: str, kinds: Sequence[str]) -> bool:
    """Whether somebody may call it by the name of one of these: a duck is a bird, too."""
    either = {"bird", "building"} & set(KINDS[kind].groups)
    return any(either & {other, *KINDS[other].groups} for other in kinds)


def which_kinds(asked: Asked) -> Pair | None:
    """`what animals are there`, `which fruit do you see`, `what kind of vehicle is this`, `what food is on
    the table`.
    """
    if (
        not asked.says(r"^(what|which|name|list|are there any kinds)\b")
        or not asked.phrases
        or asked.first.noun.one not in (*GROUPS, "thing")
    ):
        return None
    phrase = asked.first
    if phrase.generic or phrase.colour or phrase.start > 3 or asked.says(r"\bcolours?\b|\bhow many\b"):
        return None
    found = find(asked.scene, phrase).sure
    kinds = list(dict.fromkeys(thing.kind for thing in found))
    absent = [
        kind
        for kind in asked.dice.shuffled("kinds", sorted(phrase.kinds))
        if kind not in kinds and kind in THINGS
    ]
    absent = [kind for kind in absent if not _confused(kind, kinds)] or strangers_kinds(asked, kinds)
    form = asked.dice.shape("kinds", ("There is {}.", "I can see {}."))
    if not kinds:
        return Pair(f"{capital(none(phrase))}.", form.format(a(absent[0])))
    counts = [sum(thing.kind == kind for thing in found) for kind in kinds]
    true = [some(kind, count) for kind, count in zip(kinds, counts, strict=True)]
    false = [some(kind, count) for kind, count in zip(absent, counts, strict=False)]
    return Pair(form.format(listed(true)), form.format(listed(false)))


def strangers_kinds(asked: Asked, kinds: Sequence[str]) -> list[str]:
    """Any kinds that are not in the picture."""
    here = {thing.kind for thing in asked.scene.things} | set(kinds)
    usual = kinds_expected(outdoors=asked.scene.setting in OUTDOORS)
    return [
        kind for kind in asked.dice.shuffled("any", usual) if kind not in here and not _confused(kind, kinds)
    ]


def what_is_it(asked: Asked) -> Pair | None:
    """`what is the red thing`, `which things are orange`, `what is on the left`, `what is blue`."""
    if not asked.says(r"^(what|which|who|name|list)\b") or asked.says(r"\bcolours?\b|\bhow many\b|\bdoing\b"):
        return None
    if asked.phrases and not asked.first.generic:
        return None
    scene = asked.scene
    tint = _tint(asked)
    place = _region(asked)
    if tint is None and place is None:
        return None
    found = split(
        [(t, relations.lies(t, place) if place else True) for t in scene.things if tint in {None, t.colour}]
    )
    if place and not found.sure:
        side = _far(place)
        found = Found(tuple(extreme(found.maybe, side)[:1]), found.maybe)
    return _shown(asked, found, tint, place)


def which_one(asked: Asked) -> Pair | None:
    """`which book is on the right`, `which animal is on the left`, `which lamp is blue`."""
    if (
        not asked.says(r"^(which|what)\b")
        or not asked.phrases
        or asked.first.generic
        or asked.says(r"\bcolours?\b|\bdoing\b")
    ):
        return None
    phrase = asked.first
    tint = re.search(
        r"\b(?:is|are) (red|orange|yellow|green|blue|purple|pink|brown|white|black|grey)\b", asked.text
    )
    place = _region(asked) or phrase.region
    if phrase.start > 1 or not (place or tint) or asked.says(r"^(which|what) (is|are)\b"):
        return None
    kinds = find(asked.scene, phrase.without_region()).sure
    meant = tuple(thing for thing in kinds if tint is None or thing.colour == tint[1])
    if place:
        meant = tuple(extreme([t for t in meant if relations.lies(t, place) is not False], _far(place))[:1])
    rest = [of_kind(t) for t in kinds if t not in meant and of_kind(t) not in {of_kind(one) for one in meant}]
    if not meant or not rest:
        return None
    form = asked.dice.shape("it", ("It is the {}.", "That is the {}."))
    return Pair(form.format(of_kind(meant[0])), form.format(asked.dice.value("rest", rest)))


def _tint(asked: Asked) -> str | None:
    from_phrase = asked.first.colour if asked.phrases else None
    after = re.search(
        r"\b(?:is|are|of|coloured) (red|orange|yellow|green|blue|purple|pink|brown|white|black|grey)\b",
        asked.text,
    )
    return from_phrase or (after[1] if after else None)


def _region(asked: Asked) -> str | None:
    if asked.phrases and asked.first.region:
        return asked.first.region
    matched = re.search(rf"{PLACE}$", asked.text)
    return region_of(matched) if matched else None


def _shown(asked: Asked, found: Found, tint: str | None, place: str | None) -> Pair:
    things = found.sure
    if place:
        things = tuple(extreme(things, _far(place)))
    names = list(dict.fromkeys(thing.kind if tint and not place else of_kind(thing) for thing in things))[:3]
    possible = {thing.kind for thing in found.all} | {t.kind for t in asked.scene.things if t.colour == tint}
    wrong = strangers(asked, possible, max(len(names), 1))
    if tint:
        wrong = [f"{tint} " * bool(place) + name.split(" ", 1)[1] for name in wrong]
    at = f" {region(place)}" if place else ""
    form = "There is {}" + at + "." if place else asked.dice.shape("it", ("It is {}.", "I see {}."))
    if not names:
        return Pair(
            f"There is nothing{f' {tint}' if tint else ''}{at}.", form.format(_with_articles(wrong[:1]))
        )
    return Pair(capital(form.format(_with_articles(names))), capital(form.format(_with_articles(wrong))))


def _far(place: str) -> str:
    return EXTREMES.get(place.rsplit(maxsplit=1)[-1], "middle")


def _with_articles(names: Sequence[str]) -> str:
    return listed([a(name) for name in names])


def is_it(asked: Asked) -> Pair | None:
    """`is this a dog`, `is that a cat or a rabbit`, `is the red thing a car`."""
    named = re.match(r"^(is|are) (this|that|it|these|those|they|the \w+ (thing|object|one)) ", asked.text)
    if not named or not asked.phrases:
        return None
    phrases: list[Phrase] = [phrase for phrase in asked.phrases if not phrase.generic]
    if not phrases or asked.says(r"\bcolour\b"):
        return None
    seen = {thing.kind for thing in asked.scene.things if asked.first.colour in {None, thing.colour}}
    right = [phrase for phrase in phrases if phrase.kinds & seen]
    yes = f"Yes, it is {a((right or phrases)[0].noun.one)}."
    no = f"No, it is not {a((right or phrases)[0].noun.one)}."
    if len(phrases) == 1:
        return Pair(yes, no) if right else Pair(no, yes)
    wrong = [phrase for phrase in phrases if phrase not in right]
    if len(right) != 1 or not wrong:
        return None
    return Pair(f"It is {a(right[0].noun.one)}.", f"It is {a(wrong[0].noun.one)}.")
