"""What a view is, and which sessions are open to research at all."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """`source`: the expression that it is, over the tables of the view's `rows`."""

    name: str
    source: str
    meaning: str


@dataclass(frozen=True, slots=True)
class View:
    """`rows`: what stands after FROM; `meaning`: what one row is."""

    name: str
    meaning: str
    rows: str
    columns: tuple[Column, ...]


TRUST = "case when j.closed_at > f.counted_at or t.p_wrong is null then j.p_wrong else t.p_wrong end"
"""P(answer wrong) of a flagged answer: by answer_trust `t` of fit `f`, or case `j` if that closed since."""

TRUST_RESTS_ON = """case when t.verdicts > 0 or j.closed_at is not null then 'verdicts'
    when t.others > 0 then 'others' when t.p_wrong is not null then 'own_flag' end"""

OPEN_TO_RESEARCH = """
from app.session s
join app.consent c on c.player_id = s.player_id and c.withdrawn_at is null
join app.player p on p.id = s.player_id
where s.ended_at <= now() - make_interval(secs => (select seconds from app.export_delay))
"""

SESSION_ROWS = OPEN_TO_RESEARCH.strip().removeprefix("from ").partition("\nwhere ")[0]
IS_OPEN = OPEN_TO_RESEARCH.strip().partition("\nwhere ")[2]
