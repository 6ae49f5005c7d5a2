"""What we register for LLaMA-Factory, by its own loader; skips where `make llamafactory` was not run."""

import json
from pathlib import Path
from typing import Any

import pytest

from gap_server.research.datasets.formats import Format, registration
from gap_server.research.datasets.selection import Name
from tests.cli.tune_runs import exported
from tests.tuning.environments import LLAMAFACTORY, TRAINING, run_in

pytestmark = [
    pytest.mark.timeout(900),  # both environments import for half a minute, on whatever is there
    pytest.mark.skipif(
        not (LLAMAFACTORY / "bin/llamafactory-cli").exists() or not (TRAINING / "bin/swift").exists(),
        reason="no `make training llamafactory` here",
    ),
]


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model's folder, of which the words and the pictures' preparation are wanted here."""
    folder = tmp_path_factory.mktemp("model") / "tiny"
    run_in(TRAINING, "tiny_qwen.py", folder)
    return folder


@pytest.mark.parametrize("name", [Name.CORRECTIONS, Name.PREFERENCES])
def test_it_reads_every_row_with_its_picture(name: Name, tiny: Path, tmp_path: Path) -> None:
    folder = exported(tmp_path / "set", name, 10, form=Format.SHAREGPT)
    rows = json.loads((folder / "manifest.json").read_text())["rows"]
    (folder / "dataset_info.json").write_text(json.dumps(registration(name, rows)))
    found: list[dict[str, Any]] = json.loads(
        run_in(LLAMAFACTORY, "llamafactory_reads.py", folder, tiny, tmp_path / "out")
    )
    assert len(found) == sum(rows.values()) == 10
    for row in found:
        assert row["answer"] in {"Three.", "Four."}
        assert row["rejected"] == ("Two." if name is Name.PREFERENCES else None)
        assert row["pictures"] == 1
        assert row["places"] >= 4, "a place for each part of the picture"
