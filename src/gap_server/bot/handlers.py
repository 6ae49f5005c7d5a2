"""Which answer goes with what: the table that the library works by."""

import structlog
from telegram import ChatMember, Update
from telegram.error import TelegramError
from telegram.ext import (
    BaseHandler,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    MessageHandler,
    filters,
)

from gap_server.bot.callbacks import pressed
from gap_server.bot.chat import RETRIES_WHEN_TOO_FAST, Chat, Context, answering
from gap_server.bot.commands import BANNED_TOO, COMMANDS, listen
from gap_server.bot.deps import BotDeps
from gap_server.errors import GapError
from gap_server.i18n import words_in
from gap_server.play import telegram_account

log = structlog.get_logger()

Handler = BaseHandler[Update, Context, None]

HERE = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE
"""One to one, and said for the first time: in groups the bot keeps quiet, and to corrections as well."""


def answers(deps: BotDeps) -> list[Handler]:
    commands: list[Handler] = [
        CommandHandler(name, answering(deps, answer, banned_too=answer in BANNED_TOO), HERE)
        for name, answer in COMMANDS.items()
    ]
    return [
        *commands,
        MessageHandler(HERE, answering(deps, listen)),
        CallbackQueryHandler(answering(deps, pressed, banned_too=True)),
        ChatMemberHandler(answering(deps, came_or_went, banned_too=True), ChatMemberHandler.MY_CHAT_MEMBER),
    ]


async def came_or_went(chat: Chat, _context: Context) -> None:
    """Somebody shut the bot out, or let it in again."""
    change = chat.update.my_chat_member
    if change is not None and change.chat.id == chat.user.id:
        gone = change.new_chat_member.status == ChatMember.BANNED
        await telegram_account.let_write(chat.deps, chat.user.id, allowed=not gone)


async def sorry(update: object, context: Context) -> None:
    """Something went wrong. Where Telegram itself did not do its part, there is nobody to tell."""
    if isinstance(context.error, TelegramError):
        log.warning("an answer could not be sent", error=str(context.error))
        return
    if isinstance(context.error, GapError):
        log.warning("an update could not be answered", error=str(context.error))
    else:
        log.error("an update could not be answered", exc_info=context.error)
    user = update.effective_user if isinstance(update, Update) else None
    if user is not None:
        await _say_sorry(context, user.id, user.language_code)


async def _say_sorry(context: Context, chat_id: int, language: str | None) -> None:
    try:
        await context.bot.send_message(
            chat_id, words_in(language).trouble, rate_limit_args=RETRIES_WHEN_TOO_FAST
        )
    except TelegramError as error:
        log.warning("an apology could not be sent", error=str(error))
