"""The jury's arithmetic agrees with Dawid and Skene (1979), written down here in its plainest form."""

import numpy as np

from bench.verdicts import JURORS, Panel, agreement, ours, panel
from gap_server.quality.evidence import Floats

ROUNDS = 100


def dawid_skene(of: Panel) -> Floats:
    """P(wrong) of each case, by EM over the jurors' error rates and the share of wrong cases.

    The truth of known cases is held fixed, as in Raykar et al. (2010).
    """
    chance = np.where(of.known, of.wrong, np.bincount(of.case, of.said_wrong) / np.bincount(of.case))
    for _ in range(ROUNDS):
        for_wrong, for_right = chance[of.case], 1 - chance[of.case]
        s = _share(for_wrong, of)
        f = _share(for_right, of)
        prior = chance.mean()
        ratio = np.where(of.said_wrong, s[of.juror] / f[of.juror], (1 - s[of.juror]) / (1 - f[of.juror]))
        odds = prior / (1 - prior) * np.exp(np.bincount(of.case, np.log(ratio)))
        chance = np.where(of.known, of.wrong, odds / (1 + odds))
    return chance


def _share(weight: Floats, of: Panel) -> Floats:
    """Of the verdicts that each juror gave, by weight, those that said wrong."""
    given = np.bincount(of.juror, weight, JURORS)
    return np.asarray(
        np.clip(np.bincount(of.juror, weight * of.said_wrong, JURORS) / given, 0.01, 0.99), np.float64
    )


def test_the_jury_says_what_dawid_and_skene_say_of_the_same_verdicts() -> None:
    of = panel(seed=3)
    found = agreement(ours(of), dawid_skene(of), of)
    assert found["same_side"] >= 0.97
    assert found["mean_difference"] <= 0.03
    assert found["right_ours"] >= found["right_theirs"] - 0.01
