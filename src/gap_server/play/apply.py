"""How every move is made: read the snapshot, let time do its part, ask the rules, write if nobody did."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from math import ceil

from gap_server.errors import NotFound, Refused, StoreUnavailable, TooMany
from gap_server.game import moves
from gap_server.game.state import Game, Refusal
from gap_server.play.deps import Deps
from gap_server.store.engine import Db
from gap_server.store.game_read import GameSnapshot
from gap_server.store.game_write import write
from gap_server.store.provenance import Provenance

ATTEMPTS = 100
"""Each lost attempt means that another move of the same session was made: more than any two thumbs can."""

LOST = Provenance(failure="lost")
"""A question that time failed: the process that was to answer it is gone."""

Read = Callable[[Db], Awaitable[GameSnapshot | None]]
Decide = Callable[[Game, datetime], Game | Refusal]


def stay(game: Game, _now: datetime) -> Game:
    """The move of who only looks."""
    return game


async def apply_move(
    deps: Deps, read: Read, decide: Decide = stay, provenance: Provenance | None = None
) -> GameSnapshot:
    """Make a move and give the snapshot after it. Raises NotFound, Refused, StoreUnavailable."""
    async with deps.store.connection() as db:
        return await apply_move_in(db, deps, read, decide, provenance)


async def apply_move_in(
    db: Db, deps: Deps, read: Read, decide: Decide = stay, provenance: Provenance | None = None
) -> GameSnapshot:
    """The same on a connection, or in a transaction, that the caller has."""
    for _ in range(ATTEMPTS):
        snapshot = await read_current(db, deps, read)
        after = allowed(decide(snapshot.game, snapshot.now))
        if await write(db, snapshot, after, provenance):
            return moved(snapshot, after)
    raise StoreUnavailable("Too much is happening in this session at once.")


async def read_current(db: Db, deps: Deps, read: Read) -> GameSnapshot:
    """Read a snapshot on which nothing has run out: what had, is ended first."""
    for _ in range(ATTEMPTS):
        snapshot = await read(db)
        if snapshot is None:
            raise NotFound("There is no such thing here.")
        lapsed = moves.lapse(snapshot.game, deps.rules, snapshot.now)
        if await write(db, snapshot, lapsed, LOST):
            return moved(snapshot, lapsed)
    raise StoreUnavailable("Too much is happening in this session at once.")


def beginning_with(seen: GameSnapshot | None, read: Read) -> Read:
    """What was seen already, the first time; what is read then, whenever that was not the last word."""
    at_hand = [] if seen is None else [seen]

    async def read_on(db: Db) -> GameSnapshot | None:
        return at_hand.pop() if at_hand else await read(db)

    return read_on


def allowed(outcome: Game | Refusal) -> Game:
    """Raises Refused, or TooMany where time alone helps."""
    if not isinstance(outcome, Refusal):
        return outcome
    if outcome.wait is None:
        raise Refused(outcome.detail, code=outcome.code)
    seconds = max(1, ceil(outcome.wait.total_seconds()))
    raise TooMany(outcome.detail, code=outcome.code, retry_after_seconds=seconds)


def moved(snapshot: GameSnapshot, after: Game) -> GameSnapshot:
    """The snapshot as it stands after a move that was written."""
    if after == snapshot.game:
        return snapshot
    return replace(snapshot, game=after, version=snapshot.version + 1)
