"""gap-server tune: a run folder that is whole and says what it follows from, and what is refused."""

import json
import tarfile
from pathlib import Path

import pytest

from gap_server.demo.drawing import generate
from gap_server.research.datasets.card import write_manifest
from gap_server.research.datasets.formats import Format
from gap_server.research.datasets.selection import Name
from gap_server.tuning.estimates import memory_bytes
from gap_server.tuning.models import MODELS
from gap_server.tuning.run_folder import checksums
from gap_server.vlm.instructions import HONEST
from tests.cli.tune_runs import configuration, exported, refused, rows, show, tune


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
