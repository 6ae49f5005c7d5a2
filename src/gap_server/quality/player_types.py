"""The types of player that the estimate mixes: points in the space of both rates in both pools.

A type is (s simple, s complex, f simple, f complex), with s = P(flag | answer wrong) and f = P(flag | answer
right). Most people are the same in both pools: they have a fine grid. Who is honest where it can be
checked and flags all else differs between them: such types have a coarse grid.
"""

from typing import Final

import numpy as np

from gap_server.quality.evidence import Floats

LEVELS: Final[Floats] = np.array(
    [
        0.005,
        0.02,
        0.05,
        0.1,
        0.15,
        0.2,
        0.25,
        0.3,
        0.4,
        0.5,
        0.6,
        0.7,
        0.75,
        0.8,
        0.85,
        0.9,
        0.95,
        0.98,
        0.995,
    ]
)
COARSE: Final[Floats] = np.array([0.02, 0.15, 0.4, 0.65, 0.9, 0.985])
LEAST_APART: Final = 0.3
"""Who differs less between the pools counts as the same in both."""

MOSTLY: Final = 0.6
"""Who differs, flags at least so much of what is on complex pictures, right or wrong, or lets so much go.

An honest player who flags a third of the harvest may have found a third to be wrong, or have guessed: where
nothing is known of complex pictures, the counts are the same. Only the belief that who looks here also looks
there tells the two apart; without it the fit may end at either.
"""

SAME: Final = len(LEVELS) ** 2
"""Types up to this index are the same in both pools."""


def _types() -> Floats:
    s, f = (axis.reshape(-1) for axis in np.meshgrid(LEVELS, LEVELS, indexing="ij"))
    same = np.column_stack([s, s, f, f])
    axes = np.meshgrid(COARSE, COARSE, COARSE, COARSE, indexing="ij")
    apart = np.column_stack([axis.reshape(-1) for axis in axes])
    simple, elsewhere = apart[:, [0, 2]], apart[:, [1, 3]]
    told_apart = np.abs(simple - elsewhere).max(axis=1) > LEAST_APART
    one_sided = (elsewhere > MOSTLY).all(axis=1) | (elsewhere < 1 - MOSTLY).all(axis=1)
    return np.vstack([same, apart[told_apart & one_sided]])


TYPES: Final[Floats] = _types()
"""One row a type: s simple, s complex, f simple, f complex."""


def _edges(levels: Floats) -> Floats:
    """A level stands for all that is nearer to it than to its neighbours."""
    return np.concatenate([[0.0], (levels[1:] + levels[:-1]) / 2, [1.0]])


def _cells() -> tuple[Floats, Floats]:
    bounds = []
    for levels, types in ((LEVELS, TYPES[:SAME]), (COARSE, TYPES[SAME:])):
        index = np.searchsorted(levels, types)
        edges = _edges(levels)
        bounds.append((edges[index], edges[index + 1]))
    (fine_low, fine_high), (coarse_low, coarse_high) = bounds
    return np.vstack([fine_low, coarse_low]), np.vstack([fine_high, coarse_high])


EDGES: Final = _edges(LEVELS)
LOWEST, HIGHEST = _cells()
"""What each type stands for: from where to where each of its four rates may lie."""


def _widths(levels: Floats) -> Floats:
    """How much of the unit interval each level stands for."""
    return np.diff(_edges(levels))


def _beta(at: Floats, a: float, b: float) -> Floats:
    """Beta(a, b)'s density, but for a factor."""
    return np.asarray(at ** (a - 1) * (1 - at) ** (b - 1))


def _prior() -> Floats:
    """What is believed before anybody has played: attentive people, blind ones, and a little of everything.

    Blind: s = f at any level. Everything: even over the square. A twentieth may differ between the pools; of
    them the same is believed in the simple one, and in the complex one that half are blind.
    """
    widths = np.outer(_widths(LEVELS), _widths(LEVELS))
    attentive = np.outer(_beta(LEVELS, 4, 1.5), _beta(LEVELS, 1.2, 6)) * widths
    same = 0.5 * attentive / attentive.sum() + 0.3 * np.diag(_widths(LEVELS)) + 0.2 * widths
    apart = _prior_apart(same)
    return np.concatenate([0.95 * same.reshape(-1), 0.05 * apart / apart.sum()])


def _prior_apart(same: Floats) -> Floats:
    """Of each type that differs between the pools, given what is believed of those that do not."""
    near = np.abs(LEVELS[:, None] - COARSE).argmin(axis=1)
    simple = np.zeros((len(COARSE), len(COARSE)))
    np.add.at(simple, np.ix_(near, near), same)
    widths = _widths(COARSE)
    elsewhere = 0.5 * np.outer(widths, widths) + 0.5 * np.diag(np.full(len(COARSE), 1 / len(COARSE)))
    s_simple, s_complex, f_simple, f_complex = np.searchsorted(COARSE, TYPES[SAME:]).T
    return np.asarray(simple[s_simple, f_simple] * elsewhere[s_complex, f_complex])


PRIOR: Final[Floats] = _prior()
"""The share of each type before any evidence; sums to 1."""


def smoothed(shares: Floats) -> Floats:
    """Shares of the fine grid, each with a little of its neighbours (the EMS step of Silverman et al., 1990).

    Without it the mixture collapses into a few spikes, and its intervals promise more than is known.
    """
    size, widths = len(LEVELS), np.outer(_widths(LEVELS), _widths(LEVELS))
    density = shares[:SAME].reshape(size, size) / widths
    for axis in (0, 1):
        padded = np.pad(density, [(1, 1) if a == axis else (0, 0) for a in (0, 1)], mode="edge")
        before, after = np.take(padded, range(size), axis), np.take(padded, range(2, size + 2), axis)
        density = 0.8 * density + 0.1 * (before + after)
    square = density * widths
    square = square * (shares[:SAME].sum() / square.sum())
    return np.concatenate([square.reshape(-1), shares[SAME:]])
