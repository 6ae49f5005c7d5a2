"""What a run will take, as estimated before it is started: tokens an example, memory on each GPU."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Any, Final

from PIL import Image

from gap_server.tuning.examples import Examples, Row, texts
from gap_server.tuning.models import BaseModel, Shape

CHARACTERS_A_TOKEN: Final = 3.0
"""Of English and Russian together; fewer than either usually has, to be on the safe side."""

MARKS: Final = 20
"""Tokens of the chat's own form."""

WEIGHT_BYTES: Final = 2
TRAINED_BYTES: Final = 16
"""A trained parameter: itself, its gradient, and the optimiser's two in four bytes each."""

_KEPT_A_LAYER: Final = 2
"""Bytes of each hidden value that gradient checkpointing keeps."""
_REDONE: Final = 34
"""Bytes of each within the one layer that is worked out again."""
_GIB: Final = 2**30


@dataclass(frozen=True, slots=True)
class Estimate:
    """`mean_tokens`, `longest_tokens`: of an example. `too_long`: examples beyond the recipe's length.

    `memory_gib`: on each GPU, for the longest example.
    """

    examples: int
    mean_tokens: float
    longest_tokens: int
    too_long: int
    memory_gib: float


def estimate(model: BaseModel, examples: Examples, settings: Mapping[str, Any]) -> Estimate:
    picture_tokens = {name: _picture_tokens(model, path) for name, path in examples.pictures.items()}
    rows = [row for split in examples.rows.values() for row in split]
    directions = len(settings["system"]) / CHARACTERS_A_TOKEN + MARKS
    tokens = [round(directions + _tokens(row, picture_tokens)) for row in rows]
    longest = min(max(tokens), settings["max_length"])
    return Estimate(
        examples=len(rows),
        mean_tokens=fmean(tokens),
        longest_tokens=max(tokens),
        too_long=sum(count > settings["max_length"] for count in tokens),
        memory_gib=memory_bytes(model.shape, settings, longest) / _GIB,
    )


def memory_bytes(shape: Shape, settings: Mapping[str, Any], tokens: int) -> float:
    """On one GPU: weights whole (ZeRO-2 shares only what is trained), what is trained, what is kept.

    Within a tenth of what was measured for MiniCPM-Llama3-V-2.5 by the paper's recipe (31 GiB on an A100).
    """
    trained = adapter_parameters(shape, settings["lora_rank"])
    if settings.get("modules_to_save"):
        trained += shape.vocabulary * shape.hidden
    pairs = 2 if settings.get("rlhf_type") else 1
    kept = shape.layers * shape.hidden * _KEPT_A_LAYER + shape.hidden * _REDONE
    logits = shape.vocabulary * 4 * 2
    batch: int = settings["per_device_train_batch_size"] * pairs
    return shape.parameters * WEIGHT_BYTES + trained * TRAINED_BYTES + batch * tokens * (kept + logits)


def adapter_parameters(shape: Shape, rank: int) -> int:
    """Of low-rank matrices beside every linear layer of the language model."""
    hidden, forward, narrow = shape.hidden, shape.feed_forward, shape.key_value
    attention = 2 * (hidden + hidden) + 2 * (hidden + narrow)
    return shape.layers * rank * (attention + 3 * (hidden + forward))


def _tokens(row: Row, picture_tokens: Mapping[str, int]) -> float:
    shown = sum(picture_tokens[Path(image).name] for image in row["images"])
    return shown + sum(_length(texts(row)))


def _length(said: Iterable[str]) -> Iterable[float]:
    return (len(text) / CHARACTERS_A_TOKEN for text in said)


def _picture_tokens(model: BaseModel, path: Path) -> int:
    with Image.open(path) as picture:
        return model.pictures.tokens(*picture.size)
