"""Starting a session, going on to the next round, looking at what there is and at the result."""

from contextlib import suppress
from dataclasses import dataclass, replace
from math import ceil
from random import SystemRandom
from uuid import UUID

from gap_server.errors import ConsentRequired, NotFound, Refused, StoreUnavailable, TooMany
from gap_server.game import moves
from gap_server.game.deal import deal, images_needed
from gap_server.game.rules import CONSENT_VERSION, RULES_VERSION, Rules
from gap_server.game.state import Pool, Round
from gap_server.play import sharpness
from gap_server.play.apply import ATTEMPTS, allowed, apply_move, moved, read_current
from gap_server.play.assignment import answerer_of
from gap_server.play.deps import GameDeps
from gap_server.play.limits import DAY, person_of
from gap_server.store import assessments, images, players, sessions
from gap_server.store.assessments import SharpnessChange
from gap_server.store.engine import Db
from gap_server.store.game_read import GameSnapshot, read_next_dealt, read_open_session, read_session
from gap_server.store.game_write import write
from gap_server.store.sessions import Allowance, NewSession, PastRound, PastSession


@dataclass(frozen=True, slots=True)
class Debrief:
    """A session that is over. `corrections_open`: right answers to its flagged rounds are still taken."""

    snapshot: GameSnapshot
    rounds: list[PastRound]
    sharpness: SharpnessChange
    corrections_open: bool

    @property
    def caught(self) -> int:
        """Lies caught, whatever each was worth in its day."""
        return sum(past.points > 0 for past in self.rounds)


async def start(deps: GameDeps, player_id: UUID) -> tuple[GameSnapshot, bool]:
    """Deal a session; where one is open, that one. The flag says whether it is new.

    Raises ConsentRequired, TooMany (too_many_sessions), Refused (not_enough_images).
    """
    with suppress(NotFound):
        return await current(deps, player_id), False
    async with deps.store.transaction() as db:
        person = person_of(deps.bot_key, await players.hold(db, player_id))
        if (snapshot := await read_open_session(db, player_id)) is not None:
            return snapshot, False
        await sessions.start(db, player_id, await _dealt(db, deps, player_id, person))
        if (snapshot := await read_open_session(db, player_id)) is None:
            raise StoreUnavailable("The session that was dealt is not there.")
        return snapshot, True


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
    return Debrief(
        snapshot, past, change, moves.corrections_open(snapshot.game.session, deps.rules, snapshot.now)
    )


async def history(deps: GameDeps, player_id: UUID, after: UUID | None, limit: int) -> list[PastSession]:
    async with deps.store.connection() as db:
        return await sessions.history(db, player_id, after=after, limit=limit)


async def _dealt(db: Db, deps: GameDeps, player_id: UUID, person: bytes) -> NewSession:
    consent_version = _check(await sessions.may_start(db, player_id, person), deps.sessions_per_day)
    random = SystemRandom()
    dealt_rounds, model = deal(deps.rules, random), deps.models.assigned(random)
    piles = await _piles(db, deps.rules, player_id, person)
    return NewSession(
        rules_version=RULES_VERSION,
        consent_version=consent_version,
        deal=deps.rules.deal,
        control_rounds=deps.rules.control_rounds,
        model=model.name,
        model_revision=model.revision,
        round_time=deps.rules.round_time,
        session_time=deps.rules.session_time,
        dealt_rounds=dealt_rounds,
        images=[piles[dealt.pool].pop() for dealt in dealt_rounds],
    )


async def _piles(db: Db, rules: Rules, player_id: UUID, person: bytes) -> dict[Pool, list[UUID]]:
    piles: dict[Pool, list[UUID]] = {}
    for pool, count in images_needed(rules).items():
        piles[pool] = await images.pick(db, player_id, person, pool, count)
        if len(piles[pool]) < count:
            raise Refused("You have seen all the images there are.", code="not_enough_images")
    return piles


def _check(allowance: Allowance, sessions_per_day: int) -> int:
    """The version of the consent that the session starts under."""
    if allowance.consent_version != CONSENT_VERSION:
        raise ConsentRequired("Playing needs your consent first.")
    if allowance.started >= sessions_per_day and allowance.first_at is not None:
        wait = allowance.first_at + DAY - allowance.now
        raise TooMany(
            f"{sessions_per_day} sessions a day are the limit.",
            code="too_many_sessions",
            retry_after_seconds=max(1, ceil(wait.total_seconds())),
        )
    return allowance.consent_version
