"""Today's ten: which pictures, and who stands where on the day's board. A day is one of UTC."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from gap_server.game.state import Pool
from gap_server.store import calendar
from gap_server.store.board import TODAY, ranks, size_for
from gap_server.store.engine import Db
from gap_server.store.rank_marks import ahead_of

LOCK = "select pg_advisory_xact_lock(hashtext('app.daily'))"
NEW = f"""
insert into app.daily (number, day) select 1 + coalesce(max(number), 0), {calendar.TODAY} from app.daily
returning number
"""
PICK = """
select i.id from app.image i
where i.pool = $1 and i.retired_at is null
  and not exists (select from app.round r where r.image_id = i.id)
  and not exists (select from app.daily_image d where d.image_id = i.id)
order by i.reserved desc, random() limit $2
"""
"""Nobody has met them: kept for this, or else just never dealt. Looks at each image there is, once a day."""

RESERVE = "update app.image set reserved = true where id = any ($1) and not reserved"
ADD_IMAGES = """
insert into app.daily_image (number, position, image_id)
select $1, n, id from unnest($2::uuid[]) with ordinality as image (id, n)
"""
IMAGES = """
select d.image_id as id, i.pool, i.retired_at is not null as retired
from app.daily_image d join app.image i on i.id = d.image_id where d.number = $1 order by d.position
"""
MET = """
select exists (
    select from app.session where player_id = $1 and daily_number = $3
) or exists (
    select from app.departed d join app.daily_image i on i.image_id = any (d.image_ids)
    where d.person = $2 and d.forget_at > now() and i.number = $3
)
"""
ENTER = """
insert into app.daily_entry (player_id, session_id, number, net_points, points)
select s.player_id, s.id, s.daily_number, $3, s.score from app.session s
where s.player_id = $1 and s.id = $2 and s.daily_number is not null and s.state = 'finished'
on conflict do nothing
"""
READ = f"""
select d.number, d.day, now() as now,
       (d.day + 1)::timestamp at time zone 'UTC' as ends_at,
       s.id as session_id, s.state as session_state
from app.daily d left join app.session s on s.daily_number = d.number and s.player_id = $1
where d.day = {calendar.TODAY}
"""
_ROW = """
select p.id, coalesce(p.name, '') as name, e.net_points, e.points
from app.daily_entry e join app.player p on p.id = e.player_id where e.number = $1
"""
TOP = f"{_ROW} and e.shown order by e.net_points desc, e.points desc, e.player_id desc limit {{most}}"
MINE = f"{_ROW} and p.id = $2 and p.banned_at is null"


@dataclass(frozen=True, slots=True)
class DailyImage:
    id: UUID
    pool: Pool
    retired: bool


@dataclass(frozen=True, slots=True)
class Today:
    """Today's ten as one player has it. `session_id`: of the player's one try, None before it."""

    number: int
    day: date
    now: datetime
    ends_at: datetime
    session_id: UUID | None
    session_state: str | None


@dataclass(frozen=True, slots=True)
class DailyRow:
    """Who is equal in both shares a rank."""

    rank: int
    name: str
    net_points: int
    points: int
    is_me: bool


async def number_of_today(db: Db) -> int | None:
    number: int | None = await db.fetchval(calendar.NUMBER_OF_TODAY)
    return number


async def lock(db: Db) -> None:
    """Only one makes today's ten; it is known to the others when this transaction ends."""
    await db.execute(LOCK)


async def pick(db: Db, pool: Pool, count: int) -> list[UUID]:
    """Up to `count` pictures that nobody was ever dealt."""
    return [row[0] for row in await db.fetch(PICK, pool, count)]


async def add(db: Db, images: Sequence[UUID]) -> int:
    """Make today's ten of these, in this order; give its number."""
    number: int = await db.fetchval(NEW)
    await db.execute(RESERVE, images)
    await db.execute(ADD_IMAGES, number, images)
    return number


async def images_of(db: Db, number: int) -> list[DailyImage]:
    return [
        DailyImage(row["id"], Pool(row["pool"]), row["retired"]) for row in await db.fetch(IMAGES, number)
    ]


async def has_met(db: Db, player_id: UUID, person: bytes, number: int) -> bool:
    """The player has begun that daily; `person`: or did, under an account that is gone."""
    met: bool = await db.fetchval(MET, player_id, person, number)
    return met


async def enter(db: Db, player_id: UUID, session_id: UUID, net_points: int) -> None:
    """Put a finished daily onto its day's board; of any other session nothing happens."""
    await db.execute(ENTER, player_id, session_id, net_points)


async def read(db: Db, player_id: UUID) -> Today | None:
    """None while nobody has asked for today's yet."""
    row = await db.fetchrow(READ, player_id)
    return Today(**row) if row else None


async def top(db: Db, number: int, player_id: UUID, limit: int) -> list[DailyRow]:
    """The best of those who show themselves, up to 100."""
    rows = (await db.fetch(TOP.format(most=size_for(limit)), number))[:limit]
    worths = [(row["net_points"], row["points"]) for row in rows]
    return [
        DailyRow(rank, row["name"], *worth, is_me=row["id"] == player_id)
        for rank, worth, row in zip(ranks(worths), worths, rows, strict=True)
    ]


async def mine(db: Db, number: int, player_id: UUID) -> DailyRow | None:
    """The player's own row, shown to others or not; its rank as true as the board's marks are fresh."""
    row = await db.fetchrow(MINE, number, player_id)
    if row is None:
        return None
    worth = row["net_points"], row["points"]
    return DailyRow(await ahead_of(db, TODAY, worth) + 1, row["name"], *worth, is_me=True)
