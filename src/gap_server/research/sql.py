"""A researcher's question in SQL, answered as a file."""

from collections.abc import Sequence
from contextlib import aclosing
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from anyio import to_thread

from gap_server.research import parquet
from gap_server.research.admission import admitted
from gap_server.research.deps import ResearchDeps
from gap_server.research.spool import Spool
from gap_server.store.export import described, rows
from gap_server.store.export.channel import Encoding, ExportChannel, Piece
from gap_server.store.export.described import DescribedView
from gap_server.store.export.rows import ColumnType


class Format(StrEnum):
    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"


ENCODINGS = {
    Format.JSONL: Encoding(rows.json_lines, is_json=True),
    Format.CSV: Encoding(rows.csv_lines, is_json=False),
    Format.PARQUET: Encoding(rows.typed_json_lines, is_json=True),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """`spool` is the caller's to send or to close."""

    spool: Spool
    rows: int


async def ask(deps: ResearchDeps, token_id: UUID, statement: str, format_: Format) -> Answer:
    """Raises SqlClosed, TooManyQueries, QueryRejected, QueryTimeout, ResultTooLarge, StoreUnavailable."""
    await deps.gate.check()
    async with admitted(deps.store, token_id, statement, format_) as query:
        answer = await _answered(deps, statement, format_)
        query.rows, query.size = answer.rows, answer.spool.size
    return answer


async def schema(deps: ResearchDeps) -> list[DescribedView]:
    """What there is to ask about. Raises SqlClosed, StoreUnavailable."""
    await deps.gate.check()
    async with deps.channel.connection() as db:
        return await described.describe(db)


async def _answered(deps: ResearchDeps, statement: str, format_: Format) -> Answer:
    async with deps.spools.take() as spool:
        columns = await _fill(spool, deps.channel, statement, format_)
        if format_ is not Format.PARQUET:
            return Answer(spool, spool.rows)
        async with deps.spools.take() as file:
            await to_thread.run_sync(parquet.write, spool.rewound(), columns, file.rewound())
            await to_thread.run_sync(file.measure)
        spool.close()
        return Answer(file, spool.rows)


async def _fill(
    spool: Spool, channel: ExportChannel, statement: str, format_: Format
) -> Sequence[ColumnType]:
    """Write the answer's lines to the spool, and give its columns. The connection is closed then."""
    columns: Sequence[ColumnType] = ()
    async with aclosing(channel.pieces(statement, ENCODINGS[format_])) as pieces:
        async for piece in pieces:
            if isinstance(piece, Piece):
                await spool.put(piece.text, piece.lines)
                continue
            columns = piece
            if format_ is Format.CSV:
                await spool.put(rows.csv_header(columns))
    return columns
