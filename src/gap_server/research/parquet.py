"""Typed lines of JSON as Parquet, by arro3: Rust, a tenth of pyarrow's size, a batch of rows at a time."""

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import IO, Any, TypeAlias

from anyio import CancelScope, to_thread

from gap_server.errors import QueryRejected
from gap_server.store.export.rows import ColumnType, Kind

BATCH_ROWS = 8192
COMPRESSION = "zstd(3)"

Put: TypeAlias = Callable[[bytes], Awaitable[None]]


@asynccontextmanager
async def making(columns: Sequence[ColumnType], target: IO[bytes]) -> AsyncIterator[Put]:
    """Where lines are put to stand in `target` as Parquet: a thread makes it of them while more come.

    Raises QueryRejected where a value does not fit its column's type.
    """
    reading, writing = os.pipe()
    made = asyncio.ensure_future(to_thread.run_sync(_make, reading, columns, target))

    async def put(text: bytes) -> None:
        try:
            await to_thread.run_sync(_send, writing, text)
        except BrokenPipeError:
            await made  # which says why nobody reads any more
            raise

    try:
        yield put
    finally:
        os.close(writing)
        with CancelScope(shield=True):  # whoever gave `target` may close it next
            await asyncio.wait({made})
    made.result()


def _send(pipe: int, text: bytes) -> None:
    left = memoryview(text)
    while left:
        left = left[os.write(pipe, left) :]


def _make(reading: int, columns: Sequence[ColumnType], target: IO[bytes]) -> None:
    with open(reading, "rb") as lines:  # no path: a pipe
        _write(lines, columns, target)


def _write(lines: IO[bytes], columns: Sequence[ColumnType], target: IO[bytes]) -> None:
    from arro3.core import Field, Schema  # noqa: PLC0415  # 33 MB that only who asks for Parquet needs
    from arro3.io import read_json, write_parquet  # noqa: PLC0415  # the same

    types = _arrow_types()
    schema = Schema([Field(column.name, types[column.kind]) for column in columns])
    try:
        batches = read_json(lines, schema, batch_size=BATCH_ROWS)
        write_parquet(batches, target, compression=COMPRESSION, max_row_group_size=128 * 1024)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # what Rust said; where it panicked, that is no Exception
        raise QueryRejected(f"Not to be had as Parquet: {_first_line(error)}", sqlstate="22000") from error


def _arrow_types() -> Mapping[Kind, Any]:
    from arro3.core import DataType  # noqa: PLC0415  # see above

    return {
        Kind.INTEGER: DataType.int64(),
        Kind.FLOAT: DataType.float64(),
        Kind.BOOLEAN: DataType.bool(),
        Kind.INSTANT: DataType.timestamp("us", tz="UTC"),
        Kind.DATE: DataType.date32(),
        Kind.TEXT: DataType.utf8(),
        Kind.JSON: DataType.utf8(),
    }


def _first_line(error: BaseException) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)
