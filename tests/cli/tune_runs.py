"""A data set as it is exported, and a run folder made of it by the command."""

import io
import json
from pathlib import Path
from typing import Any
from uuid import UUID

import yaml
from PIL import Image
from typer.testing import CliRunner, Result

from gap_server.cli import app
from gap_server.research.datasets.card import write_manifest
from gap_server.research.datasets.export import Release
from gap_server.research.datasets.formats import FORMS, Files, Format
from gap_server.research.datasets.selection import Example, Name
from gap_server.store.export.dataset_rows import Filters
from gap_server.store.releases import Maker


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
