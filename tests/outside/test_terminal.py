"""What a terminal does to those who were started from it: closed, or Ctrl-C pressed once and again."""

import os
import pty
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.outside.server_process import ServerProcess, data_folder, postmaster_of, until

pytestmark = pytest.mark.skipif(not shutil.which("setsid"), reason="needs setsid, of util-linux")
CTRL_C = b"\x03"


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with data_folder() as folder:
        yield folder


class Terminal:
    """`end`: what a program is started on."""

    def __init__(self) -> None:
        self._ours, self.end = pty.openpty()

    def press(self, key: bytes) -> None:
        os.write(self._ours, key)

    def close(self) -> None:
        """As a window is: whoever was started from it is told by SIGHUP."""
        if self._ours >= 0:
            os.close(self.end)
            os.close(self._ours)
            self._ours = -1


@contextmanager
def terminal() -> Iterator[Terminal]:
    opened = Terminal()
    try:
        yield opened
    finally:
        opened.close()


def serve(folder: Path, workers: int) -> ServerProcess:
    """A server on an embedded Postgres that nobody has migrated: what is needed to see it start and end."""
    return ServerProcess(
        *("serve", "--port", "0", "--workers", str(workers)),
        data_dir=folder,
        vlm_urls="http://127.0.0.1:1",
        vlm_model="m",
    )


async def test_a_terminal_that_is_closed_leaves_nothing_running(folder: Path) -> None:
    with terminal() as window, serve(folder, workers=1) as server:
        await server.start(on=window.end).ready()
        assert postmaster_of(folder) is not None
        window.close()
        assert await server.ended() == 0
        assert "Traceback" not in server.output
    assert postmaster_of(folder) is None


@pytest.mark.parametrize("workers", [1, 2])
async def test_ctrl_c_and_again_ends_in_order_and_without_a_traceback(folder: Path, workers: int) -> None:
    with terminal() as window, serve(folder, workers) as server:
        await server.start(on=window.end).ready()
        window.press(CTRL_C)
        window.press(CTRL_C)
        assert await server.ended() in {0, 128 + signal.SIGINT}
        assert "Traceback" not in server.output
    assert postmaster_of(folder) is None


async def test_ctrl_c_while_workers_start_is_heard_by_their_parent_alone(folder: Path) -> None:
    async def start() -> bool:
        return len(server.workers()) == 2

    with terminal() as window, serve(folder, workers=2) as server:
        server.start(on=window.end)
        await until(start)
        window.press(CTRL_C)
        assert await server.ended() == 0
        assert "Traceback" not in server.output
    assert postmaster_of(folder) is None


async def test_sighup_brings_in_fresh_workers_and_ends_all_once_the_terminal_is_closed(folder: Path) -> None:
    async def are_others() -> bool:
        now = set(server.workers())
        return len(now) == 2 and not now & before

    with terminal() as window, serve(folder, workers=2) as server:
        await server.start(on=window.end).ready()
        before = set(server.workers())
        assert len(before) == 2
        os.kill(server.pid, signal.SIGHUP)
        await until(are_others)
        window.close()
        assert await server.ended() == 0
        assert "Traceback" not in server.output
    assert postmaster_of(folder) is None


async def test_ctrl_c_and_again_while_pictures_are_drawn_leaves_nothing_running(folder: Path) -> None:
    async def draws() -> bool:
        return len(server.workers()) > 0

    with terminal() as window, ServerProcess("demo", "--port", "0", "--data", str(folder)) as server:
        server.start(on=window.end)
        await until(draws)
        window.press(CTRL_C)
        window.press(CTRL_C)
        assert await server.ended() == 128 + signal.SIGINT
        assert "Traceback" not in server.output
        assert server.children() == []
    assert postmaster_of(folder) is None
