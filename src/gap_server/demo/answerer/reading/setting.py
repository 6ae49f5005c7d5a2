"""The place, the hour and the weather."""

import re

from gap_server.demo.answerer import patterns
from gap_server.demo.answerer.asked import Asked
from gap_server.demo.answerer.claims import (
    Answer,
    IsLight,
    IsPlace,
    IsSeason,
    IsWeather,
    Missing,
    Part,
    Shown,
    Stated,
    What,
    Where,
)
from gap_server.demo.answerer.finding import of_kind
from gap_server.demo.answerer.reading.gathering import gathered
from gap_server.demo.scene.looks import LIGHTS, OTHER_PLACES, OUTDOORS, SETTINGS

_WHERE = (
    r"^where (is|was|are|were) (this|that|it|we|the (picture|image|photo|scene))"
    r"( being| been)?( taken| located| made| set| happening)?$"
    r"|^where (is|was|are|were) (this|that|it|we|the \w+)\b.*\b(taken|set|made|located|happening)"
    r"|^(what|which) (is this )?(kind of |type of |sort of )?"
    r"(place|location|setting|room|environment|scenery|background|area|landscape)\b"
    r"|^what (is|was) the (setting|location|place|background|environment)\b"
    r"|^where (is|are) (this|that|we|it)$|^where (is|was)( taken)?$"
)
_WEATHER = r"\bweather\b|\b(sunny|raining|rainy|rain|snowing|cloudy|foggy|windy|stormy)\b"
_COUNTRY = r"\b(country|countryside|village|rural|nature)\b"
_CITY = r"\b(city|town|urban)\b"
_DOORS = r"\b(indoors?|outdoors?|inside|outside|indoor|outdoor)\b"


def what_place(asked: Asked) -> Answer | None:
    """`where was this taken`, `what room is this`."""
    about_place = asked.says(r"\b(place|room|setting|location|taken)\b")
    if not asked.says(_WHERE) or (asked.phrases and not about_place) or asked.says(r"^what is in\b"):
        return None
    return Answer((IsPlace(asked.scene.setting),))


def is_place(asked: Asked) -> Answer | None:
    """`is this a kitchen`, `are we at the beach`, `is it indoors or outdoors`."""
    if asked.says(_DOORS) and not asked.says(r"^(what|how|who|which)\b") and not asked.phrases:
        return _doors(asked)
    if not asked.says(
        r"^(is|are|was|were) (this|that|it|we|they|the (place|setting|room|scene|picture)|taken)\b"
        r"|^(is|was) (in|at|on) (a|the)\b|^is (a |the )?\w+$|^(does|do) (this|it) look like\b"
    ):
        return None
    named = _all_named(asked)
    if not named:
        return None
    true = asked.scene.setting
    if asked.says(_COUNTRY) and asked.says(_CITY) and true in OUTDOORS - {"harbour"}:
        return Answer((IsPlace(true, wild=true != "street"),))
    return Answer((IsPlace(true),), true in named if len(named) == 1 else None)


def _all_named(asked: Asked) -> list[str]:
    return [
        name
        for name, others in (*SETTINGS.items(), *((name, ()) for name in OTHER_PLACES))
        if any(patterns.search(rf"\b{re.escape(word)}s?\b", asked.text) for word in (name, *others))
    ]


def _doors(asked: Asked) -> Answer:
    out = asked.scene.setting in OUTDOORS
    both = asked.says(r"\b(in|out)(doors?|side) or\b") or not asked.yes_or_no()
    wanted_out = asked.says(r"\bout(doors?|side)\b")
    return Answer((IsPlace(asked.scene.setting, doors=True),), None if both else wanted_out == out)


def what_shines(asked: Asked) -> Answer | None:
    """`what is shining in the sky`."""
    if not asked.says(r"^(what|which)\b.*\b(shin\w+|glow\w+)\b"):
        return None
    shining = [part for part in asked.scene.backdrop if part.kind in {"sun", "moon"}]
    return Answer((Shown(gathered(asked.world, shining), counted=True),)) if shining else None


def is_shining(asked: Asked) -> Answer | None:
    """`is the sun shining`, `is the moon out`."""
    if (
        not asked.phrases
        or not asked.first.kinds <= {"sun", "moon"}
        or not asked.first.kinds
        or not asked.yes_or_no()
    ):
        return None
    if not asked.says(r"\bshin\w+\b|\bout$|\bvisible$"):
        return None
    what = What(asked.first)
    if not asked.meant(what).all:
        return Answer((Missing(what),), yes=False, subject=what)
    shines = asked.world.state(min(asked.first.kinds), "shining") is True
    return Answer((Stated(what, "shining", shines, 1),), shines, what)


SKIES = {"day": "blue", "sunset": "orange", "night": "black"}
"""The sky as it is seen through a room's window."""


def what_is_outside(asked: Asked) -> Answer | None:
    """`what can you see through the window`: the sky, as it is at that hour."""
    through = asked.text == "what is behind the window"
    if asked.scene.setting in OUTDOORS:
        return Answer((IsLight(asked.scene.light),)) if through else None
    window = of_kind("window", many=False)
    visible = asked.says(_SKY_VISIBLE)
    asks = through or visible or asked.says(r"^what colour is the sky\b")
    if not asks or not asked.meant(window).all:
        return None
    where = Where(relation="behind", others=(window,))
    return Answer((Shown((Part("sky", SKIES[asked.scene.light]),), where),), True if visible else None)


_SKY_VISIBLE = (
    r"^(?:is|can|do) (?:there |you see |i see )?(?:any |a |the )?sky(?: visible| seen| there)?"
    r" (?:through|in|from|behind|outside|out of) (?:the |a )?windows?$"
)


def what_hour_of_day(asked: Asked) -> Answer | None:
    """`what time of day is it`, `is it day or night`, `is it dark outside`."""
    claim = IsLight(asked.scene.light)
    if asked.says(
        r"^(what|which) (time|part|hour)\b|\btime of (the )?day\b|^when\b|\bhow late\b"
        r"|\b(day|daytime|night) or\b"
        r"|^(what|how) is the light"
    ):
        return Answer((claim,))
    sinking = asked.says(r"\bsun\b.*\b(setting|set|rising|going down|coming up|low)\b")
    wanted = "sunset" if sinking else _light_named(asked)
    if wanted is None or not asked.says(
        r"^(is|was|does) (it|this|that|the (sky|scene|picture|photo|sun)|taken|there)?\b"
    ):
        return None
    return Answer((claim,), wanted == asked.scene.light)


def _light_named(asked: Asked) -> str | None:
    if asked.says(r"\bdark\b") and not asked.phrases:
        return "night"
    if asked.says(r"(?<!street )(?<!traffic )\b(bright|light)( outside| out)?$"):
        return "day"
    for name, others in LIGHTS.items():
        if any(patterns.search(rf"\b{word}\b", asked.text) for word in (name, *others)):
            return name
    return None


def what_weather(asked: Asked) -> Answer | None:
    """`what is the weather like`, `is it raining`, `what season is it`."""
    if asked.says(r"\bseason\b|^(is|was) (it|this|there)? ?(in |an? |the )?(winter|summer|spring|autumn)"):
        return _season(asked)
    if not asked.says(_WEATHER) and not asked.says(r"\bsun\b.*\bshin|\bshin\w+.*\bsun\b"):
        return None
    claim = IsWeather(asked.world.weather, falling=asked.says(r"\b(snowing|raining)\b"))
    if asked.says(r"\bsunny\b") and asked.world.weather in {"snowy", "sunny"} and asked.yes_or_no():
        sun = of_kind("sun", many=False)  # by day it snows in the sunshine
        if asked.meant(sun).all:
            return Answer((Stated(sun, "shining", so=True, n=1),), yes=True, subject=sun)
    if asked.says(r"\bweather\b") or not asked.yes_or_no():
        return Answer((claim,))
    return Answer((claim,), _is_weather(asked))


def _is_weather(asked: Asked) -> bool | None:
    if asked.says(r"\bshin"):
        return asked.world.weather != "rainy" and any(part.kind == "sun" for part in asked.scene.backdrop)
    clouds = any(part.kind == "cloud" for part in asked.scene.backdrop)
    for pattern, holds in (
        (r"\bsun(ny)?\b", asked.scene.light == "day" and asked.world.weather != "rainy"),
        (r"\brain(ing|y)?\b", asked.world.weather == "rainy"),
        (r"\bsnow(ing|y)?\b", asked.world.weather == "snowy"),
        (r"\bcloudy\b", asked.world.weather in {"cloudy", "rainy"} or (None if clouds else False)),
        (r"\bfoggy\b", asked.world.weather == "foggy"),
    ):
        if asked.says(pattern):
            return holds
    return False


def _season(asked: Asked) -> Answer:
    season = asked.world.season
    wanted = next((word for word in asked.words if word in {"winter", "summer", "spring", "autumn"}), None)
    return Answer(
        (IsSeason(season),),
        season == wanted if wanted and asked.yes_or_no() and " or " not in asked.text else None,
    )
