"""What a player's judgements show: counts, by what is known of each answer, out of sessions that are over."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from gap_server.quality.evidence import (
    CONTROL,
    TRAP_COMPLEX,
    TRAP_SIMPLE,
    Kind,
    Pool,
    harvest,
    known,
    settled,
)
from gap_server.store.commonness import FORMS, IS_COMMONPLACE
from gap_server.store.engine import Db

SEEN_ANSWER = """
join lateral (
    select * from app.question q
    where q.player_id = r.player_id and q.round_id = r.id and q.state = 'answered'
    order by (q.judgement = 'wrong') desc nulls last, (q.judgement = 'right') desc nulls last, q.number desc
    limit 1
) q on true
"""
"""The answer of round `r` that counts: the flagged one, or else the one judged last, or else the last."""

DEALT_AS = """
case when r.tainted then case
         when h.agrees then null  -- the model was told to lie and did not: evidence of nothing
         when h.agrees is false then 'wrong_' || r.pool else 'trap_' || r.pool end
     when r.pool = 'simple' then 'control'
end
"""
"""The kind of evidence (see `quality.evidence`) that an answer is by its deal; null where that is none."""

KNOWN_AS = f"""
case when not r.tainted and c.outcome in ('wrong', 'right') then c.outcome || '_' || r.pool
     else {DEALT_AS} end
"""
"""The same, closed cases included."""

OF_JUROR = """
select v.player_id, case when v.of_settled then 'settled_' else '' end || v.truth || '_' || i.pool as kind,
       v.said = 'wrong' as said_wrong, v.ended_at
from app.verdict v join app.image i on i.id = v.image_id
left join app.jury_case settled_case on settled_case.id = v.case_id and v.of_settled
where v.truth is not null and v.said in ('wrong', 'right')
  and (settled_case.id is null or settled_case.settled is not distinct from v.truth)
"""
"""What jurors said of known answers; of a case that was settled only while it still is, or is gone."""

OF_PLAYER = f"""
with round_seen as (
    select case when not {IS_COMMONPLACE} then {KNOWN_AS} end as kind, r.state = 'flagged' as flagged
    from app.session s
    join app.round r on r.player_id = s.player_id and r.session_id = s.id
        and r.state in ('flagged', 'passed', 'expired')
    {SEEN_ANSWER}
    left join app.honest_check h on h.player_id = q.player_id and h.question_id = q.id
    left join app.jury_case c on c.player_id = q.player_id and c.question_id = q.id
    {FORMS}
    where s.player_id = $1 and s.state <> 'open' and s.ended_at > now() - make_interval(days => $2)
), case_judged as (
    select kind, said_wrong as flagged from (
        {OF_JUROR} and v.player_id = $1 and v.ended_at > now() - make_interval(days => $2)
    ) judged
)
select kind, count(*) as seen, count(*) filter (where flagged) as flagged
from (select * from round_seen union all select * from case_judged) known
where kind is not null group by kind
"""


HARVEST, LATER = "harvest:", ":later"
"""Around a model's name and revision as JSON: its honest answers, the first of a round, or later ones."""

_KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        *(TRAP_SIMPLE, TRAP_COMPLEX, CONTROL),
        *(of(pool, wrong=wrong) for of in (known, settled) for pool in Pool for wrong in (True, False)),
    )
}


@dataclass(frozen=True, slots=True)
class KindCount:
    """Of one kind of answer: how many the player saw, and flagged (or, as a juror, called wrong)."""

    kind: Kind
    seen: int
    flagged: int


async def of_player(db: Db, player_id: UUID, *, days: int) -> list[KindCount]:
    """One answer a round, and the known cases judged, of the last `days`. Nothing of an open session."""
    rows = await db.fetch(OF_PLAYER, player_id, days)
    return [KindCount(kind_named(row["kind"]), row["seen"], row["flagged"]) for row in rows]


def kind_named(name: str) -> Kind:
    """The kind of evidence that a statement here calls by this name."""
    if name in _KINDS:
        return _KINDS[name]
    return harvest(name.removeprefix(HARVEST).removesuffix(LATER), first=not name.endswith(LATER))
