"""Which model answers in a session, and what becomes of a session whose model has left the field."""

from gap_server.errors import Refused
from gap_server.game import moves
from gap_server.play.deps import GameDeps
from gap_server.store.engine import Db
from gap_server.store.game_read import GameSnapshot
from gap_server.store.game_write import write
from gap_server.vlm.answerer import Answerer
from gap_server.vlm.protocol import ModelId


async def answerer_of(db: Db, deps: GameDeps, snapshot: GameSnapshot) -> Answerer:
    """Who answers in this session. Where its model has left the field it ends, rather than mix two.

    Raises Refused (session_over).
    """
    assigned = ModelId(snapshot.model, snapshot.model_revision) if snapshot.model is not None else None
    answerer = deps.models.answerer(assigned)
    if answerer is None:
        await write(db, snapshot, moves.withdraw(snapshot.game, snapshot.now))
        raise Refused("The model of this session has left the game.", code="session_over")
    return answerer
