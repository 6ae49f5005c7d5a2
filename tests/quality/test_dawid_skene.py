"""The jury's arithmetic agrees with Dawid and Skene (1979): in plainest form, and by crowd-kit."""

from collections.abc import Callable

import numpy as np
import pytest

from bench.verdicts import JURORS, Panel, agreement, ours, panel
from bench.verdicts import theirs as crowd_kit
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


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:The (inplace|copy) keyword")  # crowd-kit's use of pandas
@pytest.mark.parametrize("theirs", [dawid_skene, crowd_kit], ids=["plainly", "crowd-kit"])
@pytest.mark.parametrize("seed", [3, 4, 5])
def test_the_jury_says_what_dawid_and_skene_say_of_the_same_verdicts(
    seed: int, theirs: Callable[[Panel], Floats]
) -> None:
    of = panel(seed)
    found = agreement(ours(of), theirs(of), of)
    assert found["same_side"] >= 0.97
    assert found["mean_difference"] <= 0.03
    assert found["right_ours"] >= found["right_theirs"] - 0.01
