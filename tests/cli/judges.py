"""A set that no rule can judge, and a judge who knows."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROWS = 40
REFERENCE = "A man in the doorway waves at somebody."
GOOD, POOR = "Someone standing at the door is waving.", "Nobody to be seen anywhere at all."
"""Sentences that no rule can tell from the reference: they are left to judges."""


def write_set(file: Path, good: Callable[[int], bool], rows: int = ROWS) -> Path:
    listed = [
        {
            "id": f"row-{number}",
            "image": f"{number // 2}.png",
            "question": f"What happens in case {number} of the series?",
            "answer": REFERENCE,
            "model_answer": GOOD if good(number) else POOR,
            "category": "action" if number % 2 else "scene",
        }
        for number in range(rows)
    ]
    file.write_text("".join(json.dumps(one) + "\n" for one in listed), encoding="utf-8")
    return file


def texts(body: dict[str, Any]) -> dict[str, str]:
    """What a judge is asked about."""
    told: dict[str, str] = json.loads(body["messages"][-1]["content"])
    return told


def number_of(body: dict[str, Any]) -> int:
    found = re.search(r"case (\d+) of", texts(body)["question"])
    assert found is not None
    return int(found[1])


def grade(body: dict[str, Any]) -> str:
    """A judge who knows; of two answers, too."""
    told = texts(body)
    if "answer" in told:
        return "1" if told["answer"] == GOOD else "0"
    first, second = told["first"] == GOOD, told["second"] == GOOD
    return "tie" if first == second else "first" if first else "second"


def even(number: int) -> bool:
    return number % 2 == 0
