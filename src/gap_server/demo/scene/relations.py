"""How things stand to one another. None means that people looking might disagree: nobody should be asked
to judge it.

Every threshold is a fraction of the picture, or a ratio of sizes, and stands here.
"""

from collections.abc import Callable, Sequence
from math import sin

from gap_server.demo.scene.description import Scene, Thing

PATH_FROM = 0.462  # the hill that it comes from
CLEARLY_BESIDE = 0.07
CLEARLY_ABOVE = 0.08
LARGER_BY = 1.15  # in area
AS_LARGE = 1.1
TALLER_BY = 1.2
CLOSER_BY = 0.045
HIGHER_BY = 0.02
NEXT_TO = 0.09  # gap between boxes, in picture heights
AHEAD_WITHIN = 0.3
NEAREST_BY = 1.3
RESTING = 0.02
OVERLAP = 0.1  # of the narrower one: what only touches the other's edge is not over it
MIDDLE = (0.4, 0.6)
UNSURE = 0.06  # on either side of the middle's edges

Verdict = bool | None


def _clearly(difference: float, margin: float) -> Verdict:
    if difference > margin:
        return True
    return False if difference < -margin else None


def left_of(a: Thing, b: Thing) -> Verdict:
    return _clearly(b.box.x - a.box.x, CLEARLY_BESIDE)


def right_of(a: Thing, b: Thing) -> Verdict:
    return left_of(b, a)


def above(a: Thing, b: Thing) -> Verdict:
    """True only where `a` ends above the middle of `b`: a tree is not above the dog in front of it."""
    if a.box.bottom <= b.box.y and b.box.y - a.box.y > CLEARLY_ABOVE:
        return True
    return False if a.box.y > b.box.y - CLEARLY_ABOVE / 4 else None


def upright(thing: Thing, anchor: Thing) -> bool:
    """Whether one stands over the other, and not aside; what shines far off is over the middle of it."""
    half = (thing.box.width + anchor.box.width) / 2
    half -= OVERLAP * min(thing.box.width, anchor.box.width)
    if not thing.ground:
        half = max(thing.box.width, anchor.box.width) / 2
    return abs(thing.box.x - anchor.box.x) < half


def aside(scene: Scene, a: Thing, b: Thing) -> bool:
    """Whether one is at the side of another rather than over or under it: a plane over the truck is not."""
    across = max(a.box.left - b.box.right, b.box.left - a.box.right) * scene.width / scene.height
    down = max(a.box.top - b.box.bottom, b.box.top - a.box.bottom)
    return bool(down <= 0 or across > down)


def below(a: Thing, b: Thing) -> Verdict:
    return above(b, a)


def larger(a: Thing, b: Thing) -> Verdict:
    """By the area that each takes in the picture."""
    ratio = _area(a) / _area(b)
    return True if ratio >= LARGER_BY else (False if ratio <= 1 / LARGER_BY else None)


def as_large(a: Thing, b: Thing, of: str) -> bool:
    """Whether nobody would call either larger (in `area` or `height`) than the other."""
    first, second = (_area(a), _area(b)) if of == "area" else (a.box.height, b.box.height)
    return max(first, second) < AS_LARGE * min(first, second)


def _area(thing: Thing) -> float:
    return thing.box.width * thing.box.height


def taller(a: Thing, b: Thing) -> Verdict:
    ratio = a.box.height / b.box.height
    return True if ratio >= TALLER_BY else (False if ratio <= 1 / TALLER_BY else None)


def wider(a: Thing, b: Thing) -> Verdict:
    ratio = a.box.width / b.box.width
    return True if ratio >= TALLER_BY else (False if ratio <= 1 / TALLER_BY else None)


def closer(a: Thing, b: Thing) -> Verdict:
    """Nearer to the one who looks. Things in the air or on a wall give no clue."""
    if {a.ground, b.ground} & {"sky", "wall", ""}:
        return None
    return _clearly(a.box.bottom - b.box.bottom, CLOSER_BY)


def in_front_of(a: Thing, b: Thing) -> Verdict:
    """Nearer to the one who looks; of two that go one way side by side, the one that is ahead."""
    nearer = closer(a, b)
    if nearer is not None or not a.facing or a.facing != b.facing:
        return nearer
    return left_of(a, b) if a.facing == "left" else right_of(a, b)


def higher(a: Thing, b: Thing) -> Verdict:
    """Of two that are compared, people see less than of what is said to be above another."""
    return _clearly(b.box.y - a.box.y, HIGHER_BY)


def as_high(a: Thing, b: Thing) -> bool:
    """Whether nobody would call either higher than the other."""
    return abs(a.box.y - b.box.y) < HIGHER_BY / 2


def path_at(y: float) -> tuple[float, float]:
    """A park's path: its middle and half its width, from left to right, at a height from the top."""
    near = min(max((y - PATH_FROM) / (1 - PATH_FROM), 0.0), 1.0)
    return 0.56 - 0.1 * near + 0.075 * sin(near**0.7 * 7.2), 0.008 + 0.15 * near**1.5


def touches_path(thing: Thing) -> bool:
    """Whether a park's path is seen to run up to a thing, under it or along its edge."""
    steps = (thing.box.top + thing.box.height * k / 8 for k in range(9))
    passes = [path_at(y) for y in steps if y >= PATH_FROM]
    near = NEXT_TO / 2
    return any(
        thing.box.left - near < middle + half and middle - half < thing.box.right + near
        for middle, half in passes
    )


def ahead(scene: Scene, a: Thing, b: Thing) -> bool:
    """Whether `a` is before the face of `b`, which looks to a side, and near to it."""
    if b.facing not in {"left", "right"} or gap(scene, a, b) > AHEAD_WITHIN:
        return False
    on_side = a.box.x < b.box.left if b.facing == "left" else a.box.x > b.box.right
    return on_side and a.box.bottom > b.box.top and a.box.top < b.box.bottom


def gap(scene: Scene, a: Thing, b: Thing) -> float:
    """The distance between two things' edges, in picture heights; none where they overlap."""
    across = max(a.box.left - b.box.right, b.box.left - a.box.right, 0.0) * scene.width / scene.height
    down = max(a.box.top - b.box.bottom, b.box.top - a.box.bottom, 0.0)
    return float((across**2 + down**2) ** 0.5)


def apart(scene: Scene, a: Thing, b: Thing) -> float:
    """The distance between two things' centres, in picture heights."""
    across = (a.box.x - b.box.x) * scene.width / scene.height
    return float((across**2 + (a.box.y - b.box.y) ** 2) ** 0.5)


def beside(scene: Scene, a: Thing, b: Thing) -> Verdict:
    distance = gap(scene, a, b)
    if distance <= NEXT_TO / 2:
        return True
    return False if distance > 2 * NEXT_TO else None


def rests_on(a: Thing, b: Thing) -> bool:
    """Whether `a` looks as if it lay on `b`: its foot at the upper edge of `b`, most of it over that."""
    over = min(a.box.right, b.box.right) - max(a.box.left, b.box.left)
    return a is not b and abs(a.box.bottom - b.box.top) < RESTING and over > 0.7 * a.box.width


def between(a: Thing, b: Thing, c: Thing) -> Verdict:
    """Whether `a` stands between `b` and `c`, from left to right."""
    first, last = (b, c) if b.box.x < c.box.x else (c, b)
    verdicts = left_of(first, a), left_of(a, last)
    return False if False in verdicts else (True if verdicts == (True, True) else None)


def off_centre(thing: Thing, whole: Thing) -> float:
    """How far its foot is from the middle of a ground: 0 there, 1 at the edge."""
    across = (thing.box.x - whole.box.x) / (whole.box.width / 2)
    down = (thing.box.bottom - whole.box.y) / (whole.box.height / 2)
    return float((across**2 + down**2) ** 0.5)


def nearest(scene: Scene, to: Thing, among: Sequence[Thing]) -> Thing | None:
    """The nearest of `among` by centres, or None where two are about as near (or there is none)."""
    ranked = sorted((thing for thing in among if thing is not to), key=lambda thing: apart(scene, to, thing))
    if len(ranked) > 1 and apart(scene, to, ranked[1]) < NEAREST_BY * apart(scene, to, ranked[0]):
        return None
    return ranked[0] if ranked else None


def most(among: Sequence[Thing], relation: Callable[[Thing, Thing], Verdict]) -> Thing | None:
    """The one thing to which `relation` holds against every other, or None where that is unclear."""
    for thing in among:
        if all(relation(thing, other) for other in among if other is not thing):
            return thing
    return None


def _third(at: float) -> tuple[Verdict, Verdict, Verdict]:
    """Whether a coordinate lies in the first, the middle and the last part of the picture."""
    low, high = MIDDLE
    first = _clearly(low - at, UNSURE)
    last = _clearly(at - high, UNSURE)
    outside = first or last
    middle = False if outside else (True if low + UNSURE / 2 <= at <= high - UNSURE / 2 else None)
    return first, middle, last


def lies(thing: Thing, region: str) -> Verdict:
    """Whether a thing lies in a region: left, right, top, bottom, middle (both ways), or two such as `top
    left`.
    """
    left, centre, right = _third(thing.box.x)
    top, level, bottom = _third(thing.box.y)
    parts = {"left": left, "centre": centre, "right": right, "top": top, "level": level, "bottom": bottom}
    parts["middle"] = (
        False if centre is False else (_both(centre, level) or None)
    )  # at the foot of the middle: unclear
    verdict: Verdict = True
    for part in region.split():
        verdict = _both(verdict, parts[part])
    return verdict


def _both(a: Verdict, b: Verdict) -> Verdict:
    if a is False or b is False:
        return False
    return True if a and b else None
