"""The models that can be tuned: what the framework calls them, and the sizes that estimates need."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from gap_server.errors import TuningRefused
from gap_server.tuning.picture_tokens import (
    MiniCPMPictures,
    PictureRule,
    QwenPictures,
    minicpm_of_folder,
    qwen_of_folder,
)


@dataclass(frozen=True, slots=True)
class Shape:
    """`parameters`: of the whole model. The others are the language model's."""

    parameters: int
    layers: int
    hidden: int
    feed_forward: int
    key_value: int
    vocabulary: int


@dataclass(frozen=True, slots=True)
class BaseModel:
    """`source`: a name on the hub, or a folder. `kind`: what ms-swift calls its type and its template."""

    name: str
    source: str
    kind: str
    shape: Shape
    pictures: PictureRule

    @property
    def is_minicpm(self) -> bool:
        return isinstance(self.pictures, MiniCPMPictures)


_QWEN_7B: Final = Shape(8_290_000_000, 28, 3584, 18944, 512, 152064)

MODELS: Final[Mapping[str, BaseModel]] = {
    model.name: model
    for model in (
        BaseModel(
            "minicpm-llama3-v-2.5",
            "openbmb/MiniCPM-Llama3-V-2_5",
            "minicpmv2_5",
            Shape(8_540_000_000, 32, 4096, 14336, 1024, 128256),
            MiniCPMPictures(queries=96),
        ),
        BaseModel(
            "minicpm-v-4.5",
            "openbmb/MiniCPM-V-4_5",
            "minicpmv4_5",
            Shape(8_700_000_000, 36, 4096, 12288, 1024, 151748),
            MiniCPMPictures(queries=64),
        ),
        BaseModel(
            "qwen2-vl-2b",
            "Qwen/Qwen2-VL-2B-Instruct",
            "qwen2_vl",
            Shape(2_210_000_000, 28, 1536, 8960, 256, 151936),
            QwenPictures(),
        ),
        BaseModel("qwen2-vl-7b", "Qwen/Qwen2-VL-7B-Instruct", "qwen2_vl", _QWEN_7B, QwenPictures()),
        BaseModel("qwen2.5-vl-7b", "Qwen/Qwen2.5-VL-7B-Instruct", "qwen2_5_vl", _QWEN_7B, QwenPictures()),
    )
}
"""The three of the paper, and a newer one of each family that the same environment trains."""


def find(wanted: str) -> BaseModel:
    """By name, or a folder with a checkpoint. Raises TuningRefused."""
    if wanted in MODELS:
        return MODELS[wanted]
    if (Path(wanted) / "config.json").is_file():
        return _of_folder(Path(wanted).resolve())
    raise TuningRefused(f"There is no model {wanted!r}: {', '.join(MODELS)}, or a folder with a checkpoint.")


def _of_folder(folder: Path) -> BaseModel:
    """A checkpoint of one of the two families. Raises TuningRefused."""
    try:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        family = config["model_type"]
        if family in {"qwen2_vl", "qwen2_5_vl"}:
            pictures = qwen_of_folder(folder)
            return BaseModel(folder.name, str(folder), family, _shape(config, folder), pictures)
        if family == "minicpmv" and str(config.get("version")) == "2.5":
            _require_importable(folder)
            sliced = minicpm_of_folder(folder, int(config["query_num"]))
            return BaseModel(folder.name, str(folder), "minicpmv2_5", _shape(config, folder), sliced)
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise TuningRefused(f"{folder}/config.json describes no model: {error!r}") from error
    raise TuningRefused(
        f"{folder} holds a {family!r}: Qwen2-VL, Qwen2.5-VL and MiniCPM-Llama3-V-2.5 are known."
    )


def _require_importable(folder: Path) -> None:
    """The framework imports the checkpoint's code as a module of the folder's name. Raises TuningRefused."""
    if "." in folder.name:
        raise TuningRefused(f"{folder}: rename it without a dot, or its own code cannot be imported.")


def _shape(config: Mapping[str, Any], folder: Path) -> Shape:
    """As the checkpoint tells it. Its weights' size gives the parameters, by two bytes each."""
    words = config.get("text_config") or config
    heads, hidden = words["num_attention_heads"], words["hidden_size"]
    size = sum(file.stat().st_size for file in folder.glob("*.safetensors"))
    width = 4 if words.get("torch_dtype", config.get("torch_dtype")) == "float32" else 2
    return Shape(
        parameters=size // width,
        layers=words["num_hidden_layers"],
        hidden=hidden,
        feed_forward=words["intermediate_size"],
        key_value=hidden * words.get("num_key_value_heads", heads) // heads,
        vocabulary=words["vocab_size"],
    )
