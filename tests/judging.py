"""Jurors as tests have them, and whose answers they judge."""

import httpx

from gap_server.store.engine import Store
from tests.playing import Player, new_player

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


async def flagging_player(client: httpx.AsyncClient, telegram_id: int = 1) -> Player:
    """One who flagged ten answers, and looked at the result: five of them are cases now."""
    player = await new_player(client, telegram_id)
    await player.play_session("wrong")
    return player


async def judge(juror: Player, case: dict[str, object], *said: str) -> httpx.Response:
    return await juror.call_("PUT", f"/jury/cases/{case['id']}/verdict", {"answers": list(said)})


async def rows(store: Store, sql: str, *values: object) -> list[tuple[object, ...]]:
    async with store.connection() as db:
        return [tuple(row) for row in await db.fetch(sql, *values)]
