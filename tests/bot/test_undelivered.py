"""The outbox where Telegram refuses, is slow or away, and where the bot dies."""

from datetime import timedelta

import httpx

from gap_server.bot.outbox import AFTER_TROUBLE
from gap_server.play import outbox
from gap_server.store.engine import Store
from tests.bot.mail import Send, a_message_for, a_willing, change, may_write_to, states
from tests.doubles.fake_bot_api import FakeBotApi, Refusal
from tests.playing import Player


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
