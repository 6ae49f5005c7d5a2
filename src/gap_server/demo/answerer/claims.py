"""What an answer claims, in no language: each claim can be said by a grammar and compared with another."""

from dataclasses import dataclass

from gap_server.demo.answerer.phrases import Phrase


@dataclass(frozen=True, slots=True)
class What:
    """The things that a phrase means, narrowed by what follows it: `ducks in the water`, `the cat between the
    lamp (`other`) and the tree (`last`)`. `colour` is one that was named apart from the phrase.
    """

    phrase: Phrase
    relation: str | None = None
    other: Phrase | None = None
    last: Phrase | None = None
    colour: str | None = None
    unlike: bool = False  # of any colour but that one
    pose: str | None = None  # doing that
    toy: bool = False  # that is the only way in which it could be there


@dataclass(frozen=True, slots=True)
class Part:
    """So many of a kind; `count` 0 where it is left open (`chairs`), `only` one where more might be there."""

    kind: str
    colour: str | None = None
    count: int = 1
    only: bool = False


@dataclass(frozen=True, slots=True)
class Where:
    """A region of the picture, or a relation to something; nothing of either is the whole picture. `pose`:
    among what is doing that.
    """

    region: str | None = None
    relation: str | None = None
    others: tuple[What, ...] = ()
    pose: str | None = None


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
    where: Where = Where()
    wanted: Phrase | None = None
    counted: bool = False


@dataclass(frozen=True, slots=True)
class Missing:
    what: What


@dataclass(frozen=True, slots=True)
class Written:
    words: tuple[str, ...]
    what: What | None = None


@dataclass(frozen=True, slots=True)
class Hours:
    hours: tuple[int, ...]


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
    """`first` is more so than `second`; in the order `nearest`, it is nearer to `to`."""

    order: str
    first: What
    second: What
    to: What | None = None


@dataclass(frozen=True, slots=True)
class Most:
    """The one that is most so of all, or of those that a phrase names."""

    order: str
    phrase: Phrase | None
    part: Part
    of_two: bool = False  # of two, one is the larger


@dataclass(frozen=True, slots=True)
class Nearest:
    """Of all, or of those that a phrase names, the one that is nearest to something."""

    phrase: Phrase | None
    part: Part
    to: What


@dataclass(frozen=True, slots=True)
class Related:
    relation: str
    first: What
    second: What
    n: int
    so: bool = True


@dataclass(frozen=True, slots=True)
class Between:
    first: What
    outer: tuple[What, ...]
    so: bool = True


@dataclass(frozen=True, slots=True)
class Posed:
    what: What
    pose: str
    n: int
    asked: str = ""  # what was asked, where that was one pose


@dataclass(frozen=True, slots=True)
class Has:
    """What is seen on it: `count` of a part, 0 where nobody counts them, in a colour (None: in that of the
    whole). Not `so`: it has none. `counted`: how many was asked. `each`: several have it.
    """

    what: What
    part: str
    count: int
    colour: str | None
    so: bool = True
    counted: bool = False
    each: bool = False


@dataclass(frozen=True, slots=True)
class Wears:
    """`what` is None where nobody wears it, `worn` where somebody wears nothing."""

    what: What | None
    worn: str | None
    colour: str | None = None


@dataclass(frozen=True, slots=True)
class Stated:
    """Whether it is open, lit, smiling, ripe; `n` are meant."""

    what: What
    state: str
    so: bool
    n: int


@dataclass(frozen=True, slots=True)
class Formed:
    """What it is made of (`of` material), or its shape."""

    what: What
    of: str
    value: str
    n: int


@dataclass(frozen=True, slots=True)
class Facing:
    """To which sides they look: left, right, us."""

    what: What
    sides: tuple[str, ...]
    n: int


@dataclass(frozen=True, slots=True)
class Inside:
    """What is in a container: empty where there is nothing."""

    what: What
    contents: str
    n: int = 1


@dataclass(frozen=True, slots=True)
class Tied:
    """Whether `n` things are tied to something: `to` is None where that is nothing."""

    what: What
    to: What | None
    n: int


@dataclass(frozen=True, slots=True)
class Alike:
    """Whether things have the same colour (or size)."""

    of: str
    so: bool
    whats: tuple[What, ...]


@dataclass(frozen=True, slots=True)
class IsPlace:
    """`place` is one of the settings; `doors` is whether to say first that it is inside or outside."""

    place: str
    doors: bool = False


@dataclass(frozen=True, slots=True)
class IsLight:
    light: str


@dataclass(frozen=True, slots=True)
class IsWeather:
    weather: str


@dataclass(frozen=True, slots=True)
class IsSeason:
    season: str


@dataclass(frozen=True, slots=True)
class Unseen:
    """What no picture here tells."""


Claim = (
    Count
    | CountOfBoth
    | Sorts
    | Colours
    | Palette
    | Places
    | Ground
    | Shown
    | Missing
    | Written
    | Hours
    | More
    | Sized
    | Most
    | Nearest
    | Related
    | Between
    | Posed
    | Has
    | Wears
    | Stated
    | Formed
    | Facing
    | Inside
    | Tied
    | Alike
    | IsPlace
    | IsLight
    | IsWeather
    | IsSeason
    | Unseen
)


@dataclass(frozen=True, slots=True)
class Answer:
    """`yes` where the question wants one. `subject`: of what a remark should speak. `aside`: whether the last
    claim is of something that was not asked for.
    """

    claims: tuple[Claim, ...]
    yes: bool | None = None
    subject: What | None = None
    aside: bool = False
