"""A researcher's question in SQL, answered as a file."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from anyio import to_thread

from gap_server.research import parquet
from gap_server.research.admission import admitted
from gap_server.research.deps import ResearchDeps
from gap_server.research.spool import Spool
from gap_server.store.export import described, rows
from gap_server.store.export.channel import Encoding, Reply
from gap_server.store.export.described import DescribedView


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
    async with (
        deps.spools.take() as spool,
        deps.channel.asked(statement, ENCODINGS[format_]) as reply,
    ):
        match format_:
            case Format.PARQUET:
                await _fill_parquet(spool, reply)
            case Format.CSV:
                await spool.put(rows.csv_header(reply.columns))
                await _fill(spool, reply)
            case Format.JSONL:
                await _fill(spool, reply)
        return Answer(spool, spool.rows)


async def _fill(spool: Spool, reply: Reply) -> None:
    async for piece in reply.pieces:
        await spool.put(piece.text, piece.lines)


async def _fill_parquet(spool: Spool, reply: Reply) -> None:
    async with parquet.making(reply.columns, spool.rewound()) as put:
        async for piece in reply.pieces:
            spool.count(piece.lines)
            await put(piece.text)
    await to_thread.run_sync(spool.measure)
