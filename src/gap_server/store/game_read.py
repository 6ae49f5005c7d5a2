"""Reading a game: one statement gives the session, the round that a move is about, and its questions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from gap_server.game.state import (
    Game,
    Judgement,
    Question,
    QuestionState,
    Round,
    RoundState,
    Session,
    SessionKind,
    SessionState,
)
from gap_server.store.engine import Db
from gap_server.store.players import CALLER, TOUCHED, SignedIn


@dataclass(frozen=True, slots=True)
class CurrentRound:
    """The current round, as writers and pages need it. Sizes in pixels."""

    round_id: UUID
    tainted: bool
    image_id: UUID
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class About:
    """What does not change in a session. `challenge_code`: to play against it, once it is over.

    `quests`: their ids; none where the session is played without, or began before there were any.
    """

    kind: SessionKind
    daily_number: int | None
    quests: Sequence[str]
    challenge_code: str | None


@dataclass(frozen=True, slots=True)
class GameSnapshot:
    """A game as it was read, and what a writer must know to write only if nobody else did meanwhile.

    `now` is the database's clock when it was read. `model` and `model_revision`: who answers in this session,
    None where it began before that was recorded.
    """

    player_id: UUID
    version: int
    now: datetime
    game: Game
    about: About
    round: CurrentRound | None
    model: str | None = None
    model_revision: str | None = None

    @property
    def current_round(self) -> CurrentRound:
        if self.round is None:
            raise ValueError("this snapshot was read without a round")
        return self.round


_READ = """
select clock_timestamp() as now,
       s.id as session_id, s.version, s.state as session_state, s.created_at, s.expires_at,
       s.rounds_done, s.score, s.ended_at as session_ended_at, s.model, s.model_revision,
       s.kind, s.daily_number, s.quests, case when s.state <> 'open' then (
           select c.code from app.challenge c where c.player_id = s.player_id and c.session_id = s.id
       ) end as challenge_code,
       r.id as round_id, r.position, r.state as round_state, r.tainted, r.opened_at, r.served_at,
       r.deadline_at, r.ended_at as round_ended_at, r.given_back_ms, r.turned_away_until, r.correction,
       r.corrected_at, r.image_id, i.width, i.height,
       q.id as question_id, q.text, q.state as question_state, q.asked_at, q.answered_at, q.answer,
       q.judgement, q.judged_at
"""
_JOIN = """
join app.session s on s.player_id = r.player_id and s.id = r.session_id
join app.image i on i.id = r.image_id
left join app.question q on q.player_id = r.player_id and q.round_id = r.id
"""
BY_ROUND = f"{_READ} from app.round r {_JOIN} where r.player_id = $1 and r.id = $2 order by q.number"
BY_QUESTION = f"""{_READ} from app.question asked
join app.round r on r.player_id = asked.player_id and r.id = asked.round_id {_JOIN}
where asked.player_id = $1 and asked.id = $2 order by q.number"""
_BY_SESSION = f"""{_READ} from app.session s
left join app.round r on r.player_id = s.player_id and r.session_id = s.id and r.state = 'open'
left join app.image i on i.id = r.image_id
left join app.question q on q.player_id = r.player_id and q.round_id = r.id
"""
BY_SESSION = f"{_BY_SESSION} where s.player_id = $1 and s.id = $2 order by q.number"
OPEN_SESSION = f"{_BY_SESSION} where s.player_id = $1 and s.state = 'open' order by q.number"
BY_TOKEN_AND_ROUND = f"""with {TOUCHED}, caller as ({CALLER})
{_READ}, caller.id as caller_id, caller.banned from caller
left join (
    app.round r join app.session s on s.player_id = r.player_id and s.id = r.session_id
    join app.image i on i.id = r.image_id
) on r.player_id = caller.id and r.id = $3
left join app.question q on q.player_id = r.player_id and q.round_id = r.id
order by q.number"""
"""Who calls, and the round that the call is about, in one round trip."""
NEXT_DEALT = f"""{_READ} from app.round r {_JOIN}
where r.player_id = $1 and r.session_id = $2 and r.state = 'dealt' order by r.position limit 1"""


async def read_round(db: Db, player_id: UUID, round_id: UUID) -> GameSnapshot | None:
    """The game with that round as its current one, once it was opened: what is only dealt, nobody can see."""
    return _once_opened(_snapshot(player_id, await db.fetch(BY_ROUND, player_id, round_id)))


async def read_caller_and_round(
    db: Db, token_hash: bytes, sliding: timedelta, round_id: UUID
) -> tuple[SignedIn | None, GameSnapshot | None]:
    """Whose token this is, as `find_by_token` tells it, and the same player's round, as `read_round` does."""
    rows = await db.fetch(BY_TOKEN_AND_ROUND, token_hash, sliding, round_id)
    if not rows:
        return None, None
    caller = SignedIn(rows[0]["caller_id"], rows[0]["banned"])
    found = rows if rows[0]["round_id"] is not None else []
    return caller, _once_opened(_snapshot(caller.id, found))


def _once_opened(snapshot: GameSnapshot | None) -> GameSnapshot | None:
    if snapshot is None or snapshot.game.round is None or snapshot.game.round.state is RoundState.DEALT:
        return None
    return snapshot


async def read_question(db: Db, player_id: UUID, question_id: UUID) -> GameSnapshot | None:
    return _snapshot(player_id, await db.fetch(BY_QUESTION, player_id, question_id))


async def read_session(db: Db, player_id: UUID, session_id: UUID) -> GameSnapshot | None:
    """That session's game, with its open round, if any."""
    return _snapshot(player_id, await db.fetch(BY_SESSION, player_id, session_id))


async def read_open_session(db: Db, player_id: UUID) -> GameSnapshot | None:
    return _snapshot(player_id, await db.fetch(OPEN_SESSION, player_id))


async def read_next_dealt(db: Db, player_id: UUID, session_id: UUID) -> GameSnapshot | None:
    """The game with the next round to open as its current one; None after the tenth."""
    return _snapshot(player_id, await db.fetch(NEXT_DEALT, player_id, session_id))


def _snapshot(player_id: UUID, rows: list[Any]) -> GameSnapshot | None:
    if not rows:
        return None
    row = rows[0]
    has_round = row["round_id"] is not None
    columns = ("round_id", "tainted", "image_id", "width", "height")
    return GameSnapshot(
        player_id=player_id,
        version=row["version"],
        now=row["now"],
        game=Game(_session(row), _round(row, rows) if has_round else None),
        about=About(
            SessionKind(row["kind"]), row["daily_number"], row["quests"] or (), row["challenge_code"]
        ),
        round=CurrentRound(*(row[name] for name in columns)) if has_round else None,
        model=row["model"],
        model_revision=row["model_revision"],
    )


def _session(row: Any) -> Session:
    return Session(
        id=row["session_id"],
        state=SessionState(row["session_state"]),
        created_at=row["created_at"],
        expires_at=row["expires_at"],
        rounds_done=row["rounds_done"],
        score=row["score"],
        ended_at=row["session_ended_at"],
    )


def _round(row: Any, rows: list[Any]) -> Round:
    return Round(
        id=row["round_id"],
        position=row["position"],
        state=RoundState(row["round_state"]),
        tainted=row["tainted"],
        opened_at=row["opened_at"],
        served_at=row["served_at"],
        deadline_at=row["deadline_at"],
        ended_at=row["round_ended_at"],
        given_back=timedelta(milliseconds=row["given_back_ms"]),
        turned_away_until=row["turned_away_until"],
        correction=row["correction"],
        corrected_at=row["corrected_at"],
        questions=tuple(_question(r) for r in rows if r["question_id"] is not None),
    )


def _question(row: Any) -> Question:
    return Question(
        id=row["question_id"],
        text=row["text"],
        state=QuestionState(row["question_state"]),
        asked_at=row["asked_at"],
        answer=row["answer"],
        answered_at=row["answered_at"],
        judgement=Judgement(row["judgement"]) if row["judgement"] else None,
        judged_at=row["judged_at"],
    )
