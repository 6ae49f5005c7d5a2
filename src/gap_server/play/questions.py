"""Asking: the question is saved, the connection let go, the model asked, the answer saved.

Short statements, and none of them while the model thinks. A question belongs to its client's UUID, so asking
it again is asking it once.
"""

import asyncio
import time
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from gap_server.errors import ModelBusy, ModelFailed, Refused, StoreUnavailable
from gap_server.game import moves
from gap_server.game.state import Game, Question, QuestionState, Refusal
from gap_server.play.apply import ATTEMPTS, Decide, allowed, make, moved, settled
from gap_server.play.deps import House
from gap_server.store.engine import Db
from gap_server.store.game_read import Board, read_question, read_round
from gap_server.store.game_write import IdTaken, Telling, write
from gap_server.vlm.answerer import Reply
from gap_server.vlm.protocol import Picture, Place

PATIENCE = timedelta(seconds=25)
"""How long a repeated request waits for the first one's answer before it is told `pending`."""

POLL_SECONDS = 0.3
SAVING_SECONDS = 8.0
"""A database that restarts while the model thinks is waited for this long."""
SAVING_PAUSE_SECONDS = 0.4


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question that is saved, and the place in line that its answer will come from."""

    board: Board
    place: Place
    picture: Picture


async def ask(house: House, player_id: UUID, round_id: UUID, question_id: UUID, text: str) -> Question:
    """Ask the model, and give the question as it stands then: answered, refused, failed, or still pending.

    Raises NotFound, Refused, ModelBusy, StoreUnavailable.
    """
    try:
        asked = await _save_question(house, player_id, round_id, question_id, text)
    except ModelBusy as busy:
        await _turn_away(house, player_id, round_id, timedelta(seconds=busy.retry_after_seconds))
        raise
    if asked is None:
        return await wait(house, player_id, question_id)
    try:
        return await _answer(house, asked, question_id)
    finally:
        asked.place.release()


async def look(house: House, player_id: UUID, question_id: UUID) -> Question:
    board = await make(house, lambda db: read_question(db, player_id, question_id))
    return _on(board, question_id)


async def wait(house: House, player_id: UUID, question_id: UUID) -> Question:
    """Wait for an answer that another request, here or elsewhere, is fetching."""
    ends_at = time.monotonic() + PATIENCE.total_seconds()
    question = await look(house, player_id, question_id)
    while question.state is QuestionState.PENDING and time.monotonic() < ends_at:
        await asyncio.sleep(POLL_SECONDS)
        question = await look(house, player_id, question_id)
    return question


async def _save_question(
    house: House, player_id: UUID, round_id: UUID, question_id: UUID, text: str
) -> _Asked | None:
    """Take a place at the model and save the question. None where it was asked before."""
    for _ in range(ATTEMPTS):
        async with house.store.connection() as db:
            board = await settled(db, house, lambda db: read_round(db, player_id, round_id))
            asked = allowed(moves.ask(board.game, question_id, text, board.now))
            if asked == board.game:
                return None
            picture = await house.pictures.get(db, board.on_table.image_id)
            place = house.answerer.reserve(picture.sha256)
            if await _save_or_leave(db, board, asked, place):
                return _Asked(moved(board, asked), place, picture)
    raise StoreUnavailable("Too much is happening in this session at once.")


async def _save_or_leave(db: Db, board: Board, asked: Game, place: Place) -> bool:
    """Save the question, or leave the line."""
    with ExitStack() as unsaved:
        unsaved.callback(place.release)
        try:
            saved = await write(db, board, asked)
        except IdTaken:  # by a question of another round
            refusal = moves.QUESTION_ID_REUSED
            raise Refused(refusal.detail, code=refusal.code) from None
        if saved:
            unsaved.pop_all()
        return saved


async def _turn_away(house: House, player_id: UUID, round_id: UUID, wait: timedelta) -> None:
    await make(
        house,
        lambda db: read_round(db, player_id, round_id),
        lambda game, now: moves.turn_away(game, wait, house.rules, now),
    )


async def _answer(house: House, asked: _Asked, question_id: UUID) -> Question:
    """Ask the model, then save what it said, or that it said nothing."""
    board = asked.board
    began = time.monotonic()
    outcome: Reply | ModelFailed
    try:
        outcome = await house.answerer.ask(
            asked.place, asked.picture, _on(board, question_id).text, tainted=board.on_table.tainted
        )
    except ModelFailed as failed:
        outcome = failed
    took = timedelta(seconds=time.monotonic() - began)
    settle = _settling(house, question_id, outcome, took=took, at=board.now + took)
    return await _save_answer(house, board, question_id, settle, _told(outcome))


def _settling(
    house: House, question_id: UUID, outcome: Reply | ModelFailed, *, took: timedelta, at: datetime
) -> Decide:
    """The move that ends the question, on whatever board it is made.

    `at` is the database's time: its clock when the question was read, and the seconds since by ours.
    """

    def settle(game: Game, _now: datetime) -> Game | Refusal:
        if isinstance(outcome, ModelFailed):
            return moves.fail(game, question_id, waited=took, rules=house.rules, now=at)
        return moves.answer(
            game,
            question_id,
            outcome.text,
            refused=outcome.refusal is not None,
            waited=timedelta(milliseconds=outcome.completion.queue_ms),
            rules=house.rules,
            now=at,
        )

    return settle


async def _save_answer(
    house: House, board: Board, question_id: UUID, settle: Decide, telling: Telling
) -> Question:
    """Save at once where nobody moved meanwhile, else on the board as it is by now."""
    ends_at = time.monotonic() + SAVING_SECONDS
    while True:
        try:
            after = allowed(settle(board.game, board.now))
            async with house.store.connection() as db:
                if await write(db, board, after, telling):
                    return _on(moved(board, after), question_id)
            return await _save_on_new_board(house, board.player_id, question_id, settle, telling)
        except StoreUnavailable:
            if time.monotonic() > ends_at:
                raise
            await asyncio.sleep(SAVING_PAUSE_SECONDS)


async def _save_on_new_board(
    house: House, player_id: UUID, question_id: UUID, settle: Decide, telling: Telling
) -> Question:
    try:
        board = await make(house, lambda db: read_question(db, player_id, question_id), settle, telling)
    except Refused:  # it was taken for lost, or an earlier try to save it went through unheard
        return await look(house, player_id, question_id)
    return _on(board, question_id)


def _on(board: Board, question_id: UUID) -> Question:
    round_ = board.game.round
    question = None if round_ is None else round_.question(question_id)
    if question is None:
        raise ValueError("the board was read for this question")
    return question


def _told(outcome: Reply | ModelFailed) -> Telling:
    """What a researcher will want to know of how this answer came about."""
    if isinstance(outcome, ModelFailed):
        return Telling({"failure": outcome.reason})
    said = outcome.completion
    return Telling(
        {
            "refusal": outcome.refusal,
            "completion": None if said.text == outcome.text else said.text,
            "model": said.model,
            "model_revision": said.revision,
            "instruction_version": outcome.instruction_version,
            "temperature": said.temperature,
            "max_tokens": said.max_tokens,
            "finish_reason": said.finish_reason,
            "prompt_tokens": said.prompt_tokens,
            "completion_tokens": said.completion_tokens,
            "queue_ms": said.queue_ms,
            "latency_ms": said.latency_ms,
            "attempts": said.attempts,
            "filter_hits": outcome.filter_hits,
        }
    )
