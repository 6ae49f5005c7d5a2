"""The one way in which a researcher's words reach Postgres: as the body of a cursor, prepared once.

Preparing speaks the extended protocol, which takes a single statement; what stands in the parentheses of a
DECLARE can only be a query; and Postgres's own grammar decides, not ours. Each query has a connection of its
own, in a transaction that is read only.
"""

import asyncio
import re
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Sequence
from contextlib import aclosing, asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any, TypeVar

import asyncpg

from gap_server.errors import QueryRejected, QueryTimeout, ResultTooLarge, StoreUnavailable
from gap_server.store.engine import Db
from gap_server.store.export.logins import EXPORT, SETTINGS
from gap_server.store.export.rows import ColumnType, kind_of

STATEMENT_MAX_BYTES = 32 * 1024
FETCH_ROWS = 1000
CONNECT_SECONDS = 5.0
DEADLINE_SECONDS = 125.0
"""For all of a query. Postgres ends it after 120 s by itself; a backend that does not is left to itself."""

NAME_MAX_BYTES = 63
BREAKS_TO_SPACES = bytes.maketrans(b"\n\r", b"  ")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Piece:
    """Whole lines, or a part of one; `lines` of them end in it."""

    text: bytes
    lines: int


@dataclass(frozen=True, slots=True)
class Encoding:
    """`lines`: from a statement and its columns to the statement that gives its lines.

    `is_json`: line breaks within a line are spaces as well. JSON's own text has none, but a value of type
    json keeps those that it was written with.
    """

    lines: Callable[[str, Sequence[ColumnType]], str]
    is_json: bool


@dataclass(frozen=True, slots=True)
class Reply:
    """What a query gives. `pieces` are there as long as it is asked."""

    columns: Sequence[ColumnType]
    pieces: AsyncIterator[Piece]


class ExportChannel:
    """Researchers' queries, each on a connection of its own. `url`: the address under the export's login."""

    def __init__(self, url: str) -> None:
        self._url = url

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[Db]:
        """A connection of the export's login. Raises StoreUnavailable."""
        try:
            db = await asyncpg.connect(
                self._url,
                timeout=CONNECT_SECONDS,
                statement_cache_size=0,
                server_settings={"application_name": "gap-export", **SETTINGS},
            )
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            raise StoreUnavailable(f"The export's database lets nobody in: {_told(error)}.") from error
        # asyncpg would ask whether it is on, by functions that this login may not call; it is off
        db._server_caps = db._server_caps._replace(jit=False)  # noqa: SLF001  # there is no other way in
        try:
            yield db
        finally:
            db.terminate()

    @asynccontextmanager
    async def asked(self, statement: str, encoding: Encoding) -> AsyncIterator[Reply]:
        """Raises QueryRejected, QueryTimeout, ResultTooLarge (one row is too long), StoreUnavailable."""
        body = _checked(statement)
        deadline = asyncio.get_running_loop().time() + DEADLINE_SECONDS
        async with self.connection() as db:
            await _within(deadline, db, _begin(db))
            columns = await _within(deadline, db, _describe(db, body))
            fetch = await _within(deadline, db, _declare(db, encoding.lines(body, columns)))
            async with aclosing(_pieces(db, deadline, fetch, is_json=encoding.is_json)) as pieces:
                yield Reply(columns, pieces)


async def _pieces(
    db: Db, deadline: float, fetch: Callable[[], Awaitable[list[Any]]], *, is_json: bool
) -> AsyncGenerator[Piece, None]:
    """A thousand pieces at a time: the next thousand is on its way while these are written down."""
    fetching = asyncio.ensure_future(fetch())
    try:
        while rows := await _within(deadline, db, fetching):
            fetching = asyncio.ensure_future(fetch())
            yield _piece(rows, is_json=is_json)
    finally:
        db.terminate()
        await asyncio.wait({fetching})
        _let_go(fetching)


def _checked(statement: str) -> str:
    """The statement without the semicolon that may end it. Raises QueryRejected."""
    try:
        size = len(statement.encode())
    except UnicodeEncodeError as error:
        raise QueryRejected("The text holds half of a character.", sqlstate="22021") from error
    if "\0" in statement:
        raise QueryRejected("The text holds a NUL character.", sqlstate="22021")
    if size > STATEMENT_MAX_BYTES:
        raise QueryRejected(f"The text is longer than {STATEMENT_MAX_BYTES} bytes.", sqlstate="54000")
    return re.sub(r"[\s;]+\Z", "", statement)


async def _begin(db: Db) -> None:
    await db.execute("begin isolation level repeatable read read only")


async def _describe(db: Db, body: str) -> Sequence[ColumnType]:
    """What the answer's columns are called and hold: parsed, not run."""
    prepared = await db.prepare(f"select * from (\n{body}\n) q")
    if prepared.get_parameters():
        raise QueryRejected("there is no parameter $1", sqlstate="42P02")
    if not prepared.get_attributes():
        raise QueryRejected("the query gives no columns", sqlstate="42601")
    taken: set[str] = set()
    return [
        ColumnType(_unique(column.name, taken), kind_of(column.type.name, column.type.kind))
        for column in prepared.get_attributes()
    ]


async def _declare(db: Db, lines: str) -> Callable[[], Awaitable[list[Any]]]:
    declared = await db.prepare(f"declare answer no scroll cursor without hold for {lines}")
    await declared.fetch()
    fetched = await db.prepare(f"fetch forward {FETCH_ROWS} from answer")
    fetch: Callable[[], Awaitable[list[Any]]] = fetched.fetch
    return fetch


def _unique(name: str, taken: set[str]) -> str:
    candidate, n = name, 1
    while candidate in taken:
        n += 1
        suffix = f"_{n}"
        candidate = name.encode()[: NAME_MAX_BYTES - len(suffix)].decode(errors="ignore") + suffix
    taken.add(candidate)
    return candidate


def _piece(rows: Sequence[Any], *, is_json: bool) -> Piece:
    """What is asked of every row is asked in C, of all rows at once: here the event loop waits."""
    texts, ends = zip(*rows, strict=True)
    if None in texts:
        raise ResultTooLarge("One row of the answer is longer than 4 MiB.")
    if all(ends):
        text = b"\n".join((*texts, b""))
        if not is_json or (text.count(b"\n") == len(texts) and b"\r" not in text):
            return Piece(text, len(texts))
    if is_json:
        texts = tuple(text.translate(BREAKS_TO_SPACES) for text in texts)
    parts = zip(texts, ends, strict=True)
    return Piece(b"".join([text + b"\n" if ended else text for text, ended in parts]), sum(ends))


async def _within(deadline: float, db: Db, work: Awaitable[T]) -> T:
    """Do it before the deadline, or cut the connection: a backend that sends cannot be cancelled."""
    task = asyncio.ensure_future(work)
    try:
        done, _ = await asyncio.wait({task}, timeout=deadline - asyncio.get_running_loop().time())
    except asyncio.CancelledError:
        db.terminate()
        task.add_done_callback(_let_go)
        raise
    if not done:
        db.terminate()
        with suppress(asyncpg.PostgresError, asyncpg.InterfaceError, OSError, asyncio.CancelledError):
            await task
        raise QueryTimeout("The query took longer than two minutes.", sqlstate="25P04")
    try:
        return task.result()
    except asyncpg.PostgresError as error:
        raise _meaning(error) from error
    except (asyncpg.InterfaceError, OSError) as error:
        raise StoreUnavailable(f"The export's database is away: {_told(error)}.") from error


def _let_go(task: "asyncio.Future[Any]") -> None:
    """Nobody waits for it any more: how it failed is nobody's news."""
    if not task.cancelled():
        task.exception()


def _meaning(error: asyncpg.PostgresError) -> Exception:
    """The error as a researcher may know it: its code and its first line, no detail, hint or context."""
    state = str(error.sqlstate)
    words = str(error).splitlines()[0] if str(error) else type(error).__name__
    match state[:2], state:
        case _, "57014" | "25P03" | "25P04":
            return QueryTimeout(words, sqlstate=state)
        case "08" | "57" | "28", _:
            return StoreUnavailable(f"The export's database is away: {_told(error)}.")
        case _, "40001":
            return StoreUnavailable("The standby had to let the query go: ask again.")
        case _:
            return QueryRejected(words, sqlstate=state)


def _told(error: Exception) -> str:
    """What is wrong, without addresses and passwords."""
    match error:
        case asyncpg.exceptions.InvalidAuthorizationSpecificationError():
            return f"the login {EXPORT} or its password is wrong (GAP_EXPORT_DATABASE_URL)"
        case asyncpg.exceptions.TooManyConnectionsError():
            return "all its connections are taken"
        case _:
            return type(error).__name__
