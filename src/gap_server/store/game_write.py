"""Writing a move: one statement, which does everything or nothing.

It begins with a conditional update of the session's row, which takes its lock and holds only if nobody has
moved since the snapshot was read. Everything else hangs on that row: the round, the question, the points (a
ledger whose key is the round), the totals at the session's end. The statement is put together from the parts
that the move touches; there are a dozen combinations, each put together once and prepared once a connection.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import lru_cache
from itertools import count
from typing import Any, Final

from asyncpg import UniqueViolationError

from gap_server.game.state import Game, Question, Round, SessionKind, SessionState
from gap_server.store.engine import Db
from gap_server.store.game_read import GameSnapshot
from gap_server.store.outbox import CHALLENGE_PLAYED, FRIEND_PLAYED, MAY_BE_WRITTEN_TO
from gap_server.store.provenance import WITHHELD_TYPES, Provenance, Withheld

NEWS_FOR_INVITER = f"""
insert into app.outbox (player_id, kind, content)
select inviter.id, '{FRIEND_PLAYED}', '{{}}'
from total join app.player friend on friend.id = total.player_id
join app.player inviter on inviter.referral_code = friend.referred_by and inviter.id <> friend.id
where total.sessions = 1 and {MAY_BE_WRITTEN_TO.format(p="inviter")} and not exists (
    select from app.outbox o where o.player_id = inviter.id and o.kind = '{FRIEND_PLAYED}'
    and o.created_at > now() - interval '1 day')
"""
"""The friend stays unnamed: who came is nobody's business. One such message a day is enough."""

NEWS_FOR_CHALLENGER: Final = f"""challenge_news as (
    insert into app.outbox (player_id, kind, content)
    select rival.id, '{CHALLENGE_PLAYED}', jsonb_build_object('theirs', taken.score, 'yours', s.score)
    from guard cross join (select ?::uuid as session_id, ?::int as score) taken
    join app.challenge_taken t on t.player_id = guard.player_id and t.session_id = taken.session_id
    join app.challenge c on c.code = t.code
    join app.session s on s.player_id = c.player_id and s.id = c.session_id
    join app.player rival on rival.id = c.player_id and rival.id <> guard.player_id
    where {MAY_BE_WRITTEN_TO.format(p="rival")} and not exists (
        select from app.outbox o where o.player_id = rival.id and o.kind = '{CHALLENGE_PLAYED}'
        and o.created_at > now() - interval '1 day'))"""
"""Who played it stands on the challenger's result. One such message a day is enough."""


class IdTaken(Exception):
    """The player has a question of this id elsewhere. Nothing was written."""


_SESSION: Final = ("state", "rounds_done", "score", "ended_at")
_ROUND: Final = (
    "state",
    "opened_at",
    "served_at",
    "deadline_at",
    "ended_at",
    "given_back",
    "turned_away_until",
    "correction",
    "corrected_at",
)
_QUESTION: Final = ("state", "answer", "answered_at", "judgement", "judged_at")

NEW_QUESTION: Final = """question as (
    insert into app.question (player_id, id, round_id, number, text, state, asked_at)
    select guard.player_id, ?::uuid, ?::uuid, ?::smallint, ?::text, ?::text, ?::timestamptz from guard)"""
NO_QUESTION: Final = """question as (
    delete from app.question using guard where question.player_id = guard.player_id and question.id = ?)"""
JUDGEMENT: Final = """judgement as (
    insert into app.judgement (player_id, question_id, judged_at, judgement, traps_known)
    select guard.player_id, ?::uuid, ?::timestamptz, ?::text, ?::boolean from guard)"""
CORRECTION: Final = """correction as (
    insert into app.correction (player_id, round_id, corrected_at, text, traps_known)
    select guard.player_id, ?::uuid, ?::timestamptz, ?::text, ?::boolean from guard)"""
POINTS: Final = """ledger as (
    insert into app.points (player_id, round_id, session_id, question_id, points)
    select guard.player_id, ?::uuid, ?::uuid, ?::uuid, ?::smallint from guard)"""
ASSESSMENT: Final = """assessment as (
    insert into app.assessment (player_id, session_id, ended_at)
    select guard.player_id, ?::uuid, ?::timestamptz from guard)"""
WITHHELD: Final = f"""
    insert into app.withheld_completion (player_id, question_id, {", ".join(WITHHELD_TYPES)})
    select guard.player_id, ?::uuid, {", ".join(f"?::{kind}" for kind in WITHHELD_TYPES.values())}
    from guard"""

TOTALS: Final = f"""game as (
    select guard.player_id, ended.at, ended.score, (ended.at at time zone p.time_zone)::date as day
    from guard join app.player p on p.id = guard.player_id
    cross join (select ?::timestamptz as at, ?::int as score) ended
), total as (
    insert into app.player_total as t (player_id, points, sessions, best, streak_days, last_played_on)
    select player_id, score, 1, score, 1, day from game
    on conflict (player_id) do update set points = t.points + excluded.points,
        sessions = t.sessions + 1, best = greatest(t.best, excluded.best),
        streak_days = case when t.last_played_on = excluded.last_played_on then t.streak_days
                           when t.last_played_on = excluded.last_played_on - 1 then t.streak_days + 1
                           else 1 end,
        last_played_on = excluded.last_played_on
    returning t.player_id, t.sessions
), news as ({NEWS_FOR_INVITER}), week as (
    insert into app.player_week as w (player_id, week, points, sessions)
    select player_id, date_trunc('week', at at time zone 'UTC')::date, score, 1 from game
    on conflict (player_id, week) do update set points = w.points + excluded.points,
        sessions = w.sessions + 1)"""
"""The player's sums, which must not move before the session is over: they would tell what was a trap."""


@dataclass(slots=True)
class _Statement:
    """`parts`: SQL with a question mark for each of the values, which stand in their order."""

    parts: list[str] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)

    def add(self, part: str, *values: Any) -> None:
        self.parts.append(part)
        self.values += values

    def text(self) -> str:
        return _numbered(tuple(self.parts))


@lru_cache(maxsize=1024)
def _numbered(parts: tuple[str, ...]) -> str:
    first, *pieces = ", ".join(parts).split("?")
    places = "".join(f"${number}{piece}" for number, piece in zip(count(1), pieces, strict=False))
    return f"with {first}{places} select count(*) from guard"


@lru_cache(maxsize=1024)
def _settings(columns: Sequence[str]) -> str:
    return ", ".join(f"{name} = ?" for name in columns)


async def write(db: Db, snapshot: GameSnapshot, after: Game, provenance: Provenance | None = None) -> bool:
    """Write what changed from `snapshot.game` to `after`. False where somebody moved first: read again.

    Raises IdTaken.
    """
    if after == snapshot.game:
        return True
    statement = statement_for(snapshot, after, provenance)
    try:
        written: int = await db.fetchval(statement.text(), *statement.values)
    except UniqueViolationError as error:
        if error.constraint_name == "pk_question":
            raise IdTaken from error
        raise
    return written == 1


def statement_for(snapshot: GameSnapshot, after: Game, provenance: Provenance | None = None) -> _Statement:
    statement = _Statement()
    game = snapshot.game
    _guard(statement, snapshot, after)
    if after.round is not None and after.round != game.round:
        changed = _changed(game.round, after.round)
        _round(statement, game.round, after.round)
        for question in changed:
            _question(statement, game.round, after.round, question, provenance)
        for question in _taken_back(game.round, after.round):
            statement.add(NO_QUESTION, question.id)
        _history(statement, game, after.round, changed)
        if after.session.score > game.session.score:
            _points(statement, game, after, changed)
    if game.session.is_open and after.session.state is SessionState.FINISHED:
        # of games given up nothing counts: it would pay to leave as soon as sure
        statement.add(TOTALS, after.session.ended_at, after.session.score)
        if snapshot.about.kind is SessionKind.CHALLENGE:
            statement.add(NEWS_FOR_CHALLENGER, after.session.id, after.session.score)
    if game.session.is_open and not after.session.is_open:
        # what is still to be worked out of a session that is over; a game given up is evidence, too
        statement.add(ASSESSMENT, after.session.id, after.session.ended_at)
    return statement


def _guard(statement: _Statement, snapshot: GameSnapshot, after: Game) -> None:
    columns: tuple[str, ...] = () if snapshot.game.session == after.session else _SESSION
    statement.add(
        f"guard as (update app.session set {_settings(('version', *columns))}"
        " where player_id = ? and id = ? and version = ? returning player_id)",
        snapshot.version + 1,
        *(getattr(after.session, name) for name in columns),
        snapshot.player_id,
        after.session.id,
        snapshot.version,
    )


def _round(statement: _Statement, before: Round | None, after: Round) -> None:
    is_same = before is not None and before.id == after.id
    changed = {
        name: value
        for name in _ROUND
        if (value := getattr(after, name)) != getattr(before, name, None) or not is_same
    }
    if not changed:
        return
    if (given_back := changed.pop("given_back", None)) is not None:
        changed["given_back_ms"] = given_back // timedelta(milliseconds=1)
    statement.add(
        f"turn as (update app.round set {_settings(tuple(changed))} from guard"
        " where round.player_id = guard.player_id and round.id = ?)",
        *changed.values(),
        after.id,
    )


def _changed(before: Round | None, after: Round) -> Sequence[Question]:
    was = {} if before is None else {q.id: q for q in before.questions}
    return [q for q in after.questions if was.get(q.id) != q]


def _taken_back(before: Round | None, after: Round) -> Iterable[Question]:
    if before is None or before.id != after.id:
        return []
    left = {q.id for q in after.questions}
    return [q for q in before.questions if q.id not in left]


def _question(
    statement: _Statement,
    before: Round | None,
    round_: Round,
    question: Question,
    provenance: Provenance | None,
) -> None:
    if before is None or before.question(question.id) is None:
        ids = (question.id, round_.id, len(round_.questions))
        statement.add(NEW_QUESTION, *ids, question.text, question.state, question.asked_at)
        return
    told = provenance.columns() if provenance else {}
    statement.add(
        f"question as (update app.question set {_settings((*_QUESTION, *told))} from guard"
        " where question.player_id = guard.player_id and question.id = ?)",
        *(getattr(question, name) for name in _QUESTION),
        *told.values(),
        question.id,
    )
    for withheld in provenance.withheld if provenance else ():
        _withheld(statement, question, withheld)


def _withheld(statement: _Statement, question: Question, withheld: Withheld) -> None:
    values = (getattr(withheld, name) for name in WITHHELD_TYPES)
    statement.add(f"withheld_{withheld.number} as ({WITHHELD})", question.id, *values)


def _history(statement: _Statement, game: Game, after: Round, changed: Iterable[Question]) -> None:
    """Each judgement and each correction, beside the last that stands in the question and the round."""
    known = not game.session.is_open
    before = game.round
    for question in changed:
        was = None if before is None else before.question(question.id)
        if question.judgement is not None and (was is None or was.judgement is not question.judgement):
            statement.add(JUDGEMENT, question.id, question.judged_at, question.judgement, known)
    if after.correction is not None and (before is None or before.correction != after.correction):
        statement.add(CORRECTION, after.id, after.corrected_at, after.correction, known)


def _points(statement: _Statement, before: Game, after: Game, changed: Iterable[Question]) -> None:
    if after.round is None:
        raise ValueError("points are for a round")
    (caught,) = (q.id for q in changed)
    gained = after.session.score - before.session.score
    statement.add(POINTS, after.round.id, after.session.id, caught, gained)
