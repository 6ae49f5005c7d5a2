"""The answers to buttons: being forgotten, and being written to."""

from contextlib import suppress

from telegram import CallbackQuery, InlineKeyboardMarkup
from telegram.error import BadRequest

from gap_server.bot import buttons
from gap_server.bot.chat import Chat, Context
from gap_server.play import telegram_account
from gap_server.play.telegram_account import KnownPlayer


async def pressed(chat: Chat, _context: Context) -> None:
    """A button may be old, and pressed twice: what it asks for is done as things stand now."""
    query = chat.update.callback_query
    if query is None:
        return
    said = await _act(chat, query.data or "")
    with suppress(BadRequest):  # Telegram takes no answer to a press that is older than some minutes
        await query.answer(said)
    if said is not None:
        await _replace(chat, query, said)


async def _act(chat: Chat, asked: str) -> str | None:
    """Do what the button asks, and give what there is to say about it."""
    if asked == buttons.CANCEL:
        return chat.words.forget_cancelled
    if asked not in {buttons.ERASE, buttons.KEEP, buttons.ALLOW, buttons.STOP}:
        return None
    if chat.known is None:
        return chat.words.forget_nobody
    return await _change(chat, chat.known, asked)


async def _change(chat: Chat, known: KnownPlayer, asked: str) -> str:
    words = chat.words
    if asked in {buttons.ALLOW, buttons.STOP}:
        allowed = asked == buttons.ALLOW
        await telegram_account.allow_messages(chat.deps, known.player_id, allowed=allowed)
        return words.messages_allowed if allowed else words.messages_stopped
    keep = asked == buttons.KEEP
    await telegram_account.forget(chat.deps, known.player_id, keep_contributions=keep)
    return words.forget_kept if keep else words.forget_erased


async def _replace(chat: Chat, query: CallbackQuery, said: str) -> None:
    """In place of the question; where that message is too old to change, below it."""
    try:
        await query.edit_message_text(said, reply_markup=_next_button(chat, query.data))
    except BadRequest:
        await chat.say(said)


def _next_button(chat: Chat, asked: str | None) -> InlineKeyboardMarkup | None:
    if chat.known is not None and asked in {buttons.ALLOW, buttons.STOP}:
        return buttons.column(buttons.messages(chat.words, wanted=asked == buttons.ALLOW))
    return None
