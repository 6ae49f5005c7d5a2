"""A player's own affairs: profile, consent, a copy of everything, leaving."""

from contextlib import suppress
from hashlib import sha256
from typing import Any
from uuid import UUID

from gap_server.errors import NotFound, Refused
from gap_server.game import moves
from gap_server.game.rules import CONSENT_VERSION
from gap_server.i18n import spoken, words_in
from gap_server.play.apply import apply_move_in
from gap_server.play.deps import Deps, GameDeps
from gap_server.play.limits import DAY, person_of
from gap_server.store import departures, leaderboard, personal_data, players, provenance
from gap_server.store.board import Board
from gap_server.store.engine import Db
from gap_server.store.game_read import read_open_session
from gap_server.store.leaderboard import Entry
from gap_server.store.players import Me

ROWS_AROUND_ME = 2


async def read(deps: Deps, player_id: UUID) -> Me:
    async with deps.store.connection() as db:
        me = await players.read_me(db, player_id)
    if me is None:
        raise NotFound("This account is gone.")
    return me


async def change(
    deps: GameDeps,
    player_id: UUID,
    *,
    name: str | None = None,
    language: str | None = None,
    time_zone: str | None = None,
    show_on_leaderboard: bool | None = None,
) -> Me:
    """Change what is given. Raises Refused (unknown_time_zone)."""
    async with deps.store.transaction() as db:
        if time_zone is not None and not await players.knows_time_zone(db, player_id, time_zone):
            raise Refused(f"There is no time zone {time_zone!r}.", code="unknown_time_zone")
        await players.change_me(
            db,
            player_id,
            name=name,
            language=language,
            time_zone=time_zone,
            show_on_leaderboard=show_on_leaderboard,
        )
    return await read(deps, player_id)


async def consent(deps: GameDeps, player_id: UUID, version: int) -> None:
    if version != CONSENT_VERSION:
        raise Refused(f"Version {CONSENT_VERSION} is the one to consent to.", code="consent_version_outdated")
    async with deps.store.transaction() as db:
        await players.hold(db, player_id)
        text_sha256 = await _consent_text(db, player_id, version)
        await players.grant_consent(db, player_id, version, text_sha256)


async def _consent_text(db: Db, player_id: UUID, version: int) -> str:
    """Write down what the player has read, in the player's language; give its hash."""
    me = await players.read_me(db, player_id)
    language = spoken(me.language if me else None)
    text = words_in(language).privacy
    digest = sha256(text.encode()).hexdigest()
    await provenance.add_consent_text(db, sha256=digest, version=version, language=language, text=text)
    return digest


async def withdraw_consent(deps: GameDeps, player_id: UUID) -> None:
    """From now on no row of this player is in any export; an open session ends."""
    async with deps.store.transaction() as db:
        await players.hold(db, player_id)
        await players.withdraw_consent(db, player_id)
        await _end_open_session(db, deps, player_id)


async def leave(deps: Deps, player_id: UUID, *, keep_contributions: bool) -> None:
    """Delete the player: everything, or all but sessions that are over, which nothing leads back from."""
    async with deps.store.transaction() as db:
        await leave_in(db, deps, player_id, keep_contributions=keep_contributions)


async def leave_in(db: Db, deps: Deps, player_id: UUID, *, keep_contributions: bool) -> None:
    """The same in a transaction that is open."""
    telegram_id = await players.hold(db, player_id)
    await _end_open_session(db, deps, player_id)
    await departures.remember(db, person_of(deps.bot_key, telegram_id), player_id, DAY)
    if keep_contributions:
        await departures.keep_contributions(db, player_id)
    else:
        await players.erase(db, player_id)


async def everything(deps: GameDeps, player_id: UUID) -> dict[str, Any]:
    async with deps.store.transaction() as db:
        telegram_id = await players.hold(db, player_id)
        return await personal_data.everything(db, player_id, person_of(deps.bot_key, telegram_id))


async def leaders(
    deps: Deps, player_id: UUID, board: Board, limit: int, *, friends_only: bool = False
) -> tuple[list[Entry], list[Entry]]:
    """The top of the leaderboard, and the rows around the player: none for who is not on it.

    `friends_only`: of the player's friends and the player alone.
    """
    async with deps.store.connection() as db:
        if friends_only:
            ranked = await leaderboard.among_friends(db, board, player_id, limit)
            return ranked, [entry for entry in ranked if entry.is_me]
        top = await leaderboard.top(db, board, player_id, limit)
        return top, await leaderboard.around(db, board, player_id, ROWS_AROUND_ME)


async def _end_open_session(db: Db, deps: Deps, player_id: UUID) -> None:
    """In the transaction that holds the player, so that none is started meanwhile."""
    with suppress(NotFound):
        await apply_move_in(db, deps, lambda db: read_open_session(db, player_id), moves.withdraw)
