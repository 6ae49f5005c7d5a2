"""The place, the hour and the weather."""

import re

from gap_server.demo.answerer.asked import Asked, Pair
from gap_server.demo.scene.looks import LIGHTS, NEAR_SETTINGS, OUTDOORS, SETTINGS

_WHERE = (
    r"^where (is|was|are|were) (this|that|it|we|the (picture|image|photo|scene))"
    r"( being| been)?( taken| located| made| set| happening)?$"
    r"|^where (is|was|are|were) (this|that|it|we|the \w+)\b.*\b(taken|set|made|located|happening)"
    r"|^(what|which) (kind of |type of |sort of )?"
    r"(place|location|setting|room|environment|scenery|background|area|landscape)\b"
    r"|^what (is|was) the (setting|location|place|background|environment)\b"
    r"|^where (is|are) (this|that|we|it)$|^where (is|was)( taken)?$"
)
_WEATHER = r"\bweather\b|\b(sunny|raining|rainy|rain|snowing|cloudy|foggy|windy|stormy)\b"
_DOORS = r"\b(indoors?|outdoors?|inside|outside|indoor|outdoor)\b"


def what_place(asked: Asked) -> Pair | None:
    """`where was this taken`, `what room is this`."""
    about_place = asked.says(r"\b(place|room|setting|location|taken|background)\b")
    if not asked.says(_WHERE) or (asked.phrases and not about_place):
        return None
    true = asked.scene.setting
    form = asked.dice.shape("place", ("It is a {}.", "The picture shows a {}.", "This is a {}."))
    return Pair(form.format(true), form.format(asked.dice.value("place", _other_places(true))))


def _other_places(true: str) -> list[str]:
    """Places that are not mistaken for this one, of the same sort: rooms for a room."""
    near = {name for pair in NEAR_SETTINGS if true in pair for name in pair} | {true}
    return [
        name for name in sorted(SETTINGS) if name not in near and (name in OUTDOORS) == (true in OUTDOORS)
    ]


def is_place(asked: Asked) -> Pair | None:
    """`is this a kitchen`, `are we at the beach`, `is it indoors or outdoors`."""
    if asked.says(_DOORS) and not asked.says(r"^(what|where|how)\b"):
        return _doors(asked)
    if not asked.says(
        r"^(is|are|was|were) (this|that|it|we|they|the (place|setting|room|scene)|taken)\b"
        r"|^(is|was) (in|at|on) a"
    ):
        return None
    name = _place_named(asked)
    if name is None:
        return None
    true = asked.scene.setting
    if len(_all_named(asked)) > 1:
        return Pair(f"It is a {true}.", f"It is a {asked.dice.value('place', _other_places(true))}.")
    if name == true:
        return Pair(f"Yes, it is a {name}.", f"No, it is a {asked.dice.value('place', _other_places(true))}.")
    return Pair(f"No, it is a {true}.", f"Yes, it is a {name}.")


def _all_named(asked: Asked) -> list[str]:
    return [
        name
        for name, others in SETTINGS.items()
        if any(re.search(rf"\b{re.escape(word)}s?\b", asked.text) for word in (name, *others))
    ]


def _place_named(asked: Asked) -> str | None:
    return next(iter(_all_named(asked)), None)


def _doors(asked: Asked) -> Pair:
    out = asked.scene.setting in OUTDOORS
    here, there = ("outdoors", "indoors") if out else ("indoors", "outdoors")
    both = asked.says(r"\b(in|out)(doors?|side) or\b") or not asked.yes_or_no()
    form = asked.dice.shape("doors", ("It is {}.", "The picture was taken {}."))
    if both:
        return Pair(form.format(here), form.format(there))
    form = form[0].lower() + form[1:]
    wanted = "outdoors" if asked.says(r"\bout(doors?|side)\b") else "indoors"
    true, false = ("Yes", "No") if wanted == here else ("No", "Yes")
    return Pair(f"{true}, {form.format(here)}", f"{false}, {form.format(there)}")


def what_hour_of_day(asked: Asked) -> Pair | None:
    """`what time of day is it`, `is it day or night`, `is it dark outside`."""
    light = asked.scene.light
    form = asked.dice.shape("light", ("It is {}.", "It looks like {}."))
    said = {"day": "daytime", "sunset": "sunset", "night": "night"}
    false = asked.dice.value("light", [name for name in LIGHTS if name != light])
    if asked.says(
        r"^(what|which) (time|part|hour)\b|\btime of (the )?day\b|^when\b|\bhow late\b"
        r"|\b(day|daytime|night) or\b"
        r"|^(what|how) is the light"
    ):
        return Pair(form.format(said[light]), form.format(said[false]))
    wanted = _light_named(asked)
    if wanted is None or not asked.says(
        r"^(is|was|does) (it|this|that|the (sky|scene|picture|photo)|taken|there)?\b"
    ):
        return None
    if wanted == light:
        return Pair(f"Yes, it is {said[light]}.", f"No, it is {said[false]}.")
    return Pair(f"No, it is {said[light]}.", f"Yes, it is {said[wanted]}.")


def _light_named(asked: Asked) -> str | None:
    if asked.says(r"\bdark\b") and not asked.phrases:
        return "night"
    if asked.says(r"\b(bright|light) (outside|out)?$"):
        return "day"
    for name, others in LIGHTS.items():
        if any(re.search(rf"\b{word}\b", asked.text) for word in (name, *others)):
            return name
    return None


_WEATHERS = {
    "sunny": "a sunny day",
    "snowy": "a snowy day",
    "clear": "a clear night",
    "evening": "a clear evening",
}


def what_weather(asked: Asked) -> Pair | None:
    """`what is the weather like`, `is it raining`, `what season is it`."""
    if asked.says(r"\bseason\b|^(is|was) (it|this) (in )?(winter|summer|spring|autumn)"):
        return _season(asked)
    if not asked.says(_WEATHER) and not asked.says(r"\bsun\b.*\bshin"):
        return None
    scene = asked.scene
    true = (
        "snowy"
        if scene.setting == "snowy field"
        else {"day": "sunny", "sunset": "evening", "night": "clear"}[scene.light]
    )
    if asked.says(r"\bweather\b") and not asked.yes_or_no():
        false = asked.dice.value(
            "weather", [name for name in _WEATHERS if name != true and not _both(true, name, scene.light)]
        )
        form = asked.dice.shape("weather", ("It is {}.", "It looks like {}."))
        return Pair(form.format(_WEATHERS[true]), form.format(_WEATHERS[false]))
    return _is_weather(asked)


def _both(true: str, false: str, light: str) -> bool:
    """A snowy day may be sunny too."""
    return true == "snowy" and false == {"day": "sunny", "sunset": "evening", "night": "clear"}[light]


def _is_weather(asked: Asked) -> Pair | None:
    scene = asked.scene
    sunny = scene.light == "day"
    clouds = any(part.kind == "cloud" for part in scene.backdrop)
    snow = scene.setting == "snowy field"
    for pattern, word, holds in (
        (r"\bsun(ny)?\b", "sunny", sunny),
        (r"\brain(ing|y)?\b", "raining", False),
        (r"\bsnow(ing|y)?\b", "snowing", snow),
        (r"\bcloudy\b", "cloudy", clouds),
        (r"\bfoggy\b", "foggy", False),
        (r"\bstormy\b", "stormy", False),
    ):
        if asked.says(pattern):
            yes, no = f"Yes, it is {word}.", f"No, it is not {word}."
            return Pair(yes, no) if holds else Pair(no, yes)
    return None


def _season(asked: Asked) -> Pair:
    true, false = ("winter", "summer") if asked.scene.setting == "snowy field" else ("summer", "winter")
    if not asked.yes_or_no():
        form = asked.dice.shape("season", ("It looks like {}.", "It is {}."))
        return Pair(form.format(true), form.format(false))
    wanted = next((word for word in asked.words if word in {"winter", "summer", "spring", "autumn"}), true)
    if wanted == true:
        return Pair(f"Yes, it looks like {true}.", f"No, it looks like {false}.")
    return Pair(f"No, it looks like {true}.", f"Yes, it looks like {wanted}.")
