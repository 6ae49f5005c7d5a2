"""Preparing the messages that players share: with the card, and a button that leads into the game."""

import asyncio
from typing import Any

import structlog
from telegram import InlineKeyboardButton, InlineQueryResultPhoto
from telegram.error import TelegramError
from telegram.ext import ExtBot

from gap_server.bot import buttons
from gap_server.bot.deps import BotDeps
from gap_server.errors import GapError
from gap_server.game.rules import MAX_SCORE, NUMBERS
from gap_server.i18n import game_name, words_in
from gap_server.play import shares
from gap_server.play.invitation import invitation_url
from gap_server.store.shares import WantedShare

log = structlog.get_logger()

EVERY_SECONDS = 0.5
TIDY_EVERY_ROUNDS = 7200
WIDTH, HEIGHT = 1200, 630


async def keep_preparing(bot: ExtBot[Any], deps: BotDeps) -> None:
    """Prepare until cancelled."""
    for n in range(1 << 62):
        try:
            for share in await shares.wanted(deps.store):
                await _prepare(bot, deps, share)
            if n % TIDY_EVERY_ROUNDS == 0:
                await shares.tidy(deps.store)
        except GapError as error:
            log.warning("what is to be shared cannot be read, it is tried again", error=str(error))
        await asyncio.sleep(EVERY_SECONDS)


async def _prepare(bot: ExtBot[Any], deps: BotDeps, share: WantedShare) -> None:
    """Somebody waits for it: what cannot be prepared at once is given up, and a link is shared instead."""
    try:
        message = await bot.save_prepared_inline_message(
            share.telegram_id,
            _content(bot, deps, share),
            allow_user_chats=True,
            allow_group_chats=True,
            allow_channel_chats=True,
        )
    except TelegramError as error:
        log.warning("a message to share could not be prepared", error=str(error))
        await shares.give_up(deps.store, share)
    else:
        await shares.prepared(deps.store, share, message.id)


def _content(bot: ExtBot[Any], deps: BotDeps, share: WantedShare) -> InlineQueryResultPhoto:
    words = words_in(share.language)
    card = deps.card_url(share.key)
    code = f"c_{share.challenge_code}" if share.challenge_code else share.referral_code
    link = invitation_url(bot.username, code, main_app=bot.bot.has_main_web_app is True)
    title = f"{game_name(words, deps.app_name)} · {share.score}/{MAX_SCORE}"
    return InlineQueryResultPhoto(
        id=str(share.id),
        photo_url=card,
        thumbnail_url=card,
        photo_width=WIDTH,
        photo_height=HEIGHT,
        caption=f"{title}\n{words.invite_text.format(**NUMBERS)}",
        reply_markup=buttons.column(InlineKeyboardButton(words.play_button, url=link)),
    )
