"""A good set of four rows about two pictures, and what the doctor says of it once something was changed."""

import json
from pathlib import Path
from typing import Any

from gap_server.research.doctor.examine import examine
from gap_server.research.doctor.findings import Diagnosis
from gap_server.research.doctor.reading import read_dataset

Row = dict[str, Any]


ASKED = ("How many cups are there?", "What colour is the door?", "Is the dog asleep?", "Where is the ladder?")
ANSWERED = ("Three.", "Green.", "Yes.", "Behind the house.")


def good_rows() -> list[Row]:
    return [
        {
            "id": str(n),
            "image": f"images/{'ab'[n % 2]}.jpg",
            "licence": "CC0",
            "consent": True,
            "conversations": [
                {"role": "user", "content": f"<image>\n{question}"},
                {"role": "assistant", "content": answer},
            ],
        }
        for n, (question, answer) in enumerate(zip(ASKED, ANSWERED, strict=True))
    ]


def diagnosed(folder: Path, rows: list[Any], name: str = "train.json") -> Diagnosis:
    file = folder / name
    text = "\n".join(map(json.dumps, rows)) if name.endswith("l") else json.dumps(rows)
    file.write_text(text)
    return examine(read_dataset(file))


def names(diagnosis: Diagnosis) -> set[str]:
    return {finding.name for finding in diagnosis.findings}


def said(rows: list[Row], n: int, *, question: str | None = None, answer: str | None = None) -> None:
    if question is not None:
        rows[n]["conversations"][0]["content"] = question
    if answer is not None:
        rows[n]["conversations"][1]["content"] = answer


def plant_contradiction(rows: list[Row]) -> None:
    rows[2]["image"] = rows[0]["image"]
    said(rows, 2, question="How many cups are there?", answer="There are five cups.")
