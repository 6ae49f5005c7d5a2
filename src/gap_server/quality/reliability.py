"""How far each player's flags can be trusted, and how often each model revision is wrong.

A mixture over types of player (see `player_types`), whose shares are fitted to everybody's counts by EM
together with each revision's error rate: Dawid and Skene (1979) with known items as in Raykar et al. (2010),
the distribution of players left free but for smoothing. A player's own estimate is the posterior over types.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from gap_server.quality.error_rates import interval, standard_errors
from gap_server.quality.evidence import Evidence, Floats, Grouped, Ints, Kind, grouped
from gap_server.quality.later_answers import by_type
from gap_server.quality.player_types import EDGES, HIGHEST, LOWEST, PRIOR, TYPES, smoothed
from gap_server.quality.posterior import (
    Singles,
    expected_wrong,
    flag_rates,
    levels_of,
    log_likelihood,
    posterior,
    quantile,
)
from gap_server.quality.trust import CERTAIN

VERSION: Final = "3"
"""Goes up with any change that gives other numbers for the same counts."""

PRIOR_PLAYERS: Final = 10.0
"""How many players' worth of evidence the prior over types counts for."""

PRIOR_WRONG: Final = (2.0, 4.0)
"""Beta prior of a revision's error rate: answers wrong and right, as if they had been seen."""

FIRST_GUESS: Final = 0.3
"""Of a revision's error rate, before the first round."""

ROWS_FITTED: Final = 3_000
"""Of more different rows of counts than this, a sample is fitted; every row is estimated."""

ROWS_AT_ONCE: Final = 2_000
"""Estimated together: a table of so many rows by each type stays near the processor."""

RATES: Final = tuple(levels_of(LOWEST[:, rate], HIGHEST[:, rate], EDGES) for rate in range(4))
"""s simple, s complex, f simple, f complex, as the columns of TYPES."""


@dataclass(frozen=True, slots=True)
class Fit:
    """What the crowd tells. `shares[j]`: of type j. `wrong[m]`: P(answer wrong) for each kind of answer.

    `of_type[j, m]`: the same of what type j hears. `rows`: everybody's counts. `errors[m]`: the standard
    error of the log odds of `wrong[m]`; 0 where it is given, or follows from another's.
    """

    rows: Grouped
    shares: Floats
    wrong: Floats
    of_type: Floats
    errors: Floats
    version: str = VERSION

    @property
    def kinds(self) -> tuple[Kind, ...]:
        return self.rows.evidence.kinds

    def wrong_within(self, level: float) -> tuple[Floats, Floats]:
        """The ends of the interval that holds each of `wrong` with probability `level`."""
        return interval(self.wrong, self.errors, level)


@dataclass(frozen=True, slots=True)
class Estimates:
    """Each player's rates. Arrays of one row a player; `s` and `f` have a column a pool.

    `lower` and `upper` are the ends of the central interval. Of an answer of kind m, `trust[:, m]` is
    P(wrong | flagged) and `doubt[:, m]` is P(wrong | let go), with what verdicts say of answers of that kind.
    """

    s: Floats
    s_lower: Floats
    s_upper: Floats
    f: Floats
    f_lower: Floats
    f_upper: Floats
    trust: Floats
    doubt: Floats


def fit(evidence: Evidence, *, rounds: int = 300, tolerance: float = 2e-4, seed: int = 0) -> Fit:
    """Fit the shares of the types and each unknown error rate. Deterministic for a seed.

    Stops when no error rate and no type's share moves by more than `tolerance` in a round.
    """
    everybody = grouped(evidence)
    rows, looked_at = _sampled(everybody, seed)
    unknown = np.array([kind.wrong is None and kind.among is None for kind in evidence.kinds])
    among, heard = evidence.among, evidence.heard
    guess = np.array([FIRST_GUESS if kind.wrong is None else kind.wrong for kind in evidence.kinds])
    wrong, settled = _moved(guess, among, heard), ~unknown[among]
    known_logs = log_likelihood(rows.evidence, wrong, settled)
    shares, of_type = PRIOR.copy(), np.tile(wrong, (len(PRIOR), 1))
    for _ in range(rounds):
        types = posterior(known_logs + log_likelihood(rows.evidence, of_type, ~settled), shares)
        counted = rows.players @ types + PRIOR_PLAYERS * PRIOR
        new_shares = smoothed(counted / counted.sum())
        new_wrong = _moved(np.where(unknown, _error_rates(rows, types, of_type, among), wrong), among, heard)
        of_type = _moved(by_type(rows, types, new_wrong), among, heard)
        moved = max(np.abs(new_shares - shares).max(), np.abs(new_wrong - wrong).max())
        shares, wrong = new_shares, new_wrong
        if moved < tolerance:
            break
    prior = (PRIOR_PLAYERS, sum(PRIOR_WRONG))
    errors = standard_errors(rows, types, of_type, wrong, unknown, looked_at=looked_at, prior=prior)
    return Fit(everybody, shares, wrong, of_type, errors)


def estimates(fitted: Fit, *, level: float = 0.95) -> Estimates:
    """Every player of the fit's evidence, with the central interval that holds `level` of the posterior."""
    parts = [_estimated(part, fitted, level) for part in _in_parts(fitted.rows.evidence, ROWS_AT_ONCE)]
    whole = [np.concatenate(columns) for columns in zip(*parts, strict=True)]
    return Estimates(*(column[fitted.rows.of_player] for column in whole))


def _error_rates(rows: Grouped, types: Singles, of_type: Floats, among: Ints) -> Floats:
    """The share of answers that are wrong, by what those who saw them did (the M step)."""
    size = len(among)
    found = np.bincount(among, rows.players @ expected_wrong(rows.evidence, types, of_type), size)
    seen = np.bincount(among, rows.players @ rows.evidence.seen, size)
    more, less = PRIOR_WRONG
    return np.asarray((found + more) / (seen + more + less))


def _moved(wrong: Floats, among: Ints, heard: Ints) -> Floats:
    """Each kind's chance to be wrong: of judged answers, that of those they are among, moved by verdicts."""
    before = np.clip(wrong[..., among], CERTAIN, 1 - CERTAIN)
    moved = before / (before + (1 - before) * np.exp(-heard))
    return np.asarray(np.where(heard == 0, wrong, moved))


def _estimated(evidence: Evidence, fitted: Fit, level: float) -> tuple[Floats, ...]:
    types = posterior(log_likelihood(evidence, fitted.of_type), fitted.shares)
    rates, caught = flag_rates(evidence, fitted.of_type)
    chances = (caught / rates, (fitted.of_type - caught) / (1 - rates))
    # one product of matrices for all that is a sum over the types: it is what a million players wait for
    columns: list[Floats] = [TYPES, *chances, *(rate.shares.astype(np.float64) for rate in RATES)]
    ends = np.cumsum([column.shape[1] for column in columns])[:-1]
    sums = types @ np.hstack(columns).astype(np.float32)
    means, trust, doubt, *masses = np.split(sums, ends, axis=1)
    tail = (1 - level) / 2
    lower, upper = (
        np.column_stack([quantile(mass, EDGES, at) for mass in masses]) for at in (tail, 1 - tail)
    )
    s, f = means[:, :2], means[:, 2:]
    found = (s, lower[:, :2], upper[:, :2], f, lower[:, 2:], upper[:, 2:], trust, doubt)
    return tuple(column.astype(np.float64) for column in found)


def _sampled(rows: Grouped, seed: int) -> tuple[Grouped, float]:
    """All rows, or as many as are fitted, drawn by how many players they stand for; and the share drawn."""
    if len(rows.evidence) <= ROWS_FITTED:
        return rows, 1.0
    random = np.random.default_rng(seed)
    share = ROWS_FITTED / rows.players.sum()
    drawn = random.choice(len(rows.players), size=ROWS_FITTED, p=rows.players / rows.players.sum())
    chosen, times = np.unique(drawn, return_counts=True)
    part = Evidence(rows.evidence.kinds, rows.evidence.seen[chosen], rows.evidence.flagged[chosen])
    return Grouped(part, times / share, rows.of_player), float(share)


def _in_parts(evidence: Evidence, size: int) -> list[Evidence]:
    return [
        Evidence(evidence.kinds, evidence.seen[start : start + size], evidence.flagged[start : start + size])
        for start in range(0, len(evidence), size)
    ]
