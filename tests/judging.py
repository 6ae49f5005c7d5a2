"""Jurors as tests have them."""

from gap_server.store.engine import Store

JUDGED_WELL = """
insert into app.verdict (player_id, case_id, image_id, truth, said, shown_at, ended_at)
select p.id, gen_random_uuid(), i.id, t.truth, t.truth, at, at
from app.player p, (values ('wrong'), ('right')) t (truth), (select now() - interval '9 days' as at) then_,
     lateral (select id from app.image order by pool, id limit 30) i
where p.telegram_id = any($1::bigint[])
"""


async def proven(store: Store, *telegram_ids: int) -> None:
    """Let these players have judged known cases, a while ago, and every one of them rightly."""
    async with store.connection() as db:
        await db.execute(JUDGED_WELL, list(telegram_ids))
