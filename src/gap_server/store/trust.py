"""The estimates of trust: what was fitted is written down here, and by whom."""

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from gap_server.store.engine import Db

TAKE_LEASE = """
insert into app.lease as l (name, held_until) values ($1, now() + $2::interval)
on conflict (name) do update set held_until = excluded.held_until where l.held_until <= now()
returning true
"""

NEW_FIT = """
insert into app.trust_fit (kind, estimator_version, players, answers, counted_at, details)
values ($1, $2, $3, $4, $5, $6) returning id
"""

WRITE_MODEL = """
insert into app.model_estimate (fit_id, model, revision, p_wrong, lower, upper)
values ($1, $2, coalesce($3, ''), $4, $5, $6)
"""

WRITE_TRUST = """
insert into app.answer_trust as t
    (player_id, question_id, p_wrong, p_wrong_unjudged, others, verdicts, fit_id)
select given.player_id, given.question_id, given.p_wrong, given.p_wrong_unjudged, given.others,
       given.verdicts, $1
from unnest($2::uuid[], $3::uuid[], $4::float8[], $5::float8[], $6::bigint[], $7::bigint[])
    as given (player_id, question_id, p_wrong, p_wrong_unjudged, others, verdicts)
join app.question q on q.player_id = given.player_id and q.id = given.question_id
on conflict (player_id, question_id) do update set fit_id = excluded.fit_id, p_wrong = excluded.p_wrong,
    p_wrong_unjudged = excluded.p_wrong_unjudged, others = excluded.others, verdicts = excluded.verdicts
where abs(t.p_wrong - excluded.p_wrong) > 0.001 or abs(t.p_wrong_unjudged - excluded.p_wrong_unjudged) > 0.001
   or (t.others, t.verdicts) <> (excluded.others, excluded.verdicts)
"""

FORGET_TRUST = """
delete from app.answer_trust t using app.round r
join app.question q on q.player_id = r.player_id and q.round_id = r.id
where r.image_id = any($1::uuid[]) and t.player_id = q.player_id and t.question_id = q.id
  and not exists (select from unnest($2::uuid[]) kept (id) where kept.id = t.question_id)
"""

FORGET_WITHDRAWN = """
delete from app.{table} t where not exists (
    select from app.consent k where k.player_id = t.player_id and k.withdrawn_at is null)
"""


@dataclass(frozen=True, slots=True)
class NewFit:
    """`kind`: reliability or joint; see the table's columns."""

    kind: str
    estimator_version: str
    players: int
    answers: int
    counted_at: datetime
    details: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class TrustedAnswer:
    """How sure a flagged answer is to be wrong, and what that rests on; see the table's columns, in order."""

    player_id: UUID
    question_id: UUID
    p_wrong: float
    p_wrong_unjudged: float
    others: int
    verdicts: int


@dataclass(frozen=True, slots=True)
class ModelError:
    """How often a model's revision is wrong on complex images without being told to, with its interval."""

    model: str
    revision: str | None
    p_wrong: float
    lower: float
    upper: float


@dataclass(frozen=True, slots=True)
class Reliability:
    """One player's error rates by pool with their intervals: the columns of `player_estimate`, in order."""

    player_id: UUID
    s_simple: float
    s_simple_lower: float
    s_simple_upper: float
    s_complex: float
    s_complex_lower: float
    s_complex_upper: float
    f_simple: float
    f_simple_lower: float
    f_simple_upper: float
    f_complex: float
    f_complex_lower: float
    f_complex_upper: float


_COLUMNS = [field.name for field in fields(Reliability)]
_RATES = _COLUMNS[1:]
_GIVEN = ", ".join(f"${n}::float8[]" for n, _ in enumerate(_RATES, start=3))

WRITE_PLAYERS = f"""
insert into app.player_estimate ({", ".join(_COLUMNS)}, fit_id)
select {", ".join(f"given.{name}" for name in _COLUMNS)}, $1
from unnest($2::uuid[], {_GIVEN}) as given ({", ".join(_COLUMNS)})
join app.player p on p.id = given.player_id
on conflict (player_id) do update set fit_id = excluded.fit_id,
    {", ".join(f"{name} = excluded.{name}" for name in _RATES)}
"""


async def take_lease(db: Db, name: str, lease: timedelta) -> bool:
    """True for the one process that is to do the work of this name; nobody else is before `lease` is over."""
    return await db.fetchval(TAKE_LEASE, name, lease) is True


async def add_fit(db: Db, fit: NewFit) -> int:
    fit_id: int = await db.fetchval(
        NEW_FIT,
        fit.kind,
        fit.estimator_version,
        fit.players,
        fit.answers,
        fit.counted_at,
        dict(fit.details),
    )
    return fit_id


async def write_model(db: Db, fit_id: int, estimate: ModelError) -> None:
    await db.execute(WRITE_MODEL, fit_id, *astuple(estimate))


async def write_players(db: Db, fit_id: int, estimates: Sequence[Reliability]) -> None:
    columns = list(zip(*(astuple(estimate) for estimate in estimates), strict=True))
    if columns:
        await db.execute(WRITE_PLAYERS, fit_id, *columns)


async def write_trust(
    db: Db, fit_id: int, image_ids: Sequence[UUID], answers: Sequence[TrustedAnswer]
) -> None:
    """Trust in every flagged answer about these images, in place of what was there."""
    await db.execute(FORGET_TRUST, image_ids, [answer.question_id for answer in answers])
    if answers:
        columns = zip(*(astuple(answer) for answer in answers), strict=True)
        await db.execute(WRITE_TRUST, fit_id, *map(list, columns))


async def forget_withdrawn(db: Db) -> None:
    """No estimate stays of who took the consent back."""
    for table in ("player_estimate", "answer_trust"):
        await db.execute(FORGET_WITHDRAWN.format(table=table))
