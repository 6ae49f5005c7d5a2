"""Where in each place which kinds of things may stand, float or fly, and how perspective sizes them there."""

from collections.abc import Callable
from dataclasses import dataclass

from gap_server.demo.drawing import places, rooms
from gap_server.demo.drawing.stage import Stage


@dataclass(frozen=True, slots=True)
class Zone:
    """`far` and `near`: the lines on which a thing's foot may stand (in the air: its middle), from the top.

    `shrink`: the size at the far line, where 1 is the size at the near one.
    """

    ground: str
    far: float
    near: float
    shrink: float
    kinds: tuple[str, ...]

    @property
    def airy(self) -> bool:
        return self.ground in {"sky", "air"}


@dataclass(frozen=True, slots=True)
class Place:
    paint: Callable[[Stage], None]
    zones: tuple[Zone, ...]


def _zone(ground: str, far: float, near: float, shrink: float, kinds: str) -> Zone:
    return Zone(ground, far, near, shrink, tuple(kind.strip() for kind in kinds.split(",")))


_FLYERS = "kite, bird, balloon, plane, butterfly, helicopter"
_ROOM_AIR = "balloon, butterfly"

PLACES: dict[str, Place] = {
    "beach": Place(
        places.beach,
        (
            _zone("sky", 0.1, 0.28, 1.0, _FLYERS),
            _zone("sea", 0.46, 0.56, 0.8, "boat, duck"),
            _zone(
                "sand",
                0.7,
                0.97,
                0.75,
                "umbrella, bucket, ball, dog, chair, hat, guitar, sign, bottle, book, cat, crab, starfish, "
                "turtle, flag, "
                "tent, anchor, basket",
            ),
        ),
    ),
    "street": Place(
        places.street,
        (
            _zone("sky", 0.08, 0.24, 1.0, _FLYERS),
            _zone("pavement", 0.585, 0.605, 1.0, "tree, house, lamp"),
            _zone("road", 0.68, 0.83, 0.85, "car, bus, truck, bicycle"),
            _zone(
                "pavement",
                0.9,
                0.98,
                0.92,
                "dog, cat, bench, sign, bicycle, flower, gift, ball, robot, umbrella, mailbox, traffic cone, "
                "scooter, "
                "suitcase, boot",
            ),
        ),
    ),
    "park": Place(
        places.park,
        (
            _zone("sky", 0.1, 0.28, 1.0, _FLYERS),
            _zone(
                "grass",
                0.54,
                0.97,
                0.62,
                "tree, flower, bench, dog, cat, rabbit, ball, mushroom, bicycle, sign, sheep, frog, snail, "
                "tent, pumpkin",
            ),
            _zone(
                "grass",
                0.54,
                0.97,
                0.62,
                "tree, flower, lamp, duck, teddy bear, guitar, robot, house, bucket, basket, owl, "
                "turtle, flag, scooter",
            ),
        ),
    ),
    "harbour": Place(
        places.harbour,
        (
            _zone("sky", 0.1, 0.28, 1.0, _FLYERS),
            _zone("sea", 0.5, 0.68, 0.75, "boat, duck"),
            _zone(
                "quay",
                0.82,
                0.97,
                0.85,
                "bench, lamp, cat, dog, bucket, sign, bicycle, penguin, guitar, hat, bottle, barrel, anchor, "
                "suitcase, "
                "crab, flag",
            ),
        ),
    ),
    "snowy field": Place(
        places.snowy_field,
        (
            _zone("sky", 0.1, 0.3, 1.0, "kite, bird, balloon, plane"),
            _zone(
                "snow",
                0.58,
                0.97,
                0.65,
                "snowman, penguin, tree, rabbit, dog, house, lamp, bench, gift, hat, sign, owl, flag, boot",
            ),
            _zone(
                "snow",
                0.58,
                0.97,
                0.65,
                "snowman, penguin, tree, car, truck, robot, ball, bucket, tent, mailbox, barrel",
            ),
        ),
    ),
    "kitchen": Place(
        rooms.kitchen,
        (
            _zone("air", 0.16, 0.3, 1.0, _ROOM_AIR),
            _zone(
                "counter",
                0.6,
                0.94,
                0.75,
                "cup, bottle, apple, pear, banana, teapot, cake, candle, clock, lemon, strawberry, cheese, "
                "bread, jar, "
                "vase, carrot, pumpkin",
            ),
        ),
    ),
    "study": Place(
        rooms.study,
        (
            _zone("air", 0.16, 0.3, 1.0, _ROOM_AIR),
            _zone(
                "table",
                0.6,
                0.97,
                0.75,
                "book, pencil, cup, lamp, clock, apple, cat, robot, candle, hat, gift, vase, jar, owl",
            ),
            _zone(
                "table",
                0.6,
                0.97,
                0.75,
                "book, pencil, cup, teddy bear, bottle, banana, teapot, drum, basket, strawberry, lemon",
            ),
        ),
    ),
    "living room": Place(
        rooms.living_room,
        (
            _zone("air", 0.16, 0.3, 1.0, _ROOM_AIR),
            _zone(
                "floor",
                0.64,
                0.97,
                0.72,
                "chair, cat, dog, ball, guitar, teddy bear, robot, gift, lamp, book, hat, drum, suitcase, "
                "boot",
            ),
            _zone("floor", 0.64, 0.97, 0.72, "chair, rabbit, basket, drum, vase, turtle, ball"),
        ),
    ),
}
