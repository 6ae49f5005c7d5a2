"""Where on a thing a part of it is, and what is on its chest, its roof, its top."""

from collections.abc import Iterator

from gap_server.demo.answerer import patterns
from gap_server.demo.answerer.asked import Asked
from gap_server.demo.answerer.claims import Answer, Has, OnSide, What
from gap_server.demo.answerer.reading.part_names import as_drawn, holder_of, part_named
from gap_server.demo.answerer.reading.parts import POINTED
from gap_server.demo.answerer.standing import on
from gap_server.demo.scene.details import DETAILS
from gap_server.demo.scene.sides import BODY, ON, SIDES

_SIDE = (
    r"\b(which|what) (side|way|direction)\b|\bpoint\w*|^where\b|\b(left|right|top|bottom)$"
    r"|\b(left|right)( hand)? side\b|\b(left|right|up|down) or\b"
)
_UPWARDS = r"\b(up|upwards?|upright|erect|perked|pricked)\b"
_DOWNWARDS = r"\b(down|downwards?|floppy|droop\w*|hang\w*|limp)\b"
_POINTING = rf"{_UPWARDS}|{_DOWNWARDS}|\b(which|what) (way|direction)\b|\bpoint\w*\b"


def which_side(asked: Asked) -> Answer | None:
    """`on which side is the mug's handle`, `is the chimney on the left`, `are the ears up or down`."""
    if asked.says(r"^(which|what|who)\b.*\b(has|have|with)\b|^how many\b|\bcolours?\b|^what (is|are)\b"):
        return None
    if asked.says(POINTED):
        return None  # whither a spout points, its teapot does
    if any(part for part, what in _parts(asked) if _is_unknown(asked, part, what)):
        return None
    placed = [placed for part, what in _parts(asked) if (placed := _placed(asked, part, what))]
    placed.sort(key=lambda claim: claim.side not in {"left", "right"})  # `on which side of the roof`
    for claim in placed:
        if asked.says(_POINTING if claim.side in {"up", "down"} else _SIDE):
            return Answer((claim,), _is_so(asked, claim.side), claim.what)
    return None


def _is_unknown(asked: Asked, part: str, what: What) -> bool:
    """Whether it is on the left or on the right, and an older scene does not say on which."""
    things = asked.spoken_of(what)
    return (
        SIDES.get((things[0].kind, part)) in {"left", "right"} and asked.world.side(things[0], part) is None
    )


def _placed(asked: Asked, part: str, what: What) -> OnSide | None:
    things = asked.spoken_of(what)
    side = asked.world.side(things[0], part) if things else None
    return OnSide(what, part, DETAILS[things[0].kind][part].count, side) if side else None


def _parts(asked: Asked) -> Iterator[tuple[str, What]]:
    """The parts that are asked about, each with the thing on which it is."""
    for at, word in enumerate(asked.words):
        part = part_named(word)
        narrows = asked.says(rf"\bwith (a |the |its )?(\w+ )?{word}\b")
        what = holder_of(asked, part, at) if part and not narrows else None
        if what and what.phrase.placed_after and asked.yes_or_no():
            what = What(what.phrase.without_region())  # `is the handle of the cup on the left`
        things = asked.spoken_of(what) if what else ()
        if what and things:
            yield as_drawn(part, things[0].kind), what


def _is_so(asked: Asked, side: str) -> bool | None:
    """Whether it is on the side that was named, where it was one."""
    if not asked.yes_or_no() or " or " in asked.text:
        return None
    if side in {"up", "down"}:
        return asked.says(_UPWARDS if side == "up" else _DOWNWARDS)
    named = patterns.search(r"\b(left|right|top|bottom|middle)\b", asked.text)
    return None if named is None else named[1] == side


_ASKS = (
    r"^(what|which)\b.*\bon\b|^what is (tied|attached|fastened|hanging)\b"
    r"|^(is|are) there (anything|something)\b.*\bon\b"
)
_CALLED = {"stomach": "belly", "tummy": "belly"}


def what_is_on_it(asked: Asked) -> Answer | None:
    """`what is on the robot's chest`, `is there anything on the roof`, `what lies on top of the drum`."""
    if not asked.says(_ASKS) or asked.says(r"\b(colour|side|left|right|wearing|wear|written)\b"):
        return None
    whole = _whole(asked)
    things = asked.spoken_of(whole) if whole else ()
    if whole is None or not things:
        return None
    named = [word for at, word in enumerate(asked.words) if not whole.phrase.start <= at < whole.phrase.end]
    place = next((word for word in named if word in BODY), "") or next(
        filter(None, map(part_named, named)), ""
    )
    place = _CALLED.get(place, as_drawn(place, things[0].kind))
    if not place and (
        whole.phrase.end < len(asked.words)
        or any(on(asked.scene, t, whole.phrase) for t in asked.scene.things)
    ):
        return None
    there = ON.get((things[0].kind, place), ())
    details = [seen for part in there if (seen := asked.world.detail(things[0].kind, part, things[0].colour))]
    if not details:
        return None
    yes = True if asked.yes_or_no() else None
    claims = tuple(Has(whole, seen.name, seen.count, seen.colour, whether=bool(yes)) for seen in details)
    return Answer(claims, yes, whole)


def _whole(asked: Asked) -> What | None:
    """On what the place is: the one thing that is named, else what alone has such a part."""
    named = [phrase for phrase in asked.phrases if phrase.kinds and not phrase.generic]
    kinds = {kind for phrase in named for kind in phrase.kinds}
    wholes = [
        phrase
        for phrase in named
        if not any(
            as_drawn(part_named(asked.words[phrase.start]), kind) in DETAILS.get(kind, {}) for kind in kinds
        )
    ]
    if named:
        return What(wholes[0]) if len(wholes) == 1 else None
    return next((what for _, what in _parts(asked)), None)
