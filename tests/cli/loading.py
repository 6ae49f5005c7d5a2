"""Data sets as the tools of the trade read them, by the tools themselves or what they read with."""

import base64
import io
from pathlib import Path
from typing import Any

from PIL import Image


def hugging_face(folder: Path, cache: Path) -> Any:
    """The splits of a folder by Hugging Face `datasets`, told nothing but where it is."""
    import datasets  # noqa: PLC0415  # two seconds, for the tests that need it

    datasets.disable_progress_bars()
    return datasets.load_dataset(str(folder), cache_dir=str(cache))


def vlmevalkit(file: Path) -> list[dict[str, Any]]:
    """A table as VLMEvalKit reads it, which is on no package index: by pandas, and its own rules thereafter.

    A row has an index of its own, a question and an answer; an image of up to 64 letters is the index of
    a row that holds it.
    """
    import pandas as pd  # noqa: PLC0415  # a second, for the tests that need it

    table: list[dict[str, Any]] = pd.read_csv(file, sep="\t").to_dict("records")
    images = {str(row["index"]): str(row["image"]) for row in table}
    assert len(images) == len(table) > 0
    for row in table:
        assert isinstance(row["question"], str)
        assert row["answer"] == row["answer"], "pandas takes it for missing"
        image = images[str(row["index"])]
        held = image if len(image) > 64 else images[image]
        assert min(Image.open(io.BytesIO(base64.b64decode(held, validate=True))).size) > 0
    return table
