"""The real `gap-server` as a process of its own: started, watched, stopped or killed, and its output kept."""

import asyncio
import os
import re
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any, Self

import asyncpg
import httpx
import psutil

from tests.playing import BOT_TOKEN

PROGRAM = Path(sys.executable).parent / "gap-server"
LISTENS = re.compile(r"gap-server (?:is ready:|listens at) (http://\S+)")
FROM_A_TERMINAL = ("setsid", "--ctty", "env", "--default-signal=HUP")
"""A window's shell leaves SIGHUP alone. Tests under `nohup` would hand on that it is ignored, and the server,
which respects that, would outlive its window."""
"""Everything as often as the issue says, and not as often as there is time for in every run."""


PATIENCE_SECONDS = 480
"""For all that comes in its own time, however busy the machine is: what hangs is found out, and no more."""


class ServerProcess:
    """`gap-server ARGUMENTS` in an empty folder, with no settings but those given.

    The same object may be started again and again; `output` is what all its processes wrote. Leaving the
    `with` kills what is left of them.
    """

    program = PROGRAM

    def __init__(self, *arguments: str, **settings: object) -> None:
        self._arguments = arguments
        self.settings = {"GAP_BOT_TOKEN": BOT_TOKEN} | {
            f"GAP_{k.upper()}": str(v) for k, v in settings.items()
        }
        self._folder = TemporaryDirectory(prefix="gap-outside-")
        self.folder = Path(self._folder.name)
        self._process: subprocess.Popen[bytes] | None = None
        self._offset = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process is not None:
            children = _children(self._process.pid)
            self._process.kill()
            self._process.wait()
            for child in children:
                child.kill()
        self._folder.cleanup()

    @property
    def output(self) -> str:
        return self._log.read_text(errors="replace") if self._log.exists() else ""

    @property
    def pid(self) -> int:
        return self._running.pid

    def start(self, on: int | None = None) -> Self:
        """`on`: the terminal that it is started from, where that matters. Its words go to `output` still."""
        from_terminal = FROM_A_TERMINAL if on is not None else ()
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("GAP_")}
        self._offset = len(self.output)
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [*from_terminal, self.program, *self._arguments],
                cwd=self.folder,
                env=inherited | {"TMPDIR": str(self.folder)} | self.settings,
                stdin=subprocess.DEVNULL if on is None else on,
                stdout=log,
                stderr=log,
            )
        return self

    async def ready(self) -> str:
        """Wait until it says where it listens, and give that; whether it can serve players or not."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not (said := LISTENS.search(self.output, self._offset)):
                assert self._running.poll() is None, f"it ended: {self.output[-3000:]}"
                await asyncio.sleep(0.02)
        return said[1]

    async def ended(self) -> int:
        """Wait until it has ended by itself, and give its exit status."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while (status := self._running.poll()) is None:  # noqa: ASYNC110  # processes have no events
                await asyncio.sleep(0.02)
        return status

    async def stop(self) -> int:
        self._running.send_signal(signal.SIGTERM)
        return await self.ended()

    def kill(self) -> None:
        """`kill -9`, and nothing else."""
        self._running.kill()
        self._running.wait()

    def children(self) -> list[psutil.Process]:
        return _children(self.pid)

    def workers(self) -> list[psutil.Process]:
        """The Python processes that it has spawned: those that serve, or draw."""
        return [child for child in self.children() if "spawn_main" in command_line(child)]

    @property
    def _running(self) -> subprocess.Popen[bytes]:
        assert self._process is not None, "it was never started"
        return self._process

    @property
    def _log(self) -> Path:
        return self.folder / "output"


def _children(pid: int) -> list[psutil.Process]:
    try:
        return psutil.Process(pid).children(recursive=True)
    except psutil.NoSuchProcess:
        return []


def command_line(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.Error:  # it is gone, or a zombie
        return ""


def postmaster_of(folder: Path) -> int | None:
    """The process id of the Postgres that runs in a data folder now; None while there is none."""
    try:
        first = (folder / "postgres" / "postmaster.pid").read_text().splitlines()[0]
        is_it = str(folder) in " ".join(psutil.Process(int(first)).cmdline())
    except (OSError, IndexError, ValueError, psutil.Error):
        return None
    return int(first) if is_it else None


@contextmanager
def data_folder() -> Iterator[Path]:
    """A folder for an embedded Postgres, which is killed at the end where it still runs."""
    with TemporaryDirectory(prefix="gap-outside-", ignore_cleanup_errors=True) as name:
        folder = Path(name) / "data"
        try:
            yield folder
        finally:
            if (pid := postmaster_of(folder)) is not None:
                os.kill(pid, signal.SIGQUIT)
                psutil.wait_procs([psutil.Process(pid)] if psutil.pid_exists(pid) else [], timeout=10)


@asynccontextmanager
async def visitor(url: str, **options: Any) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the API at `url`, who lets go of idle connections before the server does (five seconds)."""
    limits = httpx.Limits(max_connections=None, keepalive_expiry=2)
    async with httpx.AsyncClient(
        base_url=f"{url}/api/v1", timeout=PATIENCE_SECONDS, limits=limits, **options
    ) as client:
        yield client


@asynccontextmanager
async def sql(url: str) -> AsyncIterator[Any]:
    """A look into the database past the server."""
    connection = await asyncpg.connect(url)
    try:
        yield connection
    finally:
        await connection.close()


async def copy_images(source_url: str, target_url: str) -> None:
    """Stock a migrated database with another's images, instead of drawing them anew."""
    async with sql(source_url) as source, sql(target_url) as target:
        for table in ("image", "image_bytes"):
            rows = await source.fetch(f"select * from app.{table}")  # noqa: S608  # the names above
            records = [tuple(row) for row in rows]
            await target.copy_records_to_table(table, schema_name="app", records=records)


async def until(condition: Any) -> None:
    """Wait until an async condition holds. Raises TimeoutError."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not await condition():  # noqa: ASYNC110  # conditions of many kinds, none with an event
            await asyncio.sleep(0.1)
