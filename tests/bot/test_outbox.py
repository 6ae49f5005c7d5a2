"""The outbox: who hears what, and what happens when Telegram refuses, is slow or away."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
from telegram.ext import ExtBot

from gap_server.bot.deps import BotDeps
from gap_server.bot.outbox import AFTER_TROUBLE, send_due
from gap_server.i18n import LANGUAGES
from gap_server.operate import moderation
from gap_server.play import inbox, outbox, telegram_account
from gap_server.store import outbox as stored
from gap_server.store.engine import Store
from gap_server.store.outbox import FRIEND_PLAYED
from tests.bot.conftest import code_of
from tests.doubles.fake_bot_api import FakeBotApi, Refusal
from tests.playing import Player, init_data, new_player
from tests.world import administrator, moderating

EN, RU = LANGUAGES["en"], LANGUAGES["ru"]
UNWILLING = "update app.player set {} where telegram_id = 5"
STATES = (
    "select case when sent_at is not null then 'sent' when given_up_at is not null then 'given up'"
    " when due_at > now() then 'later' else 'due' end from app.outbox order by id"
)


Send = Callable[[], Awaitable[timedelta | None]]


@pytest.fixture
def send(voice: ExtBot[Any], bot_deps: BotDeps) -> Send:
    """One round of the post."""
    return lambda: send_due(voice, bot_deps)


async def states(store: Store) -> list[str]:
    async with store.connection() as db:
        return [row[0] for row in await db.fetch(STATES)]


async def a_message_for(store: Store, player: Player, kind: str = FRIEND_PLAYED) -> None:
    async with store.connection() as db:
        await db.execute(
            "insert into app.outbox (player_id, kind, content) values ($1, $2, '{}')",
            UUID(player.me["id"]),
            kind,
        )


async def may_write_to(store: Store, player: Player) -> bool:
    async with store.connection() as db:
        return await stored.wants_messages(db, UUID(player.me["id"]))


async def change(store: Store, sql: str) -> None:
    async with administrator(store) as db:
        await db.execute(sql)


@pytest.fixture
async def willing(client: httpx.AsyncClient, store: Store) -> Player:
    """A player to whom the bot may write."""
    return await a_willing(client, store, 5)


async def a_willing(client: httpx.AsyncClient, store: Store, telegram_id: int) -> Player:
    player = await new_player(client, telegram_id)
    async with store.connection() as db:
        await stored.meet(db, telegram_id)
    return player


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


async def test_who_shut_the_bot_out_is_written_to_no_more(
    client: httpx.AsyncClient,
    willing: Player,
    store: Store,
    send: Send,
    telegram: FakeBotApi,
) -> None:
    other = await a_willing(client, store, 6)
    for player in (willing, willing, other):
        await a_message_for(store, player)
    telegram.refuse(
        "sendMessage", Refusal(403, "Forbidden: bot was blocked by the user", chat_id=5, times=-1)
    )
    await send()
    await send()
    assert await states(store) == ["given up", "given up", "sent"]
    assert len(telegram.made("refused:sendMessage")) <= 2
    assert not await may_write_to(store, willing)
    assert await may_write_to(store, other)


async def test_who_never_started_the_bot_is_left_alone(
    willing: Player, store: Store, send: Send, telegram: FakeBotApi
) -> None:
    await a_message_for(store, willing)
    telegram.refuse("sendMessage", Refusal(400, "Bad Request: chat not found"))
    await send()
    assert await states(store) == ["given up"]
    assert not await may_write_to(store, willing)


async def test_a_message_that_telegram_refuses_is_given_up_and_the_others_go_on(
    client: httpx.AsyncClient,
    willing: Player,
    store: Store,
    send: Send,
    telegram: FakeBotApi,
) -> None:
    await a_message_for(store, willing)
    await a_message_for(store, willing, kind="of_a_later_version")
    await a_message_for(store, await a_willing(client, store, 6))
    telegram.refuse("sendMessage", Refusal(400, "Bad Request: message is too long", chat_id=5))
    await send()
    assert await states(store) == ["given up", "given up", "sent"]
    assert await may_write_to(store, willing)


async def test_whom_telegram_says_to_leave_alone_for_a_while_waits_alone(
    client: httpx.AsyncClient, willing: Player, store: Store, send: Send, telegram: FakeBotApi
) -> None:
    for player in (willing, await a_willing(client, store, 6)):
        await a_message_for(store, player)
    telegram.refuse("sendMessage", Refusal(429, "Too Many Requests", {"retry_after": 77}, chat_id=5))
    assert await send() is None
    assert await states(store) == ["later", "sent"]


async def test_when_telegram_says_so_of_one_after_another_everything_waits_as_long_as_it_says(
    client: httpx.AsyncClient,
    willing: Player,
    store: Store,
    send: Send,
    telegram: FakeBotApi,
) -> None:
    for player in (willing, *[await a_willing(client, store, n) for n in (6, 7, 8)]):
        await a_message_for(store, player)
    telegram.refuse("sendMessage", Refusal(429, "Too Many Requests", {"retry_after": 77}, times=3))
    assert await send() == timedelta(seconds=77)
    assert await states(store) == ["later"] * 4
    assert len(telegram.made("refused:sendMessage")) == 3
    async with store.connection() as db:
        waits = await db.fetch("select due_at - now() as wait from app.outbox")
    assert all(timedelta(seconds=60) < row["wait"] <= timedelta(seconds=77) for row in waits)
    await change(store, "update app.outbox set due_at = now()")
    await send()
    assert await states(store) == ["sent"] * 4


async def test_a_telegram_that_is_away_is_waited_for_longer_and_longer(
    willing: Player, store: Store, send: Send, telegram: FakeBotApi
) -> None:
    await a_message_for(store, willing)
    telegram.down = True
    waits = []
    for _ in range(10):
        await change(store, "update app.outbox set due_at = now()")
        assert await send() == AFTER_TROUBLE
        async with store.connection() as db:
            waits.append(
                await db.fetchval("select ceil(extract(epoch from due_at - now()) / 30)::int from app.outbox")
            )
    assert waits == [1, 2, 4, 8, 16, 32, 64, 120, 120, 120], "half minutes, however long it took to look"
    telegram.down = False
    telegram.refuse("sendMessage", Refusal(502, "Bad Gateway"))
    for expected in ("later", "sent"):
        await change(store, "update app.outbox set due_at = now()")
        await send()
        assert await states(store) == [expected]


async def test_old_news_is_given_up(willing: Player, store: Store, send: Send, telegram: FakeBotApi) -> None:
    await a_message_for(store, willing)
    await change(store, "update app.outbox set created_at = now() - interval '49 hours'")
    await send()
    assert await states(store) == ["given up"]
    assert telegram.made("sendMessage") == []


async def test_a_message_under_way_is_nobody_elses(willing: Player, store: Store) -> None:
    for _ in range(40):
        await a_message_for(store, willing)
    first, second, third = await outbox.due(store), await outbox.due(store), await outbox.due(store)
    assert (len(first), len(second), third) == (25, 15, [])
    assert not {message.id for message in first} & {message.id for message in second}


async def test_a_bot_that_died_leaves_its_messages_to_the_next(willing: Player, store: Store) -> None:
    await a_message_for(store, willing)
    (message,) = await outbox.due(store)
    await change(store, "update app.outbox set due_at = due_at - interval '5 minutes'")
    (again,) = await outbox.due(store)
    assert (again.id, message.attempts, again.attempts) == (message.id, 1, 2)


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
