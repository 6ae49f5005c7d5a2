"""A real vLLM server for tests, from the rig beside the checkout; where that is absent, tests skip."""

import contextlib
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

RIG = Path(__file__).parents[2] / "shared/rig/vllm-here.sh"
FOLDER = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "vllm-here"
MODEL = "vlm"
STOPS = {"stop_token_ids": [257, 258]}  # the tiny model's own; it refuses Llama's as out of its vocabulary


@dataclass(slots=True)
class RealVLLM:
    """A running server. `folder` keeps its installation between runs; `port` is this run's own."""

    folder: Path
    port: int
    pid: int | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    def up(self, arguments: str = "") -> None:
        """30 to 60 seconds, and longer for the first installation."""
        started = subprocess.run(
            ["bash", RIG, "up", self.folder, str(self.port)],  # noqa: S607  # bash, wherever it is
            check=False,
            capture_output=True,
            text=True,
            timeout=800,
            env=os.environ | {"VLLM_HERE_ARGS": arguments},
        )
        if started.returncode != 0:
            raise RuntimeError(f"vLLM did not start: {started.stderr[-2_000:]}")
        self.pid = int((self.folder / "server.pid").read_text())

    def terminate(self) -> None:
        if self.pid is not None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGTERM)

    def down(self) -> None:
        """SIGTERM to this server alone, and wait until it has gone."""
        self.terminate()
        for _ in range(1200):
            if self.pid is None or not _lives(self.pid):
                self.pid = None
                return
            time.sleep(0.1)
        raise RuntimeError(f"vLLM, process {self.pid}, does not go")


@contextlib.contextmanager
def real_vllm(arguments: str = "") -> Iterator[RealVLLM]:
    """Started anew, with more `arguments` for vLLM, and taken down at the end. Skips where there is no rig.

    It serves MODEL, which is random and small: see `choosing` for how it answers in words.
    """
    if not RIG.exists():
        pytest.skip("the rig with a real vLLM is not here")
    server = RealVLLM(FOLDER, _free_port())
    server.up(arguments)
    try:
        yield server
    finally:
        server.down()


@pytest.fixture(scope="module")
def vllm() -> Iterator[RealVLLM]:
    """One real vLLM server for all tests of a file; told to stop, it stops at once."""
    with real_vllm("--shutdown-timeout 0") as server:
        yield server


def choosing(*answers: str) -> dict[str, Any]:
    """What goes into `extra_body` (or GAP_VLM_EXTRA_BODY) for the random model to answer one of `answers`."""
    return STOPS | {"structured_outputs": {"choice": list(answers)}}


def _lives(pid: int) -> bool:
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
