"""What the bot says of players, put into lines of plain text."""

import re

from gap_server.game.names import TURNING
from gap_server.game.rules import NUMBERS
from gap_server.i18n.words import Words
from gap_server.play.telegram_account import Standing, Top
from gap_server.store.leaderboard import Entry

JOINER = "\u2060"
"""Invisible; what it splits is no link, no mention and no command to Telegram."""


def plainly(name: str) -> str:
    """A player's name as text that neither links anywhere nor disturbs its line."""
    split = {ord(sign): f"{sign}{JOINER}" for sign in ".:/@#$"}
    return f"\u2068{re.sub(f'[{TURNING}]', '', name).translate(split)}\u2069"


def top(words: Words, best: Top) -> str:
    if not best.entries:
        return f"{words.top_title}\n\n{words.top_empty}"
    rows = "\n".join(_row(words, entry) for entry in best.entries)
    return f"{words.top_title}\n\n{rows}\n\n{_mine(words, best.mine)}"


def _row(words: Words, entry: Entry) -> str:
    points = words.count(words.points, entry.points)
    return words.top_line.format(
        rank=entry.rank, name=plainly(entry.name), sharpness=entry.sharpness, points=points
    )


def _mine(words: Words, mine: Entry | None) -> str:
    if mine is None:
        return words.top_hidden
    points = words.count(words.points, mine.points)
    return words.top_mine.format(rank=mine.rank, sharpness=mine.sharpness, points=points)


def standing(words: Words, player: Standing) -> str:
    messages = words.messages_on if player.wants_messages else words.messages_off
    if not player.me.sessions:
        return f"{words.me_nobody}\n\n{messages}"
    return "\n".join([*_numbers(words, player), "", messages])


def _numbers(words: Words, player: Standing) -> list[str]:
    me = player.me
    lines = [
        words.me_title.format(name=plainly(me.name)),
        "",
        words.me_games.format(n=me.sessions),
        words.me_sharpness.format(n=me.sharpness),
        words.me_points.format(n=me.points),
        words.me_best.format(n=me.best, **NUMBERS),
        words.me_streak.format(days=words.count(words.days, me.streak_days)),
    ]
    if me.finds:
        lines.append(words.me_finds.format(n=me.finds))
    return lines if me.rank is None else [*lines, words.me_rank.format(n=me.rank)]
