"""What there is to be seen."""

import re
from collections.abc import Sequence
from dataclasses import replace

from gap_server.demo.answerer import patterns
from gap_server.demo.answerer.asked import Asked
from gap_server.demo.answerer.claims import (
    Answer,
    Count,
    IsLight,
    IsPlace,
    Missing,
    Most,
    Part,
    Shown,
    What,
    Where,
)
from gap_server.demo.answerer.finding import AIRY, PLACE_WORDS, find
from gap_server.demo.answerer.lexicon import NOUNS
from gap_server.demo.answerer.measures import EXTREMES, extreme, measure, middle_of
from gap_server.demo.answerer.phrases import PLACE, Phrase, region_of
from gap_server.demo.answerer.reading.colouring import coloured
from gap_server.demo.answerer.reading.gathering import (
    gathered,
    is_wanted,
    kinds_or_numbers,
    one_by_one,
    sketched,
)
from gap_server.demo.answerer.reading.placing import places
from gap_server.demo.scene import relations
from gap_server.demo.scene.description import Thing
from gap_server.demo.scene.kinds import GROUPS

_ALL = (
    r"^(what|which|name|list)\b.*\b(things|objects|items)\b"
    r"|^what (is|are) (there|this|that|it|in|shown|visible|happening|here)?\s*$"
    r"|^what (do|can) (you|i|we) see|^what (is|are) (the )?(picture|image|photo|scene|main|subject)"
    r"|^what (is|are) (there|in) |^what (else )?(is|are) (this|it)? ?(about|of)$|^what$"
    r"|^what (is|are) (depicted|going on|happening|shown|visible)"
    r"|^(list|name|describe|tell me about|caption)\b|^what (kind of )?(picture|image|photo)|^what appears"
    r"|^what does (it|this|(the|this) (\w+)) show"
    r"|^who( (is|are|do|can|could|here|there|this|that|you|we|i|see|visible|around|in|it))*$"
)
_TINT = re.compile(
    r"\b(?:is|are|of|coloured) (red|orange|yellow|green|blue|purple|pink|brown|white|black|grey)\b"
)


def everything(asked: Asked) -> Answer | None:
    """`describe the picture`, `what do you see`, `what objects are there`."""
    whole = patterns.search(_ALL, asked.text) or patterns.search(
        r"^(what|describe|list|name)\b.*\b(see|picture|image|photo|scene)\b", asked.raw
    )
    if not (whole or _names_the_place(asked)) or (
        asked.phrases and not asked.first.generic and not asked.says(r"^describe (this|it|what)")
    ):
        return None
    if asked.phrases and (asked.first.colour or asked.first.region or asked.first.size):
        return None
    shown = Shown(sketched(asked.world), counted=True)
    if asked.somebody:
        there = [thing for thing in asked.scene.things if is_wanted(thing, asked.somebody)]
        shown = Shown(gathered(asked.world, there), wanted=asked.somebody, counted=True)
    if not patterns.search(r"\b(describe|description|caption|about|happening|going on)\b", asked.raw):
        return Answer((shown,))
    return Answer((IsPlace(asked.scene.setting), IsLight(asked.scene.light), shown))


def _names_the_place(asked: Asked) -> bool:
    """`what is on the beach`, `who is in the park`: all that is there."""
    asks = patterns.search(
        r"^(?:what|who)(?: (?:is|are))?(?: \w+ing)? (?:in|on|at) (?:the )?(.+)$", asked.text
    )
    return asks is not None and not asked.phrases and asks[1] in PLACE_WORDS


def background(asked: Asked) -> Answer | None:
    """`what is in the background`."""
    if not asked.says(r"^what\b.*\bbackground\b"):
        return None
    parts = [part for part in asked.scene.backdrop if part.kind not in {"floor", "table", "counter"}]
    return Answer((Shown(gathered(asked.world, parts)[:3], Where(region="background"), counted=True),))


def which_kinds(asked: Asked) -> Answer | None:
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
    if _region(asked) and not phrase.region:
        return None  # `which toy is on the right`
    if phrase.generic or phrase.colour or phrase.start > 3 or asked.says(r"\bcolours?\b|\bhow many\b"):
        return None
    found = find(asked.scene, phrase).sure
    if not found:
        return Answer((Missing(What(phrase)),), subject=What(phrase))
    return Answer((Shown(kinds_or_numbers(asked, found), wanted=phrase, counted=True),), subject=What(phrase))


def what_is_it(asked: Asked) -> Answer | None:
    """`what is the red thing`, `which things are orange`, `what is on the left`, `what is blue`."""
    if not asked.says(r"^(what|which|who|name|list)\b") or asked.says(r"\bcolours?\b|\bhow many\b|\bdoing\b"):
        return None
    if asked.phrases and not asked.first.generic:
        return None
    tint, place = _tint(asked), _region(asked)
    if tint is None and place is None:
        return None
    things = asked.scene.things
    if patterns.search(r"\b(lying|standing)\b|\b(on|of) the (table|counter|floor|rug)\b", asked.raw):
        things = tuple(thing for thing in things if thing.ground not in AIRY)
    shown = _shown(things, tint, place)
    if asked.somebody:
        shown = _whom(asked, things, shown)
    if asked.says(r"\bcorner$"):  # `in the corner` is nearer to it than `on the bottom right`
        shown = replace(shown, parts=shown.parts[:1])
    if not shown.parts and asked.world.false and tint:  # what has that colour is another thing here
        others = [t for t in asked.scene.things if place is None or relations.lies(t, place) is not False]
        shown = replace(shown, parts=tuple(Part(t.kind, tint) for t in others[:1]))
    if tint and place is None:
        shown = replace(shown, wanted=Phrase(NOUNS[("thing",)], 0, 0, colour=tint))
    return Answer((shown,))


def _whom(asked: Asked, things: Sequence[Thing], shown: Shown) -> Shown:
    """Of whoever is there no bench is one; a lie, too, names somebody."""
    living = [t for t in things if asked.somebody and t.kind in asked.somebody.kinds]
    there = _shown(living, _tint(asked), _region(asked))
    if there.parts or not (living and asked.world.false):
        return there if there.parts else shown
    return replace(shown, parts=(Part(living[0].kind, living[0].colour),))


def described(asked: Asked) -> Answer | None:
    """`describe the snowman`, `tell me about the robot`, `what does the car look like`, `what are the pencils
    like`: its colour, and where it is.
    """
    asks = patterns.search(
        r"^(describe|tell me about|what about) (?!what)|\b(look|looks) like$|\blike$", asked.raw
    )
    if not asks or not asked.phrases or asked.first.generic or asked.says(r"\b(weather|picture)\b"):
        return None
    what = asked.what()
    if len(asked.phrases) != 1 + (what.other is not None) + (what.last is not None):
        return None
    tint = coloured(asked, what)
    if what.phrase.region or isinstance(tint, Missing):  # where it is, one knows
        return Answer((tint,), subject=what)
    return Answer((tint, places(asked, what)), subject=what)


def _shown(things: Sequence[Thing], tint: str | None, place: str | None) -> Shown:
    verdicts = [(t, relations.lies(t, place) if place else True) for t in things if tint in {None, t.colour}]
    there = [t for t, verdict in verdicts if verdict]
    possible = [t for t, verdict in verdicts if verdict is not False]
    if place:
        orders = [EXTREMES.get(word, "middle") for word in place.split()]
        there = there or possible[:1]
        there.sort(key=lambda thing: sum(measure(thing, order) for order in orders), reverse=True)
    parts = tuple(dict.fromkeys(Part(t.kind, t.colour) for t in there))[:3]
    return Shown(parts, Where(region=place))


_AHEAD = r"\b(flying|swimming|driving|walking|running|going|sailing) (in front|first)$|\bahead$|\bleading$"


def which_leads(asked: Asked) -> Answer | None:
    """`which plane is flying in front`, `which boat is ahead`: of those that go one way, the foremost."""
    if not asked.says(_AHEAD) or not asked.says(r"^(which|what|who)\b"):
        return None
    phrase = asked.first if asked.phrases and not asked.first.generic else None
    things = [t for t in asked.scene.things if phrase is None and t.facing and t.ground in AIRY]
    things = list(find(asked.scene, phrase).all) if phrase else things
    sides = {thing.facing for thing in things}
    if not things or (phrase and phrase.noun.plural):
        return None
    order = "closest"
    if sides in ({"left"}, {"right"}):  # a false world is mirrored: the lie is which of them, not which way
        order = "rightmost" if ("right" in sides) is not asked.world.false else "leftmost"
    top = extreme(things, order)[0]
    if phrase is None and len(sides) > 1:
        return None
    return Answer(
        (Most(order, phrase, Part(top.kind, top.colour), of_two=len(things) == 2 and phrase is not None),)
    )


def which_coloured(asked: Asked) -> Answer | None:
    """`which animal is white`, `what is the black animal`: which of the kinds that the word covers."""
    if not asked.phrases or asked.first.generic or asked.first.backdrop or len(asked.first.kinds) < 2:
        return None
    tint = _TINT.search(asked.text)
    colour = asked.first.colour or (tint[1] if tint else None)
    named = asked.says(r"^what (is|are) (the )?\w+ \w+$") and asked.first.colour
    told = asked.says(rf"^(which|what) \w+ (is|are) {colour}$")
    if colour is None or not (named or told):
        return None
    alike = [thing for thing in asked.scene.things if thing.kind in asked.first.kinds]
    things = [thing for thing in alike if thing.colour == colour]
    if not things and asked.world.false:  # another has that colour here
        things = [replace(thing, colour=colour) for thing in alike[:1]]
    return Answer((Shown(one_by_one(things), wanted=asked.first),)) if things else None


def which_one(asked: Asked) -> Answer | None:
    """`which book is on the right`, `which animal is on the left`, `which lamp is blue`."""
    if not asked.says(r"^(which|what)\b(?! (is|are)\b)") or not asked.phrases or asked.first.generic:
        return None
    phrase = asked.first
    tint = _TINT.search(asked.text)
    place = _region(asked) or phrase.region
    elsewhere = asked.says(r"\bcolours?\b|\bdoing\b|\b(further|farther|more) (to the )?(left|right)\b")
    elsewhere = elsewhere or asked.says(r"\b(in front of|behind|next to|under|above|below|between)\b")
    if elsewhere or phrase.start > 1 or not (place or tint):
        return None
    kinds = [
        t for t in find(asked.scene, phrase.without_region()).sure if tint is None or t.colour == tint[1]
    ]
    if not kinds:
        return None
    if place and (most := _most_so(asked, kinds, place, phrase)):
        return most
    if tint and not place:  # it is told by its colour: where it is, is what is asked
        what = What(replace(phrase, colour=tint[1], noun=replace(phrase.noun, plural=len(kinds) > 1)))
        return Answer((places(asked, what),), subject=what)
    shown = _shown(kinds, None, place)
    if not phrase.noun.plural:
        shown = replace(shown, parts=shown.parts[:1], wanted=phrase if len(phrase.kinds) > 1 else None)
    return Answer((shown,), subject=What(phrase.without_region()))


def _most_so(asked: Asked, things: Sequence[Thing], place: str, phrase: Phrase) -> Answer | None:
    """Of several on the left, the one that is most so; of three, the one in the middle."""
    if place == "middle" and not phrase.noun.plural and len(phrase.kinds) == 1 and middle_of(things):
        what = What(replace(phrase, region=place, definite=True))
        return Answer((coloured(asked, what),), subject=what)
    order = EXTREMES.get(place)
    if order is None or phrase.noun.plural:
        return None
    top = extreme(things, order)[0]
    return Answer((Most(order, phrase.without_region(), Part(top.kind, top.colour)),))


def _tint(asked: Asked) -> str | None:
    after = _TINT.search(asked.text)
    return (asked.first.colour if asked.phrases else None) or (after[1] if after else None)


def _region(asked: Asked) -> str | None:
    if asked.phrases and asked.first.region:
        return asked.first.region
    matched = patterns.search(rf"{PLACE}$", asked.text)
    return region_of(matched) if matched else None


def is_it(asked: Asked) -> Answer | None:
    """`is this a dog`, `is that a cat or a rabbit`, `is the red thing a car`."""
    named = patterns.match(
        r"^(is|are) (this|that|it|these|those|they|the \w+ (thing|object|one)) ", asked.text
    )
    phrases: list[Phrase] = [phrase for phrase in asked.phrases if not phrase.generic]
    if not named or not phrases or asked.says(r"\bcolour\b"):
        return None
    if all(phrase.backdrop or not phrase.kinds for phrase in phrases):
        return _is_part_of_place(asked, phrases)
    colour = asked.first.colour
    seen = [thing for thing in asked.scene.things if colour in {None, thing.colour}]
    right = [phrase for phrase in phrases if any(thing.kind in phrase.kinds for thing in seen)]
    shown = [thing for thing in seen if not right or thing.kind in right[0].kinds]
    claim = Shown(gathered(asked.world, shown)[:2], counted=True) if shown else Missing(What(phrases[0]))
    return Answer((claim,), bool(right) if len(phrases) == 1 else None, What((right or phrases)[0]))


def _is_part_of_place(asked: Asked, phrases: Sequence[Phrase]) -> Answer | None:
    """`is this the sea or a river`."""
    there = [What(phrase) for phrase in phrases if asked.meant(What(phrase)).all]
    yes = bool(there) if len(phrases) == 1 else None
    if not there:
        return Answer((Missing(What(phrases[0])),), yes, What(phrases[0]))
    return Answer((Count(there[0], len(asked.meant(there[0]).all)),), yes, there[0])
