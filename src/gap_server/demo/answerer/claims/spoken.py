"""What a claim speaks of: things as they are meant, so many of a kind, somewhere."""

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
    facing: str | None = None  # looking to that side
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
