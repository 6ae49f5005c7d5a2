"""Finished evaluations as folders, with answers of a test's choosing: by the real command's own code."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from gap_server.tuning.evaluation.held_out import read_held_out
from gap_server.tuning.evaluation.judging import Judging
from gap_server.tuning.evaluation.protocols import Protocol
from gap_server.tuning.evaluation.report import Beside, write_report
from gap_server.tuning.evaluation.run import Evaluated, Subject, evaluate

QUESTIONS: Mapping[str, tuple[str, str, str]] = {
    "counting": ("How many cups are there?", "Three.", "Two."),
    "colour": ("What colour is the cup?", "Red.", "Green."),
}
"""Question, reference and a wrong answer, by category."""


def finished_run(folder: Path, model: str, right: Mapping[str, int], rows: int = 60) -> Evaluated:
    """Of each category so many of `rows` answers are right, the first ones."""
    listed = [
        _row(category, number, right=number < right[category])
        for category in QUESTIONS
        for number in range(rows)
    ]
    return recorded(folder, model, listed, Protocol.OURS)


def recorded(folder: Path, model: str, rows: Sequence[Mapping[str, Any]], protocol: Protocol) -> Evaluated:
    """Of rows that hold their answers already; the run is the folder's `run`."""
    folder.mkdir(parents=True)
    held_out = folder / "rows.jsonl"
    held_out.write_text("".join(json.dumps(one) + "\n" for one in rows), encoding="utf-8")
    subject, judging = Subject(model, None, None), Judging((protocol,))
    silent = {"answers": _silent, "verdicts": _silent}
    out = folder / "run"
    run = asyncio.run(evaluate(read_held_out(held_out), subject, judging, out, silent))
    write_report(run, Beside(), out)
    return run


def _row(category: str, number: int, *, right: bool) -> dict[str, Any]:
    question, reference, wrong = QUESTIONS[category]
    return {
        "id": f"{category}-{number}",
        "image": f"{category}-{number}.png",
        "question": question,
        "answer": reference,
        "category": category,
        "modelAnswer": reference if right else wrong,
    }


def _silent(_done: int, _of: int) -> None: ...
