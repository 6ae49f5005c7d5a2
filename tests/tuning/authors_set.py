"""A held-out set in the form of the paper's authors, of the same size: 1,000 rows about 965 pictures."""

import io
import json
from pathlib import Path
from typing import Any

from PIL import Image

ROWS, IMAGES = 1000, 965


def row(number: int) -> dict[str, Any]:
    """Some 35 pictures have two questions, as theirs have."""
    image = number if number < IMAGES else number - IMAGES
    return {
        "imageLink": f"https://coco.example/train2017/{image:012d}.png",
        "question": f"Number of things of kind {number} in the picture",
        "modelAnswer": f"There are {number % 5} of them.",
        "correctAnswer": f"{number % 4} are visible.",
    }


def write_set(folder: Path, rows: int = ROWS) -> Path:
    """The list, and a picture of its own for each link."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "rows.json"
    listed = [row(number) for number in range(rows)]
    file.write_text(json.dumps(listed), encoding="utf-8")
    for number in range(min(rows, IMAGES)):
        (folder / f"{number:012d}.png").write_bytes(_picture(number))
    return file


def _picture(number: int) -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (2, 2), (number % 256, number // 256, 7)).save(content, "PNG")
    return content.getvalue()
