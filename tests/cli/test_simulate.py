"""gap-server simulate: a crowd with known truth, in memory."""

import pytest
from typer.testing import CliRunner

from gap_server.cli import app
from gap_server.errors import SettingsError
from gap_server.operate.simulation import simulated
from gap_server.quality.crowd.play import BALANCED
from gap_server.quality.crowd.policies import Behaviour


def test_it_prints_calibration_precision_recall_and_order() -> None:
    mix = "careful=0.6,always_flag=0.4"
    result = CliRunner().invoke(app, ["simulate", "--players", "60", "--sessions", "3", "--mix", mix])
    assert result.exit_code == 0, result.output
    for word in ("calibration error", "precision at 0.9", "recall at 0.9", "order of players", "always_flag"):
        assert word in result.output


@pytest.mark.parametrize("mix", ["sleepy=1", "careful", "careful=x", "careful=0", "careful=-1,coin=2"])
def test_a_mix_that_is_none_is_refused(mix: str) -> None:
    result = CliRunner().invoke(app, ["simulate", "--players", "5", "--mix", mix])
    assert isinstance(result.exception, SettingsError)


def test_the_same_seed_is_the_same_crowd_and_blind_flags_earn_nothing() -> None:
    mix = {Behaviour.CAREFUL: 0.5, Behaviour.ALWAYS: 0.5}
    found = simulated(80, 5, deal=BALANCED, mix=mix, seed=3)
    assert simulated(80, 5, deal=BALANCED, mix=mix, seed=3) == found
    by_kind = {kind.behaviour: kind for kind in found.kinds}
    assert by_kind[Behaviour.CAREFUL].sharpness > 50
    assert by_kind[Behaviour.ALWAYS].sharpness <= 10
    assert (
        found.with_jury.precision >= found.alone.precision or found.alone.precision != found.alone.precision
    )
