"""The measures that estimates are judged by, on cases that one can work out by hand."""

import numpy as np
import pytest

from gap_server.quality.measures import calibration_error, coverage, precision_and_recall, rank_correlation


def test_chances_that_come_true_as_often_as_they_say_have_no_error() -> None:
    chances, truth = np.repeat([0.25, 0.75], 4), np.array([1, 0, 0, 0, 1, 1, 1, 0], np.bool_)
    assert calibration_error(chances, truth) == 0
    assert calibration_error(chances, ~truth) == pytest.approx(0.5)
    assert calibration_error(np.zeros(0), np.zeros(0, np.bool_)) == 0


def test_orders_are_compared_by_rank_and_equals_share_a_place() -> None:
    grows = np.array([1.0, 2.0, 3.0, 4.0])
    assert rank_correlation(grows, np.exp(grows)) == pytest.approx(1)
    assert rank_correlation(grows, -grows) == pytest.approx(-1)
    assert rank_correlation(np.array([1.0, 1.0, 2.0, 3.0]), grows) == pytest.approx(0.9**0.5)
    assert np.isnan(rank_correlation(np.ones(3), grows[:3]))


def test_precision_is_of_what_is_kept_and_recall_of_what_is_true() -> None:
    kept, truth = np.array([1, 1, 1, 0], np.bool_), np.array([1, 1, 0, 1], np.bool_)
    assert precision_and_recall(kept, truth) == pytest.approx((2 / 3, 2 / 3))
    assert np.isnan(precision_and_recall(np.zeros(4, np.bool_), truth)[0])


def test_an_interval_holds_its_own_ends() -> None:
    assert coverage(np.array([0.0, 0.0]), np.array([1.0, 2.0]), np.array([1.0, 1.0])) == 0.5
