"""Which it is: by its colour, its side, or by being ahead."""

import re
from collections.abc import Sequence
from dataclasses import replace

from gap_server.demo.answerer import patterns
from gap_server.demo.answerer.asked import Asked
from gap_server.demo.answerer.claims import (
    Answer,
    Most,
    Part,
    Shown,
    What,
    Where,
)
from gap_server.demo.answerer.finding import AIRY, find
from gap_server.demo.answerer.lexicon import NOUNS
from gap_server.demo.answerer.measures import EXTREMES, extreme, measure, middle_of
from gap_server.demo.answerer.phrases import PLACE, Phrase, region_of
from gap_server.demo.answerer.reading.colouring import coloured
from gap_server.demo.answerer.reading.gathering import one_by_one
from gap_server.demo.answerer.reading.placing import places
from gap_server.demo.scene import relations
from gap_server.demo.scene.description import Thing

_TINT = re.compile(
    r"\b(?:is|are|of|coloured) (red|orange|yellow|green|blue|purple|pink|brown|white|black|grey)\b"
)


def what_is_it(asked: Asked) -> Answer | None:
    """`what is the red thing`, `which things are orange`, `what is on the left`, `what is blue`."""
    if not asked.says(r"^(what|which|who|name|list)\b") or asked.says(r"\bcolours?\b|\bhow many\b|\bdoing\b"):
        return None
    if asked.phrases and not asked.first.generic:
        return None
    tint, place = _tint(asked), region_asked(asked)
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
    there = _shown(living, _tint(asked), region_asked(asked))
    if there.parts or not (living and asked.world.false):
        return there if there.parts else shown
    return replace(shown, parts=(Part(living[0].kind, living[0].colour),))


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
    place = region_asked(asked) or phrase.region
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


def region_asked(asked: Asked) -> str | None:
    if asked.phrases and asked.first.region:
        return asked.first.region
    matched = patterns.search(rf"{PLACE}$", asked.text)
    return region_of(matched) if matched else None
