"""What somebody can do by talking to the bot: be met, look, say whether to be written to, be forgotten.

Telegram vouches for whoever talks to the bot, so the Telegram id is all it takes.
"""

from dataclasses import dataclass
from uuid import UUID

from gap_server.play import me
from gap_server.play.deps import Deps
from gap_server.play.init_data import TelegramUser
from gap_server.play.sign_in import language_of, name_of
from gap_server.store import outbox, players
from gap_server.store.board import Board
from gap_server.store.leaderboard import Entry
from gap_server.store.players import Me

TOP = 10
NOBODY = UUID(int=0)


@dataclass(frozen=True, slots=True)
class KnownPlayer:
    player_id: UUID
    language: str
    banned: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """How a player is doing. `wants_messages`: the bot may write without being written to."""

    me: Me
    wants_messages: bool


@dataclass(frozen=True, slots=True)
class Top:
    """This week's best, and the player's own row, for who is on the board."""

    entries: list[Entry]
    mine: Entry | None


async def recognise(deps: Deps, telegram_id: int) -> KnownPlayer | None:
    async with deps.store.connection() as db:
        player = await players.find_by_telegram_id(db, telegram_id)
    if player is None:
        return None
    return KnownPlayer(player["id"], player["language"], player["banned_at"] is not None)


async def meet(deps: Deps, user: TelegramUser) -> None:
    """Somebody started the bot, which lets it write to them.

    Who came by an invitation is remembered with it; of a stranger without one nothing is kept.
    """
    async with deps.store.transaction() as db:
        await outbox.meet(db, user.id)
        if user.start_param is not None:
            # of who is a player already this changes neither the name nor the invitation
            await players.sign_in(
                db,
                user.id,
                name=name_of(user),
                language=language_of(user),
                may_message=True,
                referred_by=user.start_param,
            )


async def standing(deps: Deps, player_id: UUID) -> Standing:
    """Raises NotFound."""
    async with deps.store.connection() as db:
        wants = await outbox.wants_messages(db, player_id)
    return Standing(await me.read(deps, player_id), wants)


async def top(deps: Deps, player_id: UUID | None) -> Top:
    entries, around = await me.leaders(deps, player_id or NOBODY, Board("week", "sharpness"), TOP)
    return Top(entries, next((entry for entry in around if entry.is_me), None))


async def allow_messages(deps: Deps, player_id: UUID, *, allowed: bool) -> None:
    """Telegram's own permission comes with talking to the bot; this is the player's."""
    async with deps.store.transaction() as db:
        await outbox.set_muted(db, player_id, muted=not allowed)


async def let_write(deps: Deps, telegram_id: int, *, allowed: bool) -> None:
    """Telegram says that somebody shut the bot out, or let it in again."""
    async with deps.store.transaction() as db:
        if allowed:
            await outbox.meet(db, telegram_id)
        elif player := await players.find_by_telegram_id(db, telegram_id):
            await outbox.stop_writing(db, player["id"])


async def forget(deps: Deps, player_id: UUID, *, keep_contributions: bool) -> None:
    await me.leave(deps, player_id, keep_contributions=keep_contributions)
