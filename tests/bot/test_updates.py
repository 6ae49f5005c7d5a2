"""Updates that come twice, broken, forged, or while something is away."""

import asyncio
import json
import socket
from typing import Any

import httpx
import pytest
from telegram import Update
from telegram.ext import ExtBot

from gap_server.bot import updates
from gap_server.bot.app import AT_ONCE
from gap_server.bot.updates import SECRET_HEADER, WANTED, webhook
from gap_server.errors import SettingsError, StoreUnavailable
from gap_server.game.rules import NUMBERS
from gap_server.i18n import LANGUAGES
from gap_server.play import inbox
from gap_server.store.engine import Store
from tests.bot.conftest import Running
from tests.doubles.fake_bot_api import BOT_ID, FakeBotApi, Refusal, a_message

EN = LANGUAGES["en"]
SECRET = "the_secret_of_the_tests_webhook"
BROKEN: list[dict[str, Any]] = [
    {"message": {"message_id": "x"}},
    {"message": "not an object"},
    {"callback_query": {"id": 3}},
    {"message": {**a_message(5, "/play")["message"], "date": "yesterday"}},
    {"my_chat_member": []},
]


async def test_updates_that_cannot_be_read_do_not_hold_up_the_others(
    telegram: FakeBotApi, running: Running
) -> None:
    for broken in BROKEN:
        await telegram.bring(broken)
    await telegram.say(5, "/play")
    last = await telegram.bring(BROKEN[0])
    async with running():
        assert (await telegram.answered(5))["text"] == EN.ready.format(**NUMBERS)
        await telegram.until(lambda: telegram.made("getUpdates", offset=last["update_id"] + 1))


async def test_an_update_that_can_never_be_confirmed_is_not_asked_for_without_a_pause(
    telegram: FakeBotApi, running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its id is beyond all that Telegram gives, so it comes again with each answer, and at once."""
    monkeypatch.setattr(updates, "PAUSE_SECONDS", 3600)
    await telegram.bring({"update_id": 2**63, **a_message(5, "/play")})
    async with running():
        await telegram.until(lambda: telegram.made("getUpdates"))
        for _ in range(1000):  # turns of the loop in which all happens
            await asyncio.sleep(0)
        assert len(telegram.made("getUpdates")) == 1
        assert not telegram.said_to(5)


async def test_an_update_that_comes_again_is_answered_once(telegram: FakeBotApi, running: Running) -> None:
    telegram.forgetful = True
    await telegram.say(5, "/play")
    async with running():
        await telegram.until(lambda: len(telegram.made("getUpdates")) > 3)
    async with running():  # a bot that was restarted before it could confirm
        await telegram.say(6, "/play")
        await telegram.answered(6)
    assert len(telegram.said_to(5)) == 1
    assert len(telegram.said_to(6)) == 1


async def test_only_what_is_answered_is_asked_for(telegram: FakeBotApi, running: Running) -> None:
    async with running():
        (first, *_) = await telegram.until(lambda: telegram.made("getUpdates"))
    assert first["allowed_updates"] == WANTED
    assert telegram.made("deleteWebhook")


async def test_a_telegram_that_is_down_is_waited_for(telegram: FakeBotApi, running: Running) -> None:
    telegram.down = True
    async with running() as working:
        await telegram.until(lambda: telegram.missed > 1)
        assert not working.done()
        telegram.down = False
        await telegram.say(5, "/play")
        await telegram.answered(5)
        missed_before, telegram.down = telegram.missed, True
        await telegram.until(lambda: telegram.missed > missed_before)
        telegram.down = False
        await telegram.say(5, "/play")
        await telegram.answered(5, 2)
        await telegram.until(lambda: telegram.made("setChatMenuButton"))


async def test_when_telegram_says_slow_down_the_answer_comes_later(
    telegram: FakeBotApi, running: Running
) -> None:
    slower = Refusal(429, "Too Many Requests: retry after 1", {"retry_after": 1})
    for method in ("getMe", "setMyCommands", "sendMessage"):
        telegram.refuse(method, Refusal(slower.status, slower.description, slower.parameters))
    async with running():
        await telegram.say(5, "/play")
        await telegram.answered(5)
        await telegram.until(lambda: len(telegram.made("setMyCommands")) > 2)


async def test_who_writes_too_much_and_is_told_to_slow_down_holds_up_nobody_else(
    telegram: FakeBotApi, running: Running
) -> None:
    """Neither does the one answer halt all sending, nor do those behind it take the slots of others."""
    telegram.refuse("sendMessage", Refusal(429, "Too Many Requests", {"retry_after": 25}, chat_id=5))
    for _ in range(AT_ONCE + 8):
        await telegram.say(5, "/play")
    async with running():
        await telegram.until(lambda: telegram.made("refused:sendMessage"))
        await telegram.say(6, "/play")
        await telegram.answered(6)
        assert not telegram.said_to(5)
        telegram.refuse("sendMessage", Refusal(403, "Forbidden: enough for this test", times=-1))


async def test_what_a_bot_took_and_did_not_answer_the_next_one_answers(
    telegram: FakeBotApi, running: Running, store: Store
) -> None:
    left = {"update_id": 7, **a_message(5, "/play \0")}
    assert await inbox.take(store, BOT_ID, 7, json.dumps(left))
    for _ in range(2):
        async with running():
            await telegram.say(6, "/play")
            await telegram.answered(5)
            await telegram.until(lambda: len(telegram.said_to(6)) == len(telegram.updates))
    assert len(telegram.said_to(5)) == 1
    async with store.connection() as db:
        kept = "select count(*), count(content) from app.bot_update"
        assert tuple(await db.fetchrow(kept)) == (3, 0), "what people write is not kept"


async def test_an_update_that_kills_the_bot_again_and_again_is_left(store: Store) -> None:
    await inbox.take(store, BOT_ID, 7, "{}")
    assert [await inbox.left_behind(store, BOT_ID) for _ in range(4)] == [["{}"], ["{}"], [], []]


async def test_who_blocks_the_bot_while_it_answers_disturbs_nobody(
    telegram: FakeBotApi, running: Running
) -> None:
    telegram.refuse(
        "sendMessage", Refusal(403, "Forbidden: bot was blocked by the user", chat_id=5, times=-1)
    )
    async with running():
        await telegram.say(5, "/play")
        await telegram.say(6, "/play")
        await telegram.answered(6)


async def test_commands_that_telegram_refuses_do_not_stop_the_bot(
    telegram: FakeBotApi, running: Running
) -> None:
    telegram.refuse("setMyCommands", Refusal(400, "Bad Request: BOT_COMMAND_INVALID", times=-1))
    async with running():
        await telegram.say(5, "/play")
        await telegram.answered(5)


async def test_a_token_that_telegram_does_not_know_is_a_sentence_without_the_token(running: Running) -> None:
    token = "7000000009:ANOTHER_token_that_telegram_does_not_know_00"
    with pytest.raises(SettingsError, match="GAP_BOT_TOKEN") as caught:
        async with running(bot_token=token) as working:
            await working
    assert token not in repr(caught.value)


async def test_a_token_that_is_revoked_ends_the_bot_with_a_sentence(
    telegram: FakeBotApi, running: Running
) -> None:
    with pytest.raises(SettingsError, match="GAP_BOT_TOKEN"):
        await _revoke(telegram, running)


async def _revoke(telegram: FakeBotApi, running: Running) -> None:
    async with running() as working:
        await telegram.until(lambda: telegram.made("getUpdates"))
        telegram.token = "another"
        await working


# The webhook


@pytest.fixture
def taken() -> list[Update]:
    return []


@pytest.fixture
def hook(voice: ExtBot[Any], taken: list[Update]) -> httpx.AsyncClient:
    """Telegram's side of the webhook."""

    async def take(update: Update) -> None:
        if update.update_id == 503:
            raise StoreUnavailable("away")
        taken.append(update)

    transport = httpx.ASGITransport(webhook(voice, take, "/hook", SECRET))
    return httpx.AsyncClient(transport=transport, base_url="http://bot.test", headers={SECRET_HEADER: SECRET})


async def test_the_webhook_takes_what_telegram_brings(hook: httpx.AsyncClient, taken: list[Update]) -> None:
    response = await hook.post("/hook", json={"update_id": 7, **a_message(5, "/play")})
    assert response.status_code == 200
    assert [update.update_id for update in taken] == [7]


@pytest.mark.parametrize("secret", [b"", b"wrong", f"{SECRET}x".encode(), "каша".encode()])
async def test_the_webhook_takes_nothing_without_the_secret(
    hook: httpx.AsyncClient, taken: list[Update], secret: bytes
) -> None:
    response = await hook.post("/hook", json={"update_id": 7}, headers={SECRET_HEADER.encode(): secret})
    assert response.status_code == 403
    del hook.headers[SECRET_HEADER]
    assert (await hook.post("/hook", json={"update_id": 7})).status_code == 403
    assert taken == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"no json",
        b"[]",
        b"null",
        b"7",
        b"{}",
        b'{"update_id": null, "message": 3}',
        *(
            json.dumps({"update_id": odd, **a_message(5, "/play")}).encode()
            for odd in (2**63, -1, 7.5, True, "7", "seven")
        ),
        b"\xff\xfe",
        b"[" * 100_000,
        *(json.dumps({"update_id": 7, **broken}).encode() for broken in BROKEN),
    ],
)
async def test_a_broken_update_is_answered_with_200_and_left(
    hook: httpx.AsyncClient, taken: list[Update], body: bytes
) -> None:
    response = await hook.post("/hook", content=body)
    assert response.status_code == 200, "or Telegram brings it again and again"
    assert taken == []


async def test_what_cannot_be_claimed_is_to_come_again(hook: httpx.AsyncClient) -> None:
    response = await hook.post("/hook", json={"update_id": 503, **a_message(5, "/play")})
    assert response.status_code == 503


async def test_a_port_that_is_taken_ends_the_bot_with_a_sentence(running: Running) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other, pytest.raises(SettingsError, match="GAP_BOT_PORT"):
        async with running(**webhook_settings(other.getsockname()[1])) as working:
            await working


def webhook_settings(port: int) -> dict[str, Any]:
    return {
        "bot_webhook_url": "https://bot.test/telegram/hook",
        "bot_webhook_secret": SECRET,
        "bot_port": port,
    }


async def test_a_bot_with_a_webhook_tells_telegram_and_answers_each_update_once(
    telegram: FakeBotApi, running: Running, free_port: int
) -> None:
    settings = webhook_settings(free_port)
    async with running(**settings) as working, httpx.AsyncClient(headers={SECRET_HEADER: SECRET}) as client:
        (told,) = await telegram.until(lambda: telegram.made("setWebhook"))
        assert (told["url"], told["secret_token"]) == ("https://bot.test/telegram/hook", SECRET)
        assert told["allowed_updates"] == WANTED
        url = f"http://127.0.0.1:{free_port}/telegram/hook"
        update = {"update_id": 7, **a_message(5, "/play")}
        answers = [await _post_until_open(client, url, update, working), await client.post(url, json=update)]
        await client.post(url, json={"update_id": 8, **a_message(6, "/play")})
        await telegram.answered(6)
    assert [answer.status_code for answer in answers] == [200, 200]
    assert len(telegram.said_to(5)) == 1
    assert not telegram.made("getUpdates")


async def test_a_head_without_end_is_refused(telegram: FakeBotApi, running: Running, free_port: int) -> None:
    async with running(**webhook_settings(free_port)) as working, httpx.AsyncClient() as client:
        await telegram.until(lambda: telegram.made("setWebhook"))
        await _post_until_open(client, f"http://127.0.0.1:{free_port}/telegram/hook", {}, working)
        reader, writer = await asyncio.open_connection("127.0.0.1", free_port)
        writer.write(b"POST /telegram/hook HTTP/1.1\r\nHost: bot\r\nX: " + b"x" * 100_000)
        async with asyncio.timeout(60):
            assert (await reader.read(13)).startswith(b"HTTP/1.1 4")
        writer.close()


async def _post_until_open(
    client: httpx.AsyncClient, url: str, update: dict[str, Any], working: asyncio.Task[None]
) -> httpx.Response:
    while not working.done():
        try:
            return await client.post(url, json=update)
        except httpx.ConnectError:
            await asyncio.sleep(0.05)
    raise AssertionError("the bot has ended")
