"""A real Postgres 18 in a folder, for laptops and tests: nothing to install, nothing to configure."""

import fcntl
import os
import shlex
import shutil
import signal
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO
from urllib.parse import quote

import psutil
import structlog

from gap_server.errors import StoreUnavailable
from gap_server.store.postgres_programs import ProgramFailed, Programs, programs_for

log = structlog.get_logger()

DATABASE = "gap"
ADMINISTRATOR = "postgres"
CHECK_EVERY_SECONDS = 0.5
START_SECONDS = 60
"""After a crash Postgres first waits for what is left of its old processes, then mends its files."""

STOP_SECONDS = 60.0
PID_FILE_LINES = 8
SOCKET = ".s.PGSQL.5432"
SOCKET_PATH_BYTES = 103
"""The longest that the kernel takes: 103 on macOS, 107 on Linux."""

INITDB = (
    *("--username", ADMINISTRATOR, "--auth-local=peer", "--auth-host=reject", "--encoding=UTF8"),
    *("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions"),
)
"""The same sorting and the same letters on every machine, whatever its locale."""

WHO_COMES_IN = """\
# written by gap-server at each start: who this machine's kernel says it is, and nobody by network
local all all peer map=gap
local replication all peer map=gap
"""


@contextmanager
def embedded_postgres(folder: Path) -> Iterator[str]:
    """Run Postgres in `folder` (kept between runs) and give the superuser's address.

    It listens on a socket inside, which lets in the user who runs it and root. Where it dies, it is started
    again. Several processes may use one folder; the last to leave stops it. Raises StoreUnavailable where it
    does not start.
    """
    with _in_use(folder) as in_use:
        server = _Server(folder.resolve() / "postgres")
        stopping = threading.Event()
        watch = threading.Thread(
            target=_keep_alive, args=(server, stopping), daemon=True, name="postgres-watch"
        )
        try:
            with server.starting():
                server.initialise()
                server.start()
            watch.start()
            with _short_path(server.pgdata) as host:
                yield f"postgresql://{ADMINISTRATOR}@/{DATABASE}?host={quote(str(host))}"
        finally:
            stopping.set()
            if watch.is_alive():
                watch.join()
            if _is_last(in_use):
                server.stop()


def _in_use(folder: Path) -> IO[str]:
    """The file that each user of the folder holds, locked together with the others."""
    try:
        if not folder.exists():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
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


@contextmanager
def _short_path(pgdata: Path) -> Iterator[Path]:
    """The socket's folder by a path that the kernel takes: where it is too long, through a link of ours."""
    if _fits(pgdata):
        yield pgdata
        return
    with tempfile.TemporaryDirectory(prefix="gap-") as private:  # nobody else may look into it
        link = Path(private) / "postgres"
        if not _fits(link):
            raise StoreUnavailable(
                f"The path {pgdata} is too long for a socket: choose another GAP_DATA_DIR."
            )
        link.symlink_to(pgdata)
        yield link


def _fits(folder: Path) -> bool:
    return len(os.fsencode(folder / SOCKET)) <= SOCKET_PATH_BYTES


class _Server:
    """One data folder, and the Postgres in it."""

    def __init__(self, pgdata: Path) -> None:
        self.pgdata = pgdata
        self._programs: Programs = programs_for(pgdata)

    @contextmanager
    def starting(self) -> Iterator[None]:
        """One process at a time: the others find it started."""
        with (self.pgdata.parent / "starting").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def initialise(self) -> None:
        """Make a new database whole or not at all: one that was cut short in the making never starts."""
        if (self.pgdata / "PG_VERSION").exists():
            return
        (self.pgdata / ".handle_pids.json").unlink(missing_ok=True)  # of a start by an earlier version
        making = self.pgdata.with_name("postgres-in-the-making")
        try:
            shutil.rmtree(making, ignore_errors=True)
            making.mkdir(mode=0o700)
            self._programs.own(making)
            self._programs.run("initdb", *INITDB, pgdata=making)
            self._programs.run(
                "postgres", "--single", ADMINISTRATOR, pgdata=making, said=f"create database {DATABASE}\n"
            )
            making.rename(self.pgdata)
        except (OSError, ProgramFailed) as error:
            raise StoreUnavailable(f"No database could be made in {self.pgdata}: {error}") from error

    def start(self, is_unwanted: Callable[[], bool] = lambda: False) -> None:
        """Nothing where it runs, nor once nobody waits for it any more. Raises StoreUnavailable."""
        give_up_at = time.monotonic() + START_SECONDS
        while not (self.is_ready() or is_unwanted()):
            if time.monotonic() > give_up_at:
                raise StoreUnavailable(f"The embedded Postgres does not start; see {self.pgdata / 'log'}.")
            try:
                self._start()
            except (OSError, ProgramFailed):  # what Postgres says of it stands in that log
                time.sleep(CHECK_EVERY_SECONDS)

    def is_ready(self) -> bool:
        lines = _lines(self.pgdata / "postmaster.pid")
        is_whole = len(lines) == PID_FILE_LINES
        return is_whole and lines[-1].strip() == "ready" and self._is_postmaster(lines[0])

    def is_running(self) -> bool:
        return self._is_postmaster(self._number())

    def stop(self) -> None:
        """Ask Postgres to end, also where its start was cut short, and wait until it has."""
        number = self._number()
        if not self._is_postmaster(number):
            return
        with suppress(ProcessLookupError):
            os.kill(int(number), signal.SIGINT)  # "fast": its clients are sent away
        give_up_at = time.monotonic() + STOP_SECONDS
        while self._is_postmaster(number) and time.monotonic() < give_up_at:
            time.sleep(0.02)

    def _number(self) -> str:
        return "".join(_lines(self.pgdata / "postmaster.pid")[:1])

    def _start(self) -> None:
        self._drop_untrue_locks()
        self._write("pg_hba.conf", WHO_COMES_IN)
        names = sorted(self._programs.login_names)
        self._write("pg_ident.conf", "".join(f'gap "{name}" all\n' for name in names))
        # the last setting means nothing to Postgres: it tells whose process this is
        settings = {"unix_socket_permissions": "0700", "gap.data_folder": str(self.pgdata)}
        options = ("-h", "", "-k", ".", *(f"-c{name}={value}" for name, value in settings.items()))
        self._programs.run(
            *("pg_ctl", "start", "--wait", "--timeout", str(START_SECONDS), "--log", "log"),
            *("--options", shlex.join(options)),
            pgdata=self.pgdata,
        )

    def _write(self, name: str, text: str) -> None:
        path = self.pgdata / name
        new = path.with_suffix(".new")
        new.touch(mode=0o600)
        new.write_text(text)
        self._programs.own(new)
        new.replace(path)

    def _drop_untrue_locks(self) -> None:
        """Take away lock files that are broken off, or whose number is a zombie's or another program's now.

        They would be taken for a running server. Those of a process that is gone are left to Postgres.
        Whether a child of the old server is still at work, it finds out by the folder itself.
        """
        is_whole = len(_lines(self.pgdata / "postmaster.pid")) == PID_FILE_LINES
        for lock in (self.pgdata / "postmaster.pid", self.pgdata / f"{SOCKET}.lock"):
            number = "".join(_lines(lock)[:1])
            pid = int(number) if number.isdigit() else 0
            if (psutil.pid_exists(pid) or not is_whole) and not self._is_postmaster(number):
                lock.unlink(missing_ok=True)

    def _is_postmaster(self, number: str) -> bool:
        """A zombie is none: it counts as running to who only asks for its number."""
        if not number.isdigit():
            return False
        try:
            words = psutil.Process(int(number)).cmdline()
        except psutil.AccessDenied:
            return True
        except psutil.Error:
            return False
        return any(word == str(self.pgdata) or word.endswith(f"={self.pgdata}") for word in words)


def _keep_alive(server: _Server, stopping: threading.Event) -> None:
    while not stopping.wait(CHECK_EVERY_SECONDS):
        try:  # also the look itself: out of file handles, say, it fails, and the watch goes on
            if server.is_running():
                continue
            with server.starting():
                if server.is_running():
                    continue
                log.warning("embedded Postgres has died, starting it again")
                server.start(stopping.is_set)
        except (OSError, StoreUnavailable) as error:
            log.warning("embedded Postgres did not start, it is tried again", reason=str(error))


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text().splitlines()
    except FileNotFoundError:
        return []
