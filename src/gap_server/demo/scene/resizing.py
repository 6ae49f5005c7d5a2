"""Other sizes for the things of a scene: every comparison comes out the other way, or nearly."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from gap_server.demo.scene.description import Box, Thing
from gap_server.demo.scene.relations import Verdict, larger


def resized(things: list[Thing]) -> list[Thing]:
    """Whatever was larger is smaller; only the second largest is said to be the largest, and so with the
    smallest: nobody takes the least of all for the greatest.
    """
    ranked = sorted(things, key=_area, reverse=True)
    first, last = _runner_up(ranked, larger), _runner_up(ranked[::-1], lambda a, b: larger(b, a))
    between = [thing for thing in reversed(ranked) if thing is not first and thing is not last]
    order = between if first is None or last is None or first is last else [first, *between, last]
    if len(order) < len(ranked):
        order = ranked[::-1]
    sized = {id(thing): _sized(thing, like.box) for thing, like in zip(order, ranked, strict=True)}
    return [sized[id(thing)] for thing in things]


def _area(thing: Thing) -> float:
    return thing.box.width * thing.box.height


def _runner_up(ranked: Sequence[Thing], before: Callable[[Thing, Thing], Verdict]) -> Thing | None:
    """The next of another kind that clearly comes after the first."""
    return next(
        (thing for thing in ranked[1:] if thing.kind != ranked[0].kind and before(ranked[0], thing)), None
    )


def _sized(thing: Thing, like: Box) -> Thing:
    """As large as another, where it stands."""
    bottom = max(thing.box.bottom, like.height)
    half = like.width / 2
    x = min(max(thing.box.x, half), 1 - half)
    return replace(thing, box=Box(x - half, bottom - like.height, x + half, bottom))
