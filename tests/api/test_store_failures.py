"""What clients and the log hear when the database does not do what it was asked."""

import httpx
from structlog.testing import capture_logs

from gap_server.store.engine import Store
from tests.playing import new_player, refusal
from tests.world import administrator


async def test_a_wrong_statement_at_head_is_our_error_and_logged_as_such(
    client: httpx.AsyncClient, store: Store
) -> None:
    player = await new_player(client)
    async with administrator(store) as db:
        await db.execute("alter table app.player rename column show_on_leaderboard to another")
    with capture_logs() as lines:
        response = await player.call_("GET", "/me")
    assert refusal(response) == (500, "internal_error")
    (line,) = lines
    assert (line["log_level"], line["error"]) == ("error", "UndefinedColumnError")
    assert "gap_server/store/" in line["where"]


async def test_the_same_words_of_a_database_behind_are_a_migration_that_is_missing(
    client: httpx.AsyncClient, store: Store
) -> None:
    player = await new_player(client)
    async with administrator(store) as db:
        await db.execute("alter table app.player rename column show_on_leaderboard to another")
        await db.execute("update app.alembic_version set version_num = '20261123_tables'")
    with capture_logs() as lines:
        response = await player.call_("GET", "/me")
    assert refusal(response) == (503, "store_unavailable")
    assert "gap-server migrate" in response.json()["detail"]
    assert [line["cause"] for line in lines] == ["UndefinedColumnError"]
