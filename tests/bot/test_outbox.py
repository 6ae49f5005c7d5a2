"""The outbox: who hears what, and what happens when Telegram refuses, is slow or away."""

from uuid import UUID

import httpx
import pytest

from gap_server.bot.deps import BotDeps
from gap_server.i18n import LANGUAGES
from gap_server.operate import moderation
from gap_server.play import inbox, outbox, telegram_account
from gap_server.store.engine import Store
from tests.bot.conftest import code_of
from tests.bot.mail import Send, a_message_for, change, states
from tests.doubles.fake_bot_api import FakeBotApi
from tests.playing import Player, init_data, new_player
from tests.world import moderating

EN, RU = LANGUAGES["en"], LANGUAGES["ru"]
UNWILLING = "update app.player set {} where telegram_id = 5"


async def invited(client: httpx.AsyncClient, store: Store, by: Player, telegram_id: int) -> Player:
    """A friend who came by the player's link, `?startapp=CODE`."""
    signed = init_data(telegram_id, start_param=await code_of(store, by))
    await client.post("/auth/telegram", json={"init_data": signed})
    return await new_player(client, telegram_id)


async def test_the_inviter_hears_of_a_friends_first_game_once_and_no_name(
    client: httpx.AsyncClient,
    willing: Player,
    store: Store,
    send: Send,
    telegram: FakeBotApi,
) -> None:
    friend = await invited(client, store, willing, 6)
    assert await states(store) == []
    await friend.play_session()
    await friend.play_session()
    assert await states(store) == ["due"]
    assert await send() is None
    assert await states(store) == ["sent"]
    (message,) = telegram.made("sendMessage")
    assert (message["chat_id"], message["text"]) == (5, EN.friend_played)
    assert await send() is None
    assert len(telegram.made("sendMessage")) == 1


async def test_games_after_the_first_are_no_news(
    client: httpx.AsyncClient, willing: Player, store: Store
) -> None:
    friend = await invited(client, store, willing, 6)
    await friend.play_session()
    await change(store, "update app.outbox set created_at = now() - interval '2 days'")
    await friend.play_session()
    await friend.next(await friend.start())
    await friend.call_("DELETE", "/me/consent")
    assert len(await states(store)) == 1


async def test_many_friends_in_a_day_are_one_message(
    client: httpx.AsyncClient, willing: Player, store: Store
) -> None:
    for telegram_id in (6, 7):
        await (await invited(client, store, willing, telegram_id)).play_session()
    assert await states(store) == ["due"]


async def test_the_challenger_hears_once_a_day_that_the_challenge_was_played(
    client: httpx.AsyncClient, willing: Player, store: Store, send: Send, telegram: FakeBotApi
) -> None:
    code = (await willing.play_session("wrong"))["challenge_code"]
    for telegram_id in (6, 7):
        friend = await new_player(client, telegram_id)
        session = await friend.start("challenge", challenge=code)
        assert await states(store) == (["due"] if telegram_id == 7 else [])
        await friend.play_session("right", session)
    assert await states(store) == ["due"]
    await send()
    (message,) = telegram.made("sendMessage")
    assert message["chat_id"] == 5
    assert message["text"] == EN.challenge_played.format(theirs=0, yours=100)
    await change(store, "update app.outbox set created_at = now() - interval '2 days'")
    await change(store, "update app.player set muted_at = now() where telegram_id = 5")
    friend = await new_player(client, 8)
    await friend.play_session("right", await friend.start("challenge", challenge=code))
    assert await states(store) == ["sent"], "as muted as others"


async def test_an_unfinished_game_is_no_news(
    client: httpx.AsyncClient, willing: Player, store: Store
) -> None:
    friend = await invited(client, store, willing, 6)
    await friend.next(await friend.start())
    await friend.call_("DELETE", "/me/consent")
    assert await states(store) == []


@pytest.mark.parametrize("unwilling", ["may_message = false", "muted_at = now()", "banned_at = now()"])
async def test_nothing_is_written_for_who_has_not_allowed_it(
    client: httpx.AsyncClient, willing: Player, store: Store, unwilling: str
) -> None:
    await change(store, UNWILLING.format(unwilling))
    await (await invited(client, store, willing, 6)).play_session()
    assert await states(store) == []


@pytest.mark.parametrize("unwilling", ["may_message = false", "muted_at = now()", "banned_at = now()"])
async def test_nothing_is_sent_to_who_has_changed_their_mind(
    willing: Player, store: Store, send: Send, telegram: FakeBotApi, unwilling: str
) -> None:
    await a_message_for(store, willing)
    await change(store, UNWILLING.format(unwilling))
    await send()
    assert await states(store) == ["given up"]
    assert telegram.made("sendMessage") == []


async def test_a_message_speaks_the_players_language(
    willing: Player, store: Store, send: Send, telegram: FakeBotApi
) -> None:
    await willing.call("PATCH", "/me", {"language": "ru"})
    await a_message_for(store, willing)
    await send()
    assert telegram.said_to(5)[0]["text"] == RU.friend_played
    buttons = [b for row in telegram.said_to(5)[0]["reply_markup"]["inline_keyboard"] for b in row]
    assert buttons[-1] == {"text": RU.messages_stop, "callback_data": "messages:stop"}


async def test_old_news_is_given_up(willing: Player, store: Store, send: Send, telegram: FakeBotApi) -> None:
    await a_message_for(store, willing)
    await change(store, "update app.outbox set created_at = now() - interval '49 hours'")
    await send()
    assert await states(store) == ["given up"]
    assert telegram.made("sendMessage") == []


async def test_being_muted_drops_what_waits(willing: Player, store: Store, bot_deps: BotDeps) -> None:
    await a_message_for(store, willing)
    await telegram_account.allow_messages(bot_deps, UUID(willing.me["id"]), allowed=False)
    assert await states(store) == ["given up"]
    await telegram_account.allow_messages(bot_deps, UUID(willing.me["id"]), allowed=True)
    assert await outbox.due(store) == []


async def test_what_was_sent_is_forgotten_in_time(willing: Player, store: Store) -> None:
    for _ in range(2):
        await a_message_for(store, willing)
    (first, _) = await outbox.due(store)
    await outbox.sent(store, first)
    assert await inbox.take(store, 1, 1, "{}")
    await outbox.tidy(store)
    assert await states(store) == ["sent", "later"]
    await change(
        store, "update app.outbox set sent_at = now() - interval '31 days' where sent_at is not null"
    )
    await change(store, "update app.bot_update set claimed_at = now() - interval '4 days'")
    await outbox.tidy(store)
    assert await states(store) == ["later"]
    assert await inbox.take(store, 1, 1, "{}")


async def test_a_ban_ends_the_news(willing: Player, store: Store) -> None:
    await a_message_for(store, willing)
    await moderation.ban(moderating(store), 5)
    assert await outbox.due(store) == []
    assert await states(store) == ["given up"]
