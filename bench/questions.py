"""Questions answered per second over HTTP: gap-server against a bare Starlette + asyncpg program, same SQL.

    python -m bench.questions [--players 1500] [--connections 32] [--turns 5]

Both in turn in one run, each turn on a fresh copy of the same database, with a model that answers at once.
Prints the medians and the ratio, and writes them with the machine and the command to bench/results/.
"""

import argparse
import asyncio
import json
import os
import platform
import secrets
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

import asyncpg
import psutil

from bench.crowd import Asking, gather
from bench.load import Load, run
from gap_server.store.embedded import embedded_postgres
from gap_server.store.migrations import migrate
from gap_server.store.roles import GAME, with_login

RESULTS = Path(__file__).parent / "results"
TEMPLATE = "bench_template"
PROGRAMS = {"gap-server": "bench.instant:app", "bare Starlette + asyncpg": "bench.peer:app"}


@dataclass(frozen=True, slots=True)
class Turn:
    """One program's turn. `cpu_ms`: processor time of the server itself, a question."""

    load: Load
    cpu_ms: float
    memory_mb: float
    round_trips: float


def main() -> None:
    arguments = _arguments()
    with tempfile.TemporaryDirectory(prefix="gap-bench-") as folder, embedded_postgres(Path(folder)) as url:
        asyncio.run(_administer(url, f"create database {TEMPLATE}"))
        template = _database(url, TEMPLATE)
        migrate(template)
        askings = gather(template, arguments.players)
        turns: dict[str, list[Turn]] = {name: [] for name in PROGRAMS}
        for n in range(arguments.turns):
            for name, program in PROGRAMS.items():
                turns[name].append(_turn(url, program, askings, arguments.connections))
                print(f"turn {n + 1}: {name}: {turns[name][-1].load.per_second:.0f} questions/s", flush=True)
    _report(arguments, turns)


def _turn(url: str, program: str, askings: list[Asking], connections: int) -> Turn:
    name = f"bench_{secrets.token_hex(4)}"
    asyncio.run(_administer(url, f"create database {name} template {TEMPLATE}", "checkpoint"))
    database = _database(url, name)
    try:
        with _Server(program, with_login(database, GAME)) as server:
            asyncio.run(run(server.port, askings[:50], connections))  # warm: code, connections, plans
            before, trips = server.cpu_seconds(), asyncio.run(_statements(database))
            load = asyncio.run(run(server.port, askings[50:], connections))
            cpu = (server.cpu_seconds() - before) / load.requests * 1000
            trips = (asyncio.run(_statements(database)) - trips) / load.requests
            return Turn(load, cpu, server.memory_mb(), trips)
    finally:
        asyncio.run(_administer(url, f"drop database {name} with (force)"))


class _Server:
    """A program under uvicorn, one process."""

    def __init__(self, program: str, database: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        command = [sys.executable, "-m", "uvicorn", "--factory", program, "--port", str(self.port)]
        options = ["--no-access-log", "--log-level", "warning", "--loop", "uvloop", "--http", "httptools"]
        self._process = subprocess.Popen(
            [*command, *options], env={**os.environ, "BENCH_DATABASE_URL": database}
        )

    def __enter__(self) -> Self:
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return self
            time.sleep(0.1)
        raise RuntimeError("the server did not start")

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait(30)

    def cpu_seconds(self) -> float:
        times = psutil.Process(self._process.pid).cpu_times()
        return times.user + times.system

    def memory_mb(self) -> float:
        return psutil.Process(self._process.pid).memory_info().rss / 2**20


async def _statements(url: str) -> float:
    """Transactions that the database has seen: each statement of ours is one, and one round trip."""
    await asyncio.sleep(1.5)  # backends report their counts about once a second
    db = await asyncpg.connect(url)
    count = await db.fetchval(
        "select xact_commit + xact_rollback from pg_stat_database where datname = current_database()"
    )
    await db.close()
    return float(count)


async def _administer(url: str, *statements: str) -> None:
    db = await asyncpg.connect(url)
    for statement in statements:
        await db.execute(statement)
    await db.close()


def _database(url: str, name: str) -> str:
    before, _, after = url.partition("?")
    return f"{before.rpartition('/')[0]}/{name}?{after}"


def _report(arguments: argparse.Namespace, turns: dict[str, list[Turn]]) -> None:
    summary = {name: _medians(of_one) for name, of_one in turns.items()}
    ours, theirs = (turns[name] for name in PROGRAMS)
    ratios = [a.load.per_second / b.load.per_second for a, b in zip(ours, theirs, strict=True)]
    result: dict[str, Any] = {
        "what": "questions answered per second over HTTP, with a model that answers at once",
        "command": f"python -m bench.questions --players {arguments.players}"
        f" --connections {arguments.connections} --turns {arguments.turns}",
        "at": f"{datetime.now(UTC):%Y-%m-%d}",
        "machine": f"{os.cpu_count()} cores, {platform.machine()}, Linux {platform.release()},"
        f" Python {platform.python_version()}, Postgres 18",
        "programs": summary,
        "ratio": {
            "median": round(statistics.median(ratios), 3),
            "all": [round(r, 3) for r in ratios],
        },
    }
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "questions.json").write_text(json.dumps(result, indent=2) + "\n")
    print(json.dumps(result, indent=2))


def _medians(turns: list[Turn]) -> dict[str, float]:
    def median(values: list[float], digits: int) -> float:
        return round(statistics.median(values), digits)

    return {
        "questions_per_second": median([t.load.per_second for t in turns], 1),
        "p50_ms": median([t.load.percentile(0.5) * 1000 for t in turns], 2),
        "p99_ms": median([t.load.percentile(0.99) * 1000 for t in turns], 2),
        "server_cpu_ms_per_question": median([t.cpu_ms for t in turns], 3),
        "round_trips_per_question": median([t.round_trips for t in turns], 2),
        "memory_mb": median([t.memory_mb for t in turns], 1),
    }


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--players", type=int, default=1500)
    parser.add_argument("--connections", type=int, default=32)
    parser.add_argument("--turns", type=int, default=5)
    return parser.parse_args()


if __name__ == "__main__":
    main()
