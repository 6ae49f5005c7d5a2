"""The crowd sits in the jury, in memory: verdicts on its own harvest, by the rules of `quality/jury.py`."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from gap_server.quality.crowd.play import Crowd
from gap_server.quality.evidence import Evidence, Floats, Ints, Pool, joined, known
from gap_server.quality.jury import MOST_VERDICTS, Juror, Outcome, Standing, Verdict, standing
from gap_server.quality.reliability import estimates, fit

CANNOT_TELL: Final = 0.05
"""How often anybody says so."""

VERDICTS_A_CASE: Final = 3.0
"""About how many a case takes. Jurors judge as many known answers as unknown ones."""


@dataclass(frozen=True, slots=True)
class Judged:
    """Of each flag of the harvest: where its case stands, and how many verdicts it took."""

    standings: list[Standing]
    verdicts: Ints

    @property
    def chances(self) -> Floats:
        return np.array([at.chance for at in self.standings])

    @property
    def outcomes(self) -> list[Outcome]:
        return [at.outcome for at in self.standings]


def judged(crowd: Crowd, before: Floats, *, seed: int = 0) -> Judged:
    """Every flag's case. `before`: its trust without a jury. Poisoners and coins are jurors too."""
    random = np.random.default_rng(seed)
    jurors = _jurors(crowd, random)
    standings, verdicts = [], []
    for flagger, wrong, trust in zip(crowd.flag_player, crowd.flag_wrong, before, strict=True):
        heard: list[tuple[Verdict, Juror]] = []
        at = standing(trust, heard)
        for juror in random.integers(len(jurors), size=MOST_VERDICTS):
            if at.outcome is not Outcome.OPEN:
                break
            if juror != flagger:
                heard.append((_verdict(crowd, int(juror), random, wrong=bool(wrong)), jurors[juror]))
                at = standing(trust, heard)
        standings.append(at)
        verdicts.append(len(heard))
    return Judged(standings, np.array(verdicts))


def _jurors(crowd: Crowd, random: np.random.Generator) -> list[Juror]:
    """What is believed of each juror, from the known answers among those that they judged."""
    found = estimates(fit(_known_answers(crowd, random)))
    complex_s, complex_f = found.s[:, Pool.COMPLEX], found.f[:, Pool.COMPLEX]
    return [Juror(float(s), float(f)) for s, f in zip(complex_s, complex_f, strict=True)]


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
