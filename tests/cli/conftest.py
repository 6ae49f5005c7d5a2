"""What several files of the commands' tests begin with."""

from pathlib import Path

import pytest

from gap_server.research.datasets.selection import Name
from gap_server.tuning.evaluation import asking
from tests.cli.tune_runs import exported


@pytest.fixture
def corrections(tmp_path: Path) -> Path:
    return exported(tmp_path / "corrections", Name.CORRECTIONS, 10)


@pytest.fixture
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "FIRST_PAUSE_SECONDS", 0)
