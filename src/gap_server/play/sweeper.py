"""Ending what ran out while nobody was looking. Many processes may sweep: each skips others' locks."""

import asyncio
from itertools import count
from uuid import UUID

import structlog

from gap_server.errors import GapError, NotFound
from gap_server.logs import where
from gap_server.play.apply import read_current
from gap_server.play.deps import GameDeps
from gap_server.store import players, sessions
from gap_server.store.engine import Db
from gap_server.store.game_read import read_session

log = structlog.get_logger()

EVERY_SECONDS = 1.0
TOKENS_EVERY_SWEEPS = 600
BATCH = 100


async def sweep(deps: GameDeps) -> int:
    """End rounds, sessions and lost questions whose time is up; give how many sessions were touched."""
    rules = deps.rules
    async with deps.store.transaction() as db:
        ran_out = await sessions.lock_ran_out(
            db, grace=rules.judging_grace, answer_limit=rules.answer_limit, limit=BATCH
        )
        await sessions.fail_lost_questions(db, answer_limit=rules.answer_limit)
        for player_id, session_id in ran_out:
            await _settle(db, deps, player_id, session_id)
    return len(ran_out)


async def _settle(db: Db, deps: GameDeps, player_id: UUID, session_id: UUID) -> None:
    try:
        await read_current(db, deps, lambda db: read_session(db, player_id, session_id))
    except NotFound:
        log.info("a session was deleted while it was swept")


async def keep_sweeping(deps: GameDeps) -> None:
    """Sweep until cancelled. Whatever goes wrong, the next sweep is tried: without it no round would end.

    The same trouble is told once, not each second.
    """
    told = ""
    for n in count():
        try:
            await _sweep_all(deps, tokens_too=n % TOKENS_EVERY_SWEEPS == 0)
            told = ""
        except Exception as error:  # noqa: BLE001  # the reason is above
            if told != repr(error):
                _tell(error)
            told = repr(error)
        await asyncio.sleep(EVERY_SECONDS)


def _tell(error: Exception) -> None:
    if isinstance(error, GapError):
        log.warning("sweeping failed, it is tried each second", error=str(error))
    else:
        log.error("sweeping broke", error=type(error).__name__, where=where(error))


async def _sweep_all(deps: GameDeps, *, tokens_too: bool) -> None:
    while await sweep(deps) == BATCH:
        pass
    if tokens_too:
        async with deps.store.connection() as db:
            await players.drop_ended_tokens(db)
