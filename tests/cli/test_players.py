"""gap-server players: what it says, what it does, and that it is written down."""

import asyncio
from typing import Any

import asyncpg
import pytest
from typer.testing import CliRunner, Result

from gap_server.app import assemble
from gap_server.cli import app
from gap_server.demo.answerer import DemoModel
from gap_server.game.rules import CONSENT_VERSION
from gap_server.store.engine import Store
from gap_server.store.roles import GAME, with_login
from tests.playing import BOT_TOKEN, Player, new_player
from tests.world import client_of, make_deps


@pytest.fixture
def run(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("GAP_DATABASE_URL", with_login(database_url, GAME))
    monkeypatch.setenv("GAP_BOT_TOKEN", BOT_TOKEN)

    async def run(*arguments: str) -> Result:
        return await asyncio.to_thread(CliRunner().invoke, app, ["players", *arguments])

    return run


async def someone(store: Store) -> Player:
    async with client_of(assemble(make_deps(store, DemoModel()))) as client:
        player = await new_player(client, 4242)
        await player.play_session()
    return player


async def deeds(url: str) -> list[tuple[Any, ...]]:
    connection = await asyncpg.connect(url)
    rows = await connection.fetch("select action, operator from app.operator_action order by id")
    await connection.close()
    return [tuple(row) for row in rows]


async def test_show_tells_what_is_known_and_what_was_done(run: Any, store: Store, database_url: str) -> None:
    player = await someone(store)
    assert (await run("ban", "4242", "--by", "eve")).exit_code == 0
    shown = (await run("show", "4242", "--by", "ann")).stdout
    told = dict(line.split(maxsplit=1) for line in shown.splitlines())
    assert told["id"] == player.me["id"]
    assert (told["points"], told["sessions"], told["questions"], told["tokens"]) == ("100", "1", "10", "1")
    assert told["consent_version"] == str(CONSENT_VERSION)
    assert told["banned_at"] != "-"
    assert "players ban, by eve" in shown
    assert await deeds(database_url) == [("players ban", "eve"), ("players show", "ann")]


async def test_erase_deletes_everything_of_a_player(run: Any, store: Store, database_url: str) -> None:
    await someone(store)
    tried = await run("erase", "4242", "--dry-run")
    assert "Nothing was changed" in tried.stderr
    assert (await run("erase", "4242", "--by", "eve")).exit_code == 0
    assert [action for action, _ in await deeds(database_url)] == ["players show", "players erase"]
    async with store.connection() as db:
        for table in ("player", "question", "access_token", "consent"):
            assert await db.fetchval(f"select count(*) from app.{table}") == 0, table  # noqa: S608  # names above
        assert await db.fetchval("select count(*) from app.departed") == 1
    assert (await run("erase", "4242")).exit_code != 0


async def test_a_dry_run_bans_nobody(run: Any, store: Store) -> None:
    await someone(store)
    assert "would be banned" in (await run("ban", "4242", "--dry-run")).stderr
    async with store.connection() as db:
        assert await db.fetchval("select banned_at from app.player") is None


async def test_what_is_so_already_is_said_and_signs_nobody_out(
    run: Any, store: Store, database_url: str
) -> None:
    await someone(store)
    assert "is not banned" in (await run("unban", "4242")).stderr
    assert "tokens           1" in (await run("show", "4242")).stdout
    assert (await run("ban", "4242")).exit_code == 0
    again = await run("ban", "4242")
    assert "is banned already" in again.stderr
    assert again.exit_code == 0
    assert [action for action, _ in await deeds(database_url)] == ["players show", "players ban"]


async def test_nobody_is_found_under_an_unknown_id(run: Any) -> None:
    for command in ("show", "ban", "unban", "erase"):
        result = await run(command, "99")
        assert "99" in str(result.exception), command
