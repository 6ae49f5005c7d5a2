"""Cases and verdicts: which case a juror is shown next, what was said of it, how it ends."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from gap_server.quality.evidence import Kind
from gap_server.quality.jury import Stratum
from gap_server.store.calendar import TODAY
from gap_server.store.engine import Db
from gap_server.store.evidence import OF_JUROR, kind_named

SHOWABLE = """
exists (select from app.consent k where k.player_id = c.player_id and k.withdrawn_at is null)
and not exists (select from app.player p where p.id = c.player_id and p.banned_at is not null)
"""
"""Of case `c`: its player still agrees to its use, and was not shut out for spoiling the data."""

ALLOWANCE = """
select (select version from app.consent where player_id = $1 and withdrawn_at is null) as consent_version,
       (select language from app.player where id = $1) as language,
       count(*) as shown, min(shown_at) as first_at, now() as now
from (
    select shown_at from app.verdict where player_id = $1
    union all select unnest(case_starts) from app.departed where person = $2
) shown where shown_at > now() - interval '24 hours'
"""

END_STALE = f"""
update app.verdict v set ended_at = now()
where v.player_id = $1 and v.ended_at is null and not exists (
    select from app.jury_case c
    where c.id = v.case_id and (c.closed_at is null or v.of_settled) and {SHOWABLE})
"""

OPEN_VERDICT = "select case_id from app.verdict where player_id = $1 and ended_at is null"

UNSETTLED = "c.stratum = $2 and c.closed_at is null"
IN_LANGUAGE = "c.language = $3"
IN_ANY = "$3::text is null"
SETTLED = "c.settled = $2"
SETTLED_AS = {Stratum.SETTLED_WRONG: "wrong", Stratum.SETTLED_RIGHT: "right"}

PICK = f"""
select c.player_id, c.id from app.jury_case c
where {{of_stratum}} and {{in_language}} and c.player_id <> $1 and {SHOWABLE}
  and not exists (select from app.verdict v where v.player_id = $1 and v.case_id = c.id)
  and not exists (
      select from app.round r where r.player_id = $1 and r.image_id = c.image_id and r.opened_at is not null)
  and not exists (
      select from app.round r join app.session s on s.player_id = r.player_id and s.id = r.session_id
      where s.player_id = $1 and s.state = 'open' and r.image_id = c.image_id)
  and not exists (
      select from app.daily_image i join app.daily d on d.number = i.number
      where i.image_id = c.image_id and d.day = {TODAY})
  and not exists (
      select from app.departed d
      where d.person = $4 and d.forget_at > now() and c.image_id = any (d.image_ids))
order by c.shown, c.shuffle limit 1 for update of c
"""
"""By least verdicts in random order, never an image that the juror has played or may be about to play."""

SHOW = """
with shown as (
    update app.jury_case set shown = shown + 1, shuffle = random() where player_id = $2 and id = $3
    returning id, image_id, stratum, settled, correction, correction_truth
)
insert into app.verdict (player_id, case_id, image_id, truth, of_settled, correction_truth, correction_first)
select $1, id, image_id, coalesce(settled, case stratum when 'lie' then 'wrong' when 'held' then 'right' end),
       settled is not null, correction_truth, case when correction is not null then random() < 0.5 end
from shown
"""

READ = f"""
select c.id, c.language, q.text as question, q.answer, c.correction, v.correction_first, c.image_id,
       i.width, i.height, v.said, v.said_of_correction, v.truth, v.of_settled, v.correction_truth
from app.verdict v join app.jury_case c on c.id = v.case_id
join app.question q on q.player_id = c.player_id and q.id = c.question_id
join app.image i on i.id = c.image_id
where v.player_id = $1 and v.case_id = $2 and {SHOWABLE}
"""

SAY = """
update app.verdict set said = $3, said_of_correction = $4, ended_at = clock_timestamp()
where player_id = $1 and case_id = $2 and said is null
"""

COUNT_SAID = "select count(*) from app.verdict where player_id = $1 and said is not null"

LOCK_CASE = """
select c.player_id, c.stratum, c.outcome, c.correction is not null as has_correction,
       t.p_wrong_unjudged as trust, q.category, i.pool
from app.jury_case c join app.image i on i.id = c.image_id
join app.question q on q.player_id = c.player_id and q.id = c.question_id
left join app.answer_trust t on t.player_id = c.player_id and t.question_id = c.question_id
where c.id = $1 for update of c
"""

VERDICTS = f"""
select given.said, given.said_of_correction, i.pool, past.known
from app.verdict given join app.image i on i.id = given.image_id, lateral (
    select coalesce(jsonb_object_agg(kind, jsonb_build_array(seen, said_wrong)), '{{}}') as known
    from (
        select kind, count(*) as seen, count(*) filter (where said_wrong) as said_wrong
        from ({OF_JUROR} and v.player_id = given.player_id) judged group by kind
    ) counted) past
where given.case_id = $1 and given.said is not null and not given.of_settled
"""
"""The votes on a case; whoever was measured by it after it was settled gave none."""

WRITE_CASE = """
update app.jury_case set p_wrong = $2, p_correction_wrong = $3, outcome = $4, settled = $5,
       closed_at = case when $4::text is not null then coalesce(closed_at, now()) end
where id = $1
"""


@dataclass(frozen=True, slots=True)
class JuryAllowance:
    """What decides whether a player may be shown another case. `shown`: cases in the last 24 hours."""

    consent_version: int | None
    language: str
    shown: int
    first_at: datetime | None
    now: datetime


@dataclass(frozen=True, slots=True)
class ShownCase:
    """A case as one juror sees it, with what this juror said of it. Sizes in pixels.

    `correction_first` is None where the model's answer stands alone.
    """

    id: UUID
    language: str
    question: str
    answer: str
    correction: str | None
    correction_first: bool | None
    image_id: UUID
    width: int
    height: int
    said: str | None
    said_of_correction: str | None
    truth: str | None
    of_settled: bool
    correction_truth: str | None

    def in_order(self, of_answer: Any, of_correction: Any) -> list[Any]:
        """One thing for each answer, in the order in which this juror sees them."""
        if self.correction_first is None:
            return [of_answer]
        return [of_correction, of_answer] if self.correction_first else [of_answer, of_correction]


@dataclass(frozen=True, slots=True)
class LockedCase:
    """`trust`: P(wrong) of the answer by all players who judged it in play, where that was estimated."""

    player_id: UUID
    stratum: str
    outcome: str | None
    has_correction: bool
    trust: float | None
    category: str | None
    pool: str


@dataclass(frozen=True, slots=True)
class JurorSaid:
    """A verdict on an image of `pool`, and how this juror did on cases whose truth was known beforehand."""

    said: str
    said_of_correction: str | None
    pool: str
    known: Mapping[Kind, tuple[int, int]]
    """Of each kind, how many were judged, and how many of them were called wrong."""


async def allowance(db: Db, juror_id: UUID, person: bytes) -> JuryAllowance:
    """`person`: what the juror's limits are counted under."""
    return JuryAllowance(**await db.fetchrow(ALLOWANCE, juror_id, person))


async def open_case(db: Db, juror_id: UUID) -> UUID | None:
    """The case that the juror has in hand; one that closed meanwhile, or whose player withdrew, goes."""
    await db.execute(END_STALE, juror_id)
    case_id: UUID | None = await db.fetchval(OPEN_VERDICT, juror_id)
    return case_id


async def show_next(
    db: Db, juror_id: UUID, person: bytes, stratum: Stratum, language: str | None, *, wait: bool
) -> UUID | None:
    """Give the juror a case of a stratum, if any; `language` None: in whichever. Without `wait`, what others
    hold locked is passed over. `person`: see `allowance`."""
    settled = SETTLED_AS.get(stratum)
    pick = PICK.format(
        of_stratum=SETTLED if settled else UNSETTLED, in_language=IN_LANGUAGE if language else IN_ANY
    )
    row = await db.fetchrow(
        pick if wait else f"{pick.rstrip()} skip locked", juror_id, settled or stratum, language, person
    )
    if row is None:
        return None
    await db.execute(SHOW, juror_id, row["player_id"], row["id"])
    case_id: UUID = row["id"]
    return case_id


async def read(db: Db, juror_id: UUID, case_id: UUID) -> ShownCase | None:
    """A case that was shown to this juror; None for any other, or where its player withdrew."""
    row = await db.fetchrow(READ, juror_id, case_id)
    return ShownCase(**row) if row else None


async def say(db: Db, juror_id: UUID, case_id: UUID, said: str, of_correction: str | None) -> bool:
    """Record a verdict. False where this juror has given one already."""
    status: str = await db.execute(SAY, juror_id, case_id, said, of_correction)
    return status == "UPDATE 1"


async def verdicts_of(db: Db, juror_id: UUID) -> int:
    """How many verdicts the juror has given."""
    count: int = await db.fetchval(COUNT_SAID, juror_id)
    return count


async def lock(db: Db, case_id: UUID) -> LockedCase | None:
    """Hold the case, so that verdicts at the same moment are weighed one after the other."""
    row = await db.fetchrow(LOCK_CASE, case_id)
    return LockedCase(**row) if row else None


async def verdicts(db: Db, case_id: UUID) -> list[JurorSaid]:
    return [
        JurorSaid(
            row["said"],
            row["said_of_correction"],
            row["pool"],
            {kind_named(name): (seen, said_wrong) for name, (seen, said_wrong) in row["known"].items()},
        )
        for row in await db.fetch(VERDICTS, case_id)
    ]


async def weigh(
    db: Db,
    case_id: UUID,
    *,
    p_wrong: float,
    p_correction_wrong: float | None,
    outcome: str | None,
    settled: str | None,
) -> None:
    """Write what the verdicts come to; with an outcome the case is closed."""
    await db.execute(WRITE_CASE, case_id, p_wrong, p_correction_wrong, outcome, settled)
