"""A session under way and after it: going on to the next round, looking at what there is, the result."""

from dataclasses import dataclass, replace
from uuid import UUID

from gap_server.errors import NotFound, Refused, StoreUnavailable
from gap_server.game import moves
from gap_server.game.outcome import RoundOutcome
from gap_server.game.state import Round
from gap_server.play import sharpness
from gap_server.play.apply import ATTEMPTS, allowed, apply_move, moved, read_current
from gap_server.play.assignment import answerer_of
from gap_server.play.deps import GameDeps
from gap_server.store import assessments, challenges, sessions
from gap_server.store.assessments import SharpnessChange
from gap_server.store.engine import Db
from gap_server.store.game_read import GameSnapshot, read_next_dealt, read_open_session, read_session
from gap_server.store.game_write import write
from gap_server.store.sessions import PastRound, PastSession

OPPONENTS_SHOWN = 10


@dataclass(frozen=True, slots=True)
class OpponentCard:
    """What somebody else made of the same ten pictures; `outcomes` in the order of the pictures."""

    name: str
    score: int
    outcomes: list[RoundOutcome]


@dataclass(frozen=True, slots=True)
class Debrief:
    """A session that is over. `corrections_open`: right answers to its flagged rounds are still taken.

    `opponents`: whom it was played against, and who took it up as a challenge.
    """

    snapshot: GameSnapshot
    rounds: list[PastRound]
    sharpness: SharpnessChange
    corrections_open: bool
    opponents: list[OpponentCard]

    @property
    def caught(self) -> int:
        """Lies caught, whatever each was worth in its day."""
        return sum(past.points > 0 for past in self.rounds)


async def current(deps: GameDeps, player_id: UUID) -> GameSnapshot:
    """The open session. Raises NotFound (no_open_session)."""
    try:
        snapshot = await apply_move(deps, lambda db: read_open_session(db, player_id))
    except NotFound:
        raise NotFound("No session is open.", code="no_open_session") from None
    if not snapshot.game.session.is_open:
        raise NotFound("No session is open.", code="no_open_session")
    return snapshot


async def look(deps: GameDeps, player_id: UUID, session_id: UUID) -> GameSnapshot:
    return await apply_move(deps, lambda db: read_session(db, player_id, session_id))


async def open_next(deps: GameDeps, player_id: UUID, session_id: UUID) -> GameSnapshot:
    """Turn up the next image. An open round stays, unless its time is up."""
    for _ in range(ATTEMPTS):
        async with deps.store.connection() as db:
            snapshot = await read_current(db, deps, lambda db: read_session(db, player_id, session_id))
            await answerer_of(db, deps, snapshot)
            dealt = None
            if snapshot.game.round is None:
                snapshot, dealt = await _turn_up(db, snapshot)
            after = allowed(moves.open_next(snapshot.game, dealt, deps.rules, snapshot.now))
            written = await write(db, snapshot, after)
            if written and after.round is not None and after.round.is_open:
                return moved(snapshot, after)
    raise StoreUnavailable("Too much is happening in this session at once.")


async def _turn_up(db: Db, snapshot: GameSnapshot) -> tuple[GameSnapshot, Round | None]:
    """The next round that was dealt, on a snapshot as old as the one that had no open round: if another was
    opened between the two reads, what is written on this one is void."""
    dealt = await read_next_dealt(db, snapshot.player_id, snapshot.game.session.id)
    if dealt is None:
        return snapshot, None
    return replace(dealt, version=snapshot.version), dealt.game.round


async def result(deps: GameDeps, player_id: UUID, session_id: UUID) -> Debrief:
    """The debrief: what was a trap, and what each round was worth. Only once the session is over."""
    snapshot = await look(deps, player_id, session_id)
    if snapshot.game.session.is_open:
        raise Refused("The result is shown when the session is over.", code="session_not_over")
    async with deps.store.transaction() as db:
        await sharpness.assess(db, player_id, session_id)
        change = await assessments.change(db, player_id, session_id)
        past = await sessions.result(db, player_id, session_id)
        opponents = await _opponents(db, player_id, session_id)
    corrections_open = moves.corrections_open(snapshot.game.session, deps.rules, snapshot.now)
    return Debrief(snapshot, past, change, corrections_open, opponents)


async def _opponents(db: Db, player_id: UUID, session_id: UUID) -> list[OpponentCard]:
    return [
        OpponentCard(
            opponent.name,
            opponent.score,
            [past.outcome for past in await sessions.result(db, opponent.player_id, opponent.session_id)],
        )
        for opponent in await challenges.opponents(db, player_id, session_id, OPPONENTS_SHOWN)
    ]


async def history(deps: GameDeps, player_id: UUID, after: UUID | None, limit: int) -> list[PastSession]:
    async with deps.store.connection() as db:
        return await sessions.history(db, player_id, after=after, limit=limit)
