"""Rows put aside on disk by what they share, so that only what belongs together is in memory together."""

import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any, Final, Self

BUCKETS: Final = 64
"""A million rows are some 16,000 in each."""


class Scratch:
    """Rows by a key: all of one key are in the same bucket, and a bucket is a small part of all."""

    def __init__(self) -> None:
        self._folder = TemporaryDirectory(prefix="gap-doctor-")
        self._paths = [Path(self._folder.name) / f"{n}.jsonl" for n in range(BUCKETS)]
        self._files = [path.open("w", encoding="utf-8") for path in self._paths]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for file in self._files:
            file.close()
        self._folder.cleanup()

    def put(self, key: str, row: tuple[Any, ...]) -> None:
        """`row`: values as JSON has them."""
        file = self._files[zlib.crc32(key.encode(errors="surrogatepass")) % BUCKETS]
        file.write(json.dumps([key, *row]) + "\n")

    def buckets(self) -> Iterator[dict[str, list[list[Any]]]]:
        """Of each bucket its rows by key, in the order in which they came. Nothing is put after."""
        for path, file in zip(self._paths, self._files, strict=True):
            file.close()
            by_key: dict[str, list[list[Any]]] = {}
            with path.open(encoding="utf-8") as lines:
                for line in lines:
                    key, *row = json.loads(line)
                    by_key.setdefault(key, []).append(row)
            yield by_key
