"""How good estimates are, where the truth is known."""

import numpy as np

from gap_server.quality.evidence import Bools, Floats


def calibration_error(chances: Floats, truth: Bools, bins: int = 10) -> float:
    """How far chances are from what happens, in bins of equal width, by how many are in each.

    The expected calibration error of Naeini et al. (2015). 0 where nothing is to be judged.
    """
    of_bin = np.minimum((chances * bins).astype(np.intp), bins - 1)
    size, said, was = (
        np.bincount(of_bin, weights=weights, minlength=bins)
        for weights in (None, chances, truth.astype(np.float64))
    )
    return float(np.abs(said - was).sum() / max(size.sum(), 1))


def precision_and_recall(kept: Bools, truth: Bools) -> tuple[float, float]:
    """Of what is kept, the share that is true; of what is true, the share that is kept. NaN for none."""
    both = float((kept & truth).sum())
    of_kept, of_true = (both / n if n else float("nan") for n in (kept.sum(), truth.sum()))
    return of_kept, of_true


def coverage(lower: Floats, truth: Floats, upper: Floats) -> float:
    """How often intervals hold what they are of."""
    return float(((lower <= truth) & (truth <= upper)).mean())


def rank_correlation(one: Floats, other: Floats) -> float:
    """Spearman's: how alike two orders are, -1 (reversed) to 1 (the same). NaN where all are equal."""
    if min(len(np.unique(one)), len(np.unique(other))) < 2:
        return float("nan")
    return float(np.corrcoef(_ranks(one), _ranks(other))[0, 1])


def _ranks(values: Floats) -> Floats:
    """Equals share the middle of their places."""
    _, place, size = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(size)
    return np.asarray((last - (size - 1) / 2)[place])
