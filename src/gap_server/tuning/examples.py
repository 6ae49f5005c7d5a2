"""The examples of a run, in ms-swift's form: what is refused, and how replay is mixed in."""

import json
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from gap_server.errors import TuningRefused
from gap_server.tuning.kept_apart import KeptApart
from gap_server.tuning.recipes import Method

Row = dict[str, Any]

METHODS: Final = {"corrections": Method.SFT, "preferences": Method.DPO}
"""What each of our data sets is for. `replay` is mixed in; `heldout` is never trained on."""

SPLITS: Final = ("train", "validation")


@dataclass(frozen=True, slots=True)
class Examples:
    """Rows by split, and the pictures that they show: file name, and where it lies."""

    rows: Mapping[str, list[Row]]
    pictures: Mapping[str, Path]

    @property
    def validated(self) -> bool:
        return bool(self.rows["validation"])


@dataclass(frozen=True, slots=True)
class Release:
    """A data set as it was exported: its folder, and its manifest, held to be true."""

    folder: Path
    manifest: Mapping[str, Any]

    @property
    def name(self) -> str:
        return str(self.manifest["name"])


def method_of(release: Release) -> Method:
    """Raises TuningRefused for a set that is not for training, or not in ms-swift's form."""
    if release.manifest.get("format") != "swift":
        raise TuningRefused(f"{release.folder} is not in ms-swift's form: export it with --format swift.")
    if release.name not in METHODS:
        raise TuningRefused(f"`{release.name}` is not to be tuned on: export {' or '.join(METHODS)}.")
    return METHODS[release.name]


def gathered(release: Release, held_out: KeptApart) -> Examples:
    """The rows of a release. `held_out`: the pictures that must not be among theirs.

    Raises TuningRefused for a picture that is held out, looks like one that is, or is missing, a tainted row,
    a row of another form.
    """
    if (release.folder / "heldout.jsonl").exists():
        raise TuningRefused(f"{release.folder} has held-out rows.")
    rows = {split: list(_rows(release.folder / f"{split}.jsonl")) for split in SPLITS}
    pictures: dict[str, Path] = {}
    for split in SPLITS:
        for number, row in enumerate(rows[split], start=1):
            where = f"{release.folder.name}/{split}.jsonl, row {number}"
            _check(row, METHODS.get(release.name, Method.SFT), where)
            for name, path in _pictures(row, release, where):
                if name not in pictures:
                    _require_apart(path, release, held_out, where)
                pictures[name] = path
    if not rows["train"]:
        raise TuningRefused(f"{release.folder} has no rows to train on.")
    return Examples(rows, pictures)


def with_replay(examples: Examples, replay: Examples, ratio: float, seed: int) -> Examples:
    """So many replayed rows to each of the others, drawn at random, all in random order."""
    chance = random.Random(seed)  # noqa: S311  # it draws rows, and guards nothing
    rows = {}
    for split in SPLITS:
        have, spare = examples.rows[split], replay.rows[split]
        drawn = chance.sample(spare, min(round(ratio * len(have)), len(spare)))
        rows[split] = have + drawn
        chance.shuffle(rows[split])
    shown = {_name(image) for split in SPLITS for row in rows[split] for image in row["images"]}
    pictures = {**replay.pictures, **examples.pictures}
    return Examples(rows, {name: path for name, path in pictures.items() if name in shown})


def as_trained(row: Row) -> Row:
    """With the pictures' places in the run folder."""
    return {**row, "images": [f"data/images/{_name(image)}" for image in row["images"]]}


def texts(row: Row) -> Sequence[str]:
    """All that the row says, the rejected answer too."""
    said = [str(message["content"]).removeprefix("<image>") for message in row["messages"]]
    return [*said, str(row["rejected_response"])] if "rejected_response" in row else said


def _rows(file: Path) -> Iterable[Row]:
    if not file.exists():
        return
    for line in file.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def _check(row: Row, method: Method, where: str) -> None:
    """Raises TuningRefused."""
    if row.get("tainted"):
        raise TuningRefused(f"{where} was answered under the instruction to lie: the model would unlearn it.")
    if [message["role"] for message in row.get("messages", ())] != ["user", "assistant"]:
        raise TuningRefused(f"{where} is not a question and its answer.")
    if (method is Method.DPO) is not ("rejected_response" in row):
        raise TuningRefused(f"{where}: a rejected answer is what preferences have, and nothing else.")


def _pictures(row: Row, release: Release, where: str) -> Iterable[tuple[str, Path]]:
    for image in row["images"]:
        path = release.folder / image
        if not path.is_file():
            raise TuningRefused(f"{where}: {image} is missing.")
        yield path.name, path


def _require_apart(path: Path, release: Release, held_out: KeptApart, where: str) -> None:
    """Raises TuningRefused."""
    image = str(path.relative_to(release.folder))
    if why := held_out.why_not(path, release.manifest["files"].get(image)):
        raise TuningRefused(f"{where}: {image} {why}.")


def _name(image: str) -> str:
    return Path(image).name
