"""One exchange with one person: who it is, in which language, and how to answer."""

from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import Any, TypeAlias

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update, User
from telegram.ext import CallbackContext, ExtBot

from gap_server.bot import buttons
from gap_server.bot.deps import BotDeps
from gap_server.i18n import words_in
from gap_server.i18n.words import Words
from gap_server.play import telegram_account
from gap_server.play.telegram_account import KnownPlayer

Context: TypeAlias = CallbackContext[Any, Any, Any, Any]
Callback: TypeAlias = Callable[[Update, Context], Coroutine[Any, Any, None]]

RETRIES_WHEN_TOO_FAST = 2


@dataclass(frozen=True, slots=True)
class Chat:
    """`known` is None for somebody without an account. `words` are the player's, or Telegram's."""

    deps: BotDeps
    bot: ExtBot[Any]
    update: Update
    user: User
    known: KnownPlayer | None
    words: Words

    async def say(self, text: str, *under: InlineKeyboardButton) -> None:
        await self.say_with(text, buttons.column(*under) if under else None)

    async def say_with(self, text: str, keyboard: InlineKeyboardMarkup | None) -> None:
        await self.bot.send_message(
            self.user.id, text, reply_markup=keyboard, rate_limit_args=RETRIES_WHEN_TOO_FAST
        )


Answer: TypeAlias = Callable[[Chat, Context], Awaitable[None]]


def answering(deps: BotDeps, answer: Answer, *, banned_too: bool = False) -> Callback:
    """Turn an answer into what the library calls. Who is banned hears just that, where not `banned_too`."""

    async def callback(update: Update, context: Context) -> None:
        user = update.effective_user
        if user is None:
            return
        chat = await begin(deps, update, user, context)
        if chat.known is not None and chat.known.banned and not banned_too:
            await chat.say(chat.words.banned)
        else:
            await answer(chat, context)

    return callback


async def begin(deps: BotDeps, update: Update, user: User, context: Context) -> Chat:
    known = await telegram_account.recognise(deps, user.id)
    words = words_in(known.language if known else user.language_code)
    return Chat(deps, context.bot, update, user, known, words)
