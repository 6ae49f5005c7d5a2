"""What there is to be seen, as English tells it."""

from gap_server.demo.answerer import claims as said
from gap_server.demo.answerer.english.nouns import (
    IN,
    a,
    listed,
    none,
    noun_of,
    number,
    part,
    place,
    region,
    the,
)
from gap_server.demo.answerer.english.telling import is_or_are, many_of, told
from gap_server.demo.scene.looks import OUTDOORS

_LIGHTS = {"day": "daytime", "sunset": "evening, with the sun low", "night": "night"}


_WEATHERS = {
    "sunny": "it is a sunny day",
    "snowy": "there is snow everywhere",
    "clear": "it is a clear night",
    "evening": "it is a clear evening",
    "rainy": "it is raining",
    "cloudy": "it is cloudy",
    "foggy": "it is foggy",
}


@told.register
def _(claim: said.Count) -> str:
    return f"there {is_or_are(claim.n)} {many_of(claim.what, claim.n)}" if claim.n else none(claim.what)


@told.register
def _(claim: said.CountOfBoth) -> str:
    names = f"{noun_of(claim.first, 2)} and {noun_of(claim.second, 2)}"
    return f"there are {number(claim.n)} {names} together" if claim.n else f"there are no {names}"


@told.register
def _(claim: said.Sorts) -> str:
    noun = claim.of if claim.n == 1 else f"{claim.of}s"
    of = f" of {noun_of(claim.what, 2)}" if claim.what else ""
    if claim.of == "colour" and claim.what:
        return f"{the(claim.what, 2)} come in {number(claim.n)} {noun}"
    return f"there {is_or_are(claim.n)} {number(claim.n)} {'different ' * (claim.n > 1)}{noun}{of}"


@told.register
def _(claim: said.Letters) -> str:
    return f"there {is_or_are(claim.n)} {number(claim.n)} letter{'s' * (claim.n > 1)} on {the(claim.what, 1)}"


@told.register
def _(claim: said.Colours) -> str:
    every = "" if not claim.every else ("both " if claim.n == 2 else "all ")
    return f"{every}{the(claim.what, claim.n)} {is_or_are(claim.n)} {listed(claim.colours)}"


@told.register
def _(claim: said.Mostly) -> str:
    of = f" of {the(claim.what, 2)}" if claim.what else ""
    return f"the most common colour{of} is {claim.colour}"


@told.register
def _(claim: said.Palette) -> str:
    return f"I can see {listed(claim.colours)}"


@told.register
def _(claim: said.Places) -> str:
    return (
        f"{the(claim.what, claim.n)} {is_or_are(claim.n)} {listed([region(name) for name in claim.regions])}"
    )


@told.register
def _(claim: said.Ground) -> str:
    within = claim.ground in IN - {"snow"} or claim.ground.startswith("middle")
    on = "at" if claim.ground.startswith("edge") else "in" if within else "on"
    return f"{the(claim.what, claim.n)} {is_or_are(claim.n)} {on} the {claim.ground}"


@told.register
def _(claim: said.Shown) -> str:
    if not claim.parts:
        wanted = claim.wanted
        nothing = f"no {wanted.noun.one}" if wanted and not wanted.generic else "nothing"
        return f"there is {nothing}{place(claim.where)}"
    parts = listed([part(one) for one in claim.parts])
    return f"there {_be_of(claim.parts[0])} {parts}{place(claim.where)}"


def _be_of(first: said.Part) -> str:
    return "is" if first.count == 1 else "are"


@told.register
def _(claim: said.Missing) -> str:
    short = claim.what.phrase.region or claim.what.relation or claim.what.facing
    return none(claim.what) + ("" if short else " in the picture")


@told.register
def _(claim: said.Rather) -> str:
    many = claim.what.phrase.noun.plural
    one = noun_of(claim.what, 2) if many else a(noun_of(claim.what))
    gone = noun_of(claim.gone, 2 if claim.gone.phrase.noun.plural else 1)
    return f"there {'are' if many else 'is'} {one}, but no {gone}"


@told.register
def _(claim: said.Written) -> str:
    if not claim.words:
        return f"there is nothing written{f' on {the(claim.what)}' if claim.what else ''}"
    words = listed([f'"{word}"' for word in claim.words])
    return f"{'it says' if len(claim.words) == 1 else 'they say'} {words}"


@told.register
def _(claim: said.Blank) -> str:
    what, other = ("something", "nothing") if claim.lettered else ("nothing", "something")
    if not claim.parts:
        whole = f"all {noun_of(claim.what, 2)}" if other == "something" else f"any {noun_of(claim.what)}"
        return f"there is {other} written on {whole}"
    ones = [f"the {one.colour} {noun_of(claim.what)}" for one in claim.parts]
    return f"there is {what} written on {listed(ones)}"


@told.register
def _(claim: said.Hours) -> str:
    hours = listed([number(hour) for hour in claim.hours])
    clocks = the(claim.what, claim.n) if claim.what else f"the clock{'s' if claim.n > 1 else ''}"
    return f"{clocks} show{'' if claim.n > 1 else 's'} {hours} o'clock"


@told.register
def _(claim: said.IsPlace) -> str:
    if claim.wild is not None:
        return f"this is {'the countryside' if claim.wild else 'the city'}"
    if claim.doors:
        doors = "outdoors" if claim.place in OUTDOORS else "indoors"
        return f"it is {doors}, {'on' if claim.place in {'street', 'beach'} else 'in'} a {claim.place}"
    return f"this is a {claim.place}"


@told.register
def _(claim: said.IsLight) -> str:
    return f"it is {_LIGHTS[claim.light]}"


@told.register
def _(claim: said.IsWeather) -> str:
    return "it is snowing" if claim.falling and claim.weather == "snowy" else _WEATHERS[claim.weather]


@told.register
def _(claim: said.IsSeason) -> str:
    return f"it looks like {claim.season}"


@told.register
def _(claim: said.Unseen) -> str:
    del claim
    return "I cannot tell that from the picture"
