"""The moves. Each takes a game, the rules and the time, and gives the next game, or the reason why not.

A move that changes nothing gives back the very game it was given, which is how repeats are harmless.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from gap_server.game.rules import POINTS_PER_LIE, QUESTIONS_PER_ROUND, ROUNDS_TOTAL, Rules
from gap_server.game.state import (
    Game,
    Judgement,
    Question,
    QuestionState,
    Refusal,
    Round,
    RoundState,
    Session,
    SessionState,
)

ROUND_OVER = Refusal("round_over", "This image is over.")
SESSION_OVER = Refusal("session_over", "This session is over.")
NOT_ANSWERED = Refusal("not_answered", "There is no answer yet.")
NOT_FLAGGED = Refusal("not_flagged", "Only an answer that was judged wrong can be corrected.")
STILL_ANSWERING = Refusal("still_answering", "The model is still answering the last question.")
ALREADY_SETTLED = Refusal("already_settled", "This question has its answer.")
QUESTION_ID_REUSED = Refusal("question_id_reused", "This question id was used for another question.")


def lapse(game: Game, rules: Rules, now: datetime) -> Game:
    """What time alone does: a lost question fails, a round or a session that ran out ends.

    A game whose current round has ended tells nothing of the session's open one, so the session stays.
    """
    game = _fail_lost_question(game, rules, now)
    round_ = game.round
    if not game.session.is_open or (round_ is not None and not round_.is_open):
        return game
    if game.session.expires_at <= now:
        return _expire_session(game, now)
    if round_ is None or round_.pending is not None:
        return game
    return _run_out(game, now) if now > _last_moment(round_, rules) else game


def open_next(game: Game, dealt: Round | None, rules: Rules, now: datetime) -> Game | Refusal:
    """Turn up the next image and start its clock. `dealt` is the next round, None after the tenth.

    An open round stays, unless its time is up: asking for the next one ends it, grace or not.
    """
    if game.round is not None and game.round.is_open:
        if now < _deadline(game.round):
            return game
        return _run_out(game, now)
    if not game.session.is_open or dealt is None:
        return SESSION_OVER
    opened = replace(dealt, state=RoundState.OPEN, opened_at=now, deadline_at=now + rules.round_time)
    return replace(game, round=opened)


def serve(game: Game, rules: Rules, now: datetime) -> Game:
    """The picture leaves for the player for the first time: the clock starts now, not when it was asked for.

    10 s later at most, or whoever puts off looking would have more time to think. A picture that is never
    fetched is looked at by nobody: its clock has run since it was asked for.
    """
    round_ = game.round
    if round_ is None or not round_.is_open or round_.opened_at is None or round_.served_at is not None:
        return game
    late = min(now - round_.opened_at, rules.serving_limit)
    served = replace(round_, served_at=now, deadline_at=_deadline(round_) + late)
    return replace(game, round=served)


def ask(game: Game, question_id: UUID, text: str, now: datetime) -> Game | Refusal:
    round_ = _round(game)
    if (known := round_.question(question_id)) is not None:
        return game if known.text == text else QUESTION_ID_REUSED
    if not round_.is_open or now >= _deadline(round_):
        return ROUND_OVER
    if round_.pending is not None:
        return STILL_ANSWERING
    if len(round_.questions) >= QUESTIONS_PER_ROUND:
        return _too_many_questions(_deadline(round_) - now)
    asked = Question(question_id, text, QuestionState.PENDING, asked_at=now)
    return replace(game, round=replace(round_, questions=(*round_.questions, asked)))


def answer(
    game: Game, question_id: UUID, text: str, *, refused: bool, waited: timedelta, rules: Rules, now: datetime
) -> Game | Refusal:
    """The model answered, after `waited` in our queue, which is given back.

    An answer to a round that is over is kept (it was the model's, and data), and changes nothing else.
    """
    state = QuestionState.REFUSED if refused else QuestionState.ANSWERED
    waited = waited if waited >= rules.noticeable_wait else timedelta()
    return _settle_question(game, question_id, state, text, waited, rules, now)


def fail(game: Game, question_id: UUID, *, waited: timedelta, rules: Rules, now: datetime) -> Game | Refusal:
    """The model gave no answer: all the time that the player `waited` is given back."""
    return _settle_question(game, question_id, QuestionState.FAILED, None, waited, rules, now)


def take_back(
    game: Game, question_id: UUID, *, waited: timedelta, wait: timedelta, rules: Rules, now: datetime
) -> Game | Refusal:
    """The model had no room for the question in all the time `waited`: it is as if it was never asked.

    The time is given back, and that until the player is asked to come again, after `wait`.
    """
    round_ = _round(game)
    question = round_.question(question_id)
    if question is None or question.state is not QuestionState.PENDING:
        return ALREADY_SETTLED
    left = tuple(q for q in round_.questions if q.id != question_id)
    taken = replace(game, round=replace(round_, questions=left))
    return turn_away(give_back(taken, waited, rules), wait, rules, now)


def turn_away(game: Game, wait: timedelta, rules: Rules, now: datetime) -> Game:
    """No slot was free: the player is asked to come again after `wait`, and gets that time back, once."""
    round_ = game.round
    if round_ is None or not round_.is_open:
        return game
    again_at = now + wait
    waited_from = max(now, round_.turned_away_until or now)
    given = give_back(game, again_at - waited_from, rules)
    return replace(given, round=replace(_round(given), turned_away_until=max(again_at, waited_from)))


def give_back(game: Game, waited: timedelta, rules: Rules) -> Game:
    """Move the open round's deadline by `waited`, 60 s at most over the whole round."""
    round_ = game.round
    if round_ is None or not round_.is_open or waited <= timedelta():
        return game
    given = min(waited, rules.given_back_limit - round_.given_back)
    return replace(
        game,
        round=replace(round_, deadline_at=_deadline(round_) + given, given_back=round_.given_back + given),
    )


def judge(game: Game, question_id: UUID, judgement: Judgement, rules: Rules, now: datetime) -> Game | Refusal:
    """`wrong` ends the round, and is worth points where the model had been told to lie."""
    round_ = _round(game)
    question = round_.question(question_id)
    if question is None or question.state is not QuestionState.ANSWERED:
        return NOT_ANSWERED
    if question.judgement is judgement:
        return game
    if not _is_in_time(round_, rules, now):
        return ROUND_OVER
    judged = _with_question(game, replace(question, judgement=judgement, judged_at=now))
    if judgement is Judgement.RIGHT:
        return judged
    points = POINTS_PER_LIE if round_.tainted else 0
    return _end_round(judged, RoundState.FLAGGED, now, points=points)


def pass_on(game: Game, now: datetime) -> Game | Refusal:
    """Go on without a judgement, while there is time: the grace after it is for judging alone.

    Where the model answered nothing the image is void, as it is when time runs out on such a one.
    """
    round_ = _round(game)
    if round_.state in {RoundState.PASSED, RoundState.VOID}:
        return game
    if not round_.is_open or now >= _deadline(round_):
        return ROUND_OVER
    if not round_.settled:
        return NOT_ANSWERED
    return _end_round(game, RoundState.VOID if round_.unanswered else RoundState.PASSED, now)


def correct(game: Game, text: str, rules: Rules, now: datetime) -> Game | Refusal:
    """Type the right answer after a `wrong`. Off the clock, never worth points."""
    round_ = _round(game)
    if round_.state is not RoundState.FLAGGED:
        return NOT_FLAGGED
    if round_.correction == text:
        return game
    if not corrections_open(game.session, rules, now):
        hours = rules.correction_time // timedelta(hours=1)
        return Refusal("correction_closed", f"This session's result is more than {hours} hours old.")
    return replace(game, round=replace(round_, correction=text, corrected_at=now))


def corrections_open(session: Session, rules: Rules, now: datetime) -> bool:
    """Right answers are taken while the session runs, and for a while after."""
    return session.ended_at is None or now < session.ended_at + rules.correction_time


def withdraw(game: Game, now: datetime) -> Game:
    """The session cannot go on: the player took the consent back, or its model has left the field."""
    return _expire_session(game, now) if game.session.is_open else game


def _too_many_questions(wait: timedelta) -> Refusal:
    return Refusal("too_many_questions", f"{QUESTIONS_PER_ROUND} questions an image are the limit.", wait)


def _round(game: Game) -> Round:
    if game.round is None:
        raise ValueError("this move needs the round it is about")
    return game.round


def _deadline(round_: Round) -> datetime:
    if round_.deadline_at is None:
        raise ValueError("a round that was opened has a deadline")
    return round_.deadline_at


def _is_in_time(round_: Round, rules: Rules, now: datetime) -> bool:
    """A round may be open past its last moment: while its question is still being answered."""
    return round_.is_open and now <= _last_moment(round_, rules)


def _last_moment(round_: Round, rules: Rules) -> datetime:
    return _deadline(round_) + rules.judging_grace


def _with_question(game: Game, question: Question) -> Game:
    round_ = _round(game)
    questions = tuple(question if q.id == question.id else q for q in round_.questions)
    return replace(game, round=replace(round_, questions=questions))


def _settle_question(  # noqa: PLR0917  # private, and called from three places only
    game: Game,
    question_id: UUID,
    state: QuestionState,
    text: str | None,
    waited: timedelta,
    rules: Rules,
    now: datetime,
) -> Game | Refusal:
    question = _round(game).question(question_id)
    if question is None or question.state is not QuestionState.PENDING:
        return ALREADY_SETTLED
    settled = replace(question, state=state, answer=text, answered_at=now)
    return give_back(_with_question(game, settled), waited, rules)


def _fail_lost_question(game: Game, rules: Rules, now: datetime) -> Game:
    pending = game.round.pending if game.round is not None else None
    if pending is None or now < pending.asked_at + rules.answer_limit:
        return game
    failed = fail(game, pending.id, waited=now - pending.asked_at, rules=rules, now=now)
    return game if isinstance(failed, Refusal) else failed


def _run_out(game: Game, now: datetime) -> Game:
    """Time is up. Where the model answered nothing that it was asked, the image is void."""
    return _end_round(game, RoundState.VOID if _round(game).unanswered else RoundState.EXPIRED, now)


def _end_round(game: Game, state: RoundState, now: datetime, *, points: int = 0) -> Game:
    """End the current round; the tenth end ends the session."""
    session = game.session
    done = session.rounds_done + 1
    session = replace(session, rounds_done=done, score=session.score + points)
    if done == ROUNDS_TOTAL:
        session = _end_session(session, SessionState.FINISHED, now)
    return Game(session, replace(_round(game), state=state, ended_at=now))


def _expire_session(game: Game, now: datetime) -> Game:
    if game.round is not None and game.round.is_open:
        game = _run_out(game, now)
    if not game.session.is_open:
        return game
    return replace(game, session=_end_session(game.session, SessionState.EXPIRED, now))


def _end_session(session: Session, state: SessionState, now: datetime) -> Session:
    return replace(session, state=state, ended_at=now)
