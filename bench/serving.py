"""The real `gap-server serve`, its processes counted: what they take of processor, memory and connections."""

import os
import re
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Final, Self

import psutil

PROGRAM: Final = Path(sys.executable).parent / "gap-server"
IS_READY: Final = re.compile(r"gap-server (?:is ready:|listens at) http://127\.0\.0\.1:\d+")
START_SECONDS: Final = 60


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


class GapServer:
    """`gap-server serve` as operators run it, with settings of a bench's own. `settings`: without GAP_."""

    def __init__(self, database: str, model_url: str, *, workers: int = 2, **settings: object) -> None:
        self.port = free_port()
        self.metrics_port = free_port()
        self._folder = tempfile.TemporaryDirectory(prefix="gap-bench-")
        self._log = Path(self._folder.name) / "log"
        given = {
            "database_url": database,
            "bot_key": secrets.token_hex(32),
            "vlm_urls": model_url,
            "vlm_model": "bench",
            "vlm_max_in_flight": 10_000,
            "metrics_port": self.metrics_port,
            "log_level": "warning",
        } | settings
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("GAP_")}
        self._environment = inherited | {f"GAP_{name.upper()}": str(v) for name, v in given.items()}
        self._command = [str(PROGRAM), "serve", "--workers", str(workers), "--port", str(self.port)]

    def __enter__(self) -> Self:
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                self._command, cwd=self._folder.name, env=self._environment, stdout=log, stderr=log
            )
        for _ in range(START_SECONDS * 20):
            if IS_READY.search(self.log):
                return self
            if self._process.poll() is not None:
                break
            time.sleep(0.05)
        self._process.kill()
        raise RuntimeError(f"the server did not start: {self.log[-2000:]}")

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait(60)
        self._folder.cleanup()

    @property
    def log(self) -> str:
        return self._log.read_text(errors="replace")

    @property
    def pid(self) -> int:
        return self._process.pid

    def workers(self) -> list[psutil.Process]:
        """The processes that serve, oldest first."""
        children = psutil.Process(self.pid).children()
        return sorted((c for c in children if "spawn_main" in _command_line(c)), key=lambda c: c.pid)

    def cpu_seconds(self) -> float:
        return cpu_seconds(self.pid)

    def memory_mb(self) -> float:
        """Of all workers together."""
        return sum(worker.memory_info().rss for worker in self.workers()) / 2**20


def _command_line(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.Error:  # it has just died
        return ""


def cpu_seconds(pid: int) -> float:
    """Processor time of a process, of its children, and of those that have ended."""
    process = psutil.Process(pid)
    total = 0.0
    for each in (process, *process.children(recursive=True)):
        with suppress(psutil.NoSuchProcess):
            times = each.cpu_times()
            total += times.user + times.system + times.children_user + times.children_system
    return total


def postmaster(folder: Path) -> int:
    """The process id of the embedded Postgres in a folder."""
    return int((folder / "postgres" / "postmaster.pid").read_text().splitlines()[0])
