"""What a player's counts say about which type of player they are.

Each answer of a kind is wrong with the kind's chance, which may differ between types (`wrong`: one a kind, or
a row of them a type); a player flags it with s if wrong, f if right.
"""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from gap_server.quality.evidence import Bools, Evidence, Floats
from gap_server.quality.player_types import TYPES

Singles: TypeAlias = NDArray[np.float32]
"""Large tables of a row of counts by a type: half the memory, and precise enough for what they are."""


def flag_rates(evidence: Evidence, wrong: Floats) -> tuple[Floats, Floats]:
    """P(flag) of each type for each kind of answer, and the part of it that is for wrong answers."""
    pools = [kind.pool for kind in evidence.kinds]
    caught = TYPES[:, pools] * wrong
    rates = caught + TYPES[:, [2 + pool for pool in pools]] * (1 - wrong)
    return np.clip(rates, 1e-6, 1 - 1e-6), caught


def expected_wrong(evidence: Evidence, types: Singles, wrong: Floats) -> Floats:
    """How many of each row's answers of each kind are wrong, by what was done with them. `types`: P(type)."""
    rates, caught = flag_rates(evidence, wrong)
    let_go = evidence.seen - evidence.flagged
    of_flagged, of_let_go = types @ (caught / rates), types @ ((wrong - caught) / (1 - rates))
    return np.asarray(evidence.flagged * of_flagged + let_go * of_let_go)


def log_likelihood(evidence: Evidence, wrong: Floats, which: Bools | None = None) -> Singles:
    """log P(counts of row u | type j), by all kinds of answer or those in `which`."""
    chosen = np.ones(len(evidence.kinds), np.bool_) if which is None else which
    rates, _ = flag_rates(evidence, wrong)
    flagged = evidence.flagged[:, chosen].astype(np.float32)
    let_go = evidence.seen[:, chosen].astype(np.float32) - flagged
    of_flag, of_none = np.log(rates[:, chosen]), np.log1p(-rates[:, chosen])
    logs = flagged @ of_flag.astype(np.float32).T + let_go @ of_none.astype(np.float32).T
    return np.asarray(logs, np.float32)


def posterior(logs: Singles, shares: Floats) -> Singles:
    """P(type j | counts of row u), one row a row of counts. Changes `logs`, which is large."""
    logs += np.log(np.maximum(shares, 1e-30)).astype(np.float32)
    logs -= logs.max(axis=1, keepdims=True)
    np.exp(logs, out=logs)
    logs /= logs.sum(axis=1, keepdims=True)
    return logs


@dataclass(frozen=True, slots=True)
class Levels:
    """A quantity of which each type stands for a span of values, as a histogram.

    `edges`: of the histogram's bins, ascending. `shares[j, c]`: the part of type j's span that is in bin c.
    """

    edges: Floats
    shares: Singles


def levels_of(lowest: Floats, highest: Floats, edges: Floats) -> Levels:
    """Type j stands for `lowest[j]` to `highest[j]`, evenly. Every span has a width."""
    start = np.maximum(lowest[:, None], edges[:-1])
    end = np.minimum(highest[:, None], edges[1:])
    shares = np.maximum(end - start, 0) / (highest - lowest)[:, None]
    return Levels(edges, shares.astype(np.float32))


def quantile(mass: Singles, edges: Floats, at: float) -> Floats:
    """Where each row of a histogram reaches `at`, as if even within a bin. `mass`: `types @ levels.shares`.

    What ends in an outermost bin is taken to the very end: 99 or 100 % is beyond what the data can tell.
    """
    reached = np.cumsum(mass, axis=1, dtype=np.float64)
    index = np.minimum((reached < at).sum(axis=1), mass.shape[1] - 1)
    rows = np.arange(len(mass))
    below = np.where(index > 0, reached[rows, index - 1], 0.0)
    within = np.clip((at - below) / np.maximum(mass[rows, index], 1e-9), 0.0, 1.0)
    within = np.where((index == 0) & (at < 0.5), 0.0, within)
    within = np.where((index == mass.shape[1] - 1) & (at > 0.5), 1.0, within)
    return np.asarray(edges[index] + within * (edges[index + 1] - edges[index]))
