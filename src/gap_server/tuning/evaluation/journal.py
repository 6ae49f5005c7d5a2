"""What was said, a line for each, on the disk before the next is asked: a run can be killed at any moment."""

import fcntl
import json
import os
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self, TypeAlias

from gap_server.errors import EvaluationRefused

Line: TypeAlias = Mapping[str, Any]
Key: TypeAlias = tuple[str, ...]

_BROKEN_OFF: Final = "is no line of a journal"


class Journal:
    """Appends only. What stands in it by `fields` is not asked again.

    One process writes it at a time. A last line that a kill broke off is taken away when it is opened.
    """

    def __init__(self, path: Path, fields: tuple[str, ...]) -> None:
        self._path, self._fields = path, fields
        self.lines: dict[Key, Line] = {}

    def __enter__(self) -> Self:
        """Raises EvaluationRefused where another process has it, or a line in it is none."""
        self._file = self._path.open("a+b")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            self._file.close()
            raise EvaluationRefused(f"{self._path} is being written by another process.") from error
        try:
            self._read()
        except BaseException:
            self._file.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def __contains__(self, key: Key) -> bool:
        return key in self.lines

    def add(self, line: Line) -> None:
        """On the disk when this returns."""
        self._file.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
        self._file.flush()
        os.fsync(self._file.fileno())
        self._remember(line)

    def _read(self) -> None:
        self._file.seek(0)
        content = self._file.read()
        whole = content.rfind(b"\n") + 1
        self._file.truncate(whole)
        for number, written in enumerate(content[:whole].splitlines(), start=1):
            try:
                self._remember(json.loads(written))
            except (ValueError, LookupError, TypeError) as error:
                raise EvaluationRefused(f"{self._path}, line {number}, {_BROKEN_OFF}.") from error

    def _remember(self, line: Line) -> None:
        self.lines[tuple(str(line[field]) for field in self._fields)] = line
