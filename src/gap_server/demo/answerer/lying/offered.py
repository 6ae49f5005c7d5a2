"""What two things a question offers: colours, weathers, hours of the day, rooms, seats."""

from gap_server.demo.answerer import patterns
from gap_server.demo.answerer.english.spelling import COLOUR_WORD
from gap_server.demo.answerer.lexicon import NOUNS, Noun
from gap_server.demo.scene.looks import SETTINGS

_TWO_COLOURS = rf"\b({COLOUR_WORD}) or (?:the )?({COLOUR_WORD})$"


def other_colour(text: str, own: str | None) -> str | None:
    """`is the collar red or blue`: of a red one, blue."""
    offered = patterns.search(_TWO_COLOURS, text)
    if offered is None or own not in offered.groups():
        return None
    return offered[2] if own == offered[1] else offered[1]


_WEATHERS = {"sunny": r"sun(ny)?", "snowy": r"snow(ing|y)?", "rainy": r"rain(ing|y)?", "foggy": r"fog(gy)?"}
_LIGHTS = {"day": r"day(time)?", "night": r"night(time)?", "sunset": r"evening|sunset|dusk"}
_TWO_SKIES = r"^(?:is|what).*\b(?P<first>\w+) or (?:the |is it |it is )?(?P<other>\w+)$"


def other_weather(text: str, own: str) -> str | None:
    """`is it snowing or raining`: where it snows, rainy."""
    return _other_sky(text, own, _WEATHERS)


def other_light(text: str, own: str) -> str | None:
    return _other_sky(text, own, _LIGHTS)


def _other_sky(text: str, own: str, of_its_kind: dict[str, str]) -> str | None:
    offered = patterns.search(_TWO_SKIES, text)
    if offered is None:
        return None
    names = [
        name
        for name, words in (_WEATHERS | _LIGHTS).items()
        for one in offered.groups()
        if patterns.fullmatch(words, one)
    ]
    others = [name for name in names if name != own]
    return others[0] if len(names) == 2 and others and others[0] in of_its_kind else None


def other_place(text: str, own: str) -> str | None:
    """`is this a kitchen or a study`: of a kitchen, a study."""
    offered = patterns.search(r"\b(?P<first>\w+) or (?:an? |the |in the |on the )?(?P<other>\w+)$", text)
    if offered is None:
        return None
    names = [name for one in offered.groups() for name, others in SETTINGS.items() if one in {name, *others}]
    return next((name for name in names if name != own), None)


_TWO_SEATS = r" on (?:the )?(\w+) or (?:on )?(?:the )?(\w+)$"


def other_seat(text: str, own: str) -> Noun | None:
    """`is the cat on the rug or on the floor`: of one on the rug, the floor."""
    offered = patterns.search(_TWO_SEATS, text)
    if offered is None:
        return None
    nouns = [noun for one in offered.groups() if (noun := NOUNS.get((one,)))]
    others = [noun for noun in nouns if noun.one != own]
    return others[0] if len(others) == 1 < len(nouns) else None
