"""Players who spoil the game or the data: looking them up, banning, letting them in again."""

from typing import Any

from gap_server.errors import NotFound
from gap_server.store import players
from gap_server.store.engine import Store


async def show(store: Store, telegram_id: int) -> dict[str, Any]:
    """What an operator needs to know of a player. Raises NotFound."""
    async with store.connection() as db:
        player = await players.find_by_telegram_id(db, telegram_id)
    if player is None:
        raise NotFound(f"No player has the Telegram id {telegram_id}.")
    return player


async def set_banned(store: Store, telegram_id: int, *, banned: bool) -> dict[str, Any]:
    """Ban, or unban, and give the player as it is then. Raises NotFound."""
    player = await show(store, telegram_id)
    async with store.transaction() as db:
        await players.set_banned(db, player["id"], banned=banned)
    return await show(store, telegram_id)
