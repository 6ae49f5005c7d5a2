"""What somebody may take a scene for: what it is, or one false world close to it, the same each time."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from gap_server.demo.scene.description import Scene, Thing
from gap_server.demo.scene.details import DETAILS, ELSE_COLOURED, FRONTAL, OF_PLACE, PATTERNS, Detail
from gap_server.demo.scene.kinds import KINDS
from gap_server.demo.scene.palettes import NEIGHBOURS
from gap_server.demo.scene.qualities import MATERIALS, OTHER_MATERIALS, OTHER_SHAPES, SHAPES, STATES
from gap_server.demo.scene.sides import OTHER_SIDES, side_of

EMPTY = "nothing"
HIDDEN = "hidden"
CONTENTS = {
    "cup": "coffee",
    "jar": "jam",
    **dict.fromkeys(("suitcase", "barrel", "gift", "mailbox", "bottle"), HIDDEN),
}
"""What is drawn in what is not empty; HIDDEN in what is closed."""


@dataclass(frozen=True, slots=True)
class World:
    """A scene with all that can be asked beside its things, each by kind: `poses` and `details` that are not
    the usual ones, `contents` of containers that are not empty, the side to which who else looks at us is
    `turned`; `grounds` that are told for others. `several`: kinds spoken of in the plural. `false`: whether
    what has no choice of near misses (materials, shapes, states) is told wrongly.
    """

    scene: Scene
    weather: str
    season: str
    several: frozenset[str] = frozenset()
    false: bool = False
    details: Mapping[tuple[str, str], Detail] = field(default_factory=dict)
    poses: Mapping[str, str] = field(default_factory=dict)
    contents: Mapping[str, str] = field(default_factory=dict)
    turned: Mapping[str, str] = field(default_factory=dict)
    grounds: Mapping[str, str] = field(default_factory=dict)

    def pose(self, thing: Thing) -> str:
        """What a thing is doing; empty where it is doing nothing."""
        return self.poses.get(thing.kind) or usual_pose(thing)

    def detail(self, kind: str, part: str, whole: str = "") -> Detail | None:
        """A part as it is seen on the kind, where that is of the colour `whole`; None where it has none."""
        seen = self.details.get((kind, part)) or DETAILS.get(kind, {}).get(part)
        drawn = ELSE_COLOURED.get((kind, part, whole))
        if seen is None or drawn is None:
            return seen
        return replace(seen, colour=NEIGHBOURS[drawn][-1] if self.false else drawn)

    def pattern(self, kind: str) -> Detail | None:
        """What it is patterned with; None where it is plain, as a wall with stripes is told to be."""
        if self.false and kind == "wall":
            return None
        return next((seen for part in PATTERNS if (seen := self.detail(kind, part))), None)

    def how_many(self, kind: str, part: str) -> int:
        """How many of a part one of the kind has; 0 where nobody counts them."""
        detail = self.detail(kind, part)
        if detail is None:
            return 0
        own = DETAILS.get(kind, {}).get(part, detail)  # the tiles on a wall are this room's alone
        return 2 if self.false and own.count == 1 else detail.count  # of one, two are told

    def side(self, thing: Thing, part: str) -> str | None:
        """On which side of it the part is; None where it has none or no picture tells."""
        own = side_of(thing, part)
        turned = self.false and own not in {"left", "right"}  # what looks the other way is mirrored already
        return OTHER_SIDES[own] if own and turned else own

    def material(self, kind: str) -> str | None:
        usual = MATERIALS.get(kind)
        return OTHER_MATERIALS[usual] if usual and self.false else usual

    def shape(self, kind: str) -> str | None:
        usual = SHAPES.get(kind)
        return OTHER_SHAPES[usual] if usual and self.false else usual

    def state(self, kind: str, of: str) -> bool | None:
        """Whether it is open, lit, smiling; None where no picture tells."""
        usual = STATES.get(kind, {}).get(of)
        return usual if usual is None else usual is not self.false

    def facing(self, thing: Thing) -> str:
        """left, right or us; empty where it looks nowhere."""
        if thing.kind in FRONTAL:
            return self.turned.get(thing.kind, "us")
        return thing.facing

    def ground(self, seen: str) -> str:
        """What is told of what somebody sees a thing stand on."""
        return self.grounds.get(seen, seen)

    def inside(self, kind: str) -> str:
        return self.contents.get(kind) or CONTENTS.get(kind, EMPTY)


def usual_pose(thing: Thing) -> str:
    if thing.kind in {"duck", "swan"}:
        return "swimming" if thing.ground == "sea" else "standing"
    return KINDS[thing.kind].pose


def true_world(scene: Scene) -> World:
    snow = scene.setting == "snowy field"
    weather = "snowy" if snow else {"day": "sunny", "sunset": "evening", "night": "clear"}[scene.light]
    counts = Counter(thing.kind for thing in scene.things)
    several = frozenset(kind for kind, n in counts.items() if n > 1)
    details = OF_PLACE.get(scene.setting, {})
    return World(scene, weather, "winter" if snow else _season(scene), several, details=details)


_TURNING = frozenset({"orange", "yellow", "red"})


def _season(scene: Scene) -> str:
    """Where the leaves of every tree have turned, it is autumn."""
    leaves = {thing.colour for thing in scene.things if thing.kind == "tree"}
    return "autumn" if leaves and leaves <= _TURNING else "summer"
