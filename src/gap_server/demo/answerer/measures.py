"""By what one thing is more so than another: larger, higher, nearer to the one who looks."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from gap_server.demo.scene import relations
from gap_server.demo.scene.description import Scene, Thing
from gap_server.demo.scene.relations import Verdict

SHARES = (0.1, 0.2, 0.25, 0.33, 0.5, 0.75)
"""The parts of the picture's height that people have a word for."""

EXTREMES = {"left": "leftmost", "right": "rightmost", "top": "highest", "bottom": "lowest"}

ORDERS: dict[str, Callable[[Thing, Thing], Verdict]] = {
    "largest": relations.larger,
    "tallest": relations.taller,
    "widest": relations.wider,
    "closest": relations.closer,
    "highest": relations.higher,
    "smallest": lambda a, b: relations.larger(b, a),
    "shortest": lambda a, b: relations.taller(b, a),
    "furthest": lambda a, b: relations.closer(b, a),
    "lowest": lambda a, b: relations.higher(b, a),
    "leftmost": relations.left_of,
    "rightmost": relations.right_of,
}


def measure(thing: Thing, order: str) -> float:
    """What a superlative goes by: the first in that order has the highest measure."""
    box = thing.box
    measures = {
        "largest": box.width * box.height,
        "smallest": -box.width * box.height,
        "tallest": box.height,
        "shortest": -box.height,
        "widest": box.width,
        "leftmost": -box.x,
        "rightmost": box.x,
        "highest": -box.y,
        "lowest": box.y,
        "closest": box.bottom,
        "furthest": -box.bottom,
    }
    return measures.get(order, -abs(box.x - 0.5))


def extreme(things: Sequence[Thing], order: str) -> list[Thing]:
    """From the most to the least so."""
    return sorted(things, key=lambda thing: measure(thing, order), reverse=True)


def from_side(things: Sequence[Thing], side: str) -> list[Thing]:
    """One after another, from the left or from the right."""
    return extreme(things, EXTREMES[side])


def middle_of(things: Sequence[Thing]) -> Thing | None:
    """Of three side by side, the one between the others, wherever the middle of the picture is."""
    row = sorted(things, key=lambda thing: thing.box.x)
    apart = len(row) == 3 and all(relations.left_of(a, b) for a, b in pairwise(row))
    return row[1] if apart else None


def odd_among(things: Sequence[Thing]) -> Thing | None:
    """The one of another colour than all the others, of three at least."""
    counts = Counter(thing.colour for thing in things)
    if len(counts) != 2 or len(things) < 3:
        return None
    colour, n = counts.most_common()[-1]
    return next(thing for thing in things if thing.colour == colour) if n == 1 else None


def away(scene: Scene, thing: Thing, anchors: Sequence[Thing]) -> float:
    """How far a thing is from the nearest of `anchors`, in picture heights: people go by the edges, and where
    these are about as near, by the middles.
    """
    return min(relations.gap(scene, thing, one) + relations.apart(scene, thing, one) / 4 for one in anchors)


def together(scene: Scene, things: Sequence[Thing]) -> bool:
    """Whether each has another of them next to it."""
    return all(
        any(relations.gap(scene, one, other) <= relations.NEXT_TO for other in things if other is not one)
        for one in things
    )


def nearer(scene: Scene, thing: Thing, other: Thing, anchors: Sequence[Thing]) -> Verdict:
    """Whether one thing is nearer to `anchors` than another; None where they are about as near."""
    first, second = away(scene, thing, anchors), away(scene, other, anchors)
    if first * relations.NEAREST_BY < second:
        return True
    return False if second * relations.NEAREST_BY < first else None


def every(verdicts: Iterable[Verdict]) -> Verdict:
    """False where any is, else None where any is."""
    seen = list(verdicts)
    return False if False in seen else (None if None in seen else True)


def some(verdicts: Iterable[Verdict]) -> Verdict:
    """True where any is, else None where any is."""
    seen = list(verdicts)
    return True if True in seen else (None if None in seen else False)
