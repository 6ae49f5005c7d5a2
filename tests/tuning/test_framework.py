"""Our run folders under the pinned framework itself; skips where `make training` has not set it up."""

import json
import os
import subprocess
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from gap_server.research.datasets.selection import Name
from gap_server.tuning.models import MODELS
from tests.cli.test_tune import exported, tune

HERE = Path(__file__).parent
ENVIRONMENT = HERE.parents[1] / "training/.venv"
OFFLINE = {"HF_HUB_OFFLINE": "1", "OMP_NUM_THREADS": "1"}
SMALL = (
    "gradient_accumulation_steps=2",
    "num_train_epochs=1",
    "torch_dtype=float32",
    "dataloader_num_workers=0",
)

pytestmark = [
    pytest.mark.timeout(900),  # it imports for half a minute, and trains on whatever is there
    pytest.mark.skipif(not (ENVIRONMENT / "bin/swift").exists(), reason="no `make training` here"),
]


def in_environment(script: str, *arguments: object) -> str:
    """What a script of this folder prints last."""
    ended = subprocess.run(
        [ENVIRONMENT / "bin/python", HERE / script, *map(str, arguments)],
        env=os.environ | OFFLINE,
        check=False,
        capture_output=True,
        text=True,
    )
    assert ended.returncode == 0, ended.stderr[-2_000:]
    return (ended.stdout.splitlines() or [""])[-1]


def test_it_knows_every_model_template_setting_and_target_of_ours(tmp_path: Path) -> None:
    """MiniCPM-Llama3-V-2.5 among them, as far as can be without its checkpoint."""
    sets = {name: exported(tmp_path / name, name, 4) for name in (Name.CORRECTIONS, Name.PREFERENCES)}
    asked = {
        (model, name, recipe): tmp_path / f"{model}-{name}-{recipe}"
        for model, (name, recipe) in product(
            MODELS,
            ((Name.CORRECTIONS, "default"), (Name.PREFERENCES, "default"), (Name.CORRECTIONS, "paper")),
        )
    }
    for (model, name, recipe), out in asked.items():
        assert tune(model, sets[name], out, "--recipe", recipe).exit_code == 0
    found: list[dict[str, Any]] = json.loads(in_environment("framework_knows.py", *asked.values()))
    for (model, _, recipe), told in zip(asked, found, strict=True):
        assert told["unknown_settings"] == [], model
        assert told["template"] in told["templates_of_the_model"]
        assert told["source"] in told["sources"]
        assert told["system"], "the instruction has its place"
        if model.startswith("minicpm") and recipe == "paper":
            assert [name.rpartition(".")[2] for name in told["targets"]] == [f"{one}_proj" for one in "qkvo"]
            assert told["trained_whole"] == ["embed_tokens", "resampler"]


@pytest.mark.parametrize("name", [Name.CORRECTIONS, Name.PREFERENCES])
def test_it_trains_a_real_qwen_to_an_adapter_that_servers_load(
    name: Name, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable, value in OFFLINE.items():
        monkeypatch.setenv(variable, value)
    in_environment("tiny_qwen.py", tmp_path / "tiny")
    rows, out = exported(tmp_path / "rows", name, 4), tmp_path / "run"
    changed = [word for one in SMALL for word in ("--set", one)]
    result = tune(str(tmp_path / "tiny"), rows, out, *changed, "--run", "--environment", ENVIRONMENT)
    assert result.exit_code == 0, result.exception
    adapter = out / json.loads((out / "result.json").read_text())["adapter"]
    kept = json.loads((adapter / "adapter_config.json").read_text())
    assert (kept["r"], kept["modules_to_save"]) == (64, [])
    steps = json.loads((adapter / "trainer_state.json").read_text())
    assert steps["global_step"] == 2
    assert steps["log_history"][0]["grad_norm"] > 0
