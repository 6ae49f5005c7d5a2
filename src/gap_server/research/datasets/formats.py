"""A row in the forms that the tools of the trade load, and the files that the rows stand in."""

import csv
import io
import json
from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Final, Self

from gap_server.errors import DatasetRefused
from gap_server.research.datasets.selection import Example, Name


class Format(StrEnum):
    MINICPM = "minicpm"
    SHAREGPT = "sharegpt"
    SWIFT = "swift"
    HF = "hf"
    VLMEVALKIT = "vlmevalkit"
    JSONL = "jsonl"


def check(name: Name, format_: Format) -> None:
    """Raises DatasetRefused where the form has no place for what the set says."""
    if format_ is Format.VLMEVALKIT and name is not Name.HELDOUT:
        raise DatasetRefused("VLMEvalKit's table is for the data set `heldout` alone.")
    if format_ is Format.MINICPM and name is Name.PREFERENCES:
        raise DatasetRefused("MiniCPM-V's conversations have no place for a rejected answer: use swift.")
    if name is Name.EVERYTHING and format_ not in {Format.JSONL, Format.HF}:
        raise DatasetRefused("`everything` is not for training: it comes as jsonl or hf.")


def minicpm(example: Example) -> dict[str, Any]:
    return {
        "id": str(example.id),
        "image": example.image,
        "conversations": [
            {"role": "user", "content": f"<image>\n{example.question}"},
            {"role": "assistant", "content": example.answer},
        ],
    }


def sharegpt(example: Example) -> dict[str, Any]:
    """As LLaMA-Factory reads it; with a rejected answer, in its form for ranking."""
    asked = {"from": "human", "value": f"<image>{example.question}"}
    said = {"from": "gpt", "value": example.answer}
    if example.rejected is None:
        return {"conversations": [asked, said], "images": [example.image]}
    rejected = {"from": "gpt", "value": example.rejected}
    return {"conversations": [asked], "chosen": said, "rejected": rejected, "images": [example.image]}


def swift(example: Example) -> dict[str, Any]:
    messages = [
        {"role": "user", "content": f"<image>{example.question}"},
        {"role": "assistant", "content": example.answer},
    ]
    rejected = {} if example.rejected is None else {"rejected_response": example.rejected}
    return {"messages": messages, **rejected, "images": [example.image]}


def plain(example: Example) -> dict[str, Any]:
    rejected = {} if example.rejected is None else {"rejected": example.rejected}
    return {
        "id": str(example.id),
        "image": example.image,
        "question": example.question,
        "answer": example.answer,
        **rejected,
        "split": example.split,
        **example.facts,
        "consent": True,
    }


@dataclass(frozen=True, slots=True)
class Form:
    """`suffix`: of its files. A `.json` file is one list, `.jsonl` an object a line."""

    row: Callable[[Example], dict[str, Any]]
    suffix: str


FORMS: Final[Mapping[Format, Form]] = {
    Format.MINICPM: Form(minicpm, ".json"),
    Format.SHAREGPT: Form(sharegpt, ".json"),
    Format.SWIFT: Form(swift, ".jsonl"),
    Format.JSONL: Form(plain, ".jsonl"),
    Format.HF: Form(plain, ".jsonl"),  # and Parquet is made of that
    Format.VLMEVALKIT: Form(plain, ".tsv"),
}


class Files:
    """One file for each split, open while the rows come."""

    def __init__(self, folder: Path, form: Form) -> None:
        self._folder, self._form = folder, form
        self._open: dict[str, IO[str]] = {}
        self._ids = (folder / "row_ids.txt").open("w", encoding="utf-8")
        self.rows: dict[str, int] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ids.close()
        for file in self._open.values():
            if self._form.suffix == ".json" and kind is None:
                file.write("\n]\n")
            file.close()

    def add(self, example: Example) -> None:
        split = example.split
        if split not in self._open:
            self._begin(split)
        number = self.rows[split] = self.rows[split] + 1
        self._open[split].write(self._line(example, number))
        self._ids.write(f"{example.id}\n")

    def _begin(self, split: str) -> None:
        path = self._folder / f"{split}{self._form.suffix}"
        self._open[split] = path.open("w", encoding="utf-8", newline="")
        self.rows[split] = 0
        if self._form.suffix == ".tsv":
            self._open[split].write(_tabbed("index", "image", "question", "answer", "category", "id"))

    def _line(self, example: Example, number: int) -> str:
        if self._form.suffix == ".tsv":
            picture = b64encode((self._folder / example.image).read_bytes()).decode()
            category = example.facts["category"] or ""
            answer = f"{example.answer}." if example.answer in _MISSING else example.answer
            return _tabbed(number - 1, picture, example.question, answer, category, example.id)
        line = json.dumps(self._form.row(example), ensure_ascii=False)
        if self._form.suffix == ".json":
            return ("[\n" if number == 1 else ",\n") + line
        return line + "\n"


_MISSING: Final = frozenset({"None", "NA", "N/A", "n/a", "null", "NULL", "nan", "NaN"})
"""Answers that pandas, by which VLMEvalKit reads the table, would take for no answer at all."""


def registration(name: Name, rows: Mapping[str, int]) -> dict[str, Any]:
    """`dataset_info.json`, by which LLaMA-Factory finds the files."""
    is_ranking = name is Name.PREFERENCES
    columns = {"messages": "conversations", "images": "images"}
    ranking = {"chosen": "chosen", "rejected": "rejected"} if is_ranking else {}
    return {
        f"gap_{name}_{split}": {
            "file_name": f"{split}.json",
            "formatting": "sharegpt",
            **({"ranking": True} if is_ranking else {}),
            "columns": {**columns, **ranking},
        }
        for split in rows
    }


def _tabbed(*values: object) -> str:
    line = io.StringIO()
    csv.writer(line, delimiter="\t", lineterminator="\n").writerow(values)
    return line.getvalue()
