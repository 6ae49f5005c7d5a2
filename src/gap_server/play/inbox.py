"""Telegram's updates, which may come twice: each is taken once, and kept until it was answered.

Raises StoreUnavailable as the outbox does.
"""

from gap_server.play.outbox import transaction
from gap_server.store import inbox
from gap_server.store.engine import Store

ATTEMPTS = 3
"""An update over which the bot died so often is not tried again."""


async def take(store: Store, bot_id: int, update_id: int, content: str) -> bool:
    """False for an update that was taken already. `content` is given again to a bot that takes over."""
    async with transaction(store) as db:
        return await inbox.take(db, bot_id, update_id, content)


async def handled(store: Store, bot_id: int, update_id: int) -> None:
    """What somebody wrote is nobody's business any more."""
    async with transaction(store) as db:
        await inbox.forget_content(db, bot_id, update_id)


async def left_behind(store: Store, bot_id: int) -> list[str]:
    """Contents of updates that a bot took which died before they were handled."""
    async with transaction(store) as db:
        return await inbox.left_behind(db, bot_id, attempts=ATTEMPTS)
