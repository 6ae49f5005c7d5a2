"""The estimates of trust: counts going in, summed here, and what was fitted coming out."""

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from gap_server.quality.evidence import Kind
from gap_server.store.engine import Db
from gap_server.store.evidence import HARVEST, KNOWN_AS, LATER, kind_named

CONSENTING = """
select player_id from app.consent where withdrawn_at is null and player_id > $1 order by player_id limit $2
"""

_ANSWERS = f"""
select q.player_id, q.id as question_id, q.judgement is not distinct from 'wrong' as flagged,
       coalesce({KNOWN_AS}, case when not r.tainted then
           '{HARVEST}' || coalesce(json_build_array(m.name, m.revision)::text, '["", null]') || case when
               row_number() over (partition by q.player_id, q.round_id order by q.number) = 1 then ''
               else '{LATER}' end end) as kind
from app.session s
join app.round r on r.player_id = s.player_id and r.session_id = s.id
    and r.state in ('flagged', 'passed', 'expired')
join app.question q on q.player_id = r.player_id and q.round_id = r.id and q.state = 'answered'
left join app.served_model m on m.sha256 = q.served_model_sha256
left join app.honest_check h on h.player_id = q.player_id and h.question_id = q.id
left join app.jury_case c on c.player_id = q.player_id and c.question_id = q.id
where s.player_id = any($1::uuid[]) and s.state <> 'open'
"""
"""Each answer that was seen in a session that is over, and whether its player flagged or let it go."""

COUNTS = f"""
select player_id, kind, count(*) as seen, count(*) filter (where flagged) as flagged
from ({_ANSWERS}) a where kind is not null group by player_id, kind
"""

FLAGGED = f"select player_id, question_id, kind from ({_ANSWERS}) a where flagged and kind is not null"

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
insert into app.answer_trust as t (player_id, question_id, fit_id, p_wrong)
select given.player_id, given.question_id, $1, given.p_wrong
from unnest($2::uuid[], $3::uuid[], $4::float8[]) as given (player_id, question_id, p_wrong)
join app.question q on q.player_id = given.player_id and q.id = given.question_id
on conflict (player_id, question_id) do update set fit_id = excluded.fit_id, p_wrong = excluded.p_wrong
where abs(t.p_wrong - excluded.p_wrong) > 0.001
"""

FORGET_TRUST = """
delete from app.answer_trust t where t.player_id = any($1::uuid[]) and not exists (
    select from unnest($2::uuid[]) kept (id) where kept.id = t.question_id)
"""

FORGET_WITHDRAWN = """
delete from app.{table} t where not exists (
    select from app.consent k where k.player_id = t.player_id and k.withdrawn_at is null)
"""


@dataclass(frozen=True, slots=True)
class PlayerCount:
    """Of one kind of answer: how many the player saw, and how many of them were flagged."""

    player_id: UUID
    kind: Kind
    seen: int
    flagged: int


@dataclass(frozen=True, slots=True)
class FlaggedAnswer:
    player_id: UUID
    question_id: UUID
    kind: Kind


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


async def consenting(db: Db, after: UUID, limit: int) -> list[UUID]:
    """Players whose consent is active, in the order of their ids, from the one `after` on."""
    return [row[0] for row in await db.fetch(CONSENTING, after, limit)]


async def counts(db: Db, player_ids: Sequence[UUID]) -> list[PlayerCount]:
    rows = await db.fetch(COUNTS, player_ids)
    return [PlayerCount(r["player_id"], kind_named(r["kind"]), r["seen"], r["flagged"]) for r in rows]


async def flagged_answers(db: Db, player_ids: Sequence[UUID]) -> list[FlaggedAnswer]:
    rows = await db.fetch(FLAGGED, player_ids)
    return [FlaggedAnswer(r["player_id"], r["question_id"], kind_named(r["kind"])) for r in rows]


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
    db: Db, fit_id: int, player_ids: Sequence[UUID], trusts: Sequence[tuple[FlaggedAnswer, float]]
) -> None:
    """Trust in every flagged answer of these players, in place of what was there."""
    questions = [flag.question_id for flag, _ in trusts]
    await db.execute(FORGET_TRUST, player_ids, questions)
    of_player = [flag.player_id for flag, _ in trusts]
    await db.execute(WRITE_TRUST, fit_id, of_player, questions, [p_wrong for _, p_wrong in trusts])


async def forget_withdrawn(db: Db) -> None:
    """No estimate stays of who took the consent back."""
    for table in ("player_estimate", "answer_trust"):
        await db.execute(FORGET_WITHDRAWN.format(table=table))
