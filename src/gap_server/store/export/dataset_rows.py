"""Which answers go into which training set, and why the others are left out.

The rows are those of the view `qa`, by the same condition of consent: nothing else can leave.
"""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from gap_server.store.commonness import WORTH
from gap_server.store.engine import Db, allow
from gap_server.store.export.view import TRUST, TRUST_RESTS_ON
from gap_server.store.export.views import ANSWER_ROWS, SPLIT

BATCH_ROWS = 500
SECONDS = 600.0
"""The longest that one step may take."""

CORRECTION_MAY_BE_WRONG = 0.1
TRAINED_FROM = 0.9
"""What a training set asks of a flag where nobody says otherwise; `everything` asks nothing."""

_IS_WRONG = f"""(
    (j.outcome = 'wrong' and coalesce({TRUST}, 1) >= {TRAINED_FROM}
        or j.outcome is null and not $6 and coalesce({TRUST}, 0) >= {TRAINED_FROM})
    and ($7::float8 is null or coalesce({TRUST}, 0) >= $7)
)"""
_CORRECTION_HOLDS = f"""(
    j.correction = r.correction and j.p_correction_wrong <= {CORRECTION_MAY_BE_WRONG}
    or h.correction = r.correction and h.correction_holds
)"""
_MISTAKE = f"""when {SPLIT} = 'held_out' then 'held_out'
    when q.judgement is distinct from 'wrong' then 'not_flagged'
    when r.correction is null then 'no_correction'
    when j.outcome in ('right', 'disputed') then 'jury_disagrees'
    when not {_IS_WRONG} then 'trust_too_low'
    when {_CORRECTION_HOLDS} is not true then 'correction_not_validated'
    when lower(btrim(r.correction)) = lower(btrim(q.answer)) then 'correction_says_the_same'"""
_CONFIRMED_RIGHT = "(j.outcome = 'right' and q.finish_reason is distinct from 'length')"
_CONFIRMED_WRONG = f"""(q.judgement = 'wrong' and r.correction is not null
    and {_IS_WRONG} and {_CORRECTION_HOLDS})"""

LEFT_OUT = {
    "corrections": _MISTAKE,
    "preferences": _MISTAKE,
    "replay": f"""when {SPLIT} = 'held_out' then 'held_out'
        when j.outcome is distinct from 'right' then 'not_confirmed'
        when not {_CONFIRMED_RIGHT} then 'cut_short'""",
    "heldout": f"""when {SPLIT} <> 'held_out' then 'not_held_out'
        when {_CONFIRMED_RIGHT} is not true and {_CONFIRMED_WRONG} is not true then 'not_confirmed'""",
    "everything": "when $6 and j.outcome is null then 'not_confirmed'"
    f" when q.judgement = 'wrong' and $7 > coalesce({TRUST}, 0) then 'trust_too_low'",
}
"""By data set, why a row is not in it: the first reason that applies."""

_FILTERS = f"""($1::text is null or q.category = $1) and ($2::text is null or q.language = $2)
    and ($3::timestamptz is null or q.asked_at >= $3) and ($4::timestamptz is null or q.asked_at < $4)
    and ($5::text is null or m.name = $5) and $6::boolean is not null and ($7::float8 is null or $7 >= 0)
    and ($8::float8 is null or {WORTH} >= $8)"""

_COLUMNS = f"""q.id, i.id as image_id, i.sha256 as image_sha256, i.media_type, i.licence, i.source,
    {SPLIT} as split, q.text as question, q.answer as model_answer, q.judgement,
    case when q.judgement = 'wrong' then r.correction end as correction,
    case when q.judgement = 'wrong' then {TRUST} end as trust,
    case when q.judgement = 'wrong' then {TRUST_RESTS_ON} end as trust_rests_on,
    j.outcome as jury_outcome, {_CONFIRMED_RIGHT} is true as is_confirmed_right,
    q.category, q.language, q.asked_at, m.name as model, m.revision as model_revision,
    n.version as instruction_version, s.rules_version, s.consent_version, f.estimator_version,
    q.category_version, {WORTH} as worth"""


@dataclass(frozen=True, slots=True)
class Filters:
    """What is asked for. None is any. `since` and `until` (not included) are of the question."""

    category: str | None = None
    language: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    model: str | None = None
    confirmed_only: bool = False
    trust_at_least: float | None = None
    worth_at_least: float | None = None

    def arguments(self) -> tuple[Any, ...]:
        return (
            *(self.category, self.language, self.since, self.until, self.model),
            *(self.confirmed_only, self.trust_at_least, self.worth_at_least),
        )


async def hold_still(db: Db) -> datetime:
    """Let this transaction see one moment of the data, and nothing be changed by it; when that is."""
    await db.execute("set transaction isolation level repeatable read read only")
    await allow(db, SECONDS)
    moment: datetime = await db.fetchval("select now()")
    return moment


async def count_left_out(db: Db, name: str, filters: Filters) -> dict[str, int]:
    """Answers that the filters let through and the set does not take, by reason."""
    rows = await db.fetch(
        f"select reason, count(*) from (select {_reason(name)} as reason from {ANSWER_ROWS} and {_FILTERS}) q"
        " where reason is not null group by reason order by reason",
        *filters.arguments(),
        timeout=SECONDS,
    )
    return dict(rows)


async def stream(db: Db, name: str, filters: Filters) -> AsyncIterator[Any]:
    """The rows, by id, a batch at a time; within a transaction."""
    statement = (
        f"select {_COLUMNS} from {ANSWER_ROWS} and {_FILTERS} and {_reason(name)} is null order by q.id"
    )
    async for row in db.cursor(statement, *filters.arguments(), prefetch=BATCH_ROWS, timeout=SECONDS):
        yield row


async def why_not(db: Db, name: str, filters: Filters, ids: Sequence[UUID]) -> dict[UUID, str]:
    """Of answers that are open to research, why the set does not take them. The others are not there."""
    rows = await db.fetch(
        f"select q.id, case when ({_FILTERS}) is not true then 'filtered_out' else {_reason(name)} end"
        f" as reason from {ANSWER_ROWS} and q.id = any($9::uuid[])",
        *filters.arguments(),
        ids,
        timeout=SECONDS,
    )
    return {row["id"]: row["reason"] for row in rows if row["reason"] is not None}


async def picture(db: Db, image_id: Any) -> bytes:
    content: bytes = await db.fetchval("select content from app.image_bytes where image_id = $1", image_id)
    return content


def _reason(name: str) -> str:
    return (
        "case when r.tainted then 'tainted' when p.banned_at is not null then 'player_banned'"
        f" when {SPLIT} = 'neither' then 'looks_like_images_of_two_splits' {LEFT_OUT[name]} end"
    )
