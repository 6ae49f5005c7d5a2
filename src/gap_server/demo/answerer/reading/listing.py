"""What there is to be seen."""

from collections.abc import Sequence

from gap_server.demo.answerer import patterns
from gap_server.demo.answerer.asked import Asked
from gap_server.demo.answerer.claims import (
    Answer,
    Count,
    IsLight,
    IsPlace,
    Missing,
    Shown,
    What,
    Where,
)
from gap_server.demo.answerer.finding import PLACE_WORDS, find
from gap_server.demo.answerer.phrases import Phrase
from gap_server.demo.answerer.reading.choosing import region_asked
from gap_server.demo.answerer.reading.colouring import coloured
from gap_server.demo.answerer.reading.gathering import gathered, is_wanted, kinds_or_numbers, sketched
from gap_server.demo.answerer.reading.placing import places
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
    if region_asked(asked) and not phrase.region:
        return None  # `which toy is on the right`
    if phrase.generic or phrase.colour or phrase.start > 3 or asked.says(r"\bcolours?\b|\bhow many\b"):
        return None
    found = find(asked.scene, phrase).sure
    if not found:
        return Answer((Missing(What(phrase)),), subject=What(phrase))
    return Answer((Shown(kinds_or_numbers(asked, found), wanted=phrase, counted=True),), subject=What(phrase))


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
