"""What a lie says where a question offers two colours, weathers or hours of the day: the other one."""

from dataclasses import replace

from gap_server.demo.answerer import patterns
from gap_server.demo.answerer.claims import (
    Answer,
    Claim,
    Colours,
    Ground,
    Has,
    IsLight,
    IsPlace,
    IsWeather,
    Related,
    What,
)
from gap_server.demo.answerer.english.spelling import COLOUR_WORD
from gap_server.demo.answerer.lexicon import NOUNS
from gap_server.demo.answerer.phrases import Phrase
from gap_server.demo.scene.looks import SETTINGS

_TWO = rf"\b({COLOUR_WORD}) or (?:the )?({COLOUR_WORD})$"


def of_the_offered(truth: Answer, lie: Answer, text: str) -> Answer:
    """`is the collar red or blue`: of a red one, that it is blue."""
    first = truth.claims[0]
    if isinstance(first, IsWeather | IsLight) and (told := _other_offered(first, text)):
        return replace(lie, claims=(told, *lie.claims[1:]))
    if isinstance(first, IsPlace) and (elsewhere := _other_place(first, text)):
        return replace(lie, claims=(elsewhere, *lie.claims[1:]))
    if isinstance(first, Ground | Related) and (other := _other_seat(first, text)):
        return replace(lie, claims=(other, *lie.claims[1:]))
    offered = patterns.search(_TWO, text)
    if offered is None or type(first) is not type(lie.claims[0]):
        return lie
    told = _of_other_colour(first, offered[1], offered[2]) or _of_other_colour(first, offered[2], offered[1])
    return lie if told is None else replace(lie, claims=(told, *lie.claims[1:]))


_NAMED = {
    "sunny": r"sun(ny)?",
    "snowy": r"snow(ing|y)?",
    "rainy": r"rain(ing|y)?",
    "foggy": r"fog(gy)?",
    "day": r"day(time)?",
    "night": r"night(time)?",
    "sunset": r"evening|sunset|dusk",
}


def _other_offered(claim: IsWeather | IsLight, text: str) -> Claim | None:
    """The one that it is not: `is it snowing or raining`, that it rains."""
    offered = patterns.search(
        r"^(?:is|what).*\b(?P<first>\w+) or (?:the |is it |it is )?(?P<other>\w+)$", text
    )
    own = claim.weather if isinstance(claim, IsWeather) else claim.light
    if offered is None:
        return None
    names = [
        name for name, words in _NAMED.items() for one in offered.groups() if patterns.fullmatch(words, one)
    ]
    others = [name for name in names if name != own]
    if len(names) != 2 or not others:
        return None
    is_light = others[0] in {"day", "night", "sunset"}
    if is_light is not isinstance(claim, IsLight):
        return None
    return (
        replace(claim, weather=others[0]) if isinstance(claim, IsWeather) else replace(claim, light=others[0])
    )


def _other_place(claim: IsPlace, text: str) -> Claim | None:
    """`is this a kitchen or a study`: of a kitchen, that it is a study."""
    offered = patterns.search(r"\b(?P<first>\w+) or (?:an? |the |in the |on the )?(?P<other>\w+)$", text)
    if offered is None or claim.doors or claim.wild is not None:
        return None
    names = [name for one in offered.groups() for name, others in SETTINGS.items() if one in {name, *others}]
    other = next((name for name in names if name != claim.place), None)
    return replace(claim, place=other) if other else None


_SEATS = r" on (?:the )?(\w+) or (?:on )?(?:the )?(\w+)$"


def _other_seat(claim: Ground | Related, text: str) -> Claim | None:
    """`is the cat on the rug or on the floor`: of one on the rug, that it is on the floor."""
    offered = patterns.search(_SEATS, text)
    if offered is None:
        return None
    nouns = [noun for one in offered.groups() if (noun := NOUNS.get((one,)))]
    if isinstance(claim, Ground):
        grounds = [noun.one for noun in nouns if noun.one != claim.ground]
        return replace(claim, ground=grounds[0]) if len(grounds) == 1 < len(nouns) else None
    if claim.relation != "on" or not claim.so:
        return None
    others = [noun for noun in nouns if noun.one != claim.second.phrase.noun.one]
    if len(others) != 1 or len(nouns) != 2:
        return None
    return replace(claim, second=What(Phrase(others[0], 0, 0, definite=True)))


def _of_other_colour(claim: Claim, own: str, other: str) -> Claim | None:
    if isinstance(claim, Has) and claim.so and claim.colour == own:
        return replace(claim, colour=other)
    if isinstance(claim, Colours) and claim.colours == (own,):
        return replace(claim, colours=(other,))
    return None
