"""The share card of a session that is over, in the player's language."""

import asyncio
from functools import lru_cache
from uuid import UUID

from gap_server.game.rules import MAX_SCORE, NUMBERS, ROUNDS_TOTAL
from gap_server.i18n import FALLBACK, game_name, words_in
from gap_server.i18n.words import Words
from gap_server.play import me, sessions
from gap_server.play.deps import GameDeps
from gap_server.play.limits import person_of, take
from gap_server.play.sessions import Debrief
from gap_server.share_card import drawing as picture
from gap_server.share_card.drawing import Card
from gap_server.share_card.shapes import Square
from gap_server.store import players
from gap_server.store.sessions import PastRound

STREAK_FROM_DAYS = 2
CARDS_KEPT = 128  # some 50 kB each


async def card(deps: GameDeps, player_id: UUID, session_id: UUID) -> bytes:
    """A PNG. Raises NotFound, Refused (session_not_over), TooMany (too_many_share_cards)."""
    await _count(deps, player_id)
    return await asyncio.to_thread(_png, await _card(deps, player_id, session_id))


async def jpeg(deps: GameDeps, player_id: UUID, session_id: UUID) -> bytes:
    """The same for Telegram's servers, which take no PNG: it was asked for and counted before."""
    return await asyncio.to_thread(_jpeg, await _card(deps, player_id, session_id))


async def _card(deps: GameDeps, player_id: UUID, session_id: UUID) -> Card:
    debrief = await sessions.result(deps, player_id, session_id)
    score = debrief.snapshot.game.session.score
    player = await me.read(deps, player_id)
    words = words_in(player.language)
    if not picture.can_write(words.card_invitation):
        words = words_in(FALLBACK)
    return Card(
        title=_title(words, deps.app_name),
        squares=tuple(squares(debrief.rounds)),
        score=score,
        max_score=MAX_SCORE,
        caught=_earned(words, debrief),
        streak=_streak(words, player.streak_days),
        invitation=words.card_invitation.format(**NUMBERS),
    )


def _earned(words: Words, debrief: Debrief) -> str:
    """Lies caught, and sharpness where there is any to show: points alone are earned by blind flags, too."""
    caught = words.count(words.card_caught, debrief.caught, **NUMBERS)
    if not debrief.sharpness.after:
        return caught
    return f"{caught} · {words.card_sharpness.format(n=debrief.sharpness.after)}"


async def _count(deps: GameDeps, player_id: UUID) -> None:
    async with deps.store.transaction() as db:
        person = person_of(deps.bot_key, await players.hold(db, player_id))
        await take(db, deps.limits.share_cards, person)


@lru_cache(maxsize=CARDS_KEPT)
def _png(drawn: Card) -> bytes:
    """Drawing takes a tenth of a second of a processor, and whoever shares asks for the same card again."""
    return picture.draw(drawn)


@lru_cache(maxsize=CARDS_KEPT)
def _jpeg(drawn: Card) -> bytes:
    return picture.as_jpeg(_png(drawn))


def squares(rounds: list[PastRound]) -> list[Square]:
    """One for each round by its position; rounds that were never opened, or void, are `unplayed`."""
    row = [Square.UNPLAYED] * ROUNDS_TOTAL
    for past in rounds:
        row[past.position - 1] = _square(past)
    return row


def _square(past: PastRound) -> Square:
    if past.points:
        return Square.CAUGHT
    if past.state == "void":
        return Square.UNPLAYED
    if past.tainted:
        return Square.MISSED
    return Square.FLAGGED if past.judgement == "wrong" else Square.HONEST


def _title(words: Words, app_name: str) -> str:
    title = game_name(words, app_name)
    return title if picture.can_write(title) else ""


def _streak(words: Words, days: int) -> str:
    return words.count(words.card_streak, days) if days >= STREAK_FROM_DAYS else ""
