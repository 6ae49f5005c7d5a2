"""Updates that come twice, broken, or while something is away."""

import asyncio
import json

import pytest

from gap_server.bot import updates
from gap_server.bot.app import AT_ONCE
from gap_server.bot.updates import WANTED
from gap_server.errors import SettingsError
from gap_server.game.rules import NUMBERS
from gap_server.i18n import LANGUAGES
from gap_server.play import inbox
from gap_server.store.engine import Store
from tests.bot.conftest import Running
from tests.doubles.fake_bot_api import BOT_ID, BROKEN, FakeBotApi, Refusal, a_message

EN = LANGUAGES["en"]


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
