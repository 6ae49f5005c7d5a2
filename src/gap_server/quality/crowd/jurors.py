"""The crowd sits in the jury, in memory, day by day: cases close as in play, trust is found as in a refit.

Jurors are shown what real ones are: lies in both pools, true answers about simple pictures, and of complex
pictures what earlier jurors have settled, right or not. Nobody is known when it begins.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from gap_server.quality import jury
from gap_server.quality.crowd.play import FIRST, KINDS, LATER, Crowd
from gap_server.quality.evidence import (
    TRAP_COMPLEX,
    TRAP_SIMPLE,
    Bools,
    Evidence,
    Floats,
    Ints,
    Kind,
    Pool,
    joined,
    known,
    settled,
)
from gap_server.quality.evidence import judged as among_judged
from gap_server.quality.jury import (
    CONFIRMED,
    ENOUGH_VERDICTS,
    LEANS,
    LEAST_RATE,
    MOST_VERDICTS,
    REFUTED,
    Outcome,
)
from gap_server.quality.reliability import estimates, fit
from gap_server.quality.trust import CERTAIN, Told, chance_of, log_odds, of_several

CANNOT_TELL: Final = 0.05
"""How often anybody says so."""

DAYS: Final = 20
"""Over which the flags come in; each open case gets a verdict a day."""

KNOWN_KINDS: Final = (
    known(Pool.SIMPLE, wrong=True),
    known(Pool.COMPLEX, wrong=True),
    known(Pool.SIMPLE, wrong=False),
    settled(Pool.COMPLEX, wrong=True),
    settled(Pool.COMPLEX, wrong=False),
)
LIE_SIMPLE, LIE_COMPLEX, HELD, SETTLED_WRONG, SETTLED_RIGHT = range(len(KNOWN_KINDS))


@dataclass(frozen=True, slots=True)
class Judged:
    """Of each flag of the harvest where its case stands. `chances`: P(wrong) when last weighed.

    `by[n, v]`: who gave verdict v on it, -1 for nobody. `said[n, v]`: 1 wrong, -1 right, 0 cannot tell.
    `known`: of everybody's known cases, the settled ones as they are seen in the end.
    """

    outcomes: list[Outcome]
    chances: Floats
    by: Ints
    said: Ints
    known: Evidence

    @property
    def verdicts(self) -> Ints:
        """How many each case took."""
        return np.asarray((self.by >= 0).sum(axis=1))


def judged(crowd: Crowd, before: Floats, *, measured_by_settled: bool = True, seed: int = 0) -> Judged:
    """Every flag's case, in play. `before`: its trust without a jury. Poisoners and coins are jurors too.

    Without `measured_by_settled` no juror is shown what others settled: to see what that is good for.
    """
    return _Sitting(
        crowd, before, np.random.default_rng(seed), measured_by_settled=measured_by_settled
    ).judge()


OPEN, WRONG, RIGHT, DISPUTED = range(4)
OUTCOMES: Final = (Outcome.OPEN, Outcome.WRONG, Outcome.RIGHT, Outcome.DISPUTED)


class _Sitting:
    """All jurors and all cases, as they stand on one day."""

    def __init__(
        self, crowd: Crowd, before: Floats, random: np.random.Generator, *, measured_by_settled: bool
    ) -> None:
        self.crowd, self.random, self.measured_by_settled = crowd, random, measured_by_settled
        cases, jurors = len(before), len(crowd.behaviours)
        kept = np.clip(before, CERTAIN, 1 - CERTAIN)
        self.odds_before = np.log(kept / (1 - kept))
        self.arrives = random.integers(DAYS, size=cases)
        self.by = np.full((cases, MOST_VERDICTS), -1)
        self.said = np.zeros((cases, MOST_VERDICTS), np.intp)
        self.outcome = np.full(cases, OPEN)
        self.chance = kept
        self.settled = np.zeros(cases, np.intp)
        self.seen, self.said_wrong = (np.zeros((jurors, SETTLED_WRONG)) for _ in range(2))
        self.tries: list[Ints] = []
        traps = crowd.evidence.seen.sum(axis=0)[[KINDS.index(TRAP_SIMPLE), KINDS.index(TRAP_COMPLEX)]]
        self.complex_lies = traps[1] / max(traps.sum(), 1)

    def judge(self) -> Judged:
        for day in range(DAYS + MOST_VERDICTS):
            rates = jury.rates(self._known())
            judging = self._hear(np.flatnonzero((self.arrives <= day) & (self.outcome == OPEN)))
            self._weigh(rates)
            self._show_known(judging)
        return Judged([OUTCOMES[at] for at in self.outcome], self.chance, self.by, self.said, self._known())

    def _hear(self, cases: Ints) -> Ints:
        """A verdict on each case, of somebody who has not judged it and did not flag it; give the jurors."""
        juror = self.random.integers(len(self.crowd.behaviours), size=len(cases))
        may = (juror != self.crowd.flag_player[cases]) & (self.by[cases] != juror[:, None]).all(axis=1)
        cases, juror = cases[may], juror[may]
        place = (self.by[cases] >= 0).sum(axis=1)
        self.by[cases, place] = juror
        self.said[cases, place] = self._verdicts(juror, self.crowd.flag_wrong[cases], Pool.COMPLEX)
        return np.asarray(juror)

    def _verdicts(self, juror: Ints, wrong: Bools, pool: Ints | Pool) -> Ints:
        """1 for wrong, -1 for right, 0 for cannot tell."""
        chance = np.where(wrong, self.crowd.juror_s[juror, pool], self.crowd.juror_f[juror, pool])
        said = np.where(self.random.random(len(juror)) < chance, 1, -1)
        return np.asarray(np.where(self.random.random(len(juror)) < CANNOT_TELL, 0, said))

    def _weigh(self, rates: Floats) -> None:
        """By what is known of the jurors today. Closed cases too: they settle, or cease to."""
        self.chance = _chance(self.odds_before + heard(self.by, self.said, rates))
        now = outcomes_of(self.chance, (self.by >= 0).sum(axis=1))
        self.outcome = np.where(self.outcome == OPEN, now, self.outcome)
        self.settled = np.where(np.isin(self.outcome, (WRONG, RIGHT)) & (now == self.outcome), now, OPEN)

    def _show_known(self, juror: Ints) -> None:
        """As many known answers as unknown ones: half of them wrong, half of either settled by the jury."""
        wrong = self.random.random(len(juror)) < 0.5
        of_jury = self.measured_by_settled & (self.random.random(len(juror)) < 0.5)
        for outcome in (WRONG, RIGHT):
            there = np.flatnonzero(self.settled == outcome)
            these = np.flatnonzero(of_jury & (wrong == (outcome == WRONG)))
            if len(there):
                self._try(juror[these], self.random.choice(there, size=len(these)))
            else:
                of_jury[these] = False
        self._count(juror[~of_jury & wrong], wrong=True)
        self._count(juror[~of_jury & ~wrong], wrong=False)

    def _try(self, juror: Ints, case: Ints) -> None:
        """Settled cases: what was said of them is kept, for they may cease to be settled."""
        may = (juror != self.crowd.flag_player[case]) & (self.by[case] != juror[:, None]).all(axis=1)
        said = self._verdicts(juror, self.crowd.flag_wrong[case], Pool.COMPLEX)
        self.tries.append(np.column_stack([juror, case, said])[may])

    def _count(self, juror: Ints, *, wrong: bool) -> None:
        complex_picture = wrong & (self.random.random(len(juror)) < self.complex_lies)
        kind = np.where(complex_picture, LIE_COMPLEX, LIE_SIMPLE if wrong else HELD)
        pool = np.where(complex_picture, Pool.COMPLEX, Pool.SIMPLE)
        said = self._verdicts(juror, np.full(len(juror), wrong), pool)
        np.add.at(self.seen, (juror, kind), np.abs(said))
        np.add.at(self.said_wrong, (juror, kind), said > 0)

    def _known(self) -> Evidence:
        juror, case, said = np.vstack([np.zeros((0, 3), np.intp), *self.tries]).T
        columns = [(self.seen[:, kind], self.said_wrong[:, kind]) for kind in range(SETTLED_WRONG)]
        for outcome in (WRONG, RIGHT):
            stands = (self.settled[case] == outcome) & (said != 0)
            seen, wrong = (
                np.bincount(juror[which], minlength=len(self.seen)) for which in (stands, stands & (said > 0))
            )
            columns.append((seen.astype(np.float64), wrong.astype(np.float64)))
        return joined(KNOWN_KINDS, columns)


def outcomes_of(chances: Floats, verdicts: Ints) -> Ints:
    """As `jury.outcome_of`, of many cases."""
    leans = (chances > LEANS) | (chances < 1 - LEANS)
    enough = np.where(leans, MOST_VERDICTS, ENOUGH_VERDICTS)
    return np.select(
        [verdicts == 0, chances > CONFIRMED, chances < REFUTED],
        [OPEN, WRONG, RIGHT],
        np.where(verdicts >= enough, DISPUTED, OPEN),
    )


def heard(by: Ints, said: Ints, rates: Floats) -> Floats:
    """What the verdicts on each case say: their log likelihood ratio, wrong against right."""
    s, f = (np.clip(rates[:, n], LEAST_RATE, 1 - LEAST_RATE) for n in (Pool.COMPLEX, 2 + Pool.COMPLEX))
    of_wrong, of_right = np.log(s / f), np.log((1 - s) / (1 - f))
    return np.asarray((np.where(said > 0, of_wrong[by], 0) + np.where(said < 0, of_right[by], 0)).sum(axis=1))


def _chance(odds: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-np.clip(odds, -50, 50))))


@dataclass(frozen=True, slots=True)
class Refitted:
    """Of each flag of the harvest P(wrong): `unjudged` by all but its own verdicts, `trust` by all."""

    unjudged: Floats
    trust: Floats


def refitted(crowd: Crowd, after: Judged) -> Refitted:
    """What a refit makes of play and verdicts together."""
    found = estimates(fit(after.known))
    said = heard(after.by, after.said, np.hstack([found.s, found.f]))
    evidence, columns = _apart(crowd, list(said))
    fitted = fit(evidence)
    trusts = estimates(fitted).trust[crowd.flag_player, columns]
    usual = fitted.wrong[evidence.among[columns]]
    unjudged = [
        of_several([Told(*map(float, told))])
        for told in zip(usual, fitted.wrong[columns], trusts, strict=True)
    ]
    trust = [chance_of(log_odds(chance) + more) for chance, more in zip(unjudged, said, strict=True)]
    return Refitted(np.array(unjudged), np.array(trust))


def _apart(crowd: Crowd, heard: list[float]) -> tuple[Evidence, Ints]:
    """The crowd's counts, judged answers apart from others of their kind; and of each flag which column."""
    usual = [LATER if late else FIRST for late in crowd.flag_late]
    kinds = [among_judged(kind, said) for kind, said in zip(usual, heard, strict=True)]
    columns: dict[Kind, int] = {kind: column for column, kind in enumerate(KINDS)}
    for kind in kinds:
        columns.setdefault(kind, len(columns))
    more = np.zeros((len(crowd.behaviours), len(columns)))
    of_flag = np.array([columns[kind] for kind in kinds])
    worth = crowd.worth[crowd.flag_player]
    np.add.at(more, (crowd.flag_player, of_flag), worth)
    np.add.at(more, (crowd.flag_player, np.array([columns[kind] for kind in usual])), -worth)
    padding = ((0, 0), (0, len(columns) - len(KINDS)))
    seen, flagged = (np.pad(of, padding) + more for of in (crowd.evidence.seen, crowd.evidence.flagged))
    flagged = flagged.clip(0)  # of fractions something may be left over
    return Evidence(tuple(columns), np.maximum(seen, flagged), flagged), of_flag
