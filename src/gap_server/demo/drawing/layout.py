"""Who stands where: things are placed one by one, so that each stays to be seen."""

import random
from dataclasses import dataclass

from gap_server.demo.drawing.cast import Look, look_of, tallness
from gap_server.demo.drawing.zones import Zone
from gap_server.demo.scene.description import Box, Thing
from gap_server.demo.scene.looks import OUTDOORS, SIGN_WORDS
from gap_server.demo.scene.palettes import shades

TRIES = 30
COVERED = 0.14  # how much of a thing's box another's box may cover, at most
MARGIN = 0.012
COUNTED = frozenset({"sun", "moon", "cloud", "window"})  # parts of the backdrop that must stay in sight


@dataclass(frozen=True, slots=True)
class Placed:
    thing: Thing
    look: Look
    flipped: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """A thing to be placed, with the size it is to have beside its natural one."""

    kind: str
    zone: Zone
    scale: float
    least: float = 0.075  # of the shorter side: no thing is lower than this


class Layout:
    def __init__(
        self, size: tuple[int, int], setting: str, light: str, backdrop: list[Thing], rng: random.Random
    ) -> None:
        self.width, self.height = size
        self.placed: list[Placed] = []
        self._setting, self._light = setting, light
        self._backdrop = backdrop
        self._kept = [part.box for part in backdrop if part.kind in COUNTED]
        self._words = rng.sample(SIGN_WORDS, len(SIGN_WORDS))
        self._rng = rng

    def place(self, wanted: Wanted, *, covered: float = COVERED) -> bool:
        """Find room for one more; False where there is none."""
        look = look_of(wanted.kind, indoors=self._setting not in OUTDOORS)
        for attempt in range(TRIES):
            box = self._somewhere(look, wanted, 1 - 0.15 * attempt / TRIES)
            if box is not None and self._free(box, covered):
                self.placed.append(self._dressed(wanted, look, box))
                return True
        return False

    def _somewhere(self, look: Look, wanted: Wanted, squeeze: float) -> Box | None:
        zone = wanted.zone
        at = self._rng.uniform(zone.far, zone.near)
        depth = (at - zone.far) / max(zone.near - zone.far, 1e-6)
        size = wanted.scale * squeeze * (zone.shrink + (1 - zone.shrink) * depth)
        tall = max(tallness(wanted.kind, look, zone.ground) * size, wanted.least) * min(
            self.width, self.height
        )
        wide = tall * look.wide / 100
        across, down = wide / self.width, tall / self.height
        if across > 0.9 - 2 * MARGIN:
            return None
        left = self._rng.uniform(MARGIN, 1 - MARGIN - across)
        top = at - down / 2 if zone.airy else at - down
        if zone.airy:
            top = max(top, MARGIN)
        return Box(left, top, left + across, top + down) if top >= MARGIN else None

    def _free(self, box: Box, covered: float) -> bool:
        taken = [placed.thing.box for placed in self.placed]
        if any(box.overlap(other) > covered * min(_area(box), _area(other)) for other in taken):
            return False
        return all(box.overlap(kept) <= 0.25 * _area(kept) for kept in self._kept)

    def _dressed(self, wanted: Wanted, look: Look, box: Box) -> Placed:
        ground = wanted.zone.ground
        colour = self._rng.choice(shades(wanted.kind, ground, self._setting, self._light, self._backdrop))
        word = self._word(wanted.kind, look)
        flipped = look.flips and self._rng.random() < 0.5
        facing = look.facing(flipped=flipped)
        return Placed(Thing(wanted.kind, colour, box, ground, word, facing, flipped), look, flipped)

    def _word(self, kind: str, look: Look) -> str | None:
        if kind == "clock":
            return str(self._rng.randint(1, 11))
        plain = not look.words or (kind != "sign" and self._rng.random() < 0.4)
        return None if plain or not self._words else self._words.pop()


def _area(box: Box) -> float:
    return box.width * box.height
