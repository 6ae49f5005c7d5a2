"""Reading a training set in any of the forms that the tools of the trade take.

Conversations (`conversations` or `messages`, as a JSON list or one object a line), plain question and answer,
tables with tabs as VLMEvalKit has them, and Parquet as Hugging Face has it, pictures inside. A folder is all
its files; their names tell the split.
"""

import csv
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from gap_server.errors import DatasetUnreadable
from gap_server.images.json_stream import elements
from gap_server.research.doctor import parquet_rows
from gap_server.research.doctor.records import Record, Role, Turn

IMAGE_TAG: Final = re.compile(r"<image(_\d+)?>\s*")
_SPLITS: Final = re.compile(r"(train|valid(?:ation)?|dev|test|held[_-]?out)", re.IGNORECASE)
_ROLES: Final = {
    **dict.fromkeys(("user", "human"), Role.USER),
    **dict.fromkeys(("assistant", "gpt", "model"), Role.ASSISTANT),
    "system": Role.SYSTEM,
}
_REGISTRATION: Final = "dataset_info.json"
_NOT_DATA: Final = {_REGISTRATION, "manifest.json"}
_SUFFIXES: Final = (".json", ".jsonl", ".tsv", ".parquet")


class _Malformed(Exception):
    """This row is no record; why, in a few words."""


@dataclass(frozen=True, slots=True)
class Dataset:
    """Read as it is gone through, as often as that happens; none of it is kept."""

    folder: Path
    files: Sequence[Path]

    def records(self) -> Iterator[Record]:
        """Raises DatasetUnreadable."""
        for file in self.files:
            for row, raw in enumerate(_rows(file), start=1):
                try:
                    yield _record(file, row, raw)
                except _Malformed as reason:
                    yield Record(file.name, row, malformed=str(reason))

    def registration_troubles(self) -> Iterator[str]:
        """Does LLaMA-Factory find what its registration beside the set promises? Raises DatasetUnreadable."""
        registration = self.folder / _REGISTRATION
        if not registration.exists():
            return
        try:
            named = json.loads(registration.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            yield f"{_REGISTRATION} cannot be read: {error}"
            return
        for name, entry in named.items():
            data = self.folder / str(entry.get("file_name", ""))
            if not data.is_file():
                yield f"{_REGISTRATION} registers {name} in {data.name}, which is not there"
                data = self.files[0]
            yield from _column_troubles(data, entry.get("columns", {}))


def read_dataset(path: Path) -> Dataset:
    """The set in a file, or in all files of a folder. Raises DatasetUnreadable where there is none."""
    return Dataset(path if path.is_dir() else path.parent, _files(path))


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    beside = [*path.glob("*"), *path.glob("data/*.parquet")]
    files = sorted(f for f in beside if f.suffix in _SUFFIXES and f.name not in _NOT_DATA)
    if not files:
        raise DatasetUnreadable(f"{path} is no file, and no folder with files of {', '.join(_SUFFIXES)}.")
    return files


def _rows(file: Path) -> Iterator[Any]:
    """One by one: a set may be larger than memory. Raises DatasetUnreadable."""
    if file.suffix == ".parquet":
        yield from parquet_rows.rows(file)
        return
    try:
        with file.open(newline="" if file.suffix == ".tsv" else None, encoding="utf-8") as text:
            if file.suffix == ".tsv":
                csv.field_size_limit(sys.maxsize)  # pictures stand in the table, in base64
                yield from csv.DictReader(text, delimiter="\t")
            elif file.suffix == ".jsonl":
                yield from map(_line, text)
            else:
                yield from elements(text)
    except (OSError, ValueError, csv.Error) as error:
        raise DatasetUnreadable(f"{file} cannot be read as a list of records: {error}") from error


def _line(line: str) -> Any:
    """A line that is no JSON is a row that is no record; the others are none the worse for it."""
    try:
        return json.loads(line)
    except json.JSONDecodeError:
        return line


def _column_troubles(data: Path, columns: Mapping[str, str]) -> Iterator[str]:
    rows, lacking = 0, Counter[str]()
    for row in _rows(data):
        if isinstance(row, dict):
            rows += 1
            lacking.update(column for column, key in columns.items() if key not in row)
    for column, key in columns.items():
        if lacking[column]:
            yield f"{_REGISTRATION} names {key!r} for {column}, which {lacking[column]} of {rows} rows lack"


def _record(file: Path, row: int, raw: Any) -> Record:
    if not isinstance(raw, dict):
        raise _Malformed("no object")
    split = raw.get("split") or (found[1].lower() if (found := _SPLITS.search(file.stem)) else None)
    consent = raw.get("consent")
    return Record(
        file=file.name,
        row=row,
        turns=tuple(_turns(raw)),
        images=_images(raw),
        split=str(split) if split else None,
        rejected=_text(raw.get("rejected_response") or raw.get("rejected")),
        licence=_text(raw.get("licence") or raw.get("license")),
        consent=consent if isinstance(consent, bool) else None,
    )


def _turns(raw: dict[str, Any]) -> Iterator[Turn]:
    spoken = raw.get("conversations", raw.get("messages"))
    if spoken is None and ("question" in raw or "prompt" in raw):
        yield _turn(Role.USER, raw.get("question", raw.get("prompt")))
        yield _turn(Role.ASSISTANT, raw.get("answer", raw.get("chosen", raw.get("completion"))))
        return
    if not isinstance(spoken, list):
        raise _Malformed("neither a conversation nor a question with its answer")
    for turn in spoken:
        role = _ROLES.get(str(_of(turn, "role", "from")).lower())
        if role is None:
            raise _Malformed(f"a turn of nobody: {_of(turn, 'role', 'from')!r}")
        yield _turn(role, _of(turn, "content", "value"))
    if "conversations" in raw and "chosen" in raw:  # LLaMA-Factory keeps the last turn apart, for ranking
        yield _turn(Role.ASSISTANT, raw["chosen"])


def _turn(role: Role, content: Any) -> Turn:
    return Turn(role, IMAGE_TAG.sub("", _text(content) or "").strip())


def _of(turn: Any, *names: str) -> Any:
    if not isinstance(turn, dict):
        raise _Malformed("a turn that is no object")
    return next((turn[name] for name in names if name in turn), None)


def _text(value: Any) -> str | None:
    """A text, also where it comes as a list of turns or parts, as trl and the OpenAI form have it."""
    if isinstance(value, list):
        return " ".join(filter(None, (_text(part) for part in value))) or None
    if isinstance(value, dict):
        return _text(value.get("content", value.get("value", value.get("text"))))
    return str(value) if value is not None else None


def _images(raw: dict[str, Any]) -> tuple[str, ...]:
    given = raw.get("images", raw.get("image"))
    if isinstance(given, dict) and {"bytes", "path"} & given.keys():  # Hugging Face's picture, inside or not
        given = parquet_rows.picture(given)
    elif isinstance(given, dict):  # MiniCPM-V names several: {"<image_00>": path}
        given = list(given.values())
    if isinstance(given, str):
        given = [given]
    return tuple(str(image) for image in given or () if image)
