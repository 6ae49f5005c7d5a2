"""The restore drill: the power goes while people play, and the game comes back from its backup folder."""

import asyncio
import os
import random
import signal
from contextlib import AsyncExitStack, ExitStack
from datetime import UTC, datetime
from pathlib import Path

import psutil
import pytest

from gap_server.operate.audit import note_restore
from gap_server.store.embedded import embedded_postgres
from tests.doubles.faulty_model import FaultyModel
from tests.outside.server_process import (
    ServerProcess,
    copy_images,
    data_folder,
    postmaster_of,
    sql,
    until,
    visitor,
)
from tests.outside.test_kills import migrated
from tests.playing import new_player

AT_RISK_SECONDS = 60


async def test_a_lost_disk_costs_a_minute_at_most_and_any_moment_comes_back(
    template: str, tmp_path: Path
) -> None:
    backups = tmp_path / "backups"
    with data_folder() as folder, ExitStack() as running:
        url = await asyncio.to_thread(migrated, folder)
        running.enter_context(embedded_postgres(folder))
        await copy_images(template, url)
        stream = running.enter_context(ServerProcess("backup", str(backups), "--follow", data_dir=folder))
        stream.start()
        await until(lambda: has_backup(backups))
        async with AsyncExitStack() as play:
            model = await play.enter_async_context(FaultyModel())
            server = running.enter_context(
                ServerProcess("serve", data_dir=folder, port=0, vlm_urls=model.url, vlm_model="m")
            )
            client = await play.enter_async_context(visitor(await server.start().ready()))
            assert (await (await new_player(client, 1)).play_session())["score"] == 100
            moment, then = await points_now(url)
            await asyncio.sleep(1.1)  # the moment to come back to is told in whole seconds
            assert (await (await new_player(client, 2)).play_session())["score"] == 100
            await asyncio.sleep(random.uniform(0, 0.5))
            last, before_the_cut = await points_now(url)
            cut_the_power(server, stream, folder)

        restored, at = await restored_points(backups, tmp_path / "then", moment)
        assert restored == then == 100
        assert at <= moment
        restored, at = await restored_points(backups, tmp_path / "last", None)
        assert 100 <= restored <= before_the_cut == 200
        assert (last - at).total_seconds() <= AT_RISK_SECONDS


async def has_backup(backups: Path) -> bool:
    return any((backups / "base").glob("*T*Z")) and any((backups / "wal").iterdir())


async def points_now(url: str) -> tuple[datetime, int]:
    """The next whole second, and the ledger's sum."""
    async with sql(url) as db:
        points = await db.fetchval("select coalesce(sum(points), 0) from app.points")
        now: datetime = await db.fetchval(
            "select date_trunc('second', clock_timestamp()) + interval '1 second'"
        )
    return now.astimezone(UTC), points


def cut_the_power(server: ServerProcess, stream: ServerProcess, folder: Path) -> None:
    """Nothing gets the time to close anything."""
    children = stream.children()
    postgres = psutil.Process(postmaster_of(folder) or 0)
    for process in (postgres, *postgres.children(), *children):
        process.send_signal(signal.SIGKILL)
    stream.kill()
    server.kill()


async def restored_points(backups: Path, data: Path, moment: datetime | None) -> tuple[int, datetime]:
    """Restore as an operator does, start on it, and give the ledger's sum and when it last grew."""
    # for root, the embedded Postgres runs as a user of its own
    owner = ["--owner", "pgserver"] if os.geteuid() == 0 else []
    wanted = ["--until", moment.strftime("%Y-%m-%dT%H:%M:%S")] if moment else []
    with ServerProcess(
        "restore", str(backups), str(data / "postgres"), *wanted, *owner, "--by", "o'eve\\"
    ) as restoring:
        assert await restoring.start().ended() == 0, restoring.output

    with embedded_postgres(data) as url:
        async with sql(url) as db:

            async def is_open() -> bool:
                return not await db.fetchval("select pg_is_in_recovery()")

            await until(is_open)
            for _ in range(2):  # as each migration does: the second finds it written down
                await note_restore(url)
            deeds = await db.fetch("select action, operator, about from app.operator_action order by done_at")
            assert [deed["action"] for deed in deeds] == ["backup", "restore"]
            assert deeds[1]["operator"] == "o'eve\\"
            assert Path(deeds[0]["about"]).name in deeds[1]["about"]
            row = await db.fetchrow(
                "select coalesce(sum(points), 0) as points, max(s.ended_at) as at"
                " from app.points p join app.session s on s.id = p.session_id"
            )
    return row["points"], row["at"]


@pytest.mark.parametrize("wanted", [[], ["--until", "2020-01-01T00:00:00"]])
async def test_a_restore_from_nothing_says_so(tmp_path: Path, wanted: list[str]) -> None:
    with ServerProcess("restore", str(tmp_path), str(tmp_path / "new"), *wanted) as restoring:
        assert await restoring.start().ended() == 2
        assert "has no base backup" in restoring.output
        assert not (tmp_path / "new").exists()


async def test_a_restore_never_writes_over_anything(tmp_path: Path) -> None:
    (tmp_path / "base" / "20261125T000000Z").mkdir(parents=True)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "file").touch()
    with ServerProcess("restore", str(tmp_path), str(tmp_path / "mine")) as restoring:
        assert await restoring.start().ended() == 2
        assert "is not empty" in restoring.output
    assert (tmp_path / "mine" / "file").exists()
