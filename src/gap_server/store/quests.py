"""How far players are with the quests of a week."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from gap_server.store.calendar import TODAY
from gap_server.store.engine import Db

ADVANCE = """
insert into app.quest_progress as p (player_id, week, quest, progress)
select $1, $2, quest, further from unnest($3::text[], $4::smallint[]) as further (quest, further)
on conflict (player_id, week, quest) do update set progress = p.progress + excluded.progress
"""


async def today(db: Db) -> date:
    """The day in UTC, by the database's clock."""
    day: date = await db.fetchval(f"select {TODAY}")
    return day


async def advance(db: Db, player_id: UUID, week: date, further: Mapping[str, int]) -> None:
    await db.execute(ADVANCE, player_id, week, list(further), list(further.values()))


async def progress(db: Db, player_id: UUID, week: date) -> dict[str, int]:
    rows = await db.fetch(
        "select quest, progress from app.quest_progress where player_id = $1 and week = $2", player_id, week
    )
    return {row["quest"]: row["progress"] for row in rows}
