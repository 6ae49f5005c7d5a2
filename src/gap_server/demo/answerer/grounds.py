"""On which part of the place something stands: on the rug rather than the floor, on the path or the grass."""

from gap_server.demo.answerer.measures import some
from gap_server.demo.scene import relations
from gap_server.demo.scene.description import Scene, Thing
from gap_server.demo.scene.kinds import KINDS
from gap_server.demo.scene.relations import Verdict

LAID = {"floor": "rug", "grass": "path"}
"""What may lie on a ground, so that whoever stands there stands on it."""
EDGE = "edge of the "


def stands_on(scene: Scene, thing: Thing, kinds: frozenset[str]) -> Verdict:
    """Whether it stands on (is in) a part of the place. What is on the rug also is on the floor; but
    what is on the path is not on the grass.
    """
    if KINDS[thing.kind].backdrop:  # clouds are in the sky, hills anywhere
        return True
    laid = LAID.get(thing.ground)
    if laid in kinds:
        return True if thing.ground in kinds else _is_upon(scene, thing, laid)
    if laid == "path" and thing.ground in kinds:
        upon = _is_upon(scene, thing, laid)
        return None if upon is None else not upon
    return thing.ground in kinds


def ground_of(scene: Scene, thing: Thing) -> str:
    """What anybody would say that it stands on: the rug rather than the floor, or the edge of it."""
    laid = LAID.get(thing.ground)
    upon = _is_upon(scene, thing, laid) if laid else False
    return thing.ground if laid is None or upon is False else (laid if upon else f"{EDGE}{laid}")


def _is_upon(scene: Scene, thing: Thing, laid: str) -> Verdict:
    verdicts = [_within(thing, part) for part in scene.backdrop if part.kind == laid]
    return some(verdicts) if verdicts else False


def _within(thing: Thing, part: Thing) -> Verdict:
    """Whether it stands inside an oval: with most of its foot, with none, or across the edge."""
    if part.kind == "path":
        middle, half = relations.path_at(thing.box.bottom)
        aside = abs(thing.box.x - middle) / half
        return True if aside < 0.8 else (False if aside > 1.5 else None)
    deep = 10 if thing.kind == "chair" else 20  # it stands a little above its lowest edge
    foot = thing.box.bottom - thing.box.height / deep
    down = (foot - part.box.y) / (part.box.height / 2)
    steps = (thing.box.left + thing.box.width * k / 20 for k in range(1, 20))
    on_it = sum(((x - part.box.x) / (part.box.width / 2)) ** 2 + down**2 < 1 for x in steps) / 19
    return True if on_it > 0.7 else (False if on_it < 0.2 else None)
