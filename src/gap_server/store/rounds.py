"""Revisions of models: registered, gated, given their share of new sessions, and how they do in play."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from gap_server.store.engine import Db

LATEST_FIELD: Final = "select id, action, shares, before_id from app.model_field order by id desc limit 1"

ESTIMATES: Final = """
select distinct on (f.kind, e.model, e.revision) f.kind, e.model, e.revision, e.p_wrong, e.lower, e.upper,
       f.fitted_at
from app.model_estimate e join app.trust_fit f on f.id = e.fit_id
order by f.kind, e.model, e.revision, f.id desc
"""

SESSIONS: Final = """
select model as name, coalesce(model_revision, '') as revision, count(*) as sessions,
       count(*) filter (where state = 'open') as under_way
from app.session where model is not null group by 1, 2
"""


@dataclass(frozen=True, slots=True)
class Revision:
    """A row of `app.model_revision`: see the table's columns."""

    name: str
    revision: str
    kind: str
    base: str | None
    release: str | None
    urls: Sequence[str]
    dialect: str | None
    extra_body: Mapping[str, Any]
    registered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Gate:
    """What a gate found, and when."""

    name: str
    revision: str
    passed: bool
    checks: Sequence[Mapping[str, Any]]
    scores: Mapping[str, Any]
    checked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """Who gets how many of a hundred new sessions, by name and revision. `id` None: nobody yet."""

    id: int | None
    shares: Mapping[tuple[str, str], float]
    before_id: int | None = None
    action: str | None = None


@dataclass(frozen=True, slots=True)
class LiveEstimate:
    """How often a revision is wrong in play, untainted on complex images, with its 90 % interval."""

    kind: str
    model: str
    revision: str
    p_wrong: float
    lower: float | None
    upper: float | None
    fitted_at: datetime


@dataclass(frozen=True, slots=True)
class Played:
    """`under_way`: sessions that are open now."""

    name: str
    revision: str
    sessions: int
    under_way: int


_COLUMNS: Final = "name, revision, kind, base, release, urls, dialect, extra_body"


async def register(db: Db, new: Revision) -> bool:
    """False where there is one of this name and revision."""
    added = await db.fetchval(
        f"insert into app.model_revision ({_COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8)"
        " on conflict do nothing returning true",
        *(new.name, new.revision, new.kind, new.base, new.release),
        *(list(new.urls), new.dialect, dict(new.extra_body)),
    )
    return bool(added)


async def revision(db: Db, name: str, of: str) -> Revision | None:
    row = await db.fetchrow(
        f"select {_COLUMNS}, registered_at from app.model_revision where name = $1 and revision = $2",
        name,
        of,
    )
    return Revision(**row) if row else None


async def revisions(db: Db, name: str | None = None) -> list[Revision]:
    """Newest first; of one name, or all."""
    rows = await db.fetch(
        f"select {_COLUMNS}, registered_at from app.model_revision where $1::text is null or name = $1"
        " order by registered_at desc, name, revision",
        name,
    )
    return [Revision(**row) for row in rows]


async def add_gate(db: Db, found: Gate) -> None:
    await db.execute(
        "insert into app.model_gate (name, revision, passed, checks, scores) values ($1, $2, $3, $4, $5)",
        *(found.name, found.revision, found.passed, list(found.checks), dict(found.scores)),
    )


async def last_gate(db: Db, name: str, of: str) -> Gate | None:
    row = await db.fetchrow(
        "select name, revision, passed, checks, scores, checked_at from app.model_gate"
        " where name = $1 and revision = $2 order by id desc limit 1",
        *(name, of),
    )
    return Gate(**row) if row else None


async def field(db: Db) -> Field:
    """The shares in force."""
    row = await db.fetchrow(LATEST_FIELD)
    return _field(row) if row else Field(None, {})


async def field_by_id(db: Db, field_id: int | None) -> Field:
    if field_id is None:
        return Field(None, {})
    return _field(
        await db.fetchrow("select id, action, shares, before_id from app.model_field where id = $1", field_id)
    )


async def hold_field(db: Db) -> None:
    """One at a time sets shares: whoever comes second sees what the first has set."""
    await db.execute("select pg_advisory_xact_lock(hashtext('app.model_field'))")


async def set_field(
    db: Db, action: str, shares: Mapping[tuple[str, str], float], before_id: int | None
) -> None:
    listed = [{"name": n, "revision": r, "share": share} for (n, r), share in shares.items() if share]
    await db.execute(
        "insert into app.model_field (action, shares, before_id) values ($1, $2, $3)",
        action,
        listed,
        before_id,
    )


async def estimates(db: Db) -> list[LiveEstimate]:
    """The latest of each kind of fit, for each revision."""
    return [LiveEstimate(**row) for row in await db.fetch(ESTIMATES)]


async def played(db: Db) -> list[Played]:
    return [Played(**row) for row in await db.fetch(SESSIONS, timeout=60)]


def _field(row: Any) -> Field:
    shares = {(one["name"], one["revision"]): float(one["share"]) for one in row["shares"]}
    return Field(row["id"], shares, row["before_id"], row["action"])
