"""What is observed of players: for each kind of answer that they saw, how many, and how many they flagged.

Each kind of answer is wrong with a chance of its own. Of a known lie, of an answer on a control round, it is
given; of what the model honestly said about a complex picture it is what the estimate is for.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.intp]
Bools: TypeAlias = NDArray[np.bool_]

UNCHECKED_TRAP_WRONG: Final = 0.97
"""Of answers that the model was told to get wrong, how many are taken to be wrong until each was checked."""

CONTROL_WRONG: Final = 0.03
"""Of honest answers on simple pictures, how many are taken to be wrong."""

LEVELS: Final = (-4, -2, 2, 4)
"""How much verdicts say, in log odds: steps fine enough to learn of players from."""


class Pool(IntEnum):
    """As the catalogue's pools; here a number, for it is an index."""

    SIMPLE = 0
    COMPLEX = 1


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of answer. `wrong`: its chance to be wrong where that is known, None where it is estimated.

    `among` and `heard`: see `judged`. `after`: of later answers of a round, the kind of its first ones.
    """

    name: str
    pool: Pool
    wrong: float | None
    among: "Kind | None" = None
    heard: int = 0
    after: "Kind | None" = None


TRAP_SIMPLE: Final = Kind("trap_simple", Pool.SIMPLE, UNCHECKED_TRAP_WRONG)
TRAP_COMPLEX: Final = Kind("trap_complex", Pool.COMPLEX, UNCHECKED_TRAP_WRONG)
CONTROL: Final = Kind("control", Pool.SIMPLE, CONTROL_WRONG)


def known(pool: Pool, *, wrong: bool) -> Kind:
    """Answers whose truth is known: lies that were checked, closed cases, what held."""
    return Kind(f"{'wrong' if wrong else 'right'}_{pool.name.lower()}", pool, float(wrong))


SETTLED_WRONG: Final = 0.97
"""Of settled cases that jurors found wrong, how many are taken to be so; of those found right, the rest."""


def settled(pool: Pool, *, wrong: bool) -> Kind:
    """Answers that a juror judged after earlier jurors had settled them: known, but by people."""
    chance = SETTLED_WRONG if wrong else 1 - SETTLED_WRONG
    return Kind(f"settled_{'wrong' if wrong else 'right'}_{pool.name.lower()}", pool, chance)


def harvest(revision: str, *, first: bool = True) -> Kind:
    """Honest answers of one model revision about complex pictures: how often it is wrong is to be found.

    `first`: of its round. Who asks on was content with the answers before, so the model does better on the
    later ones; and only careful players ask on. See `later_answers`.
    """
    if first:
        return Kind(f"harvest:{revision}", Pool.COMPLEX, None)
    return Kind(f"harvest:{revision}:later", Pool.COMPLEX, None, after=harvest(revision))


def judged(kind: Kind, heard: float) -> Kind:
    """Answers of a kind that jurors have spoken of; the kind itself where that says nothing.

    `heard`: the log likelihood ratio of their verdicts, wrong against right; the nearest of LEVELS is kept.
    Their truth is not taken for found: cases close sooner the one way than the other, and above all it is
    flagged answers that are judged. So they go on counting in how often answers of their kind are wrong.
    """
    level = min((0, *LEVELS), key=lambda level: abs(level - heard))
    return Kind(f"{kind.name}:{level:+d}", kind.pool, None, kind, level) if level else kind


@dataclass(frozen=True, slots=True)
class Evidence:
    """`seen[i, m]`: answers of kind `kinds[m]` that player i saw; `flagged[i, m]` of them were flagged.

    Counts may be fractions: an answer whose question teaches little counts for less than one.
    """

    kinds: tuple[Kind, ...]
    seen: Floats
    flagged: Floats

    def __post_init__(self) -> None:
        if self.seen.shape != self.flagged.shape or self.seen.shape[1:] != (len(self.kinds),):
            raise ValueError("a count for each player and kind of answer is needed, both seen and flagged")
        if not {kind.among for kind in self.kinds if kind.among} <= set(self.kinds):
            raise ValueError("the kind that judged answers are among has a column too, be it empty")
        if (self.flagged > self.seen).any() or (self.flagged < 0).any():
            raise ValueError("nobody flags more answers than they saw, nor less than none")

    def __len__(self) -> int:
        return len(self.seen)

    @property
    def among(self) -> Ints:
        """Of each kind, the column of the kind that its answers are among: its own, but for judged ones."""
        return np.array([self.kinds.index(kind.among or kind) for kind in self.kinds])

    @property
    def heard(self) -> Ints:
        """Of each kind, by how much verdicts moved the log odds of its answers to be wrong."""
        return np.array([kind.heard for kind in self.kinds])


@dataclass(frozen=True, slots=True)
class Grouped:
    """Players with equal counts are one row, fitted once. `of_player[i]` is the row of player i."""

    evidence: Evidence
    players: Floats
    of_player: Ints


def grouped(evidence: Evidence) -> Grouped:
    """A million players are some hundred thousand rows, and those of a few sessions some thousands."""
    both = np.hstack([evidence.seen, evidence.flagged])
    _, first, of_player, players = np.unique(
        _keys(both), return_index=True, return_inverse=True, return_counts=True
    )
    unique = Evidence(evidence.kinds, evidence.seen[first], evidence.flagged[first])
    return Grouped(unique, players.astype(np.float64), of_player)


def _keys(rows: Floats) -> Ints:
    """A number for each row, equal where all of the row is: much faster to sort than rows are."""
    keys = np.zeros(len(rows), np.intp)
    for column in rows.T:
        values, codes = np.unique(column, return_inverse=True)
        if keys.max(initial=0) > np.iinfo(np.intp).max // (len(values) + 1) - 1:
            keys = np.unique(keys, return_inverse=True)[1]
        keys = keys * len(values) + codes
    return keys


def joined(kinds: Sequence[Kind], counts: Sequence[tuple[Floats, Floats]]) -> Evidence:
    """Evidence out of one pair of columns (seen, flagged) for each kind."""
    seen = np.column_stack([pair[0] for pair in counts]).astype(np.float64)
    flagged = np.column_stack([pair[1] for pair in counts]).astype(np.float64)
    return Evidence(tuple(kinds), seen, flagged)


def of_one(counts: Mapping[Kind, tuple[float, float]]) -> Evidence:
    """One player's evidence: of each kind, how many answers were seen and how many of them flagged."""
    columns = [(np.array([seen]), np.array([flagged])) for seen, flagged in counts.values()]
    return joined(list(counts), columns)
