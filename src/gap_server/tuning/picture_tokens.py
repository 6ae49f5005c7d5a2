"""How many tokens a picture takes, by each family's own rule and its processor's own limits."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil, floor, log, sqrt
from pathlib import Path
from typing import Any, Final, Protocol

from gap_server.errors import TuningRefused

CELL: Final = 28
"""Pixels: what becomes one token in the Qwen family, two patches of 14 merged each way."""

LEAST_TOKENS: Final = 4
MOST_TOKENS: Final = 1024
"""Of one picture, where its processor allows more: what a game's pictures need, and no more memory."""

SLICE: Final = 448
"""Pixels: the side of one slice in the MiniCPM family."""
MOST_SLICES: Final = 9
_SLICE_MARKS: Final = 2

PROCESSOR: Final = "preprocessor_config.json"


class PictureRule(Protocol):
    """What a family makes of pictures. `environment`: what holds the framework to it."""

    def tokens(self, width: int, height: int) -> int: ...

    @property
    def environment(self) -> Mapping[str, int]: ...


@dataclass(frozen=True, slots=True)
class QwenPictures:
    """Both limits in pixels. The framework resizes by its environment and not by the model's processor, the
    server by the processor: both must be told the same."""

    least: int = LEAST_TOKENS * CELL**2
    most: int = MOST_TOKENS * CELL**2

    def tokens(self, width: int, height: int) -> int:
        """As `smart_resize` of qwen-vl-utils (Apache-2.0) has it: whole cells, within the limits."""
        wide, high = (max(round(side / CELL), 1) for side in (width, height))
        if wide * high * CELL**2 > self.most:
            shrunk = CELL * sqrt(width * height / self.most)
            return max(floor(width / shrunk), 1) * max(floor(height / shrunk), 1)
        if wide * high * CELL**2 < self.least:
            grown = sqrt(self.least / (width * height)) / CELL
            return ceil(width * grown) * ceil(height * grown)
        return wide * high

    @property
    def environment(self) -> Mapping[str, int]:
        return {"MIN_PIXELS": self.least, "MAX_PIXELS": self.most}


@dataclass(frozen=True, slots=True)
class MiniCPMPictures:
    """`queries`: tokens a slice. The whole picture stands beside its slices, of which there is a most."""

    queries: int
    side: int = SLICE
    most_slices: int = MOST_SLICES

    def tokens(self, width: int, height: int) -> int:
        slices = self._slices(width, height)
        return (1 if slices == 1 else slices + 1) * (self.queries + _SLICE_MARKS)

    def _slices(self, width: int, height: int) -> int:
        """The grid whose form is nearest to the picture's (LLaVA-UHD, arXiv 2403.11703)."""
        about = min(ceil(width * height / self.side**2), self.most_slices)
        if about <= 1:
            return 1
        counts = [n for n in (about - 1, about, about + 1) if 1 < n <= self.most_slices]
        grids = [(across, n // across) for n in counts for across in range(1, n + 1) if n % across == 0]
        across, down = min(grids, key=lambda grid: abs(log(width / height) - log(grid[0] / grid[1])))
        return across * down

    @property
    def environment(self) -> Mapping[str, int]:
        """Nothing: the framework asks the model's own processor."""
        return {}


def qwen_of_folder(folder: Path) -> QwenPictures:
    """By the folder's own processor. Raises TuningRefused."""
    said = _processor(folder)
    told = said.get("size")
    size = told if isinstance(told, dict) else {}
    ours = QwenPictures()
    least = _count(said, folder, "min_pixels", size.get("shortest_edge", ours.least))
    most = min(_count(said, folder, "max_pixels", size.get("longest_edge", ours.most)), ours.most)
    cell = _count(said, folder, "patch_size", CELL // 2) * _count(said, folder, "merge_size", 2)
    if cell != CELL:
        raise TuningRefused(f"{folder}/{PROCESSOR}: a token of {cell} pixels, and the framework has {CELL}.")
    if least > most:
        raise TuningRefused(f"{folder}/{PROCESSOR}: pictures of {least} pixels at least and {most} at most.")
    return QwenPictures(least, most)


def minicpm_of_folder(folder: Path, queries: int) -> MiniCPMPictures:
    """By the folder's own processor. Raises TuningRefused."""
    said = _processor(folder)
    side = _count(said, folder, "scale_resolution", SLICE)
    return MiniCPMPictures(queries, side, _count(said, folder, "max_slice_nums", MOST_SLICES))


def _processor(folder: Path) -> Mapping[str, Any]:
    """Empty where there is no file: the family's own limits hold. Raises TuningRefused."""
    file = folder / PROCESSOR
    if not file.exists():
        return {}
    try:
        said = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise TuningRefused(f"{file} cannot be read: {error}") from error
    if not isinstance(said, dict):
        raise TuningRefused(f"{file} is no object.")
    return said


def _count(said: Mapping[str, Any], folder: Path, name: str, default: object) -> int:
    """Raises TuningRefused."""
    count = said.get(name) or default
    if not isinstance(count, int) or count <= 0:
        raise TuningRefused(
            f"{folder}/{PROCESSOR}: {name} is {count!r}, and a whole number above 0 is wanted."
        )
    return count
