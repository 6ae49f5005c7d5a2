"""What somebody may take a scene for: what it is, or one false world close to it, the same each time."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from gap_server.demo.scene.description import Scene, Thing
from gap_server.demo.scene.kinds import KINDS

WEATHERS: tuple[str, ...] = ("sunny", "evening", "clear", "snowy", "rainy")
SEASONS: tuple[str, ...] = ("summer", "winter", "autumn", "spring")
EMPTY = "nothing"
LIMBS: dict[str, dict[str, int]] = {
    **{kind: {"wheels": 2} for kind in ("car", "bus", "truck", "bicycle")},
    **{kind: {"eyes": 2, "ears": 2} for kind in ("dog", "cat", "rabbit", "teddy bear")},
    "robot": {"eyes": 2, "legs": 2},
    "penguin": {"eyes": 2, "legs": 2},
    "snowman": {"eyes": 2},
}


@dataclass(frozen=True, slots=True)
class World:
    """A scene with all that can be asked beside its things: `poses` by kind, where they are not the usual
    ones, `contents` of containers by kind, where there are any; `several`: kinds spoken of in the plural.
    """

    scene: Scene
    weather: str
    season: str
    several: frozenset[str] = frozenset()
    more_limbs: int = 0
    poses: Mapping[str, str] = field(default_factory=dict)
    contents: Mapping[str, str] = field(default_factory=dict)

    def pose(self, thing: Thing) -> str:
        """What a thing is doing; empty where it is doing nothing."""
        return self.poses.get(thing.kind) or usual_pose(thing)

    def limbs(self, kind: str, limb: str) -> int | None:
        """How many of it are seen on one of the kind; None where that is not told."""
        n = LIMBS.get(kind, {}).get(limb)
        return None if n is None else n + self.more_limbs

    def inside(self, kind: str) -> str:
        return self.contents.get(kind, EMPTY)


def usual_pose(thing: Thing) -> str:
    if thing.kind in {"duck", "swan"}:
        return "swimming" if thing.ground == "sea" else "standing"
    return KINDS[thing.kind].pose


def true_world(scene: Scene) -> World:
    snow = scene.setting == "snowy field"
    weather = "snowy" if snow else {"day": "sunny", "sunset": "evening", "night": "clear"}[scene.light]
    counts = Counter(thing.kind for thing in scene.things)
    several = frozenset(kind for kind, n in counts.items() if n > 1)
    return World(scene, weather, "winter" if snow else "summer", several)
