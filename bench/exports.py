"""Researchers' exports: rows a second into the spool, what memory they take, what a slow reader holds.

    python -m bench.exports [--rows 1000000] [--seconds 20] [--postgres DIR]

`gap-server serve --workers 2`, and `POST /research/sql` over HTTP: seven columns of `qa`, and all of them, in
each form. The server answers when the whole file lies in its spool, so the time to the first byte is what
it takes to fill it. Beside the time stands the processor time, since others may use the machine as well. Then
a reader takes one byte a second of a million rows, and the connections of the export's login are counted.
`--postgres`: a folder whose database is made once and kept. Results go to bench/results/.
"""

import argparse
import asyncio
import hashlib
import http.client
import json
import os
import secrets
import socket
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import asyncpg

from bench.filling import fill
from bench.programs import RESULTS, administer, circumstances, database_of, model_server
from bench.serving import GapServer, cpu_seconds, postmaster
from gap_server.research import tokens
from gap_server.store.embedded import embedded_postgres
from gap_server.store.engine import Store
from gap_server.store.export.logins import EXPORT
from gap_server.store.migrations import migrate

PATH: Final = "/api/v1/research/sql"
QUERIES: Final = {
    "seven columns": "select id, image_id, question, answer, tainted, judgement, asked_at from qa",
    "all columns": "select * from qa",
}
WARMING: Final = "select count(*) from (select * from qa offset 0) q"
"""So that what Postgres can keep in memory is there."""

FORMATS: Final = ("jsonl", "csv", "parquet")
IMAGES: Final = 118_000
FEW: Final = 50_000
"""Rows of the query whose memory is compared with that of all of them."""

WANTED_ROWS_A_SECOND: Final = 100_000
SAMPLE_SECONDS: Final = 0.02
CONSENTED: Final = "insert into app.consent (player_id, version) select id, 1 from app.player"


@dataclass(frozen=True, slots=True)
class Exporting:
    """A server beside a database of questions, and who asks it."""

    server: GapServer
    postgres_pid: int
    database: str


def main() -> None:
    arguments = _arguments()
    ready = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="gap-bench-") as scratch:
        folder = arguments.postgres or Path(scratch)
        with embedded_postgres(folder) as url:
            database = _filled(url, arguments.rows)
            with (
                model_server() as model_url,
                GapServer(database, model_url, export_delay_seconds=0) as server,
            ):
                result = _measured(Exporting(server, postmaster(folder), database), arguments.seconds)
    _report(arguments, result, ready)


def _filled(url: str, rows: int) -> str:
    name = f"exports_{rows}"
    database = database_of(url, name)
    try:
        asyncio.run(administer(url, f"create database {name}"))
    except asyncpg.DuplicateDatabaseError:
        return database
    migrate(database)
    asyncio.run(fill(database, rows, IMAGES))
    asyncio.run(administer(database, CONSENTED, "vacuum analyze app.consent", "checkpoint"))
    return database


def _measured(here: Exporting, seconds: float) -> dict[str, Any]:
    _asked(here, "select 1 as warm", "parquet")  # code, arro3
    _asked(here, WARMING, "jsonl")
    few = _asked(here, f"{QUERIES['seven columns']} limit {FEW}", "jsonl")
    exports = {
        f"{what}, {format_}": _told(_asked(here, query, format_))
        for what, query in QUERIES.items()
        for format_ in FORMATS
    }
    many = exports["seven columns, jsonl"]["server_memory_mb_more"]
    return {
        "exports": exports,
        "memory": {
            f"more_mb_at_{few['rows']}_rows": few["server_memory_mb_more"],
            "more_mb_at_all_rows": many,
        },
        "slow_reader": _read_slowly(here, seconds),
    }


def _told(export: dict[str, Any]) -> dict[str, Any]:
    print(json.dumps(export), flush=True)
    return export


def _asked(here: Exporting, sql: str, format_: str) -> dict[str, Any]:
    """One export, read whole and checked against its checksum."""
    token = asyncio.run(_token(here.database))
    connection = http.client.HTTPConnection("127.0.0.1", here.server.port, timeout=600)
    before = _spent(here)
    with _memory_watched(here.server) as memory:
        began = time.perf_counter()
        connection.request("POST", PATH, json.dumps({"sql": sql, "format": format_}), _headers(token))
        response = connection.getresponse()
        spooled = time.perf_counter() - began
        spent = [after - earlier for earlier, after in zip(before, _spent(here), strict=True)]
        digest, size = hashlib.sha256(), 0
        while piece := response.read(1 << 20):
            digest.update(piece)
            size += len(piece)
    if response.status != http.HTTPStatus.OK or digest.hexdigest() != response.headers["X-Content-SHA256"]:
        raise RuntimeError(f"{response.status} after {size} bytes")
    rows = int(response.headers["X-Row-Count"])
    return {
        "rows": rows,
        "mb": round(size / 1e6, 1),
        "seconds_to_spool": round(spooled, 2),
        "rows_a_second": round(rows / spooled),
        "processor_seconds": {
            name: round(seconds, 2) for name, seconds in zip(("server", "postgres"), spent, strict=True)
        },
        "server_memory_mb_more": round(max(memory) - memory[0], 1),
    }


async def _token(database: str) -> str:
    """A new one for each query: ten a minute are the limit of one."""
    store = Store(database, size=1)
    await store.open()
    new = await tokens.create(store, secrets.token_hex(8), 1, operator="bench")
    await store.close()
    return new.token


def _headers(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}


def _spent(here: Exporting) -> tuple[float, float]:
    return cpu_seconds(here.server.pid), cpu_seconds(here.postgres_pid)


@contextmanager
def _memory_watched(server: GapServer) -> Iterator[list[float]]:
    """Megabytes of the server's processes, again and again; the first is from before."""
    seen = [server.memory_mb()]
    over = threading.Event()

    def watch() -> None:
        while not over.wait(SAMPLE_SECONDS):
            seen.append(server.memory_mb())

    watching = threading.Thread(target=watch)
    watching.start()
    try:
        yield seen
    finally:
        over.set()
        watching.join()


def _read_slowly(here: Exporting, seconds: float) -> dict[str, Any]:
    """A byte a second of everything: what does it hold, and is the next one served?"""
    body = json.dumps({"sql": QUERIES["seven columns"], "format": "jsonl"}).encode()
    headers = _headers(asyncio.run(_token(here.database))) | {
        "Host": "bench",
        "Content-Length": str(len(body)),
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    with socket.create_connection(("127.0.0.1", here.server.port)) as reader:
        reader.sendall(f"POST {PATH} HTTP/1.1\r\n{lines}\r\n".encode() + body)
        held, taken = [], 0
        until = None
        while until is None or time.monotonic() < until:
            taken += len(reader.recv(1))
            until = until or time.monotonic() + seconds
            held.append(asyncio.run(_connections(here.database)))
            time.sleep(1)
        next_one = _asked(here, "select count(*) from sessions", "jsonl")
    return {
        "bytes_read": taken,
        "connections_of_the_export_held": max(held),
        "another_query_meanwhile_seconds": next_one["seconds_to_spool"],
    }


async def _connections(database: str) -> int:
    db = await asyncpg.connect(database)
    count: int = await db.fetchval("select count(*) from pg_stat_activity where usename = $1", EXPORT)
    await db.close()
    return count


def _report(arguments: argparse.Namespace, measured: dict[str, Any], ready: float) -> None:
    result: dict[str, Any] = {
        "what": "exports over HTTP: rows a second into the spool, memory, a reader of a byte a second",
        "command": f"python -m bench.exports --rows {arguments.rows} --seconds {arguments.seconds:g}",
        **circumstances(ready),
        "load_average_after": round(os.getloadavg()[0], 1),
        "wanted_rows_a_second": WANTED_ROWS_A_SECOND,
        **measured,
    }
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "exports.json").write_text(json.dumps(result, indent=2) + "\n")
    print(json.dumps(result, indent=2))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--postgres", type=Path)
    return parser.parse_args()


if __name__ == "__main__":
    main()
