"""What things are, have and do, as English tells it."""

from gap_server.demo.answerer import claims as said
from gap_server.demo.answerer.english.nouns import (
    a,
    listed,
    noun_of,
    number,
    the,
    turning,
)
from gap_server.demo.answerer.english.telling import is_or_are, told
from gap_server.demo.scene.details import SIDEWAYS
from gap_server.demo.scene.kinds import plural_of
from gap_server.demo.scene.worlds import EMPTY, HIDDEN

_POSES = {
    "lying": "lying on the ground",
    "driving": "driving away",
    "out": "not burning",
}


_STATES = {
    "open": ("open", "closed"),
    "calm": ("calm", "rough"),
    "clear": ("mostly clear", "overcast"),
    "whole": ("whole", "cut"),
    "sharp": ("sharp", "blunt"),
    "out": ("sticking out", "not sticking out"),
}


@told.register
def _(claim: said.Posed) -> str:
    return f"{the(claim.what, claim.n)} {is_or_are(claim.n)} {_POSES.get(claim.pose, claim.pose)}"


_SIDES = {"left": "on the left", "right": "on the right", "top": "at the top", "bottom": "at the bottom"}


@told.register
def _(claim: said.OnSide) -> str:
    several = claim.count != 1
    parts = f"the {plural_of(claim.part) if several else claim.part} of {the(claim.what, 1)}"
    if claim.side == "up":
        return f"{parts} point{'' if several else 's'} up"
    if claim.side == "down":
        return f"{parts} hang{'' if several else 's'} down"
    return f"{parts} {is_or_are(2 if several else 1)} {_SIDES.get(claim.side, 'in the middle')}"


@told.register
def _(claim: said.Has) -> str:
    if not claim.so:
        return _has_not(claim)
    whole = f"each {noun_of(claim.what)}" if claim.each else the(claim.what, 1)
    tone = "light " if claim.pale and claim.colour != "white" else ""
    tint = f"{tone}{claim.colour} " if claim.colour else ""
    one = f"one {tint}{claim.part}" if claim.counted else a(f"{tint}{claim.part}")
    sideways = bool(claim.what.phrase.kinds & SIDEWAYS)
    if claim.count == 1 and not (sideways and claim.counted):
        return f"{whole} has {one}"
    many = f"{tint}{plural_of(claim.part)}"
    if claim.counted and not claim.count:
        return f"{whole} has more {many} than one can count"
    if not claim.count:
        return f"{whole} has {many}"
    if sideways:
        return f"I can see {number(claim.count)} {many if claim.count > 1 else claim.part} on {whole}"
    return f"{whole} has {number(claim.count)} {many}"


def _has_not(claim: said.Has) -> str:
    if claim.counted:
        return f"I can see no {plural_of(claim.part)} on {the(claim.what, 1)}"
    if claim.each:
        part = a(claim.part) if claim.count == 1 else plural_of(claim.part)
        return f"no {noun_of(claim.what)} has {part}"
    return f"{the(claim.what, 1)} has no {claim.part if claim.count == 1 else plural_of(claim.part)}"


@told.register
def _(claim: said.Together) -> str:
    parts = f"{number(claim.count)} {claim.part if claim.count == 1 else plural_of(claim.part)}"
    if claim.what is None:
        return f"I can see {parts} altogether"
    return f"{the(claim.what, claim.n)} {'has' if claim.n == 1 else 'have'} {parts}"


@told.register
def _(claim: said.Wears) -> str:
    worn = f"{claim.colour} {claim.worn}" if claim.colour else claim.worn or "anything"
    if claim.worn and not claim.worn.endswith("s"):  # nobody wears `a glasses`
        worn = plural_of(worn) if claim.n > 1 else a(worn)
    if claim.what is None:
        return f"nobody is wearing {worn}"
    return f"{the(claim.what, claim.n)} {is_or_are(claim.n)} {'' if claim.colour else 'not '}wearing {worn}"


@told.register
def _(claim: said.Stated) -> str:
    state = _STATES.get(claim.state, (claim.state, f"not {claim.state}"))[not claim.so]
    return f"{the(claim.what, claim.n)} {is_or_are(claim.n)} {state}"


@told.register
def _(claim: said.Formed) -> str:
    made = "made of " if claim.of == "material" else ""
    return f"{the(claim.what, claim.n)} {is_or_are(claim.n)} {made}{claim.value}"


@told.register
def _(claim: said.Facing) -> str:
    sides = listed([side if side == "us" else f"to the {side}" for side in claim.sides])
    where = ("towards us" if claim.going else "at us") if sides == "us" else sides
    return f"{the(claim.what, claim.n)} {is_or_are(claim.n)} {claim.going or turning(claim.what)} {where}"


@told.register
def _(claim: said.FacingOnes) -> str:
    noun = noun_of(claim.what, claim.n)
    return f"the {noun} pointing to the {claim.side} {is_or_are(claim.n)} {listed(claim.colours)}"


_TURNS = {
    "together": "at each other",
    "apart": "away from each other",
    "same": "the same way",
    "different": "different ways",
}


@told.register
def _(claim: said.Turned) -> str:
    names = listed([the(what) for what in claim.whats])
    return f"{names} are {turning(claim.whats[0])} {_TURNS[claim.turn]}"


@told.register
def _(claim: said.Named) -> str:
    noun = claim.noun.many if claim.n > 1 else a(claim.noun.one)
    return f"{the(claim.what, claim.n)} {is_or_are(claim.n)} {noun}"


@told.register
def _(claim: said.Inside) -> str:
    holder = the(claim.what, claim.n)
    if claim.contents == EMPTY:
        return f"{holder} {is_or_are(claim.n)} empty"
    if claim.contents == HIDDEN:
        return f"{holder} {is_or_are(claim.n)} closed, nothing inside can be seen"
    return f"there {'are' if claim.contents.endswith('s') else 'is'} {claim.contents} in {holder}"


@told.register
def _(claim: said.Joined) -> str:
    to = f"{claim.by} {the(claim.to)}" if claim.to else f"not {claim.by} anything"
    return f"{the(claim.what, claim.n)} {is_or_are(claim.n)} {to}"
