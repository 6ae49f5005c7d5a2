"""Writing a move: one statement, which does everything or nothing.

It begins with a conditional update of the session's row, which takes its lock and holds only if nobody has
moved since the snapshot was read. Everything else hangs on that row: the round, the question, the points (a
ledger whose key is the round), the totals at the session's end. The statement is put together from the parts
that the move touches; there are a dozen combinations, each prepared once a connection.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from asyncpg import UniqueViolationError

from gap_server.game.state import Game, Question, Round, SessionState
from gap_server.store.engine import Db
from gap_server.store.game_read import GameSnapshot
from gap_server.store.outbox import FRIEND_PLAYED, MAY_BE_WRITTEN_TO
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


class IdTaken(Exception):
    """The player has a question of this id elsewhere. Nothing was written."""


@dataclass(slots=True)
class _Statement:
    parts: list[str] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)

    def value(self, value: Any) -> str:
        self.values.append(value)
        return f"${len(self.values)}"

    def assignments(self, columns: dict[str, Any]) -> str:
        return ", ".join(f"{name} = {self.value(value)}" for name, value in columns.items())

    def add(self, name: str, sql: str) -> None:
        self.parts.append(f"{name} as ({sql})")

    def text(self) -> str:
        return f"with {', '.join(self.parts)} select count(*) from guard"


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
    player, session = statement.value(snapshot.player_id), statement.value(after.session.id)
    _guard(statement, snapshot, after, player, session)
    before = snapshot.game.round
    if after.round is not None and after.round != before:
        _round(statement, before, after.round, player)
        for question in _changed(before, after.round):
            _question(statement, before, after.round, question, provenance)
        for question in _taken_back(before, after.round):
            _no_question(statement, question)
        _history(statement, snapshot.game, after.round)
    if after.session.score > snapshot.game.session.score:
        _points(statement, snapshot.game, after)
    if snapshot.game.session.is_open and after.session.state is SessionState.FINISHED:
        _totals(statement, after)  # of games given up nothing counts: it would pay to leave as soon as sure
    if snapshot.game.session.is_open and not after.session.is_open:
        _assessment(statement, after)
    return statement


def _guard(statement: _Statement, snapshot: GameSnapshot, after: Game, player: str, session: str) -> None:
    version = statement.value(snapshot.version)
    was, now = snapshot.game.session, after.session
    changes = "version = version + 1"
    if was != now:
        columns = {
            "state": now.state,
            "rounds_done": now.rounds_done,
            "score": now.score,
            "ended_at": now.ended_at,
        }
        changes += ", " + statement.assignments(columns)
    statement.add(
        "guard",
        f"update app.session set {changes} where player_id = {player} and id = {session}"
        f" and version = {version} returning player_id",
    )


def _round(statement: _Statement, before: Round | None, after: Round, player: str) -> None:
    changed = _round_columns(after)
    if before is not None and before.id == after.id:
        was = _round_columns(before)
        changed = {name: value for name, value in changed.items() if value != was[name]}
    if not changed:
        return
    statement.add(
        "turn",
        f"update app.round set {statement.assignments(changed)} from guard"
        f" where round.player_id = {player} and round.id = {statement.value(after.id)}",
    )


def _round_columns(round_: Round) -> dict[str, Any]:
    return {
        "state": round_.state,
        "opened_at": round_.opened_at,
        "deadline_at": round_.deadline_at,
        "ended_at": round_.ended_at,
        "given_back_ms": round_.given_back // timedelta(milliseconds=1),
        "turned_away_until": round_.turned_away_until,
        "correction": round_.correction,
        "corrected_at": round_.corrected_at,
    }


def _changed(before: Round | None, after: Round) -> Iterable[Question]:
    was = {} if before is None else {q.id: q for q in before.questions}
    return [q for q in after.questions if was.get(q.id) != q]


def _taken_back(before: Round | None, after: Round) -> Iterable[Question]:
    left = {q.id for q in after.questions}
    same = before is not None and before.id == after.id
    return [q for q in before.questions if q.id not in left] if before is not None and same else []


def _question(
    statement: _Statement,
    before: Round | None,
    round_: Round,
    question: Question,
    provenance: Provenance | None,
) -> None:
    if before is None or before.question(question.id) is None:
        _new_question(statement, round_, question)
        return
    columns = {
        "state": question.state,
        "answer": question.answer,
        "answered_at": question.answered_at,
        "judgement": question.judgement,
        "judged_at": question.judged_at,
    } | (provenance.columns() if provenance else {})
    statement.add(
        "question",
        f"update app.question set {statement.assignments(columns)} from guard"
        f" where question.player_id = guard.player_id and question.id = {statement.value(question.id)}",
    )
    for withheld in provenance.withheld if provenance else ():
        _withheld(statement, question, withheld)


def _withheld(statement: _Statement, question: Question, withheld: Withheld) -> None:
    columns = ", ".join(WITHHELD_TYPES)
    values = ", ".join(
        f"{statement.value(getattr(withheld, name))}::{kind}" for name, kind in WITHHELD_TYPES.items()
    )
    statement.add(
        f"withheld_{withheld.number}",
        f"insert into app.withheld_completion (player_id, question_id, {columns})"
        f" select guard.player_id, {statement.value(question.id)}::uuid, {values} from guard",
    )


def _history(statement: _Statement, game: Game, after: Round) -> None:
    """Each judgement and each correction, beside the last that stands in the question and the round."""
    known = not game.session.is_open
    before = game.round
    for question in _changed(before, after):
        was = None if before is None else before.question(question.id)
        if question.judgement is not None and (was is None or was.judgement is not question.judgement):
            statement.add(
                "judgement",
                "insert into app.judgement (player_id, question_id, judged_at, judgement, traps_known)"
                f" select guard.player_id, {statement.value(question.id)}::uuid,"
                f" {statement.value(question.judged_at)}::timestamptz,"
                f" {statement.value(question.judgement)}::text, {statement.value(known)}::boolean from guard",
            )
    if after.correction is not None and (before is None or before.correction != after.correction):
        statement.add(
            "correction",
            "insert into app.correction (player_id, round_id, corrected_at, text, traps_known)"
            f" select guard.player_id, {statement.value(after.id)}::uuid,"
            f" {statement.value(after.corrected_at)}::timestamptz,"
            f" {statement.value(after.correction)}::text, {statement.value(known)}::boolean from guard",
        )


def _new_question(statement: _Statement, round_: Round, question: Question) -> None:
    values = (question.id, round_.id, len(round_.questions), question.text, question.state, question.asked_at)
    types = ("uuid", "uuid", "smallint", "text", "text", "timestamptz")
    places = ", ".join(f"{statement.value(v)}::{t}" for v, t in zip(values, types, strict=True))
    statement.add(
        "question",
        "insert into app.question (player_id, id, round_id, number, text, state, asked_at)"
        f" select guard.player_id, {places} from guard",
    )


def _no_question(statement: _Statement, question: Question) -> None:
    statement.add(
        "question",
        "delete from app.question using guard"
        f" where question.player_id = guard.player_id and question.id = {statement.value(question.id)}",
    )


def _points(statement: _Statement, before: Game, after: Game) -> None:
    if after.round is None:
        raise ValueError("points are for a round")
    (caught,) = (q.id for q in _changed(before.round, after.round))
    places = ", ".join(f"{statement.value(i)}::uuid" for i in (after.round.id, after.session.id, caught))
    points = statement.value(after.session.score - before.session.score)
    statement.add(
        "ledger",
        "insert into app.points (player_id, round_id, session_id, question_id, points)"
        f" select guard.player_id, {places}, {points}::smallint from guard",
    )


def _totals(statement: _Statement, after: Game) -> None:
    """The player's sums, which must not move before the session is over: they would tell what was a trap."""
    session = after.session
    score = f"{statement.value(session.score)}::int"
    ended = f"{statement.value(session.ended_at)}::timestamptz"
    statement.add(
        "today",
        f"select guard.player_id, ({ended} at time zone p.time_zone)::date as day"
        " from guard join app.player p on p.id = guard.player_id",
    )
    statement.add(
        "total",
        "insert into app.player_total as t (player_id, points, sessions, best, streak_days, last_played_on)"
        f" select player_id, {score}, 1, {score}, 1, day from today"
        " on conflict (player_id) do update set points = t.points + excluded.points,"
        " sessions = t.sessions + 1, best = greatest(t.best, excluded.best),"
        " streak_days = case when t.last_played_on = excluded.last_played_on then t.streak_days"
        " when t.last_played_on = excluded.last_played_on - 1 then t.streak_days + 1 else 1 end,"
        " last_played_on = excluded.last_played_on"
        " returning t.player_id, t.sessions",
    )
    statement.add("news", NEWS_FOR_INVITER)
    statement.add(
        "week",
        "insert into app.player_week as w (player_id, week, points, sessions)"
        f" select player_id, date_trunc('week', {ended} at time zone 'UTC')::date, {score}, 1"
        " from today"
        " on conflict (player_id, week) do update set points = w.points + excluded.points,"
        " sessions = w.sessions + 1",
    )


def _assessment(statement: _Statement, after: Game) -> None:
    """What is still to be worked out of a session that is over. A game given up is evidence, too."""
    session, ended = statement.value(after.session.id), statement.value(after.session.ended_at)
    statement.add(
        "assessment",
        "insert into app.assessment (player_id, session_id, ended_at)"
        f" select guard.player_id, {session}::uuid, {ended}::timestamptz from guard",
    )
