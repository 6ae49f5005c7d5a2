"""A run folder is run: it goes on where it stopped, is merged, and says what is missing."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.cli.tune_runs import tune

FRAMEWORK = """#!/bin/sh
mkdir -p output/checkpoint-{step}
echo "$@" >> output/called
echo weights > output/checkpoint-{step}/adapter_model.safetensors
exit {status}
"""


def test_a_run_goes_on_where_it_stopped_and_is_through_once(corrections: Path, tmp_path: Path) -> None:
    """At the wire: a program that is called as the framework is, fails at first, and leaves checkpoints."""
    out, program = tmp_path / "run", tmp_path / "environment/bin/swift"
    program.parent.mkdir(parents=True)
    program.touch(0o755)
    options = ("--run", "--environment", tmp_path / "environment")
    program.write_text(FRAMEWORK.format(step=10, status=1))
    assert "exit status 1" in str(tune("qwen2-vl-2b", corrections, out, *options).exception)
    program.write_text(FRAMEWORK.format(step=20, status=0))
    assert "checkpoint-20" in tune("qwen2-vl-2b", corrections, out, *options).stdout
    assert "checkpoint-20" in tune("qwen2-vl-2b", corrections, out, *options).stdout
    assert (out / "output/called").read_text().splitlines() == [
        "sft train.yaml",
        "sft train.yaml --resume_from_checkpoint output/checkpoint-10",
    ]
    assert json.loads((out / "result.json").read_text())["adapter"] == "output/checkpoint-20"


MERGING = """#!/bin/sh
echo "$@" > called
while [ "$1" != --output_dir ]; do shift; done
mkdir "$2" && echo weights > "$2/model.safetensors"
exit {status}
"""


def test_what_was_merged_is_no_change_of_the_run(corrections: Path, tmp_path: Path) -> None:
    out = tmp_path / "run"
    tune("qwen2-vl-2b", corrections, out)
    (out / "output/checkpoint-9").mkdir(parents=True)
    (out / "output/checkpoint-10").mkdir()
    assert merge(out, status=1).returncode == 1, "as the framework ended"
    assert not (out / "merged").exists(), "half of it is none"
    assert merge(out).returncode == 0
    assert "--adapters output/checkpoint-10 --merge_lora true" in (out.parent / "called").read_text()
    assert (out / "merged/model.safetensors").is_file()
    result = tune("qwen2-vl-2b", corrections, out)
    assert result.exit_code == 0, result.exception
    again = merge(out)
    assert again.returncode == 1
    assert "is there already" in again.stderr


def test_nothing_is_merged_before_there_is_a_checkpoint(corrections: Path, tmp_path: Path) -> None:
    out = tmp_path / "run"
    tune("qwen2-vl-2b", corrections, out)
    for made in (None, out / "output"):
        if made is not None:
            made.mkdir()
        ended = merge(out)
        assert ended.returncode == 1
        assert "There is no checkpoint" in ended.stderr
        assert not (out.parent / "called").exists(), "the framework was not asked"


def merge(out: Path, *, status: int = 0) -> subprocess.CompletedProcess[str]:
    """By the folder's own script, with a program that is called as the framework is."""
    program = out.parent / "programs/swift"
    program.parent.mkdir(exist_ok=True)
    program.touch(0o755)
    program.write_text(MERGING.format(status=status).replace("> called", f"> {out.parent}/called"))
    path = f"{program.parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        [out / "merge.sh"], env=os.environ | {"PATH": path}, check=False, capture_output=True, text=True
    )


def test_only_the_very_same_run_goes_on(corrections: Path, tmp_path: Path) -> None:
    out = tmp_path / "run"
    assert tune("qwen2-vl-2b", corrections, out).exit_code == 0
    assert tune("qwen2-vl-2b", corrections, out).exit_code == 0
    assert "differs in seed" in str(tune("qwen2-vl-2b", corrections, out, "--seed", 1).exception)
    (out / "train.yaml").write_text("model: another\n")
    assert "has been changed: train.yaml" in str(tune("qwen2-vl-2b", corrections, out).exception)


def test_without_the_framework_a_run_says_what_is_missing(
    corrections: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    result = tune("qwen2-vl-2b", corrections, tmp_path / "run", "--run")
    assert "make training" in str(result.exception)


def test_scripts_are_good_shell(corrections: Path, tmp_path: Path) -> None:
    tune("qwen2-vl-2b", corrections, tmp_path / "run")
    for script in ("launch.sh", "merge.sh"):
        subprocess.run(["/bin/sh", "-n", tmp_path / "run" / script], check=True)
        assert os.access(tmp_path / "run" / script, os.X_OK)
