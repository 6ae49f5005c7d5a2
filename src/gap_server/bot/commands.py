"""The commands, and the answer to each."""

from gap_server.bot import buttons, texts
from gap_server.bot.chat import Answer, Context, Talk
from gap_server.bot.deps import invitation_url
from gap_server.i18n import game_name
from gap_server.play import telegram_account
from gap_server.play.init_data import TelegramUser


async def start(talk: Talk, context: Context) -> None:
    """Also where an invitation leads: `/start CODE`."""
    user = talk.user
    came = TelegramUser(
        id=user.id,
        first_name=user.first_name,
        last_name=user.last_name or "",
        language=user.language_code or "",
        may_message=True,
        start_param=context.args[0] if context.args else None,
    )
    await telegram_account.meet(talk.desk, came)
    await talk.say(talk.words.welcome.format(game=_name(talk)), buttons.play(talk.desk, talk.words))


async def play(talk: Talk, _context: Context) -> None:
    await talk.say(talk.words.ready, buttons.play(talk.desk, talk.words))


async def top(talk: Talk, _context: Context) -> None:
    best = await telegram_account.top(talk.desk, talk.known.player_id if talk.known else None)
    await talk.say(texts.top(talk.words, best), buttons.play(talk.desk, talk.words))


async def me(talk: Talk, _context: Context) -> None:
    words = talk.words
    if talk.known is None:
        await talk.say(words.me_nobody, buttons.play(talk.desk, words))
        return
    player = await telegram_account.standing(talk.desk, talk.known.player_id)
    await talk.say(
        texts.standing(words, player),
        buttons.play(talk.desk, words),
        buttons.invite(words, invitation_url(talk.bot.bot, player.me.referral_code)),
        buttons.messages(words, wanted=player.wants_messages),
    )


async def privacy(talk: Talk, _context: Context) -> None:
    await talk.say(talk.words.privacy, buttons.policy(talk.desk, talk.words))


async def forget_me(talk: Talk, _context: Context) -> None:
    if talk.known is None:
        await talk.say(talk.words.forget_nobody)
    else:
        await talk.say_with(talk.words.forget_ask, buttons.forget(talk.words))


async def explain(talk: Talk, _context: Context) -> None:
    await talk.say(talk.words.help.format(game=_name(talk)), buttons.play(talk.desk, talk.words))


async def listen(talk: Talk, _context: Context) -> None:
    """Anything that is no command of ours."""
    await talk.say(talk.words.not_a_command, buttons.play(talk.desk, talk.words))


COMMANDS: dict[str, Answer] = {
    "start": start,
    "play": play,
    "top": top,
    "me": me,
    "privacy": privacy,
    "forgetme": forget_me,
    "help": explain,
}
BANNED_TOO = frozenset({"privacy", "help"})


def _name(talk: Talk) -> str:
    return game_name(talk.words, talk.desk.app_name)
