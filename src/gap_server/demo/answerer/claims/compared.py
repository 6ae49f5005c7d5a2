"""How things stand to one another."""

from dataclasses import dataclass

from gap_server.demo.answerer.claims.spoken import Part, What
from gap_server.demo.answerer.phrases import Phrase


@dataclass(frozen=True, slots=True)
class More:
    """So many of the first, so many of the second: `sign` 1, -1, or 0 where there are as many. Not `counted`:
    the numbers are left out.
    """

    first: What
    second: What
    n: int
    m: int
    counted: bool = True

    @property
    def sign(self) -> int:
        return (self.n > self.m) - (self.n < self.m)


@dataclass(frozen=True, slots=True)
class Sized:
    """`first` is more so than `second`; in the order `nearest`, it is nearer to `to`. `own`: one
    asked of the first.
    """

    order: str
    first: What
    second: What
    to: What | None = None
    own: bool = False


@dataclass(frozen=True, slots=True)
class Spans:
    """How much of the picture's height `n` things take."""

    what: What
    share: float
    n: int


@dataclass(frozen=True, slots=True)
class Most:
    """The one that is most so of all, or of those that a phrase names."""

    order: str
    phrase: Phrase | None
    part: Part
    of_two: bool = False  # of two, one is the larger


@dataclass(frozen=True, slots=True)
class Nearest:
    """Of all, or of those that a phrase names, the one that is nearest to something, or furthest."""

    phrase: Phrase | None
    part: Part
    to: What
    far: bool = False


@dataclass(frozen=True, slots=True)
class Related:
    """`every`: all of them was asked; `wholly`: not only with a part of them."""

    relation: str
    first: What
    second: What
    n: int
    so: bool = True
    every: bool = False
    wholly: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """Things one after another from a side; `what` is None where they are of all kinds."""

    what: What | None
    side: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class First:
    """What is met first on a ground (anywhere, where that is None), coming from a side."""

    side: str
    ground: What | None
    part: Part


@dataclass(frozen=True, slots=True)
class Between:
    first: What
    outer: tuple[What, ...]
    so: bool = True


@dataclass(frozen=True, slots=True)
class Alike:
    """Whether things have the same colour (or size)."""

    of: str
    so: bool
    whats: tuple[What, ...]
