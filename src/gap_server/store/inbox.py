"""Which of Telegram's updates the bot has taken, and those that it has not answered yet."""

from gap_server.store.engine import Db

TAKE = """
insert into app.bot_update (bot_id, update_id, content) values ($1, $2, $3)
on conflict do nothing returning true
"""

FORGET_CONTENT = "update app.bot_update set content = null where bot_id = $1 and update_id = $2"

LEFT_BEHIND = """
with given_up as (
    update app.bot_update set content = null where bot_id = $1 and content is not null and attempts >= $2
), again as (
    update app.bot_update set attempts = attempts + 1
    where bot_id = $1 and content is not null and attempts < $2 returning update_id, content
)
select content from again order by update_id
"""


async def take(db: Db, bot_id: int, update_id: int, content: str) -> bool:
    """True for the first who asks. The content stays until `forget_content`."""
    return await db.fetchval(TAKE, bot_id, update_id, content) is True


async def forget_content(db: Db, bot_id: int, update_id: int) -> None:
    await db.execute(FORGET_CONTENT, bot_id, update_id)


async def left_behind(db: Db, bot_id: int, *, attempts: int) -> list[str]:
    """Contents that nobody forgot, oldest first; those that were given `attempts` times already go."""
    return [row["content"] for row in await db.fetch(LEFT_BEHIND, bot_id, attempts)]
