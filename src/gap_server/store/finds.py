"""How many finds a player has, and the message about a new one."""

from uuid import UUID

from gap_server.store.engine import Db
from gap_server.store.outbox import FIND_CONFIRMED, MAY_BE_WRITTEN_TO

TELL = f"""
insert into app.outbox (player_id, kind, content)
select p.id, '{FIND_CONFIRMED}', jsonb_build_object('jurors', $2::int) from app.player p
where p.id = $1 and {MAY_BE_WRITTEN_TO.format(p="p")} and not exists (
    select from app.outbox o where o.player_id = p.id and o.kind = '{FIND_CONFIRMED}'
    and o.created_at > now() - interval '1 day')
"""
"""One such message a day is enough."""


async def count_one(db: Db, player_id: UUID) -> None:
    await db.execute("update app.player_total set finds = finds + 1 where player_id = $1", player_id)


async def tell(db: Db, player_id: UUID, *, jurors: int) -> None:
    """Put the good news into the outbox, for a player who may be written to."""
    await db.execute(TELL, player_id, jurors)
