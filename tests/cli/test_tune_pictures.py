"""How many tokens a picture takes: the model's own processor says it."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.tune_runs import refused, tune

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


def test_a_folder_whose_own_code_could_not_be_imported_is_refused(corrections: Path, tmp_path: Path) -> None:
    of_qwen, of_minicpm = (
        checkpoint(tmp_path / name, config, {}) for name, config in (("v2.0", QWEN), ("v2.5", MINICPM))
    )
    assert tune(of_qwen, corrections, tmp_path / "qwen").exit_code == 0
    assert "v2.5: rename it without a dot" in refused(of_minicpm, corrections, tmp_path / "run")
