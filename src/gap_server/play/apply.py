"""How every move is made: read the board, let time do its part, ask the rules, write if nobody did."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime

from gap_server.errors import NotFound, Refused, StoreUnavailable
from gap_server.game import moves
from gap_server.game.state import Game, Refusal
from gap_server.play.deps import Ground
from gap_server.store.engine import Db
from gap_server.store.game_read import Board
from gap_server.store.game_write import Telling, write

ATTEMPTS = 100
"""Each lost attempt means that another move of the same session was made: more than any two thumbs can."""

LOST = Telling({"failure": "lost"})
"""A question that time failed: the process that was to answer it is gone."""

Read = Callable[[Db], Awaitable[Board | None]]
Decide = Callable[[Game, datetime], Game | Refusal]


def stay(game: Game, _now: datetime) -> Game:
    """The move of who only looks."""
    return game


async def make(house: Ground, read: Read, decide: Decide = stay, telling: Telling | None = None) -> Board:
    """Make a move and give the board after it. Raises NotFound, Refused, StoreUnavailable."""
    for _ in range(ATTEMPTS):
        async with house.store.connection() as db:
            board = await settled(db, house, read)
            after = allowed(decide(board.game, board.now))
            if await write(db, board, after, telling):
                return moved(board, after)
    raise StoreUnavailable("Too much is happening in this session at once.")


async def settled(db: Db, house: Ground, read: Read) -> Board:
    """Read a board on which nothing has run out: what had, is ended first."""
    for _ in range(ATTEMPTS):
        board = await read(db)
        if board is None:
            raise NotFound("There is no such thing here.")
        lapsed = moves.lapse(board.game, house.rules, board.now)
        if await write(db, board, lapsed, LOST):
            return moved(board, lapsed)
    raise StoreUnavailable("Too much is happening in this session at once.")


def allowed(outcome: Game | Refusal) -> Game:
    if isinstance(outcome, Refusal):
        raise Refused(outcome.detail, code=outcome.code)
    return outcome


def moved(board: Board, after: Game) -> Board:
    """The board as it stands after a move that was written."""
    if after == board.game:
        return board
    return replace(board, game=after, version=board.version + 1)
