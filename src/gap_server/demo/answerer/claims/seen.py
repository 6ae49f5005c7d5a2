"""What there is to be seen: how many, of what colour, where; the place, the hour, the weather."""

from dataclasses import dataclass, field

from gap_server.demo.answerer.claims.spoken import Part, What, Where
from gap_server.demo.answerer.phrases import Phrase


@dataclass(frozen=True, slots=True)
class Count:
    what: What
    n: int


@dataclass(frozen=True, slots=True)
class CountOfBoth:
    """Two sorts of things counted together."""

    first: What
    second: What
    n: int


@dataclass(frozen=True, slots=True)
class Sorts:
    """How many different colours or kinds."""

    of: str  # colour, kind
    what: What | None
    n: int


@dataclass(frozen=True, slots=True)
class Colours:
    """`n` things are meant."""

    what: What
    colours: tuple[str, ...]
    n: int
    every: bool = False


@dataclass(frozen=True, slots=True)
class Mostly:
    """The colour that most of them have; of all things where `what` is None."""

    what: What | None
    colour: str


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours in the picture."""

    colours: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Places:
    """Where `n` things are seen."""

    what: What
    regions: tuple[str, ...]
    n: int


@dataclass(frozen=True, slots=True)
class Ground:
    """What something stands on."""

    what: What
    ground: str
    n: int


@dataclass(frozen=True, slots=True)
class Shown:
    """What is to be seen somewhere: `counted` by kind, or one by one by colour."""

    parts: tuple[Part, ...]
    where: Where = field(default_factory=Where)
    wanted: Phrase | None = None
    counted: bool = False


@dataclass(frozen=True, slots=True)
class Missing:
    """`rather`: what else might be missing, of two that were asked for."""

    what: What
    rather: What | None = None


@dataclass(frozen=True, slots=True)
class Rather:
    """Of two that were asked for, the one that is there."""

    what: What
    gone: What


@dataclass(frozen=True, slots=True)
class Written:
    words: tuple[str, ...]
    what: What | None = None


@dataclass(frozen=True, slots=True)
class Letters:
    """How many letters the word on it has."""

    what: What
    n: int


@dataclass(frozen=True, slots=True)
class Blank:
    """On which of them nothing is written; `lettered`: on which something is."""

    what: What
    parts: tuple[Part, ...]
    lettered: bool = False


@dataclass(frozen=True, slots=True)
class Hours:
    """What `n` clocks show."""

    hours: tuple[int, ...]
    what: What | None = None
    n: int = 1


@dataclass(frozen=True, slots=True)
class IsPlace:
    """`place` is one of the settings; `doors` is whether to say first that it is inside or outside. `wild`:
    all that is told is that it is the countryside, or the city.
    """

    place: str
    doors: bool = False
    wild: bool | None = None


@dataclass(frozen=True, slots=True)
class IsLight:
    light: str


@dataclass(frozen=True, slots=True)
class IsWeather:
    """`falling`: what falls is told, rather than what lies."""

    weather: str
    falling: bool = False


@dataclass(frozen=True, slots=True)
class IsSeason:
    season: str


@dataclass(frozen=True, slots=True)
class Unseen:
    """What no picture here tells."""
