"""What the bench of cheaters works out by the rules alone."""

from random import Random

import pytest

from bench.cheaters import PAIRS, told_of_another


@pytest.mark.parametrize("seed", range(3))
def test_who_is_told_all_of_anothers_result_gains_no_net_points(seed: int) -> None:
    daily = told_of_another(PAIRS, Random(seed))
    assert daily.gain <= 3 * daily.error
    assert 0 < daily.told < 25, "of 100: flagging by anything but the picture is worth next to nothing"
