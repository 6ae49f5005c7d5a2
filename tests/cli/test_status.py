"""gap-server status: what it says of a game that runs, and of each thing that is missing."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from typer.testing import CliRunner, Result

from gap_server.cli import app
from gap_server.store import contact
from gap_server.store.engine import Store
from gap_server.store.roles import GAME, with_login
from tests.doubles.faulty_model import FaultyModel
from tests.playing import BOT_TOKEN, new_player
from tests.world import administer, administrator


@pytest.fixture
async def run(database_url: str, store: Store, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Any]:
    """The command, in a deployment where all is well; the bot has just heard of Telegram."""
    async with store.connection() as db:
        await contact.tell(db, 20.0, None, None)

    async def run() -> Result:
        return await asyncio.to_thread(CliRunner().invoke, app, ["status"])

    async with FaultyModel() as model:
        monkeypatch.setenv("GAP_DATABASE_URL", with_login(database_url, GAME))
        monkeypatch.setenv("GAP_BOT_TOKEN", BOT_TOKEN)
        monkeypatch.setenv("GAP_VLM_URLS", model.url)
        monkeypatch.setenv("GAP_VLM_MODEL", "m")
        yield run


def told(result: Result) -> dict[str, str]:
    """What is said of each thing, mark and advice included."""
    found: dict[str, str] = {}
    what = ""
    for line in result.stdout.splitlines()[:-1]:
        if line.startswith(("✓", "✗")):
            mark, what, said = line.split(maxsplit=2)
            found[what] = f"{mark} {said}"
        else:
            found[what] += line
    return found


async def test_where_all_is_well_each_thing_is_ticked(run: Any) -> None:
    result = await run()
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    found = told(result)
    things = "settings database migrations disk catalogue sweeper bot backup sessions research model"
    assert list(found) == things.split()
    assert {said[0] for said in found.values()} == {"✓"}
    assert "last reached Telegram 2" in found["bot"]
    assert "24 simple, 20 complex: enough for 4 sessions" in found["catalogue"]
    assert result.stdout.splitlines()[-1] == "Players can play."
    assert result.exit_code == 0


async def test_what_a_newer_version_brought_turns_nobody_away(run: Any, store: Store) -> None:
    async with administrator(store) as db:
        await db.execute("update app.alembic_version set version_num = 'of_tomorrow'")
    result = await run()
    assert told(result)["migrations"].startswith("✓ at of_tomorrow, of a newer version")
    assert result.exit_code == 0


@pytest.mark.parametrize(
    ("statement", "what", "todo"),
    [
        (
            "update app.alembic_version set version_num = '20261123_tables'",
            "migrations",
            "-> gap-server migrate",
        ),
        ("drop table app.alembic_version", "migrations", "-> gap-server migrate"),
        ("update app.image set retired_at = now() where pool = 'simple'", "catalogue", "-> import images"),
    ],
)
async def test_what_turns_players_away_is_crossed_out_with_what_to_do(
    run: Any, store: Store, statement: str, what: str, todo: str
) -> None:
    async with administrator(store) as db:
        await db.execute(statement)
    result = await run()
    found = told(result)
    assert [name for name, said in found.items() if said[0] == "✗"] == [what]
    assert todo in found[what]
    assert found["model"].startswith("✓"), "one thing that is missing hides no other"
    assert result.stdout.splitlines()[-1] == "Players are turned away."
    assert result.exit_code == 1


@pytest.mark.parametrize(
    ("name", "value", "what"),
    [
        ("GAP_VLM_URLS", "", "settings"),
        ("GAP_VLM_URLS", "http://127.0.0.1:1", "model"),
        ("GAP_DATABASE_URL", "postgresql://gap_game@127.0.0.1:1/gap", "database"),
    ],
)
async def test_so_is_a_setting_that_is_missing_or_leads_nowhere(
    run: Any, monkeypatch: pytest.MonkeyPatch, name: str, value: str, what: str
) -> None:
    monkeypatch.setenv(name, value)
    result = await run()
    assert told(result)[what].startswith("✗")
    assert name in told(result)[what]
    assert result.exit_code == 1


async def test_what_only_operators_suffer_from_is_crossed_out_and_turns_nobody_away(
    run: Any, client: httpx.AsyncClient, store: Store, database_url: str
) -> None:
    player = await new_player(client)
    await player.next(await player.start())
    async with administrator(store) as db:
        await db.execute(
            "update app.round set opened_at = opened_at - interval '1 hour',"
            " deadline_at = deadline_at - interval '1 hour' where state = 'open'"
        )
        await db.execute(
            "insert into app.outbox (player_id, kind, content, due_at)"
            " select id, 'find_confirmed', '{}', now() - interval '1 hour' from app.player"
        )
    await administer(database_url, "select pg_create_physical_replication_slot('gap_backup', true)")
    try:
        result = await run()
    finally:
        await administer(database_url, "select pg_drop_replication_slot('gap_backup')")
    found = told(result)
    assert [name for name, said in found.items() if said[0] == "✗"] == ["sweeper", "bot", "backup"]
    assert "gap-server serve" in found["sweeper"]
    assert "does not get through" in found["bot"]
    assert "gap-server backup --follow" in found["backup"]
    assert "1 are being played" in found["sessions"]
    assert result.exit_code == 0


@pytest.mark.parametrize(
    ("reached", "failed", "failure", "said", "todo"),
    [
        (
            None,
            5.0,
            "ConnectError",
            "never reached Telegram, failed to 5 s ago (ConnectError)",
            "gap-server bot",
        ),
        (1000.0, 5.0, "401 Unauthorized", "17 minutes ago, failed to 5 s ago (401 Unauth", "gap-server bot"),
        (1000.0, 2000.0, "ReadTimeout", "last reached Telegram 17 minutes ago; 0 messages", "gap-server bot"),
        (30.0, 5.0, "409 Conflict", "Telegram 30 s ago, failed to 5 s ago (409 Conflict)", "tries again"),
    ],
    ids=["never", "no more", "silent", "just now"],
)
async def test_a_bot_that_does_not_reach_telegram_is_crossed_out(  # noqa: PLR0917  # what it tells, and what is said
    run: Any, store: Store, reached: float | None, failed: float, failure: str, said: str, todo: str
) -> None:
    async with administrator(store) as db:
        await db.execute("delete from app.bot_contact")
        await contact.tell(db, reached, failed, failure)
    result = await run()
    found = told(result)
    assert [name for name, line in found.items() if line[0] == "✗"] == ["bot"]
    assert said in found["bot"]
    assert todo in found["bot"]
    assert result.exit_code == 0


async def test_so_is_one_that_nobody_ever_started(run: Any, store: Store) -> None:
    async with administrator(store) as db:
        await db.execute("delete from app.bot_contact")
    found = told(await run())
    assert found["bot"].startswith("✗ none has been at work here yet; 0 messages")
    assert "gap-server bot" in found["bot"]
