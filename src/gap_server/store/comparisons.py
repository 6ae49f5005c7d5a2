"""Players x images x models: untainted answers counted, and what was found of the models written down."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from gap_server.store.engine import Db

COUNTS: Final = """
select q.player_id, r.image_id, coalesce(q.category, '') as category, coalesce(m.name, '') as model,
       coalesce(m.revision, '') as revision, count(*) as seen,
       count(*) filter (where q.judgement = 'wrong') as flagged
from app.session s
join app.round r on r.player_id = s.player_id and r.session_id = s.id and not r.tainted
    and r.state in ('flagged', 'passed', 'expired')
join app.question q on q.player_id = r.player_id and q.round_id = r.id and q.state = 'answered'
left join app.served_model m on m.sha256 = q.served_model_sha256
where s.player_id = any($1::uuid[]) and s.state <> 'open' and s.ended_at > now() - make_interval(days => $2)
group by 1, 2, 3, 4, 5
"""

NEWEST: Final = """
select id, estimator_version, players, answers, counted_at, details from app.trust_fit
where kind = 'joint' order by id desc limit 1
"""

THIN_OUT: Final = """
delete from app.trust_fit f where f.kind = 'joint' and f.counted_at < now() - make_interval(days => $1)
  and exists (
      select from app.trust_fit later where later.kind = 'joint' and later.id > f.id
        and (later.counted_at at time zone 'UTC')::date = (f.counted_at at time zone 'UTC')::date)
"""


@dataclass(frozen=True, slots=True)
class AnswerCount:
    """Untainted answers of a model to one player about one image and category: all, and the flagged."""

    player_id: UUID
    image_id: UUID
    category: str
    model: str
    revision: str
    seen: int
    flagged: int


@dataclass(frozen=True, slots=True)
class ComparedFit:
    """One fit of all models; see `app.trust_fit`."""

    id: int
    estimator_version: str
    players: int
    answers: int
    counted_at: datetime
    details: dict[str, Any]


@dataclass(frozen=True, slots=True)
class ModelStanding:
    """The columns of `app.model_standing`, in order."""

    model: str
    revision: str
    truthfulness: float
    truthfulness_lower: float
    truthfulness_upper: float
    flag_rate: float
    flag_rate_lower: float
    flag_rate_upper: float
    players: int
    answers: int
    flagged: int


@dataclass(frozen=True, slots=True)
class ModelDifference:
    """The columns of `app.model_difference`, in order: every model against every other, both ways."""

    model: str
    revision: str
    other_model: str
    other_revision: str
    difference: float
    difference_lower: float
    difference_upper: float
    p_more_truthful: float
    flag_rate_difference: float
    flag_rate_difference_lower: float
    flag_rate_difference_upper: float


_STANDING: Final = [field.name for field in fields(ModelStanding)]
_DIFFERENCE: Final = [field.name for field in fields(ModelDifference)]


async def counts(db: Db, player_ids: Sequence[UUID], days: int) -> list[AnswerCount]:
    """What these players heard untainted in sessions that ended in the last `days`."""
    return [AnswerCount(**row) for row in await db.fetch(COUNTS, player_ids, days)]


async def write(
    db: Db, fit_id: int, standings: Sequence[ModelStanding], differences: Sequence[ModelDifference]
) -> None:
    await db.executemany(_insert("model_standing", _STANDING), [(fit_id, *astuple(one)) for one in standings])
    await db.executemany(
        _insert("model_difference", _DIFFERENCE), [(fit_id, *astuple(one)) for one in differences]
    )


async def newest(db: Db) -> ComparedFit | None:
    row = await db.fetchrow(NEWEST)
    return ComparedFit(**row) if row else None


async def standings(db: Db, fit_id: int) -> list[ModelStanding]:
    """The most truthful first."""
    rows = await db.fetch(
        f"select {', '.join(_STANDING)} from app.model_standing where fit_id = $1"
        " order by truthfulness desc, model, revision",
        fit_id,
    )
    return [ModelStanding(**row) for row in rows]


async def differences(db: Db, fit_id: int) -> list[ModelDifference]:
    rows = await db.fetch(
        f"select {', '.join(_DIFFERENCE)} from app.model_difference where fit_id = $1"
        " order by model, revision, other_model, other_revision",
        fit_id,
    )
    return [ModelDifference(**row) for row in rows]


async def thin_out(db: Db, days: int) -> None:
    """Of fits that are older than so many days, keep the last of each day (UTC)."""
    await db.execute(THIN_OUT, days)


def _insert(table: str, columns: Sequence[str]) -> str:
    places = ", ".join(f"${n}" for n in range(1, len(columns) + 2))
    return f"insert into app.{table} (fit_id, {', '.join(columns)}) values ({places})"
