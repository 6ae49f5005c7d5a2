"""Holding a player still: starts, consents and farewells of one player come one after the other."""

from uuid import UUID

from gap_server.errors import NotSignedIn
from gap_server.store import players
from gap_server.store.engine import Db


async def hold(db: Db, player_id: UUID) -> None:
    """Lock the player until the transaction ends. Raises NotSignedIn where the player has just gone."""
    if not await players.hold(db, player_id):
        raise NotSignedIn("This account was deleted just now.")
