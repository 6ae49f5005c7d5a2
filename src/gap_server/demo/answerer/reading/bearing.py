"""Which of them has it: `which dog has brown ears`; and how many windows a town has."""

from collections.abc import Sequence
from dataclasses import replace

from gap_server.demo.answerer import patterns
from gap_server.demo.answerer.asked import Asked
from gap_server.demo.answerer.claims import Answer, Has, Missing, Shown, Together, What
from gap_server.demo.answerer.finding import find, of_kind
from gap_server.demo.answerer.lexicon import Noun, colour_named
from gap_server.demo.answerer.phrases import Phrase
from gap_server.demo.answerer.reading.gathering import gathered
from gap_server.demo.answerer.reading.part_names import part_named
from gap_server.demo.scene.description import Thing
from gap_server.demo.scene.details import DETAILS, Detail
from gap_server.demo.scene.panes import seen_panes

_ASKS = r"^(which|what|who)\b(?! colours?\b).*\b(has|have|with|without|got)\b"
_NONE = Detail("", 2)
_NOT = r"\b(no|not|without)\b"


def which_has(asked: Asked) -> Answer | None:
    """`which dog has brown ears`, `who has a beak`, `which bird has no ears`."""
    if not asked.says(_ASKS):
        return None
    has = next(
        i for i, word in enumerate(asked.words) if patterns.fullmatch("has|have|with|without|got", word)
    )
    part = next((name for word in asked.words[has:] if (name := part_named(word))), "")
    whose = [phrase for phrase in asked.phrases if phrase.end <= has and not phrase.backdrop]
    if not part or (not whose and asked.words[0] != "who"):
        return None
    phrase = whose[0] if whose and not whose[0].generic else None
    things = [t for t in asked.scene.things if phrase is None or t in find(asked.scene, phrase).all]
    if not things:
        return None if phrase is None else Answer((Missing(What(phrase)),), subject=What(phrase))
    tint = next((colour for word in asked.words[has:] if (colour := colour_named(word))), None)
    wants = not asked.says(_NOT)
    having = [thing for thing in things if _has(asked, thing, part, tint) is wants]
    if phrase and len(things) > 1 and set(having) == set(things) and len({t.kind for t in things}) == 1:
        count = DETAILS.get(things[0].kind, {}).get(part, _NONE).count
        so = wants is not asked.world.false
        return Answer((Has(What(phrase), part, count or 2, tint, so=so, each=True),), subject=What(phrase))
    if asked.world.false:  # whoever has it, another is told of
        having = [thing for thing in things if thing not in having][:1] or having
    return _told(asked, having, things, phrase, part, tint, so=wants)


def _has(asked: Asked, thing: Thing, part: str, tint: str | None) -> bool:
    seen = asked.world.detail(thing.kind, part, thing.colour)
    return seen is not None and tint in {None, seen.colour or thing.colour}


def _told(  # noqa: PLR0917  # who of whom has what
    asked: Asked,
    having: Sequence[Thing],
    things: Sequence[Thing],
    phrase: Phrase | None,
    part: str,
    tint: str | None,
    *,
    so: bool,
) -> Answer:
    if not having:
        what = What(phrase) if phrase else of_kind(things[0].kind, many=False)
        return Answer((Has(what, part, 2, tint, so=not so),), subject=what)
    kinds = dict.fromkeys(thing.kind for thing in having)
    if len(kinds) > 2 or (len(kinds) > 1 and tint):
        return Answer((Shown(gathered(asked.world, having), wanted=phrase, counted=True),))
    named = dict.fromkeys(_named(thing, things, phrase, asked.world.several) for thing in having)
    claims = tuple(_claim(what, kind, part, tint, so=so) for what, kind in named)[:2]
    return Answer(claims, subject=claims[0].what)


def _named(
    thing: Thing, things: Sequence[Thing], phrase: Phrase | None, several: frozenset[str]
) -> tuple[What, str]:
    """The one by its kind, and by its colour where others of the kind are not meant."""
    own = What(phrase) if phrase and phrase.kinds == {thing.kind} else of_kind(thing.kind, many=False)
    alike = thing.kind not in several and len({t.colour for t in things if t.kind == thing.kind}) == 1
    noun = replace(own.phrase.noun, plural=False)
    return What(replace(own.phrase, noun=noun, colour=None if alike else thing.colour)), thing.kind


def _claim(what: What, kind: str, part: str, tint: str | None, *, so: bool) -> Has:
    detail = DETAILS.get(kind, {}).get(part)  # who has it is asked, and not how many
    return Has(what, part, detail.count if detail and so else 2, tint, so=so)


def altogether(asked: Asked) -> Answer | None:
    """`how many sails are there`: of all that have any, where several do."""
    if not asked.says(r"^(how many|count)\b") or any(not phrase.generic for phrase in asked.phrases):
        return None
    part = next((name for word in asked.words if (name := part_named(word))), "")
    counts = [n for thing in asked.scene.things if (n := asked.world.how_many(thing.kind, part))]
    if not part or len(counts) < 2:
        return None
    return Answer((Together(part, None, sum(counts), len(counts)),))


def windows(asked: Asked) -> Answer | None:
    """`how many windows does the blue building have`, `are there any windows`."""
    buildings = tuple(part for part in asked.scene.backdrop if part.kind == "building")
    if not buildings or not asked.says(r"\bwindows?\b") or asked.says(r"\bcolours?\b|\b(lit|open|light)\b"):
        return None
    own = [phrase for phrase in asked.phrases if "building" in phrase.kinds]
    if any(not (phrase.backdrop or phrase.generic or phrase in own) for phrase in asked.phrases):
        return None
    what = What(own[0]) if own else of_kind("building")
    meant = tuple(part for part in asked.meant(what).all if part.kind == "building")
    if not meant and asked.world.false:
        meant = buildings[:1]  # one of another colour is told of as the one that is meant
    if not meant:
        return Answer((Missing(what),), False if asked.yes_or_no() else None, what)
    if asked.says(r"^(how many|count|number of)\b"):
        what = what if len(meant) == 1 else replace(what, phrase=replace(what.phrase, noun=_many(what)))
        return Answer((Together("window", what, seen_panes(asked.scene, meant), len(meant)),), subject=what)
    if not asked.yes_or_no():
        return None
    return Answer((Has(what, "window", 0, None, each=len(meant) > 1),), yes=True, subject=what)


def _many(what: What) -> Noun:
    return replace(what.phrase.noun, plural=True)
