"""Benchmarks: the folder that runs them, results read back, a table with losses as plain as gains."""

import csv
import io
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from typer.testing import CliRunner

from gap_server.cli import app
from gap_server.errors import EvaluationRefused, SettingsError
from gap_server.tuning.benchmarks.launch import Launch
from gap_server.tuning.benchmarks.results import Change, changes, read_results
from gap_server.tuning.benchmarks.sets import BENCHMARKS
from gap_server.tuning.benchmarks.table import (
    GAIN,
    LOSS,
    ModelChanges,
    as_csv,
    as_markdown,
    as_picture,
    published,
)


def lmms_eval(folder: Path, perception: float, accuracy: float) -> Path:
    """As lmms-eval 0.7 leaves them: a folder of the model's, a file of the time."""
    file = folder / "m" / "2026-11-26T01-00-00_results.json"
    file.parent.mkdir(parents=True)
    told = {
        "mme": {
            "alias": "mme",
            "mme_perception_score,none": perception,
            "mme_perception_score_stderr,none": "N/A",
            "mme_cognition_score,none": 400.0,
            "mme_cognition_score_stderr,none": "N/A",
        },
        "ocrbench": {"alias": "ocrbench", "ocrbench_accuracy,none": accuracy},
        "chartqa": {"alias": "chartqa", "relaxed_overall,none": 0.5, "relaxed_overall_stderr,none": 0.01},
    }
    file.write_text(json.dumps({"results": told, "configs": {}}), encoding="utf-8")
    (folder / "submissions").mkdir()
    (folder / "submissions/mmbench_en_dev_results.json").write_text('{"overall_acc": 0.5}', encoding="utf-8")
    return folder


def vlmevalkit(folder: Path, score: float) -> Path:
    """As VLMEvalKit keeps the state of a run."""
    file = folder / "m" / "T20261126" / "status.json"
    file.parent.mkdir(parents=True)
    dataset = {"status": "done", "metrics": {"Overall": score, "Art": 0.3}, "primary_metric": "Overall"}
    unfinished: dict[str, Any] = {"status": "infer", "metrics": {}, "primary_metric": None}
    told = {"datasets": {"MMMU_DEV_VAL": dataset, "MME": unfinished}}
    file.write_text(json.dumps(told), encoding="utf-8")
    return folder


def test_results_of_either_harness_are_read_by_the_benchmarks_names(tmp_path: Path) -> None:
    one = read_results(lmms_eval(tmp_path / "a", 1600.5, 0.7))
    assert one == {"MME": 2000.5, "OCRBench": 0.7, "chartqa relaxed_overall": 0.5}
    assert read_results(vlmevalkit(tmp_path / "b", 0.47)) == {"MMMU val": 0.47}


def test_changes_are_of_what_both_have_in_the_tables_order() -> None:
    before = {"OCRBench": 0.7, "MME": 2000.0, "x": 1.0, "Held out (ours)": 0.2}
    after = {"x": 2.0, "MME": 1900.0, "Held out (ours)": 0.5}
    assert changes(before, after) == [
        Change("Held out (ours)", 0.2, 0.5),
        Change("MME", 2000.0, 1900.0),
        Change("x", 1.0, 2.0),
    ]
    assert Change("MME", 2000.0, 1900.0).relative == -0.05


def test_a_folder_without_results_and_a_broken_file_are_said(tmp_path: Path) -> None:
    with pytest.raises(EvaluationRefused, match="holds no results"):
        read_results(tmp_path)
    (tmp_path / "status.json").write_text("[]")
    with pytest.raises(EvaluationRefused, match="cannot be read"):
        read_results(tmp_path)


def test_a_loss_is_told_as_plainly_as_a_gain() -> None:
    models = [ModelChanges("m", [Change("MME", 2000, 2100), Change("DocVQA", 84, 80), Change("x", 1, 1)])]
    told = as_markdown(models)
    assert "| MME | 2000.00 | 2100.00 | +5.0% gain |" in told
    assert "| DocVQA | 84.00 | 80.00 | -4.8% loss |" in told
    assert "1 rose, 1 fell, 1 stayed" in told
    picture = Image.open(io.BytesIO(as_picture(models, "Before and after")))
    areas = {colour: count for count, colour in picture.getcolors(2**24) or ()}
    assert areas[GAIN] > 10_000
    assert areas[LOSS] == pytest.approx(areas[GAIN], rel=0.02)
    assert list(csv.reader(io.StringIO(as_csv(models))))[2] == ["m", "DocVQA", "84", "80", "-4", "-0.0476"]


def test_what_a_model_was_not_run_on_is_said() -> None:
    told = as_markdown([ModelChanges("a", [Change("MME", 1, 2)]), ModelChanges("b", [Change("x", 1, 2)])])
    assert "| MME | 1.000 | 2.000 | +100.0% gain | - | - | not run |" in told


def test_the_published_figures_are_a_table_of_three_models(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["benchmark", "paper", "--out", str(tmp_path / "paper")])
    assert result.exit_code == 0, result.output
    assert "| LLaVA-Bench | 87.90 | 82.20 | -6.5% loss |" in result.output
    assert {path.suffix for path in (tmp_path / "paper").iterdir()} == {".md", ".csv", ".png"}
    assert [(one.model, len(one.changes)) for one in published()] == [
        ("MiniCPM-Llama3-V-2.5-8B", 11),
        ("Qwen2-VL-7B", 11),
        ("Qwen2-VL-2B", 11),
    ]


def test_the_table_command_reads_folders(tmp_path: Path) -> None:
    before, after = lmms_eval(tmp_path / "a", 1600.0, 0.7), lmms_eval(tmp_path / "b", 1500.0, 0.8)
    arguments = ["benchmark", "table", f"m={before},{after}", "--out", str(tmp_path / "t")]
    assert "| MME | 2000.00 | 1900.00 | -5.0% loss |" in CliRunner().invoke(app, arguments).output
    wrong = CliRunner().invoke(app, ["benchmark", "table", "m", "--out", str(tmp_path / "t")])
    assert isinstance(wrong.exception, SettingsError)


def test_a_launch_folder_holds_scripts_that_bash_can_read(tmp_path: Path) -> None:
    arguments = ["tuned", "--url", "http://gpu:8000/v1", "--only", "MME", "--only", "MM-Vet"]
    command = ["benchmark", "launch", *arguments, "--out", str(tmp_path / "run")]
    assert CliRunner().invoke(app, command).exit_code == 0
    for script in ("lmms-eval.sh", "vlmevalkit.sh"):
        subprocess.run(["/bin/bash", "-n", tmp_path / "run" / script], check=True)
    told = (tmp_path / "run" / "lmms-eval.sh").read_text()
    assert 'run "${JUDGE_URL:-}" mme,mmvet\n' in told
    assert "A judge is asked in MM-Vet." in told
    assert isinstance(CliRunner().invoke(app, command).exception, EvaluationRefused)


def test_a_models_name_with_odd_letters_stays_one_word() -> None:
    script = Launch("a model; rm -rf /", "http://gpu/v1", BENCHMARKS, {}).files()["vlmevalkit.sh"]
    assert "model='a model; rm -rf /'\n" in script
