"""Being forgotten through the bot: asked first, then everything, or all but the questions."""

from uuid import UUID

import httpx
import pytest

from gap_server.i18n import LANGUAGES
from gap_server.store.engine import Store
from tests.bot.conftest import buttons_under, rows_of
from tests.doubles.fake_bot_api import FakeBotApi
from tests.playing import new_player

EN = LANGUAGES["en"]
COUNT = "select count(*) from app.{} where player_id = $1"


async def test_forgetting_is_asked_first(
    telegram: FakeBotApi, client: httpx.AsyncClient, store: Store
) -> None:
    await new_player(client, 5)
    await telegram.say(5, "/forgetme")
    message = await telegram.answered(5)
    assert message["text"] == EN.forget_ask
    assert [b["callback_data"] for b in buttons_under(message)] == [
        "forget:erase",
        "forget:keep",
        "forget:cancel",
    ]
    await telegram.press(5, "forget:cancel")
    (edit,) = await telegram.until(lambda: telegram.made("editMessageText"))
    assert edit["text"] == EN.forget_cancelled
    assert len(await rows_of(store, 5)) == 1
    assert telegram.made("answerCallbackQuery")


pytestmark = pytest.mark.usefixtures("bot")


async def everything_of(store: Store, player_id: UUID) -> dict[str, int]:
    """How many rows name the player, table by table."""
    async with store.connection() as db:
        tables = await db.fetch(
            "select table_name from information_schema.columns where table_schema = 'app'"
            " and column_name = 'player_id'"
        )
        counts = {t[0]: await db.fetchval(COUNT.format(t[0]), player_id) for t in tables}
        counts["player"] = await db.fetchval("select count(*) from app.player where id = $1", player_id)
    return {table: count for table, count in counts.items() if count}


async def test_who_wants_everything_deleted_leaves_nothing(
    telegram: FakeBotApi, client: httpx.AsyncClient, store: Store
) -> None:
    player = await new_player(client, 5)
    await player.play_session()
    await player.next(await player.start())
    assert len(await everything_of(store, UUID(player.me["id"]))) > 5
    await telegram.press(5, "forget:erase", language="ru")
    (edit,) = await telegram.until(lambda: telegram.made("editMessageText"))
    assert edit["text"] == EN.forget_erased
    assert "reply_markup" not in edit
    assert await everything_of(store, UUID(player.me["id"])) == {}
    assert (await player.call_("GET", "/me")).status_code == 401


async def test_who_leaves_the_questions_leaves_no_name(
    telegram: FakeBotApi, client: httpx.AsyncClient, store: Store
) -> None:
    player = await new_player(client, 5)
    await player.play_session()
    await player.next(await player.start())
    await telegram.press(5, "forget:keep")
    (edit,) = await telegram.until(lambda: telegram.made("editMessageText"))
    assert edit["text"] == EN.forget_kept
    assert await rows_of(store, 5) == []
    assert await everything_of(store, UUID(player.me["id"])) == {}
    async with store.connection() as db:
        row = await db.fetchrow("select * from app.player")
        sessions = await db.fetch("select state from app.session where player_id = $1", row["id"])
    assert (row["telegram_id"], row["name"], row["may_message"]) == (None, None, False)
    assert sorted(s["state"] for s in sessions) == ["expired", "finished"]


async def test_a_button_pressed_twice_finds_nobody(telegram: FakeBotApi, client: httpx.AsyncClient) -> None:
    await new_player(client, 5)
    await telegram.press(5, "forget:erase")
    await telegram.until(lambda: telegram.made("editMessageText"))
    await telegram.press(5, "forget:erase")
    _, second = await telegram.until(lambda: len(e := telegram.made("editMessageText")) > 1 and e)
    assert second["text"] == EN.forget_nobody
