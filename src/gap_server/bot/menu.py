"""Telling Telegram what the bot offers: its commands in every language, and the menu button."""

from typing import Any

import structlog
from telegram import BotCommand, BotCommandScopeAllPrivateChats, MenuButtonWebApp, WebAppInfo
from telegram.error import TelegramError
from telegram.ext import ExtBot

from gap_server.bot.deps import BotDeps
from gap_server.bot.retry import with_retry
from gap_server.i18n import FALLBACK, LANGUAGES, words_in
from gap_server.i18n.words import Words

log = structlog.get_logger()

MENU_BUTTON = "Play"
"""One for everybody: a button of one's own chat would keep its address, version and all, for good."""


async def set_up_menu(bot: ExtBot[Any], deps: BotDeps) -> None:
    """What Telegram refuses is logged and left: the bot works without."""
    try:
        await with_retry(lambda: _commands(bot, None, words_in(FALLBACK)))
        for language, words in LANGUAGES.items():
            await with_retry(lambda: _commands(bot, language, words))  # noqa: B023  # called at once
        button = MenuButtonWebApp(MENU_BUTTON, WebAppInfo(deps.game_url))
        await with_retry(lambda: bot.set_chat_menu_button(menu_button=button))
    except TelegramError as error:
        log.warning("Telegram refused the bot's commands or its menu button", error=str(error))


async def _commands(bot: ExtBot[Any], language: str | None, words: Words) -> None:
    await bot.set_my_commands(
        [BotCommand(name, text) for name, text in offered(words).items()],
        scope=BotCommandScopeAllPrivateChats(),
        language_code=language,
    )


def offered(words: Words) -> dict[str, str]:
    return {
        "play": words.command_play,
        "top": words.command_top,
        "me": words.command_me,
        "privacy": words.command_privacy,
        "forgetme": words.command_forgetme,
        "help": words.command_help,
    }
