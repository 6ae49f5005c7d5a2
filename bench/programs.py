"""What a bench runs against: a program under uvicorn on a fresh copy of one database, and a model server."""

import asyncio
import os
import platform
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, Self

import asyncpg
import psutil

from bench.crowd import Asking
from bench.load import Load, run
from gap_server.store.roles import GAME, with_login

RESULTS = Path(__file__).parent / "results"
TEMPLATE = "bench_template"
VERSIONS_OF = ("fastapi", "starlette", "uvicorn", "uvloop", "httptools", "asyncpg", "aiohttp")


@dataclass(frozen=True, slots=True)
class Turn:
    """One program's turn. `cpu_ms`: processor time of the server itself, a question."""

    load: Load
    cpu_ms: float
    memory_mb: float


def turn(  # noqa: PLR0917  # what is compared, against what, and how
    url: str,
    model_url: str,
    program: str,
    askings: list[Asking],
    connections: int,
    spread_seconds: float = 0.0,
) -> Turn:
    with copy_of_template(url) as database, Server(program, database, model_url) as server:
        asyncio.run(run(server.port, askings[:50], connections, spread_seconds))  # warm: code, plans
        before = server.cpu_seconds()
        load = asyncio.run(run(server.port, askings[50:], connections, spread_seconds))
        cpu = (server.cpu_seconds() - before) / load.requests * 1000
        return Turn(load, cpu, server.memory_mb())


@contextmanager
def copy_of_template(url: str) -> Iterator[str]:
    """The template anew, for the game's login."""
    name = f"bench_{secrets.token_hex(4)}"
    asyncio.run(administer(url, f"create database {name} template {TEMPLATE}", "checkpoint"))
    try:
        yield with_login(database_of(url, name), GAME)
    finally:
        asyncio.run(administer(url, f"drop database {name} with (force)"))


@contextmanager
def model_server(seconds: float = 0.0, port: int = 0) -> Iterator[str]:
    """Its address; it answers each question after so many seconds. `port`: whichever is free by default."""
    command = [sys.executable, "-m", "bench.model_server", "--seconds", str(seconds), "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield str(process.stdout.readline() if process.stdout else "").strip()
        finally:
            process.terminate()


class Server:
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


async def administer(url: str, *statements: str) -> None:
    db = await asyncpg.connect(url)
    for statement in statements:
        await db.execute(statement)
    await db.close()


def database_of(url: str, name: str) -> str:
    before, _, after = url.partition("?")
    return f"{before.rpartition('/')[0]}/{name}?{after}"


def circumstances(ready: float) -> dict[str, Any]:
    """Where and with what a result was taken. `ready`: the load average (processes) before it began."""
    return {
        "at": f"{datetime.now(UTC):%Y-%m-%d}",
        "machine": f"{os.cpu_count()} cores, {platform.machine()}, Linux {platform.release()}",
        "shared_with_others": ready > 1,
        "load_average_before": round(ready, 1),
        "versions": {"python": platform.python_version(), "postgres": "18"}
        | {name: version(name) for name in ("gap-server", *VERSIONS_OF)},
    }
