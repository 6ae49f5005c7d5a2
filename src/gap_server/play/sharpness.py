"""Sharpness: it moves with each session's end, and with each sitting on the jury; never within a session."""

from uuid import UUID

from gap_server.errors import StoreUnavailable
from gap_server.game.daily import net_points
from gap_server.play import commonness, quests
from gap_server.play.background import repeat, tell
from gap_server.play.deps import Deps
from gap_server.quality import sharpness
from gap_server.quality.evidence import of_one
from gap_server.store import assessments, dailies, evidence, honest_checks, sessions
from gap_server.store.engine import Db

BATCH = 50
EVERY_SECONDS = 2.0
CHECKED_SHARE = 0.25
"""Of honest answers that were let go, so many are asked about again: by them it shows how a model varies."""
LET_GO_SHARE = 0.1
"""Of honest answers on complex pictures that nobody flagged, so many go before the jury."""


async def refresh(db: Db, player_id: UUID) -> int:
    """Work out where the player stands, write it to the boards, and give it."""
    now_at = await _of(db, player_id)
    await assessments.stand(db, player_id, now_at)
    return now_at


async def assess(db: Db, player_id: UUID, session_id: UUID) -> None:
    """Take the session into account, once, whoever comes first: sharpness, quests, the day's board; lay its
    answers before jury and model."""
    if not await assessments.lock(db, player_id, session_id):
        return
    await commonness.note(db, player_id, session_id)
    after = await _of(db, player_id)
    await assessments.finish(db, player_id, session_id, after)
    await assessments.stand(db, player_id, after)
    played = await sessions.result(db, player_id, session_id)
    await quests.count_session(db, player_id, played)
    await dailies.enter(db, player_id, session_id, net_points(past.outcome for past in played))
    await assessments.open_cases(db, player_id, session_id, let_go_share=LET_GO_SHARE)
    await honest_checks.request(db, player_id, session_id, sample=CHECKED_SHARE)


async def keep_assessing(deps: Deps) -> None:
    """Assess until cancelled."""
    await repeat("assessing sessions", lambda _: assess_waiting(deps), every_seconds=EVERY_SECONDS)


async def assess_waiting(deps: Deps) -> int:
    """Assess sessions whose players have not asked for their result; give how many there were.

    One that cannot be assessed is told, and does not keep the others waiting.
    """
    async with deps.store.connection() as db:
        waiting = await assessments.waiting(db, BATCH)
    for player_id, session_id in waiting:
        try:
            async with deps.store.transaction() as db:
                await assess(db, player_id, session_id)
        except Exception as error:
            if isinstance(error, StoreUnavailable):
                raise
            tell("a session could not be assessed", error, session=str(session_id))
    return len(waiting)


async def _of(db: Db, player_id: UUID) -> int:
    counts = await evidence.of_player(db, player_id, days=sharpness.DAYS)
    if not counts:
        return 0
    shown = of_one({count.kind: (count.seen, count.flagged) for count in counts})
    return int(sharpness.sharpness(shown)[0])
