"""Questions answered per second over HTTP: gap-server against a bare Starlette + asyncpg program, same SQL.

    python -m bench.questions [--players 1500] [--connections 32] [--turns 5]

Both in turn in one run, each turn on a fresh copy of the same database, with a model that answers at once, in
the process itself, and at the wire: a server of its own that gap-server asks by its real client. Medians and
ratios are printed, and written with the machine, the versions and the command to bench/results/.
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
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, Self, TypeAlias

import asyncpg
import psutil

from bench.crowd import Asking, gather
from bench.load import Load, run
from bench.statements import per_question
from gap_server.store.embedded import embedded_postgres
from gap_server.store.migrations import migrate
from gap_server.store.roles import GAME, with_login

RESULTS = Path(__file__).parent / "results"
TEMPLATE = "bench_template"
VERSIONS_OF = ("fastapi", "starlette", "uvicorn", "uvloop", "httptools", "asyncpg", "aiohttp")
OURS, PEER = "gap-server", "bare Starlette + asyncpg"
PROGRAMS = {
    "in the process": {OURS: "bench.instant:app", PEER: "bench.peer:app"},
    "at the wire": {OURS: "bench.instant:wire_app", PEER: "bench.peer:wire_app"},
}
"""By where the model is."""

Turns: TypeAlias = dict[str, dict[str, list["Turn"]]]


@dataclass(frozen=True, slots=True)
class Turn:
    """One program's turn. `cpu_ms`: processor time of the server itself, a question."""

    load: Load
    cpu_ms: float
    memory_mb: float


def main() -> None:
    arguments = _arguments()
    with tempfile.TemporaryDirectory(prefix="gap-bench-") as folder, embedded_postgres(Path(folder)) as url:
        asyncio.run(_administer(url, f"create database {TEMPLATE}"))
        template = _database(url, TEMPLATE)
        migrate(template)
        askings = gather(template, arguments.players)
        with _copy(url) as database:
            statements = asyncio.run(per_question(database, askings[0]))
        with _model_server() as model_url:
            turns = _turns(url, model_url, askings, arguments)
    _report(arguments, turns, statements)


def _turns(url: str, model_url: str, askings: list[Asking], arguments: argparse.Namespace) -> Turns:
    turns: Turns = {where: {name: [] for name in programs} for where, programs in PROGRAMS.items()}
    for n in range(arguments.turns):
        for where, programs in PROGRAMS.items():
            for name, program in programs.items():
                turn = _turn(url, model_url, program, askings, arguments.connections)
                turns[where][name].append(turn)
                rate, cost = f"{turn.load.per_second:.0f} questions/s", f"{turn.cpu_ms:.2f} ms"
                print(f"turn {n + 1}, model {where}: {name}: {rate}, {cost} each", flush=True)
    return turns


def _turn(url: str, model_url: str, program: str, askings: list[Asking], connections: int) -> Turn:
    with _copy(url) as database, _Server(program, database, model_url) as server:
        asyncio.run(run(server.port, askings[:50], connections))  # warm: code, connections, plans
        before = server.cpu_seconds()
        load = asyncio.run(run(server.port, askings[50:], connections))
        cpu = (server.cpu_seconds() - before) / load.requests * 1000
        return Turn(load, cpu, server.memory_mb())


@contextmanager
def _copy(url: str) -> Iterator[str]:
    """The template anew, for the game's login."""
    name = f"bench_{secrets.token_hex(4)}"
    asyncio.run(_administer(url, f"create database {name} template {TEMPLATE}", "checkpoint"))
    try:
        yield with_login(_database(url, name), GAME)
    finally:
        asyncio.run(_administer(url, f"drop database {name} with (force)"))


@contextmanager
def _model_server() -> Iterator[str]:
    command = [sys.executable, "-m", "bench.model_server"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield str(process.stdout.readline() if process.stdout else "").strip()
        finally:
            process.terminate()


class _Server:
    """A program under uvicorn, one process."""

    def __init__(self, program: str, database: str, model_url: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        command = [sys.executable, "-m", "uvicorn", "--factory", program, "--port", str(self.port)]
        options = ["--no-access-log", "--log-level", "warning", "--loop", "uvloop", "--http", "httptools"]
        self._process = subprocess.Popen(
            [*command, *options],
            env={**os.environ, "BENCH_DATABASE_URL": database, "BENCH_MODEL_URL": model_url},
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


async def _administer(url: str, *statements: str) -> None:
    db = await asyncpg.connect(url)
    for statement in statements:
        await db.execute(statement)
    await db.close()


def _database(url: str, name: str) -> str:
    before, _, after = url.partition("?")
    return f"{before.rpartition('/')[0]}/{name}?{after}"


def _report(arguments: argparse.Namespace, turns: Turns, statements: float) -> None:
    result: dict[str, Any] = {
        "what": "questions answered per second over HTTP, with a model that answers at once",
        "command": f"python -m bench.questions --players {arguments.players}"
        f" --connections {arguments.connections} --turns {arguments.turns}",
        "at": f"{datetime.now(UTC):%Y-%m-%d}",
        "machine": f"{os.cpu_count()} cores, {platform.machine()}, Linux {platform.release()}",
        "versions": {"python": platform.python_version(), "postgres": "18"}
        | {name: version(name) for name in ("gap-server", *VERSIONS_OF)},
        "statements_per_question": statements,
        "model": {where: _compared(of_programs) for where, of_programs in turns.items()},
    }
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "questions.json").write_text(json.dumps(result, indent=2) + "\n")
    print(json.dumps(result, indent=2))


def _compared(turns: dict[str, list[Turn]]) -> dict[str, Any]:
    pairs = list(zip(turns[OURS], turns[PEER], strict=True))
    rates = [ours.load.per_second / peer.load.per_second for ours, peer in pairs]
    costs = [peer.cpu_ms / ours.cpu_ms for ours, peer in pairs]
    return {
        "programs": {name: _medians(of_one) for name, of_one in turns.items()},
        "ratio": {"median": round(statistics.median(rates), 3), "all": [round(r, 3) for r in rates]},
        "ratio_of_processor_time": {
            "median": round(statistics.median(costs), 3),
            "all": [round(r, 3) for r in costs],
        },
    }


def _medians(turns: list[Turn]) -> dict[str, float]:
    def median(values: list[float], digits: int) -> float:
        return round(statistics.median(values), digits)

    return {
        "questions_per_second": median([t.load.per_second for t in turns], 1),
        "p50_ms": median([t.load.percentile(0.5) * 1000 for t in turns], 2),
        "p99_ms": median([t.load.percentile(0.99) * 1000 for t in turns], 2),
        "server_cpu_ms_per_question": median([t.cpu_ms for t in turns], 3),
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
