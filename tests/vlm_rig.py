"""A real vLLM server for tests, from the rig that stands beside the checkout; where it is absent, tests skip."""

import contextlib
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

RIG = Path(__file__).parents[2] / "shared/rig/vllm-here.sh"
FOLDER = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "vllm-here"
MODEL = "vlm"


@dataclass(slots=True)
class RealVLLM:
    """A running server. `folder` keeps its installation between runs; `port` is this run's own."""

    folder: Path
    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    def up(self) -> None:
        """30 to 60 seconds, and as long again for the first installation."""
        started = subprocess.run(
            ["bash", RIG, "up", self.folder, str(self.port)],  # noqa: S607  # bash, wherever it is
            check=False,
            capture_output=True,
            text=True,
            timeout=600,
        )
        if started.returncode != 0:
            raise RuntimeError(f"vLLM did not start: {started.stderr[-2_000:]}")

    def down(self) -> None:
        """SIGTERM to the server alone, and wait until it has gone."""
        pid = self.pid
        if pid is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)
        (self.folder / "server.pid").unlink(missing_ok=True)
        for _ in range(300):
            if not _lives(pid):
                return
            time.sleep(0.1)
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)

    @property
    def pid(self) -> int | None:
        file = self.folder / "server.pid"
        return int(file.read_text()) if file.exists() else None


@contextlib.contextmanager
def real_vllm() -> Iterator[RealVLLM]:
    """Started anew and taken down at the end. Skips the test where the rig is not here.

    With `extra_body={"structured_outputs": {"choice": [...]}}` the random model answers in words.
    """
    if not RIG.exists():
        pytest.skip("the rig with a real vLLM is not here")
    server = RealVLLM(FOLDER, _free_port())
    server.up()
    try:
        yield server
    finally:
        server.down()


def _lives(pid: int) -> bool:
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
