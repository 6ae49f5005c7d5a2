"""Sharing a result in Telegram, with its picture.

Only the bot has the token that Telegram asks for: what is to be shared is written down, the bot prepares a
message of it, and who asked waits for that. The card lies for a day where Telegram's servers can fetch it.
"""

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from secrets import token_urlsafe
from uuid import UUID

from gap_server.errors import NotFound
from gap_server.play import share_card
from gap_server.play.deps import GameDeps
from gap_server.play.outbox import transaction
from gap_server.store import shares
from gap_server.store.engine import Store
from gap_server.store.shares import WantedShare

EVERY_SECONDS = 0.25
LOOKS = 16
"""Four seconds: then the player shares a link instead."""
YOUNG = timedelta(seconds=10)
KEPT = timedelta(days=1)
BATCH = 10


@dataclass(frozen=True, slots=True)
class Share:
    """`prepared_id`: of the message that the bot prepared; None where it did not in time."""

    key: str
    prepared_id: str | None


async def share(deps: GameDeps, player_id: UUID, session_id: UUID) -> Share:
    """Raises NotFound, Refused (session_not_over), TooMany (too_many_share_cards)."""
    await share_card.card(deps, player_id, session_id)  # it is drawn before Telegram asks for it
    key = token_urlsafe(16)
    async with deps.store.transaction() as db:
        share_id = await shares.begin(db, player_id, session_id, key)
    if deps.bot_name is None:
        return Share(key, None)
    for _ in range(LOOKS):
        await asyncio.sleep(EVERY_SECONDS)
        async with deps.store.connection() as db:
            prepared_id, given_up = await shares.read(db, player_id, share_id)
        if prepared_id is not None or given_up:
            return Share(key, prepared_id)
    return Share(key, None)


async def card(deps: GameDeps, key: str) -> bytes:
    """A JPEG, for whoever has the key. Raises NotFound."""
    async with deps.store.connection() as db:
        found = await shares.by_key(db, key, kept=KEPT)
    if found is None:
        raise NotFound("There is no such card (any more).")
    return await share_card.jpeg(deps, *found)


async def wanted(store: Store) -> list[WantedShare]:
    """What the bot is to prepare now. Raises StoreUnavailable, as the others do."""
    async with transaction(store) as db:
        return await shares.claim(db, young=YOUNG, limit=BATCH)


async def prepared(store: Store, share: WantedShare, prepared_id: str) -> None:
    async with transaction(store) as db:
        await shares.prepared(db, share, prepared_id)


async def give_up(store: Store, share: WantedShare) -> None:
    async with transaction(store) as db:
        await shares.give_up(db, share)


async def tidy(store: Store) -> None:
    async with transaction(store) as db:
        await shares.forget(db, kept=KEPT)
