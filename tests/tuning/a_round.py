"""A finished round's evaluations, before and after, by the real command and a model server at the wire."""

import asyncio
import io
import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from PIL import Image
from typer.testing import CliRunner

from gap_server.cli import app
from tests.doubles.faulty_model import FaultyModel

Answering = Callable[[int], str]
"""The right answer about the picture of this number."""

IMAGES: Final = 50
NUMBERS: Final = ("One", "Two", "Three", "Four", "Five")
COLOURS: Final = ("Red", "Green", "Blue", "Yellow", "White")

RIGHT: Final = {
    "base": {"counting": 0.25, "colour": 0.9, "existence": 0.8},
    "round-1": {"counting": 0.75, "colour": 0.78, "existence": 0.86},
}
"""How often each of the two is right, by category: one gains what it was tuned for, and pays in colour."""


def rows() -> list[dict[str, Any]]:
    """Three questions about each picture."""
    asked: dict[str, tuple[str, Answering]] = {
        "counting": ("How many cups are on shelf {}?", lambda n: NUMBERS[n % 5]),
        "colour": ("What colour is the jug on shelf {}?", lambda n: COLOURS[n % 5]),
        "existence": ("Is there a plate on shelf {}?", lambda n: ("Yes", "No")[n % 2]),
    }
    return [
        {
            "id": f"{category}-{number}",
            "image": f"{number}.png",
            "question": question.format(number),
            "answer": answer(number),
            "category": category,
            "stratum": ("flagged", "let_go", "not_chosen")[number % 3],
        }
        for number in range(IMAGES)
        for category, (question, answer) in asked.items()
    ]


def answered(model: str, row: dict[str, Any]) -> str:
    """Right by a chance that is mostly the row's own: a better model is right on much of the same."""
    chance = int(sha256(row["id"].encode()).hexdigest()[:8], 16) / 2**32
    own = int(sha256(f"{model} {row['id']}".encode()).hexdigest()[:8], 16) / 2**32
    if 0.7 * chance + 0.3 * own < RIGHT[model][row["category"]]:
        return str(row["answer"])
    others = {"counting": NUMBERS, "colour": COLOURS, "existence": ("Yes", "No")}[row["category"]]
    return others[(others.index(row["answer"]) + 1) % len(others)]


async def make(folder: Path) -> None:
    """Folders `before` and `after`, as `gap-server evaluate` leaves them."""
    held_out = folder / "heldout.jsonl"
    listed = rows()
    held_out.write_text("".join(json.dumps(row) + "\n" for row in listed), encoding="utf-8")
    for number in range(IMAGES):
        content = io.BytesIO()
        Image.new("RGB", (2, 2), (number, 100, 100)).save(content, "PNG")
        (folder / f"{number}.png").write_bytes(content.getvalue())
    by_question = {row["question"]: row for row in listed}

    def say(body: dict[str, Any]) -> str:
        question = body["messages"][1]["content"][1]["text"]
        return answered(body["model"], by_question[question])

    async with FaultyModel(answer=say) as server:
        beside = ["--against", str(folder / "before")]
        for name, model, more in (("before", "base", ["--twice"]), ("after", "round-1", beside)):
            asked = ["--url", server.url, "--model", model, "--images", str(folder)]
            given = ["evaluate", str(held_out), "--out", str(folder / name), *asked, *more]
            result = await asyncio.to_thread(CliRunner().invoke, app, given)
            assert result.exit_code == 0, result.output
