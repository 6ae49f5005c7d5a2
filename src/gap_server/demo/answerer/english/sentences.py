"""How answers sound in English: short, the same for what is so and what is not."""

from functools import singledispatch

from gap_server.demo.answerer import claims as said
from gap_server.demo.answerer.claims import Answer, Claim, What
from gap_server.demo.answerer.dice import Dice
from gap_server.demo.answerer.english.nouns import (
    IN,
    a,
    capital,
    listed,
    none,
    noun_of,
    number,
    part,
    place,
    region,
    related,
    the,
)
from gap_server.demo.answerer.lexicon import LIVING
from gap_server.demo.scene.details import SIDEWAYS
from gap_server.demo.scene.kinds import UNCOUNTED, plural_of
from gap_server.demo.scene.looks import OUTDOORS
from gap_server.demo.scene.worlds import EMPTY

_SIZED = {
    "largest": "larger than",
    "tallest": "taller than",
    "widest": "wider than",
    "closest": "closer than",
    "highest": "higher up than",
    "smallest": "smaller than",
    "shortest": "shorter than",
    "furthest": "further away than",
    "lowest": "lower than",
    "leftmost": "further left than",
    "rightmost": "further right than",
}
_OF_TWO = {
    "largest": "larger",
    "smallest": "smaller",
    "tallest": "taller",
    "shortest": "shorter",
    "widest": "wider",
    "closest": "closer",
    "highest": "higher",
    "lowest": "lower",
}
_POSES = {
    "lying": "lying on the ground",
    "driving": "driving away",
    "out": "not burning",
}
_STATES = {"open": ("open", "closed"), "calm": ("calm", "rough")}
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


def say(answer: Answer, voice: Dice) -> str:
    """`voice` chooses among forms, by the question alone."""
    sentences: list[str] = []
    counted: What | None = None
    for claim in answer.claims:
        pronoun = isinstance(claim, said.Places | said.Colours) and claim.what == counted
        text = _again(claim) if pronoun else _sentence(claim, voice)
        sentences.append(capital(text) + ".")
        counted = claim.what if isinstance(claim, said.Count) else None
    if answer.aside:
        *sentences, last = sentences
        sentences[-1] = f"{sentences[-1].removesuffix('.')}, but {_lower(last)}"
    first = sentences[0]
    if answer.yes is not None:
        sentences[0] = f"{'Yes' if answer.yes else 'No'}, {_lower(first)}"
    return " ".join(sentences)


def _lower(sentence: str) -> str:
    return sentence if sentence.startswith("I ") else sentence[0].lower() + sentence[1:]


def _sentence(claim: Claim, voice: Dice) -> str:
    if isinstance(claim, said.Count) and claim.n and not claim.what.phrase.backdrop:
        form = voice.shape("count", ("there {are} {many}", "I can see {many}", "I count {many}"))
        return form.format(are=_be(claim.n), many=_many(claim.what, claim.n))
    return told(claim)


def _be(n: int) -> str:
    return "is" if n == 1 else "are"


def _many(what: What, n: int) -> str:
    if what.phrase.noun.one in UNCOUNTED or (
        what.phrase.noun.many == what.phrase.noun.one and what.phrase.backdrop
    ):
        if what.phrase.backdrop:
            return noun_of(what)
        if n == 1 and not what.phrase.kinds:
            return f"some {noun_of(what)}"
        return f"{number(n)} {'piece' if n == 1 else 'pieces'} of {noun_of(what)}"
    return f"{number(n)} {noun_of(what, n)}"


def _again(claim: Claim) -> str:
    """The same subject once more, by its pronoun."""
    if isinstance(claim, said.Places):
        return f"{_it(claim.n)} {listed([region(name) for name in claim.regions])}"
    if isinstance(claim, said.Colours):
        return f"{_it(claim.n)} {listed(claim.colours)}"
    return told(claim)


def _it(n: int) -> str:
    return "it is" if n == 1 else "they are"


@singledispatch
def told(claim: Claim) -> str:
    raise TypeError(claim)


@told.register
def _(claim: said.Count) -> str:
    return f"there {_be(claim.n)} {_many(claim.what, claim.n)}" if claim.n else none(claim.what)


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
    return f"there {_be(claim.n)} {number(claim.n)} {'different ' * (claim.n > 1)}{noun}{of}"


@told.register
def _(claim: said.Colours) -> str:
    every = "" if not claim.every else ("both " if claim.n == 2 else "all ")
    return f"{every}{the(claim.what, claim.n)} {_be(claim.n)} {listed(claim.colours)}"


@told.register
def _(claim: said.Palette) -> str:
    return f"I can see {listed(claim.colours)}"


@told.register
def _(claim: said.Places) -> str:
    return f"{the(claim.what, claim.n)} {_be(claim.n)} {listed([region(name) for name in claim.regions])}"


@told.register
def _(claim: said.Ground) -> str:
    on = "at" if claim.ground.startswith("edge") else "in" if claim.ground in IN - {"snow"} else "on"
    return f"{the(claim.what, claim.n)} {_be(claim.n)} {on} the {claim.ground}"


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
    short = claim.what.phrase.region or claim.what.relation
    return none(claim.what) + ("" if short else " in the picture")


@told.register
def _(claim: said.Written) -> str:
    if not claim.words:
        return f"there is nothing written{f' on {the(claim.what)}' if claim.what else ''}"
    words = listed([f'"{word}"' for word in claim.words])
    return f"{'it says' if len(claim.words) == 1 else 'they say'} {words}"


@told.register
def _(claim: said.Hours) -> str:
    hours = listed([number(hour) for hour in claim.hours])
    return f"the clock{'s show' if len(claim.hours) > 1 else ' shows'} {hours} o'clock"


@told.register
def _(claim: said.More) -> str:
    a, b = noun_of(claim.first, 2), noun_of(claim.second, 2)
    counts = f": {_many(claim.first, claim.n)} and {_many(claim.second, claim.m)}" if claim.counted else ""
    if claim.sign == 0:
        return f"there are as many {a} as {b}{counts}"
    return f"there are more {a if claim.sign > 0 else b} than {b if claim.sign > 0 else a}{counts}"


@told.register
def _(claim: said.Sized) -> str:
    be = _be(2 if claim.first.phrase.noun.plural else 1)
    if claim.to is not None:
        return f"{the(claim.first)} {be} nearer to {the(claim.to)} than {the(claim.second)}"
    return f"{the(claim.first)} {be} {_SIZED[claim.order]} {the(claim.second)}"


@told.register
def _(claim: said.Most) -> str:
    if claim.order == "most common":
        return f"most often I see {part(claim.part).removeprefix('a ')}"
    noun = claim.phrase.noun.one if claim.phrase else "thing"
    order = _OF_TWO.get(claim.order, claim.order) if claim.of_two else claim.order
    if claim.phrase and claim.phrase.kinds == {claim.part.kind}:
        return f"the {order} {noun} is {claim.part.colour}"
    return f"the {order} {noun} is the {_tinted(claim.part)}"


def _tinted(part: said.Part) -> str:
    return f"{part.colour} {part.kind}" if part.colour else part.kind


@told.register
def _(claim: said.Nearest) -> str:
    return f"the {_tinted(claim.part)} is nearest to {the(claim.to)}"


@told.register
def _(claim: said.Related) -> str:
    be = f"{_be(claim.n)}{'' if claim.so else ' not'}"
    return f"{the(claim.first, claim.n)} {be} {related(claim.relation, (claim.second,))}"


@told.register
def _(claim: said.Between) -> str:
    return f"{the(claim.first)} is{'' if claim.so else ' not'} {related('between', claim.outer)}"


@told.register
def _(claim: said.Posed) -> str:
    return f"{the(claim.what, claim.n)} {_be(claim.n)} {_POSES.get(claim.pose, claim.pose)}"


@told.register
def _(claim: said.Has) -> str:
    whole = the(claim.what, 1)
    if claim.each:
        whole = f"each {noun_of(claim.what)}"
    if not claim.so:
        return f"{the(claim.what, 1)} has no {claim.part if claim.count == 1 else plural_of(claim.part)}"
    tint = f"{claim.colour} " if claim.colour else ""
    one = f"one {tint}{claim.part}" if claim.counted else a(f"{tint}{claim.part}")
    if claim.count == 1:
        return f"{whole} has {one}"
    many = f"{tint}{plural_of(claim.part)}"
    if not claim.count:
        return f"{whole} has {many}"
    if claim.what.phrase.kinds & SIDEWAYS:
        return f"I can see {number(claim.count)} {many} on {whole}"
    return f"{whole} has {number(claim.count)} {many}"


@told.register
def _(claim: said.Wears) -> str:
    worn = f"{claim.colour} {claim.worn}" if claim.colour else claim.worn or "anything"
    if claim.worn and not claim.worn.endswith("s"):  # nobody wears `a glasses`
        worn = a(worn)
    if claim.what is None:
        return f"nobody is wearing {worn}"
    return f"{the(claim.what, 1)} is {'' if claim.colour else 'not '}wearing {worn}"


@told.register
def _(claim: said.Stated) -> str:
    state = {"open": ("open", "closed"), "calm": ("calm", "rough")}.get(
        claim.state, (claim.state, f"not {claim.state}")
    )[not claim.so]
    return f"{the(claim.what, claim.n)} {_be(claim.n)} {state}"


@told.register
def _(claim: said.Formed) -> str:
    made = "made of " if claim.of == "material" else ""
    return f"{the(claim.what, claim.n)} {_be(claim.n)} {made}{claim.value}"


@told.register
def _(claim: said.Facing) -> str:
    sides = listed([side if side == "us" else f"to the {side}" for side in claim.sides])
    return f"{the(claim.what, claim.n)} {_be(claim.n)} {_turned(claim)} {'at us' if sides == 'us' else sides}"


def _turned(claim: said.Facing) -> str:
    """A bus has no eyes."""
    return "looking" if claim.what.phrase.kinds <= LIVING else "pointing"


@told.register
def _(claim: said.Inside) -> str:
    holder = the(claim.what, claim.n)
    if claim.contents == EMPTY:
        return f"{holder} {_be(claim.n)} empty"
    return f"there {'are' if claim.contents.endswith('s') else 'is'} {claim.contents} in {holder}"


@told.register
def _(claim: said.Tied) -> str:
    to = f"tied to {the(claim.to)}" if claim.to else "not tied to anything"
    return f"{the(claim.what, claim.n)} {_be(claim.n)} {to}"


@told.register
def _(claim: said.Alike) -> str:
    if claim.of != "colour":
        return f"they are of about the same {claim.of}" if claim.so else f"they are of different {claim.of}s"
    return "they have the same colour" if claim.so else "they have different colours"


@told.register
def _(claim: said.IsPlace) -> str:
    if claim.doors:
        doors = "outdoors" if claim.place in OUTDOORS else "indoors"
        return f"it is {doors}, {'on' if claim.place in {'street', 'beach'} else 'in'} a {claim.place}"
    return f"this is a {claim.place}"


@told.register
def _(claim: said.IsLight) -> str:
    return f"it is {_LIGHTS[claim.light]}"


@told.register
def _(claim: said.IsWeather) -> str:
    return _WEATHERS[claim.weather]


@told.register
def _(claim: said.IsSeason) -> str:
    return f"it looks like {claim.season}"


@told.register
def _(claim: said.Unseen) -> str:
    del claim
    return "I cannot tell that from the picture"
