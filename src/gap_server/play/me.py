"""A player's own affairs: profile, consent, a copy of everything, leaving."""

from typing import Any
from uuid import UUID

from gap_server.errors import NotFound, Refused
from gap_server.game import moves
from gap_server.game.rules import CONSENT_VERSION
from gap_server.play.apply import make
from gap_server.play.deps import Ground, House
from gap_server.play.holding import hold
from gap_server.store import leaderboard, personal_data, players
from gap_server.store.game_read import read_open_session
from gap_server.store.leaderboard import Entry
from gap_server.store.players import Me

ROWS_AROUND_ME = 2


async def read(house: Ground, player_id: UUID) -> Me:
    async with house.store.connection() as db:
        me = await players.read_me(db, player_id)
    if me is None:
        raise NotFound("This account is gone.")
    return me


async def change(
    house: House,
    player_id: UUID,
    *,
    name: str | None = None,
    language: str | None = None,
    time_zone: str | None = None,
    show_on_leaderboard: bool | None = None,
) -> Me:
    """Change what is given. Raises Refused (unknown_time_zone)."""
    async with house.store.transaction() as db:
        if time_zone is not None and not await players.knows_time_zone(db, time_zone):
            raise Refused(f"There is no time zone {time_zone!r}.", code="unknown_time_zone")
        await players.change_me(
            db,
            player_id,
            name=name,
            language=language,
            time_zone=time_zone,
            show_on_leaderboard=show_on_leaderboard,
        )
    return await read(house, player_id)


async def consent(house: House, player_id: UUID, version: int) -> None:
    if version != CONSENT_VERSION:
        raise Refused(f"Version {CONSENT_VERSION} is the one to consent to.", code="consent_version_outdated")
    async with house.store.transaction() as db:
        await hold(db, player_id)
        await players.grant_consent(db, player_id, version)


async def withdraw_consent(house: House, player_id: UUID) -> None:
    """From now on no row of this player is in any export; an open session ends."""
    async with house.store.transaction() as db:
        await hold(db, player_id)
        await players.withdraw_consent(db, player_id)
    await _end_open_session(house, player_id)


async def leave(house: Ground, player_id: UUID, *, keep_contributions: bool) -> None:
    """Delete the player: everything, or the identity alone."""
    await _end_open_session(house, player_id)
    async with house.store.transaction() as db:
        await hold(db, player_id)
        if keep_contributions:
            await players.forget_identity(db, player_id)
        else:
            await players.erase(db, player_id)
    await _end_open_session(house, player_id)  # one that was started in between


async def everything(house: House, player_id: UUID) -> dict[str, Any]:
    async with house.store.transaction() as db:
        return await personal_data.everything(db, player_id)


async def leaders(house: Ground, player_id: UUID, period: str, limit: int) -> tuple[list[Entry], list[Entry]]:
    """The top of the board, and the rows around the player: none for who is not on it."""
    async with house.store.connection() as db:
        top = await leaderboard.top(db, period, player_id, limit)
        return top, await leaderboard.around(db, period, player_id, ROWS_AROUND_ME)


async def _end_open_session(house: Ground, player_id: UUID) -> None:
    try:
        await make(house, lambda db: read_open_session(db, player_id), moves.withdraw)
    except NotFound:
        return
