"""Sending what waits in the outbox: with patience, and to nobody who does not want it."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import structlog
from telegram.error import BadRequest, Forbidden, RetryAfter, TelegramError
from telegram.ext import ExtBot

from gap_server.bot import buttons
from gap_server.bot.deps import BotDeps
from gap_server.bot.retry import asked_to_wait
from gap_server.errors import GapError
from gap_server.i18n import words_in
from gap_server.i18n.words import Words
from gap_server.play import outbox
from gap_server.store.outbox import CHALLENGE_PLAYED, FIND_CONFIRMED, FRIEND_PLAYED, OutboxMessage

log = structlog.get_logger()

TEXTS: dict[str, Callable[[Words, Mapping[str, Any]], str]] = {
    FRIEND_PLAYED: lambda words, _content: words.friend_played,
    CHALLENGE_PLAYED: lambda words, content: words.challenge_played.format(
        theirs=content["theirs"], yours=content["yours"]
    ),
    FIND_CONFIRMED: lambda words, content: words.count(words.find_confirmed, content["jurors"]),
}

EVERY_SECONDS = 2.0
TIDY_EVERY_ROUNDS = 1800
CHATS_THAT_MEAN_ALL = 3
AFTER_TROUBLE = timedelta(seconds=10)
"""The post as a whole waits so long when Telegram does not answer; a message may have to wait longer."""


async def keep_sending(bot: ExtBot[Any], deps: BotDeps) -> None:
    """Send until cancelled."""
    for n in range(1 << 62):
        wait = timedelta(seconds=EVERY_SECONDS)
        try:
            wait = await send_due(bot, deps) or wait
            if n % TIDY_EVERY_ROUNDS == 0:
                await outbox.tidy(deps.store)
        except GapError as error:
            log.warning("the outbox cannot be read, it is tried again", error=str(error))
        await asyncio.sleep(wait.total_seconds())


async def send_due(bot: ExtBot[Any], deps: BotDeps) -> timedelta | None:
    """Send what is due, one by one. Gives how long Telegram wants to be left alone, if it does.

    Telegram asks for patience with one chat in the same words as with all: some in a row mean all.
    """
    messages = await outbox.due(deps.store)
    in_a_row = 0
    for n, message in enumerate(messages):
        try:
            wait = await _deliver(bot, deps, message)
            in_a_row = 0
        except RetryAfter as error:
            asked = asked_to_wait(error)
            await outbox.later(deps.store, message, asked)
            in_a_row += 1
            wait = asked if in_a_row == CHATS_THAT_MEAN_ALL else None
        if wait is not None:
            for held in messages[n + 1 :]:
                await outbox.later(deps.store, held, wait)
            return wait
    return None


async def _deliver(bot: ExtBot[Any], deps: BotDeps, message: OutboxMessage) -> timedelta | None:
    """Send one message. Gives a wait for all of them where Telegram is away. Raises RetryAfter."""
    if message.kind not in TEXTS:
        await _give_up(deps, message, "there is no such message")
        return None
    try:
        await _send(bot, deps, message)
    except RetryAfter:
        raise
    except Forbidden:
        await outbox.stop_writing(deps.store, message)
    except BadRequest as error:
        if "chat not found" in str(error).lower():  # the player never started this bot
            await outbox.stop_writing(deps.store, message)
        else:
            await _give_up(deps, message, str(error))
    except TelegramError as error:
        log.warning("a message could not be sent, it is tried again", error=str(error))
        await outbox.later(deps.store, message)
        return AFTER_TROUBLE
    else:
        await outbox.sent(deps.store, message)
    return None


async def _send(bot: ExtBot[Any], deps: BotDeps, message: OutboxMessage) -> None:
    words = words_in(message.language)
    keyboard = buttons.column(buttons.play(deps, words), buttons.messages(words, wanted=True))
    text = TEXTS[message.kind](words, message.content)
    await bot.send_message(message.telegram_id, text, reply_markup=keyboard)


async def _give_up(deps: BotDeps, message: OutboxMessage, why: str) -> None:
    log.warning("a message is given up", kind=message.kind, error=why)
    await outbox.give_up(deps.store, message)
