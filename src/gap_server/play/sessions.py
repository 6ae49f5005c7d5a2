"""Starting a session, going on to the next round, looking at what there is and at the result."""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from math import ceil
from random import SystemRandom
from uuid import UUID

from gap_server.errors import ConsentRequired, NotFound, Refused, StoreUnavailable, TooManySessions
from gap_server.game import moves
from gap_server.game.deal import deal, images_needed
from gap_server.game.rules import CONSENT_VERSION, RULES_VERSION, Rules
from gap_server.game.state import Pool, Round
from gap_server.play.apply import ATTEMPTS, allowed, make, moved, settled
from gap_server.play.deps import House
from gap_server.play.holding import hold
from gap_server.store import images, sessions
from gap_server.store.engine import Db
from gap_server.store.game_read import Board, read_next_dealt, read_open_session, read_session
from gap_server.store.game_write import write
from gap_server.store.sessions import Allowance, NewSession, PastRound, PastSession

DAY = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Debrief:
    """A session that is over. `corrections_open`: right answers to its flagged rounds are still taken."""

    board: Board
    rounds: list[PastRound]
    corrections_open: bool


async def start(house: House, player_id: UUID) -> tuple[Board, bool]:
    """Deal a session; where one is open, that one. The flag says whether it is new.

    Raises ConsentRequired, TooManySessions, Refused (not_enough_images).
    """
    with suppress(NotFound):
        return await current(house, player_id), False
    async with house.store.transaction() as db:
        await hold(db, player_id)
        if (board := await read_open_session(db, player_id)) is not None:
            return board, False
        await sessions.start(db, player_id, await _dealt(db, house, player_id))
        if (board := await read_open_session(db, player_id)) is None:
            raise StoreUnavailable("The session that was dealt is not there.")
        return board, True


async def current(house: House, player_id: UUID) -> Board:
    """The open session. Raises NotFound (no_open_session)."""
    try:
        board = await make(house, lambda db: read_open_session(db, player_id))
    except NotFound:
        raise NotFound("No session is open.", code="no_open_session") from None
    if not board.game.session.is_open:
        raise NotFound("No session is open.", code="no_open_session")
    return board


async def look(house: House, player_id: UUID, session_id: UUID) -> Board:
    return await make(house, lambda db: read_session(db, player_id, session_id))


async def open_next(house: House, player_id: UUID, session_id: UUID) -> Board:
    """Turn up the next image. An open round stays, unless its time is up."""
    for _ in range(ATTEMPTS):
        async with house.store.connection() as db:
            board = await settled(db, house, lambda db: read_session(db, player_id, session_id))
            dealt = None
            if board.game.round is None:
                board, dealt = await _turn_up(db, board)
            after = allowed(moves.open_next(board.game, dealt, house.rules, board.now))
            written = await write(db, board, after)
            if written and after.round is not None and after.round.is_open:
                return moved(board, after)
    raise StoreUnavailable("Too much is happening in this session at once.")


async def _turn_up(db: Db, board: Board) -> tuple[Board, Round | None]:
    """The next round that was dealt, on a board as old as the one that had no open round: if another was
    opened between the two reads, what is written on this one is void."""
    dealt = await read_next_dealt(db, board.player_id, board.game.session.id)
    if dealt is None:
        return board, None
    return replace(dealt, version=board.version), dealt.game.round


async def result(house: House, player_id: UUID, session_id: UUID) -> Debrief:
    """The debrief: what was a trap, and what each round was worth. Only once the session is over."""
    board = await look(house, player_id, session_id)
    if board.game.session.is_open:
        raise Refused("The result is shown when the session is over.", code="session_not_over")
    async with house.store.connection() as db:
        past = await sessions.result(db, player_id, session_id)
    return Debrief(board, past, moves.corrections_open(board.game.session, house.rules, board.now))


async def history(house: House, player_id: UUID, after: UUID | None, limit: int) -> list[PastSession]:
    async with house.store.connection() as db:
        return await sessions.history(db, player_id, after=after, limit=limit)


async def _dealt(db: Db, house: House, player_id: UUID) -> NewSession:
    consent_version = _check(await sessions.may_start(db, player_id), house.sessions_per_day)
    cards = deal(house.rules, SystemRandom())
    piles = await _piles(db, house.rules, player_id)
    return NewSession(
        rules_version=RULES_VERSION,
        consent_version=consent_version,
        control_rounds=house.rules.control_rounds,
        round_time=house.rules.round_time,
        session_time=house.rules.session_time,
        cards=cards,
        images=[piles[card.pool].pop() for card in cards],
    )


async def _piles(db: Db, rules: Rules, player_id: UUID) -> dict[Pool, list[UUID]]:
    piles: dict[Pool, list[UUID]] = {}
    for pool, count in images_needed(rules).items():
        piles[pool] = await images.pick(db, player_id, pool, count)
        if len(piles[pool]) < count:
            raise Refused("You have seen all the images there are.", code="not_enough_images")
    return piles


def _check(allowance: Allowance, sessions_per_day: int) -> int:
    """The version of the consent that the session starts under."""
    if allowance.consent_version != CONSENT_VERSION:
        raise ConsentRequired("Playing needs your consent first.")
    if allowance.started >= sessions_per_day and allowance.first_at is not None:
        wait = allowance.first_at + DAY - allowance.now
        raise TooManySessions(
            f"{sessions_per_day} sessions a day are the limit.",
            retry_after_seconds=max(1, ceil(wait.total_seconds())),
        )
    return allowance.consent_version
