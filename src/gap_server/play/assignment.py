"""Which model a session is given, who answers in it, and what becomes of it when that model has left.

Shares that an operator gives (`gap-server round promote`) stand in the database and are read at the start of
each session: every server follows at once, and a session that is under way keeps its model.
"""

from random import Random

from gap_server.errors import Refused
from gap_server.game import moves
from gap_server.play.deps import GameDeps
from gap_server.store import rounds
from gap_server.store.engine import Db
from gap_server.store.game_read import GameSnapshot
from gap_server.store.game_write import write
from gap_server.vlm.answerer import Answerer
from gap_server.vlm.models import Newcomer
from gap_server.vlm.protocol import ModelId


async def assigned(db: Db, deps: GameDeps, random: Random) -> ModelId:
    """The model of a new session."""
    shares = {_id(*one): share for one, share in (await rounds.field(db)).shares.items()}
    for one in shares:
        await _join(db, deps, one)
    deps.models.share_out(shares)
    return deps.models.assigned(random)


async def answerer_by_id(db: Db, deps: GameDeps, one: ModelId | None) -> Answerer | None:
    """Who answers as this model; None where nobody does any more."""
    if one is not None:
        await _join(db, deps, one)
    return deps.models.answerer(one)


async def _join(db: Db, deps: GameDeps, one: ModelId) -> None:
    """A model that was registered after this server had started, if it is one."""
    if deps.models.knows(one):
        return
    if (found := await rounds.revision(db, one.name, one.revision or "")) is not None:
        deps.models.join(Newcomer(one, found.urls, found.dialect, found.extra_body))


def _id(name: str, revision: str) -> ModelId:
    return ModelId(name, revision or None)


async def answerer_of(db: Db, deps: GameDeps, snapshot: GameSnapshot) -> Answerer:
    """Who answers in this session. Where its model has left the field it ends, rather than mix two.

    Raises Refused (session_over).
    """
    own = ModelId(snapshot.model, snapshot.model_revision) if snapshot.model is not None else None
    answerer = await answerer_by_id(db, deps, own)
    if answerer is None:
        await write(db, snapshot, moves.withdraw(snapshot.game, snapshot.now))
        raise Refused("The model of this session has left the game.", code="session_over")
    return answerer
