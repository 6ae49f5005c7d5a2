"""The commands, and the answer to each."""

from gap_server.bot import buttons, texts
from gap_server.bot.chat import Answer, Chat, Context
from gap_server.errors import NotFound
from gap_server.game.rules import NUMBERS
from gap_server.i18n import game_name
from gap_server.play import telegram_account, together
from gap_server.play.init_data import TelegramUser, code_in
from gap_server.play.invitation import challenge_in, invitation_url


async def start(chat: Chat, context: Context) -> None:
    """Also where an invitation leads, `/start CODE`, and a challenge, `/start c_CODE`."""
    user = chat.user
    start_param = code_in(context.args[0] if context.args else None)
    came = TelegramUser(
        id=user.id,
        first_name=user.first_name,
        language=user.language_code or "",
        may_message=True,
        start_param=start_param,
    )
    await telegram_account.meet(chat.deps, came)
    if (code := challenge_in(start_param)) is not None and await _say_challenge(chat, code):
        return
    await chat.say(
        chat.words.welcome.format(game=_name(chat), **NUMBERS), buttons.play(chat.deps, chat.words)
    )


async def _say_challenge(chat: Chat, code: str) -> bool:
    """False where there is no such challenge (any more)."""
    player_id = chat.known.player_id if chat.known else telegram_account.NOBODY
    try:
        challenge = await together.challenge(chat.deps, player_id, code)
    except NotFound:
        return False
    text = chat.words.challenge.format(name=texts.plainly(challenge.name), score=challenge.score, **NUMBERS)
    await chat.say(text, buttons.take_up(chat.deps, chat.words, code))
    return True


async def play(chat: Chat, _context: Context) -> None:
    await chat.say(chat.words.ready.format(**NUMBERS), buttons.play(chat.deps, chat.words))


async def top(chat: Chat, _context: Context) -> None:
    best = await telegram_account.top(chat.deps, chat.known.player_id if chat.known else None)
    await chat.say(texts.top(chat.words, best), buttons.play(chat.deps, chat.words))


async def me(chat: Chat, _context: Context) -> None:
    words = chat.words
    if chat.known is None:
        await chat.say(words.me_nobody, buttons.play(chat.deps, words))
        return
    player = await telegram_account.standing(chat.deps, chat.known.player_id)
    await chat.say(
        texts.standing(words, player),
        buttons.play(chat.deps, words),
        buttons.invite(words, _invitation(chat, player.me.referral_code)),
        buttons.messages(words, wanted=player.wants_messages),
    )


async def privacy(chat: Chat, _context: Context) -> None:
    await chat.say(chat.words.privacy, buttons.policy(chat.deps, chat.words))


async def forget_me(chat: Chat, _context: Context) -> None:
    if chat.known is None:
        await chat.say(chat.words.forget_nobody)
    else:
        await chat.say_with(chat.words.forget_ask, buttons.forget(chat.words))


async def explain(chat: Chat, _context: Context) -> None:
    await chat.say(chat.words.help.format(game=_name(chat)), buttons.play(chat.deps, chat.words))


async def listen(chat: Chat, _context: Context) -> None:
    """Anything that is no command of ours."""
    await chat.say(chat.words.not_a_command, buttons.play(chat.deps, chat.words))


COMMANDS: dict[str, Answer] = {
    "start": start,
    "play": play,
    "top": top,
    "me": me,
    "privacy": privacy,
    "forgetme": forget_me,
    "forget_me": forget_me,
    "forget": forget_me,  # `/forget me` as well: what follows a command is not looked at
    "help": explain,
}
BANNED_TOO = frozenset({privacy, explain, forget_me})


def _invitation(chat: Chat, code: str) -> str:
    bot = chat.bot.bot
    return invitation_url(bot.username or "", code, main_app=bot.has_main_web_app is True)


def _name(chat: Chat) -> str:
    return game_name(chat.words, chat.deps.app_name)
