"""Ending what ran out while nobody was looking. Many processes may sweep: each skips others' locks."""

import time
from dataclasses import dataclass, field
from uuid import UUID

import structlog

from gap_server.errors import NotFound, StoreUnavailable
from gap_server.play.apply import read_current
from gap_server.play.background import repeat, tell
from gap_server.play.deps import GameDeps
from gap_server.play.forgetting import forget_what_ended
from gap_server.store import sessions
from gap_server.store.game_read import read_question, read_session
from gap_server.store.sessions import RanOut

log = structlog.get_logger()

EVERY_SECONDS = 1.0
TOKENS_EVERY_SWEEPS = 600
BATCH = 100
LONGEST_REST_SECONDS = 300.0
FORGOTTEN_SECONDS = 600.0


@dataclass(slots=True)
class Trouble:
    """What went wrong again and again, and when it is tried next, on the monotonic clock."""

    times: int = 0
    again_at: float = 0.0

    def happened(self) -> None:
        """Rest twice as long as the last time."""
        self.times += 1
        self.again_at = time.monotonic() + min(EVERY_SECONDS * 2**self.times, LONGEST_REST_SECONDS)


@dataclass(slots=True)
class Sweeper:
    """`troubled`: sessions that could not be swept, which are tried again, ever more rarely."""

    deps: GameDeps
    troubled: dict[UUID, Trouble] = field(default_factory=dict)

    async def sweep(self) -> int:
        """End rounds, sessions and lost questions whose time is up; give how many sessions were touched."""
        rules = self.deps.rules
        async with self.deps.store.connection() as db:
            found = await sessions.ran_out(
                db,
                grace=rules.judging_grace,
                answer_limit=rules.answer_limit,
                apart_from=self._resting(),
                limit=BATCH,
            )
        return sum([await self._settle_apart(ran_out) for ran_out in found])

    def _resting(self) -> list[UUID]:
        now = time.monotonic()
        for session_id in [
            s for s, trouble in self.troubled.items() if trouble.again_at < now - FORGOTTEN_SECONDS
        ]:
            del self.troubled[session_id]  # another process swept it, or its player left
        return [session_id for session_id, trouble in self.troubled.items() if trouble.again_at > now]

    async def _settle_apart(self, ran_out: RanOut) -> bool:
        """Whatever is wrong with one session, the others go on. A database that is away is away for all."""
        try:
            touched = await self._settle(ran_out)
        except Exception as error:  # the reason is above
            trouble = self.troubled.setdefault(ran_out.session_id, Trouble())
            trouble.happened()
            tell("a session could not be swept", error, times=trouble.times, session=str(ran_out.session_id))
            if isinstance(error, StoreUnavailable):
                raise
            return False
        self.troubled.pop(ran_out.session_id, None)
        return touched

    async def _settle(self, ran_out: RanOut) -> bool:
        player_id, session_id, question_id = ran_out.player_id, ran_out.session_id, ran_out.question_id
        async with self.deps.store.transaction() as db:
            if not await sessions.lock(db, player_id, session_id):
                return False
            try:
                if question_id is None:
                    await read_current(db, self.deps, lambda db: read_session(db, player_id, session_id))
                else:
                    await read_current(db, self.deps, lambda db: read_question(db, player_id, question_id))
            except NotFound:
                log.info("a session was deleted while it was swept")
        return True


async def keep_sweeping(deps: GameDeps) -> None:
    """Sweep until cancelled. Whatever goes wrong, the next sweep is tried: without it no round would end."""
    sweeper = Sweeper(deps)
    await repeat(
        "sweeping",
        lambda n: _sweep_all(sweeper, tokens_too=n % TOKENS_EVERY_SWEEPS == 0),
        every_seconds=EVERY_SECONDS,
    )


async def _sweep_all(sweeper: Sweeper, *, tokens_too: bool) -> None:
    while await sweeper.sweep() == BATCH:
        pass
    if tokens_too:
        await forget_what_ended(sweeper.deps.store)
