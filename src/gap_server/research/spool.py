"""Files on their way to a researcher: written whole first, so that a slow reader holds no connection."""

import hashlib
import io
import os
import tempfile
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass
from typing import IO, Self

import anyio
from anyio import to_thread

from gap_server.errors import ResultTooLarge, StoreUnavailable, TooManyQueries

MAX_BYTES = 2 * 1024**3
MAX_ROWS = 10_000_000
READ_BYTES = 256 * 1024
SEND_SECONDS = 3600.0
"""A reader that takes longer is let go."""

AT_ONCE = 8
"""Files that a server process keeps at a time: what is left unread costs disk."""


class Spools:
    """How many files wait to be read."""

    def __init__(self) -> None:
        self._open = 0

    @property
    def waiting(self) -> int:
        return self._open

    def take(self) -> "Spool":
        """A new file, nameless, so that nothing of it is left whatever happens. Raises TooManyQueries."""
        if self._open >= AT_ONCE:
            raise TooManyQueries("Too many answers wait to be read.", retry_after_seconds=30)
        self._open += 1
        return Spool(self._give_back)

    def _give_back(self) -> None:
        self._open -= 1


@dataclass
class Spool:
    """A file that is written, then sent once. Whoever takes it closes it, or sends it."""

    _closed: Callable[[], None]

    def __post_init__(self) -> None:
        self._file: IO[bytes] = tempfile.TemporaryFile(prefix="gap-spool-")  # noqa: SIM115  # closed by `close`
        self.size = 0
        self.rows = 0
        self._digest = hashlib.sha256()
        self._is_open = True

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Kept where all went well: it is to be sent."""
        if kind is not None:
            self.close()

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()

    async def put(self, text: bytes, rows: int = 0) -> None:
        """Raises ResultTooLarge, StoreUnavailable where the disk is full."""
        self._count(rows)
        await to_thread.run_sync(self._write, text)

    def _count(self, rows: int) -> None:
        self.rows += rows
        if self.rows > MAX_ROWS:
            raise ResultTooLarge(f"The answer has more than {MAX_ROWS:,} rows: ask for less of it.")

    def count(self, rows: int) -> None:
        """So many more come into a file that is written past us. Raises ResultTooLarge."""
        self._count(rows)
        self.size = os.fstat(self._file.fileno()).st_size
        self._check_size()

    def _write(self, text: bytes) -> None:
        self.size += len(text)
        self._check_size()
        self._digest.update(text)
        try:
            self._file.write(text)
        except OSError as error:
            raise StoreUnavailable(f"There is no room for the answer: {error.strerror}.") from error

    def _check_size(self) -> None:
        if self.size > MAX_BYTES:
            raise ResultTooLarge(f"The answer is larger than {MAX_BYTES // 1024**3} GiB: ask for less of it.")

    def rewound(self) -> IO[bytes]:
        """The file itself, from its beginning: to be read, or to be written past us (then `measure` it)."""
        self._file.seek(0)
        return self._file

    def measure(self) -> None:
        """Find size and checksum anew, of what was written past us. Raises ResultTooLarge."""
        self.size = self._file.seek(0, io.SEEK_END)
        self._check_size()
        self._digest = hashlib.sha256()
        self._file.seek(0)
        while piece := self._file.read(READ_BYTES):
            self._digest.update(piece)

    async def sent(self) -> AsyncGenerator[bytes, None]:
        """The file from its beginning, piece by piece; it is gone afterwards."""
        try:
            await to_thread.run_sync(self._file.seek, 0)
            with anyio.fail_after(SEND_SECONDS):
                while piece := await to_thread.run_sync(self._file.read, READ_BYTES):
                    yield piece
        finally:
            self.close()

    def close(self) -> None:
        if self._is_open:
            self._is_open = False
            self._file.close()
            self._closed()
