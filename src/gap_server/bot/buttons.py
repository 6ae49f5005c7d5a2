"""The buttons under the bot's messages, and what comes back when one is pressed."""

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, WebAppInfo

from gap_server.bot.deps import BotDeps, share_url
from gap_server.game.rules import NUMBERS
from gap_server.i18n.words import Words

ERASE, KEEP, CANCEL = "forget:erase", "forget:keep", "forget:cancel"
ALLOW, STOP = "messages:allow", "messages:stop"


def column(*buttons: InlineKeyboardButton) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[button] for button in buttons])


def play(deps: BotDeps, words: Words) -> InlineKeyboardButton:
    return InlineKeyboardButton(words.play_button, web_app=WebAppInfo(deps.game_url))


def take_up(deps: BotDeps, words: Words, code: str) -> InlineKeyboardButton:
    """Opens the game with a challenge in hand."""
    return InlineKeyboardButton(words.play_button, web_app=WebAppInfo(deps.challenge_url(code)))


def invite(words: Words, link: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(words.invite_button, url=share_url(link, words.invite_text.format(**NUMBERS)))


def policy(deps: BotDeps, words: Words) -> InlineKeyboardButton:
    return InlineKeyboardButton(words.privacy_button, url=deps.privacy_url)


def messages(words: Words, *, wanted: bool) -> InlineKeyboardButton:
    """Turns them off where they are on, and on where they are off."""
    if wanted:
        return InlineKeyboardButton(words.messages_stop, callback_data=STOP)
    return InlineKeyboardButton(words.messages_allow, callback_data=ALLOW)


def forget(words: Words) -> InlineKeyboardMarkup:
    return column(
        InlineKeyboardButton(words.forget_erase, callback_data=ERASE),
        InlineKeyboardButton(words.forget_keep, callback_data=KEEP),
        InlineKeyboardButton(words.forget_cancel, callback_data=CANCEL),
    )
