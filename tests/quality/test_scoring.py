"""Means with intervals, paired tests, agreement of judges: against what is known, and by properties."""

from math import isnan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gap_server.quality.scoring.intervals import mean_by_image
from gap_server.quality.scoring.kappa import cohen, fleiss
from gap_server.quality.scoring.paired import mcnemar, minimum_detectable


@pytest.mark.slow
def test_an_interval_holds_the_truth_as_often_as_it_says() -> None:
    random = np.random.default_rng(7)
    held = 0
    for trial in range(200):
        of_image = random.beta(2, 2, size=150)
        image = random.integers(0, 150, size=400)
        values = (random.random(400) < of_image[image]).astype(np.float64)
        found = mean_by_image(values, image, draws=400, seed=trial)
        held += found.lower <= 0.5 <= found.upper
    assert 180 <= held <= 198


@pytest.mark.slow
def test_questions_about_one_picture_count_as_one_where_they_stand_or_fall_together() -> None:
    image = np.repeat(np.arange(50), 20)
    values = np.repeat(np.arange(50) % 2, 20).astype(np.float64)
    together = mean_by_image(values, image)
    apart = mean_by_image(values, np.arange(1000))
    assert (together.upper - together.lower) > 3 * (apart.upper - apart.lower)


def test_the_same_seed_gives_the_same_interval_and_nothing_gives_none() -> None:
    values, image = np.array([0.0, 1.0, 1.0]), np.array([0, 1, 2])
    assert mean_by_image(values, image) == mean_by_image(values, image)
    assert isnan(mean_by_image(np.array([]), np.array([], dtype=np.intp)).mean)


@pytest.mark.parametrize(
    ("mended", "broken", "p"),
    [(10, 0, 0.001953125), (0, 0, 1.0), (5, 5, 1.0), (12, 3, 0.03515625), (1, 0, 1.0)],
)  # of the binomial distribution, by hand
def test_mcnemar_is_exact(mended: int, broken: int, p: float) -> None:
    before = np.array([False] * mended + [True] * broken + [True, False])
    after = np.array([True] * mended + [False] * broken + [True, False])
    found = mcnemar(before, after)
    assert (found.mended, found.broken) == (mended, broken)
    assert found.p == pytest.approx(p)


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=300))
def test_mcnemar_does_not_mind_which_model_comes_first(pairs: list[tuple[bool, bool]]) -> None:
    one, other = (np.array(side) for side in zip(*pairs, strict=True))
    there, back = mcnemar(one, other), mcnemar(other, one)
    assert (there.mended, there.broken) == (back.broken, back.mended)
    assert 0 < there.p == back.p <= 1


def test_a_thousand_rows_detect_four_points_and_five_hundred_less() -> None:
    assert minimum_detectable(1000, 0.2) == pytest.approx(0.04, abs=0.001)
    assert minimum_detectable(500, 0.2) == pytest.approx(0.056, abs=0.001)


def test_kappa_is_cohens_own_for_two_verdicts() -> None:
    one = np.array([1.0] * 20 + [1.0] * 5 + [0.0] * 10 + [0.0] * 15)
    other = np.array([1.0] * 20 + [0.0] * 5 + [1.0] * 10 + [0.0] * 15)
    found = cohen(one, other, np.arange(50))
    assert found.kappa == pytest.approx(0.4)  # observed .7, by chance .5
    assert (found.same, found.rows, found.images) == (0.7, 50, 50)
    assert 0.1 < found.lower < 0.25  # Cohen's own error is .13
    assert 0.55 < found.upper < 0.7


def test_a_near_miss_of_judges_costs_less_than_a_contradiction() -> None:
    one, image = np.array([0.0, 0.5, 1.0] * 20), np.arange(60)
    near = np.where(image % 6 == 0, 0.5, one)
    far = np.where(image % 6 == 0, 1.0, one)
    assert cohen(one, one, image).kappa == 1
    assert cohen(one, near, image).kappa > cohen(one, far, image).kappa
    assert isnan(cohen(np.ones(5), np.ones(5), np.arange(5)).kappa)
    assert isnan(cohen(np.array([]), np.array([]), np.array([], dtype=np.intp)).kappa)


FLEISS = (
    (0, 0, 0, 0, 14), (0, 2, 6, 4, 2), (0, 0, 3, 5, 6), (0, 3, 9, 2, 0), (2, 2, 8, 1, 1),
    (7, 7, 0, 0, 0), (3, 2, 6, 3, 0), (2, 5, 3, 2, 2), (6, 5, 2, 1, 0), (0, 2, 2, 3, 7),
)  # fmt: skip  # a table, as it is printed in textbooks: ten subjects, fourteen raters, five categories


def test_kappa_of_many_judges_is_fleiss_own() -> None:
    said = np.array([np.repeat(np.arange(5.0), row) for row in FLEISS])
    found = fleiss(said, np.arange(10))
    assert found.kappa == pytest.approx(0.210, abs=0.0005)
    assert (found.same, found.rows) == (0.1, 10)
    assert found.lower < found.kappa < found.upper
    assert isnan(fleiss(np.ones((3, 2)), np.arange(3)).kappa)
    assert isnan(fleiss(np.ones((0, 2)), np.array([], dtype=np.intp)).kappa)


@pytest.mark.slow
def test_an_interval_of_kappa_holds_the_truth_as_often_as_it_says() -> None:
    """Two judges who see the truth with a chance of .6 and toss a coin else: their kappa is .36."""
    random = np.random.default_rng(3)
    held = 0
    for trial in range(200):
        truth = (random.random(300) < 0.5).astype(np.float64)
        one, other = (np.where(random.random(300) < 0.6, truth, random.random(300) < 0.5) for _ in range(2))
        found = cohen(one, other, np.arange(300), draws=400, seed=trial)
        held += found.lower <= 0.36 <= found.upper
    assert 180 <= held <= 198


@given(st.lists(st.sampled_from([0.0, 0.5, 1.0]), min_size=2, max_size=60), st.integers(0, 2**32 - 1))
def test_kappa_does_not_mind_the_order_of_judges(verdicts: list[float], seed: int) -> None:
    one = np.array(verdicts)
    other = np.random.default_rng(seed).permutation(one)
    image = np.arange(len(one)) // 2
    there, back = (cohen(a, b, image, draws=5) for a, b in ((one, other), (other, one)))
    assert there.kappa == pytest.approx(back.kappa, nan_ok=True)
    assert isnan(there.kappa) or there.kappa <= 1
    many = [fleiss(np.stack(pair, axis=1), image, draws=5).kappa for pair in ((one, other), (other, one))]
    assert many[0] == pytest.approx(many[1], nan_ok=True)
