"""The crowd sits in the jury, in memory: cases close as in play, and trust is worked out as in a refit."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from gap_server.quality import jury
from gap_server.quality.crowd.play import FIRST, KINDS, LATER, Crowd
from gap_server.quality.evidence import Evidence, Floats, Ints, Kind, Pool, joined, known
from gap_server.quality.evidence import judged as among_judged
from gap_server.quality.jury import MOST_VERDICTS, Juror, Outcome, Standing, Verdict, standing, weight
from gap_server.quality.reliability import estimates, fit
from gap_server.quality.trust import Told, chance_of, log_odds, of_several

CANNOT_TELL: Final = 0.05
"""How often anybody says so."""

VERDICTS_A_CASE: Final = 3.0
"""About how many a case takes. Jurors judge as many known answers as unknown ones."""

Heard = list[tuple[Verdict, int]]
"""Verdicts, each with the juror's number."""


@dataclass(frozen=True, slots=True)
class Judged:
    """Of each flag of the harvest: where its case stands, what jurors said. `known`: of their known cases."""

    standings: list[Standing]
    heard: list[Heard]
    known: Evidence

    @property
    def outcomes(self) -> list[Outcome]:
        return [at.outcome for at in self.standings]

    @property
    def verdicts(self) -> Ints:
        """How many each case took."""
        return np.array([len(heard) for heard in self.heard])


def judged(crowd: Crowd, before: Floats, *, seed: int = 0) -> Judged:
    """Every flag's case, in play. `before`: its trust without a jury. Poisoners and coins are jurors too."""
    random = np.random.default_rng(seed)
    of_known = _known_answers(crowd, random)
    jurors = _jurors(jury.rates(of_known))
    standings, verdicts = [], []
    for flagger, wrong, trust in zip(crowd.flag_player, crowd.flag_wrong, before, strict=True):
        heard: Heard = []
        at = standing(trust, [])
        for juror in random.integers(len(jurors), size=MOST_VERDICTS):
            if at.outcome is not Outcome.OPEN:
                break
            if juror != flagger:
                heard.append((_verdict(crowd, int(juror), random, wrong=bool(wrong)), int(juror)))
                at = standing(trust, [(verdict, jurors[by]) for verdict, by in heard])
        standings.append(at)
        verdicts.append(heard)
    return Judged(standings, verdicts, of_known)


@dataclass(frozen=True, slots=True)
class Refitted:
    """Of each flag of the harvest P(wrong): `unjudged` by all but its own verdicts, `trust` by all."""

    unjudged: Floats
    trust: Floats


def refitted(crowd: Crowd, after: Judged) -> Refitted:
    """What a refit makes of play and verdicts together."""
    found = estimates(fit(after.known))
    jurors = _jurors(np.hstack([found.s, found.f]))
    heard = [sum(weight(verdict, jurors[by]) for verdict, by in verdicts) for verdicts in after.heard]
    evidence, columns = _apart(crowd, heard)
    fitted = fit(evidence)
    trusts = estimates(fitted).trust[crowd.flag_player, columns]
    usual = fitted.wrong[evidence.among[columns]]
    unjudged = [
        of_several([Told(*map(float, told))])
        for told in zip(usual, fitted.wrong[columns], trusts, strict=True)
    ]
    trust = [chance_of(log_odds(chance) + said) for chance, said in zip(unjudged, heard, strict=True)]
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


def _jurors(rates: Floats) -> list[Juror]:
    """As they judge complex pictures. `rates`: s simple, s complex, f simple, f complex."""
    return [Juror(float(s), float(f)) for s, f in rates[:, [Pool.COMPLEX, 2 + Pool.COMPLEX]]]


def _known_answers(crowd: Crowd, random: np.random.Generator) -> Evidence:
    """As many of each pool, right and wrong, as keep the mix half known."""
    players = len(crowd.behaviours)
    mean = VERDICTS_A_CASE * len(crowd.flag_player) / players / 4
    kinds, columns = [], []
    for pool in Pool:
        for wrong, rates in ((True, crowd.s), (False, crowd.f)):
            seen = random.poisson(mean, size=players)
            kinds.append(known(pool, wrong=wrong))
            columns.append(
                (seen.astype(np.float64), random.binomial(seen, rates[:, pool]).astype(np.float64))
            )
    return joined(kinds, columns)


def _verdict(crowd: Crowd, juror: int, random: np.random.Generator, *, wrong: bool) -> Verdict:
    draw, says = random.random(2)
    if draw < CANNOT_TELL:
        return Verdict.CANNOT_TELL
    rates = crowd.s if wrong else crowd.f
    return Verdict.WRONG if says < rates[juror, Pool.COMPLEX] else Verdict.RIGHT
