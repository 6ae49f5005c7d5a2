"""The game through PgBouncer in transaction mode, with the settings that docs/operating.md tells operators.

Each statement of a server may meet another connection to Postgres than the one before it.
"""

import asyncio
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from gap_server.store.postgres_programs import programs_for
from gap_server.store.roles import GAME, SESSION_SETTINGS
from tests.doubles.faulty_model import FaultyModel
from tests.outside.server_process import PATIENCE_SECONDS, ServerProcess, sql, until, visitor
from tests.playing import new_player
from tests.world import ROOT

KNOWS_PREPARED_STATEMENTS = (1, 21)
PLAYERS = 6
CONNECTIONS = 3
"""To Postgres; the server has ten to PgBouncer."""


def _version() -> tuple[int, ...]:
    """Of the PgBouncer that is installed; none where there is none."""
    if (program := shutil.which("pgbouncer")) is None:
        return ()
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
    return tuple(map(int, re.findall(r"\d+", said.splitlines()[0])))


VERSION = _version()
pytestmark = [
    pytest.mark.skipif(not VERSION, reason="PgBouncer is not installed"),
    pytest.mark.skipif(
        bool(VERSION) and VERSION < KNOWS_PREPARED_STATEMENTS,
        reason=f"PgBouncer {'.'.join(map(str, VERSION))} is too old: it knows no prepared statements",
    ),
]


def told_settings() -> str:
    """What docs/operating.md tells operators to set."""
    guide = (ROOT / "docs" / "operating.md").read_text()
    found = re.search(r"```ini\n(\s*pool_mode.*?)```", guide, re.DOTALL)
    assert found, "the guide says how to set PgBouncer"
    return "\n".join(line.partition("#")[0].strip() for line in found[1].splitlines())


@contextmanager
def pgbouncer(url: str, port: int) -> Iterator[str]:
    """The address of the same database through a PgBouncer."""
    pgdata = Path(parse_qs(urlsplit(url).query)["host"][0]).resolve()
    name = urlsplit(url).path.strip("/")
    account = programs_for(pgdata).account
    with TemporaryDirectory(prefix="gap-pgbouncer-") as folder:
        Path(folder).chmod(0o755)
        settings, log = Path(folder) / "pgbouncer.ini", Path(folder) / "log"
        settings.write_text(
            f"[databases]\n{name} = host=/proc/self/cwd user={GAME}\n[pgbouncer]\n{told_settings()}\n"
            f"listen_addr = 127.0.0.1\nlisten_port = {port}\nunix_socket_dir =\nauth_type = any\n"
            f"default_pool_size = {CONNECTIONS}\n"
        )
        with log.open("wb") as output:
            pooler = subprocess.Popen(  # as Postgres itself, in whose folder the socket is
                [shutil.which("pgbouncer") or "pgbouncer", str(settings)],
                cwd=pgdata,
                stdout=output,
                stderr=output,
                user=account.pw_uid if account else None,
                group=account.pw_gid if account else None,
            )
        try:
            yield f"postgresql://{GAME}@127.0.0.1:{port}/{name}"
        finally:
            pooler.terminate()
            pooler.wait(PATIENCE_SECONDS)
        assert "ERROR" not in log.read_text(), log.read_text()


@pytest.fixture
def pooled_url(database_url: str, port: int) -> Iterator[str]:
    with pgbouncer(database_url, port) as url:
        yield url


async def test_whole_sessions_are_played_through_it_on_fewer_connections(
    pooled_url: str, database_url: str
) -> None:
    async with FaultyModel() as model:
        with ServerProcess(
            "serve", port=0, database_url=pooled_url, vlm_urls=model.url, vlm_model="m", database_pool=10
        ) as server:
            url = await server.start().ready()

            async def is_ready() -> bool:
                async with httpx.AsyncClient(base_url=url, timeout=60) as client:
                    return (await client.get("/readyz")).status_code == 200

            await until(is_ready)
            async with visitor(url) as client, sql(database_url) as db:
                players = [await new_player(client, n) for n in range(1, PLAYERS + 1)]
                playing = asyncio.gather(*(player.play_session() for player in players))
                most = 0
                while not playing.done():
                    count = "select count(*) from pg_stat_activity where datname = current_database()"
                    most = max(most, await db.fetchval(f"{count} and usename = $1", GAME))
                    await asyncio.sleep(0.05)
                assert [result["score"] for result in await playing] == [100] * PLAYERS
                assert 1 < most <= CONNECTIONS
                unfinished = (
                    "select count(*) from app.question where state <> 'answered' or judgement is null"
                )
                assert await db.fetchval(unfinished) == 0
            async with sql(pooled_url) as through_it:
                for name, value in SESSION_SETTINGS.items():
                    held = await through_it.fetchval("select current_setting($1)", name)
                    assert held == value, f"{name}: the login has what PgBouncer lets not through"
            assert "Traceback" not in server.output
            assert await server.stop() == 0
