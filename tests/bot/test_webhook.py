"""What is brought to the webhook: genuine, forged, broken, without end."""

import asyncio
import json
import socket
from typing import Any

import httpx
import pytest
from telegram import Update
from telegram.ext import ExtBot

from gap_server.bot.updates import SECRET_HEADER, WANTED, webhook
from gap_server.errors import SettingsError, StoreUnavailable
from tests.bot.conftest import Running
from tests.doubles.fake_bot_api import BROKEN, FakeBotApi, a_message

SECRET = "the_secret_of_the_tests_webhook"


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
