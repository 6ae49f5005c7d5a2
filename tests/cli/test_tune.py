"""gap-server tune: a run folder that is whole and says what it follows from, and what is refused."""

import io
import json
import os
import subprocess
import tarfile
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import yaml
from PIL import Image
from typer.testing import CliRunner, Result

from gap_server.cli import app
from gap_server.demo.drawing import generate
from gap_server.research.datasets.card import write_manifest
from gap_server.research.datasets.export import Release
from gap_server.research.datasets.formats import FORMS, Files, Format
from gap_server.research.datasets.selection import Example, Name
from gap_server.store.export.dataset_rows import Filters
from gap_server.store.releases import Maker
from gap_server.tuning.estimates import memory_bytes
from gap_server.tuning.models import MODELS
from gap_server.tuning.run_folder import checksums
from gap_server.vlm.instructions import HONEST


def exported(folder: Path, name: Name, rows: int, *, first: int = 0, form: Format = Format.SWIFT) -> Path:
    """A data set as it is exported: one picture a row, every fifth row for validation."""
    (folder / "images").mkdir(parents=True)
    with Files(folder, FORMS[form]) as files:
        for n in range(first, first + rows):
            picture = io.BytesIO()
            Image.new("RGB", (64 + n, 48), (n, 0, 0)).save(picture, "PNG")
            (folder / f"images/{n:064x}.png").write_bytes(picture.getvalue())
            split = "heldout" if name is Name.HELDOUT else "validation" if n % 5 == 4 else "train"
            files.add(
                Example(
                    UUID(int=n),
                    split,
                    f"images/{n:064x}.png",
                    f"How many red cups are on shelf number {n}?",
                    "Three." if n % 2 else "Four.",
                    "Two." if name is Name.PREFERENCES else None,
                    {"category": "counting"},
                )
            )
    release = Release(name, form, Filters(), Maker(operator="a test"))
    release.rows = files.rows
    write_manifest(folder, release.manifest())
    return folder


def show(picture: Image.Image, release: Path, number: int) -> None:
    """Another picture in a row of a release, which is then as it was exported."""
    picture.save(release / f"images/{number:064x}.png")
    manifest = json.loads((release / "manifest.json").read_text())
    (release / "manifest.json").unlink()
    write_manifest(release, manifest)


def tune(model: str, dataset: Path, out: Path, *options: object) -> Result:
    given = ["tune", model, "--dataset", dataset, "--out", out, *options]
    return CliRunner().invoke(app, [str(one) for one in given])


def refused(model: str, dataset: Path, out: Path, *options: object) -> str:
    """Why; and nothing was made."""
    result = tune(model, dataset, out, *options)
    assert result.exit_code != 0
    assert not out.exists()
    return str(result.exception)


def configuration(folder: Path) -> Any:
    return yaml.safe_load((folder / "train.yaml").read_text())


def rows(file: Path) -> list[Any]:
    return [json.loads(line) for line in file.read_text().splitlines()]


@pytest.fixture
def corrections(tmp_path: Path) -> Path:
    return exported(tmp_path / "corrections", Name.CORRECTIONS, 10)


def test_a_run_folder_is_whole_and_says_what_it_follows_from(corrections: Path, tmp_path: Path) -> None:
    out = tmp_path / "run"
    result = tune("qwen2-vl-2b", corrections, out, "--gpus", 8, "--seed", 7)
    assert result.exit_code == 0, result.output
    chosen = configuration(out)
    assert chosen["model"] == "Qwen/Qwen2-VL-2B-Instruct"
    assert chosen["template"] == "qwen2_vl"
    assert chosen["system"] == HONEST.text
    assert chosen["learning_rate"] == 1e-4
    assert chosen["lora_rank"] == 64
    assert (chosen["seed"], chosen["deepspeed"], chosen["gradient_accumulation_steps"]) == (7, "zero2", 2)
    assert [len(rows(out / f"data/{split}.jsonl")) for split in ("train", "validation")] == [8, 2]
    assert all((out / image).is_file() for row in rows(out / "data/train.jsonl") for image in row["images"])
    record = json.loads((out / "run.json").read_text())
    assert record["files"] == checksums(out)
    assert (
        record["releases"][0]["release"] == json.loads((corrections / "manifest.json").read_text())["release"]
    )
    assert record["doctor"]["usable"]
    assert 4 < record["estimate"]["memory_gib"] < 16
    assert (out / "requirements.txt").read_text().count("--hash=sha256:") > 100
    assert "NPROC_PER_NODE=8" in (out / "launch.sh").read_text()


def test_what_the_api_sent_is_taken_as_it_came(corrections: Path, tmp_path: Path) -> None:
    replay = exported(tmp_path / "replay", Name.REPLAY, 30, first=100)
    for folder in (corrections, replay):
        with tarfile.open(folder.with_suffix(".tar"), "w") as packing:
            packing.add(folder, arcname=folder.name)
    packed, folder = tmp_path / "packed", tmp_path / "folder"
    sent = tune("qwen2-vl-2b", tmp_path / "corrections.tar", packed, "--replay", tmp_path / "replay.tar")
    assert sent.exit_code == 0, sent.exception
    tune("qwen2-vl-2b", corrections, folder, "--replay", replay)
    assert checksums(packed) == checksums(folder)


def test_a_file_that_is_no_release_is_refused(corrections: Path, tmp_path: Path) -> None:
    climbing, bare, text = (tmp_path / name for name in ("climbing.tar", "bare.tar", "text.tar"))
    with tarfile.open(climbing, "w") as packing:
        packing.add(corrections / "manifest.json", arcname="../manifest.json")
    with tarfile.open(bare, "w") as packing:
        packing.add(corrections / "manifest.json", arcname="manifest.json")
    text.write_text("no tar")
    for file in (climbing, bare, text):
        assert f"{file} is no data set packed as tar" in refused("qwen2-vl-2b", file, tmp_path / "run")
    assert not (tmp_path.parent / "manifest.json").exists()


def test_the_same_inputs_make_the_same_folder_to_the_byte(corrections: Path, tmp_path: Path) -> None:
    for name in ("one", "other"):
        tune("minicpm-llama3-v-2.5", corrections, tmp_path / name, "--recipe", "paper")
    assert checksums(tmp_path / "one") == checksums(tmp_path / "other")
    chosen = configuration(tmp_path / "one")
    assert chosen["learning_rate"] == 2e-6
    assert chosen["modules_to_save"] == ["embed_tokens", "resampler"]
    assert chosen["gradient_accumulation_steps"] == 16
    memory = memory_bytes(MODELS["minicpm-llama3-v-2.5"].shape, chosen, tokens=chosen["max_length"])
    assert 28 < memory / 2**30 < 34  # 31 was measured by who ran it


@pytest.mark.parametrize("model", MODELS)
def test_every_model_is_tuned_by_either_method(model: str, tmp_path: Path) -> None:
    pairs = exported(tmp_path / "pairs", Name.PREFERENCES, 4)
    right = exported(tmp_path / "right", Name.CORRECTIONS, 4)
    assert tune(model, right, tmp_path / "sft").exit_code == 0
    assert tune(model, pairs, tmp_path / "dpo").exit_code == 0
    chosen = configuration(tmp_path / "dpo")
    assert (chosen["rlhf_type"], chosen["rpo_alpha"]) == ("dpo", 1.0)
    assert rows(tmp_path / "dpo/data/train.jsonl")[0]["rejected_response"] == "Two."
    assert "swift rlhf" in (tmp_path / "dpo/launch.sh").read_text()
    assert "right answers alone" in refused(model, pairs, tmp_path / "no", "--recipe", "paper")


def test_replay_is_mixed_in_two_to_one(corrections: Path, tmp_path: Path) -> None:
    replay = exported(tmp_path / "replay", Name.REPLAY, 30, first=100)
    out = tmp_path / "run"
    assert tune("qwen2-vl-7b", corrections, out, "--replay", replay).exit_code == 0
    trained = rows(out / "data/train.jsonl")
    replayed = [row for row in trained if int(Path(row["images"][0]).stem, 16) >= 100]
    assert (len(trained), len(replayed)) == (24, 16)
    assert [one["name"] for one in json.loads((out / "run.json").read_text())["releases"]] == [
        "corrections",
        "replay",
    ]


def test_what_was_tampered_with_is_refused(corrections: Path, tmp_path: Path) -> None:
    lines = corrections / "train.jsonl"
    lines.write_text(lines.read_text().replace("Three.", "Seven.", 1))
    assert "not as it was exported: train.jsonl" in refused("qwen2-vl-2b", corrections, tmp_path / "run")


def test_held_out_pictures_and_sets_are_refused(corrections: Path, tmp_path: Path) -> None:
    held_out = exported(tmp_path / "heldout", Name.HELDOUT, 1, first=3)
    assert "not to be tuned on" in refused("qwen2-vl-2b", held_out, tmp_path / "run")
    why = refused("qwen2-vl-2b", corrections, tmp_path / "run", "--held-out", held_out)
    assert "row 4" in why
    assert "held out" in why


def test_a_copy_of_a_held_out_picture_is_refused(corrections: Path, tmp_path: Path) -> None:
    held_out = exported(tmp_path / "heldout", Name.HELDOUT, 2, first=50)
    picture, other = (generate("complex", number)[0] for number in (1, 2))
    show(picture, held_out, 51)
    show(other, corrections, 2)
    assert tune("qwen2-vl-2b", corrections, tmp_path / "other", "--held-out", held_out).exit_code == 0
    show(picture.resize((picture.width // 2, picture.height // 2)).convert("L"), corrections, 2)
    why = refused("qwen2-vl-2b", corrections, tmp_path / "run", "--held-out", held_out)
    assert f"train.jsonl, row 3: images/{2:064x}.png looks like {51:064x}.png, which is held out" in why


def test_tainted_rows_are_refused(corrections: Path, tmp_path: Path) -> None:
    lines = corrections / "train.jsonl"
    first, *others = lines.read_text().splitlines(keepends=True)
    lines.write_text(json.dumps({**json.loads(first), "tainted": True}) + "\n" + "".join(others))
    manifest = json.loads((corrections / "manifest.json").read_text())
    (corrections / "manifest.json").unlink()
    write_manifest(corrections, manifest)
    assert "instruction to lie" in refused("qwen2-vl-2b", corrections, tmp_path / "run")


def test_other_forms_models_and_settings_are_refused(corrections: Path, tmp_path: Path) -> None:
    sharegpt = exported(tmp_path / "sharegpt", Name.CORRECTIONS, 4, form=Format.SHAREGPT)
    assert "--format swift" in refused("qwen2-vl-2b", sharegpt, tmp_path / "run")
    assert "There is no model" in refused("gpt-2", corrections, tmp_path / "run")
    assert "no such setting" in refused("qwen2-vl-2b", corrections, tmp_path / "run", "--set", "lora_rnk=8")
    missing = f"external_plugins={tmp_path / 'nowhere.py'}"
    assert "there is no such file" in refused("qwen2-vl-2b", corrections, tmp_path / "run", "--set", missing)
    assert "by 3 GPUs" in refused("qwen2-vl-2b", corrections, tmp_path / "run", "--gpus", 3)


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


QWEN = {
    "model_type": "qwen2_vl",
    "num_attention_heads": 2,
    "num_key_value_heads": 2,
    "hidden_size": 64,
    "num_hidden_layers": 2,
    "intermediate_size": 128,
    "vocab_size": 300,
}
MINICPM = QWEN | {"model_type": "minicpmv", "version": "2.5", "query_num": 16}


def checkpoint(folder: Path, config: dict[str, Any], processor: object) -> str:
    folder.mkdir()
    (folder / "config.json").write_text(json.dumps(config))
    (folder / "preprocessor_config.json").write_text(json.dumps(processor))
    return str(folder)


def longest_tokens(model: str, corrections: Path, out: Path) -> int:
    """Of the longest example, whose picture has 73 x 48 pixels; its texts are the same for every model."""
    assert tune(model, corrections, out).exit_code == 0
    longest: int = json.loads((out / "run.json").read_text())["estimate"]["longest_tokens"]
    return longest


@pytest.mark.parametrize(
    ("config", "processor", "more"),
    [
        (QWEN, {}, 0),
        (QWEN, {"min_pixels": 40 * 28 * 28}, 42),  # 2 x 3 cells become 6 x 8
        (QWEN, {"size": {"shortest_edge": 40 * 28 * 28, "longest_edge": 10**6}}, 42),
        (QWEN, {"min_pixels": 784, "max_pixels": 784}, -5),
        (MINICPM, {"scale_resolution": 448}, 12),  # one slice of 16 queries and 2 marks
        (MINICPM, {"scale_resolution": 32, "max_slice_nums": 4}, 84),  # the whole, and 2 x 2 of them
    ],
)
def test_a_folders_own_processor_says_how_many_tokens_a_picture_takes(
    config: dict[str, Any], processor: object, more: int, corrections: Path, tmp_path: Path
) -> None:
    plain = longest_tokens(checkpoint(tmp_path / "plain", QWEN, {}), corrections, tmp_path / "one")
    own = longest_tokens(checkpoint(tmp_path / "own", config, processor), corrections, tmp_path / "other")
    assert own - plain == more


def test_the_framework_is_held_to_what_the_server_will_show(corrections: Path, tmp_path: Path) -> None:
    folder = checkpoint(tmp_path / "tiny", QWEN, {"min_pixels": 7056, "max_pixels": 12544})
    tune(folder, corrections, tmp_path / "run")
    script = (tmp_path / "run/launch.sh").read_text()
    assert "export MIN_PIXELS=${MIN_PIXELS:-7056}" in script
    assert "export MAX_PIXELS=${MAX_PIXELS:-12544}" in script


@pytest.mark.parametrize(
    "processor", [[], {"min_pixels": 9, "max_pixels": 8}, {"patch_size": 16}, {"min_pixels": "x"}]
)
def test_a_processor_that_cannot_be_is_refused(processor: object, corrections: Path, tmp_path: Path) -> None:
    folder = checkpoint(tmp_path / "broken", QWEN, processor)
    assert "preprocessor_config.json" in refused(folder, corrections, tmp_path / "run")


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


def test_a_folder_whose_own_code_could_not_be_imported_is_refused(corrections: Path, tmp_path: Path) -> None:
    of_qwen, of_minicpm = (
        checkpoint(tmp_path / name, config, {}) for name, config in (("v2.0", QWEN), ("v2.5", MINICPM))
    )
    assert tune(of_qwen, corrections, tmp_path / "qwen").exit_code == 0
    assert "v2.5: rename it without a dot" in refused(of_minicpm, corrections, tmp_path / "run")
