"""What things are, have and do."""

from dataclasses import dataclass

from gap_server.demo.answerer.claims.spoken import What
from gap_server.demo.answerer.lexicon import Noun


@dataclass(frozen=True, slots=True)
class Posed:
    what: What
    pose: str
    n: int
    asked: str = ""  # what was asked, where that was one pose


@dataclass(frozen=True, slots=True)
class Has:
    """What is seen on it: `count` of a part, 0 where nobody counts them, in a colour (None: in that of the
    whole). Not `so`: it has none. `counted`: how many was asked. `each`: several have it. `whether`: it was
    asked whether it has any at all. `pale`: in a light tone of the colour.
    """

    what: What
    part: str
    count: int
    colour: str | None
    so: bool = True
    counted: bool = False
    each: bool = False
    whether: bool = False
    pale: bool = False


@dataclass(frozen=True, slots=True)
class OnSide:
    """On which side of it a part is (left, right, top, bottom, middle), or whither it points (up, down);
    `count` as in Has.
    """

    what: What
    part: str
    count: int
    side: str


@dataclass(frozen=True, slots=True)
class Together:
    """How many of a part `n` things have together; all that have one where `what` is None."""

    part: str
    what: What | None
    count: int
    n: int


@dataclass(frozen=True, slots=True)
class Wears:
    """`what` is None where nobody wears it, `worn` where somebody wears nothing; `n` are meant."""

    what: What | None
    worn: str | None
    colour: str | None = None
    n: int = 1


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
    """To which sides they look: left, right, us. `going`: how they go there, where that was asked."""

    what: What
    sides: tuple[str, ...]
    n: int
    going: str = ""


@dataclass(frozen=True, slots=True)
class FacingOnes:
    """Of what colours those are that look to a side; `n` do."""

    what: What
    side: str
    colours: tuple[str, ...]
    n: int


@dataclass(frozen=True, slots=True)
class Turned:
    """How things are turned to one another: one of TURNS. `asked`: which of them was asked, where one was."""

    whats: tuple[What, ...]
    turn: str
    asked: str = ""


TURNS = {"together": "apart", "apart": "together", "same": "different", "different": "same"}
"""Each with its contrary: two look at each other or away, all look to the same side or not."""


@dataclass(frozen=True, slots=True)
class Named:
    """What `n` things are, by a word that one may use for them or not: a sailboat, an animal."""

    what: What
    noun: Noun
    n: int


@dataclass(frozen=True, slots=True)
class Inside:
    """What is in a container: empty where there is nothing."""

    what: What
    contents: str
    n: int = 1


@dataclass(frozen=True, slots=True)
class Joined:
    """What `n` things are tied to, lean against, hold (`by`): `to` is None where that is nothing. `asked`: to
    what, as somebody asked.
    """

    what: What
    by: str
    to: What | None
    n: int
    asked: What | None = None
