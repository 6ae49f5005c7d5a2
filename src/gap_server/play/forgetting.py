"""Letting go of what is held for a while only: ended tokens, full limits, who left, old queries."""

from gap_server.store import departures, limits, players, research_tokens
from gap_server.store.engine import Store


async def forget_what_ended(store: Store) -> None:
    async with store.connection() as db:
        await players.drop_ended_tokens(db)
        await limits.drop_full(db)
        await departures.forget_old(db)
        await research_tokens.forget_old_queries(db)
