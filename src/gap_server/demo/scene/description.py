"""The exact description of a demo scene, as it is kept beside the image."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

CROWDED_FROM = 5  # things: from here on a scene is complex


@dataclass(frozen=True, slots=True)
class Box:
    """Where a thing is seen: fractions of the picture's width and height, from the top left corner."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def x(self) -> float:
        return (self.left + self.right) / 2

    @property
    def y(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def overlap(self, other: "Box") -> float:
        """The area shared with another box, as a fraction of the picture."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(across, 0.0) * max(down, 0.0)


@dataclass(frozen=True, slots=True)
class Thing:
    """`ground` is the part of the backdrop that it stands on, floats on or flies in. `word`: what is written
    on it. `facing`: left or right, where it is seen from the side. `mirrored`: whether its left and right are
    drawn the other way round; None in older scenes, which do not say.
    """

    kind: str
    colour: str
    box: Box
    ground: str = ""
    word: str | None = None
    facing: str = ""
    mirrored: bool | None = None

    def to_json(self) -> dict[str, Any]:
        box = [round(edge, 4) for edge in (self.box.left, self.box.top, self.box.right, self.box.bottom)]
        return {
            "kind": self.kind,
            "colour": self.colour,
            "box": box,
            "ground": self.ground,
            "word": self.word,
            **({"facing": self.facing} if self.facing else {}),
            **({} if self.mirrored is None else {"mirrored": self.mirrored}),
        }

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Self:
        """Scenes of older databases do not say which way things face, nor what is mirrored."""
        box, facing = Box(*told["box"]), told.get("facing", "")
        return cls(
            told["kind"], told["colour"], box, told["ground"], told["word"], facing, told.get("mirrored")
        )


@dataclass(frozen=True, slots=True)
class Scene:
    """`width` and `height` in pixels. `things` from back to front; `backdrop` is what the place itself
    consists of.
    """

    setting: str
    light: str
    width: int
    height: int
    things: tuple[Thing, ...]
    backdrop: tuple[Thing, ...]

    @property
    def crowded(self) -> bool:
        return len(self.things) >= CROWDED_FROM

    def to_json(self) -> dict[str, Any]:
        return {
            "setting": self.setting,
            "light": self.light,
            "width": self.width,
            "height": self.height,
            "things": [thing.to_json() for thing in self.things],
            "backdrop": [thing.to_json() for thing in self.backdrop],
        }

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Self:
        """Raises KeyError or TypeError where `told` is no scene."""
        return cls(
            told["setting"],
            told["light"],
            told["width"],
            told["height"],
            tuple(Thing.from_json(thing) for thing in told["things"]),
            tuple(Thing.from_json(thing) for thing in told["backdrop"]),
        )
