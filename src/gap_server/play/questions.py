"""Asking: the question is saved, the connection let go, the model asked, the answer saved.

Short statements, and none of them while the model thinks. A question belongs to its client's UUID, so asking
it again is asking it once.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID

from gap_server.errors import ModelBusy, ModelFailed, NotFound, Refused, StoreUnavailable
from gap_server.game import moves
from gap_server.game.rules import SAVING_LIMIT, WAITING_LIMIT
from gap_server.game.state import Game, Question, QuestionState, Refusal
from gap_server.play.apply import (
    ATTEMPTS,
    Decide,
    Read,
    allowed,
    apply_move,
    beginning_with,
    moved,
    read_current,
)
from gap_server.play.assignment import answerer_of
from gap_server.play.deps import GameDeps
from gap_server.play.giving_way import give_way
from gap_server.play.provenance import provenance_of
from gap_server.store.engine import Db
from gap_server.store.game_read import GameSnapshot, read_question, read_round
from gap_server.store.game_write import IdTaken, write
from gap_server.store.provenance import Provenance
from gap_server.vlm.answerer import Answerer, AnswerRecord, ScreenedAnswer
from gap_server.vlm.protocol import Picture, Slot

_T = TypeVar("_T")

POLL_SECONDS = 0.3
SAVING_PAUSE_SECONDS = 0.4


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question that is saved, and the slot in the model's queue that its answer will come from."""

    snapshot: GameSnapshot
    answerer: Answerer
    slot: Slot
    picture: Picture


async def ask(
    deps: GameDeps,
    player_id: UUID,
    round_id: UUID,
    question_id: UUID,
    text: str,
    *,
    seen: GameSnapshot | None = None,
) -> Question:
    """Ask the model, and give the question as it stands then: answered, refused, failed, or still pending.

    `seen`: the round, where the caller has read it just now.
    Raises NotFound, Refused, TooMany (too_many_questions), ModelBusy, StoreUnavailable.
    """
    read = beginning_with(seen, lambda db: read_round(db, player_id, round_id))
    try:
        asked = await _save_question(deps, read, question_id, text)
    except ModelBusy as busy:
        await _turn_away(deps, player_id, round_id, timedelta(seconds=busy.retry_after_seconds))
        raise
    if asked is None:
        return await _wait_for_first(deps, player_id, question_id)
    try:
        return await _answer(deps, asked, question_id)
    finally:
        asked.slot.release()


async def look(deps: GameDeps, player_id: UUID, question_id: UUID) -> Question:
    snapshot = await apply_move(deps, lambda db: read_question(db, player_id, question_id))
    return _on(snapshot, question_id)


async def wait(deps: GameDeps, player_id: UUID, question_id: UUID) -> Question:
    """Wait for an answer that another request, here or elsewhere, is fetching."""
    give_way()
    ends_at = time.monotonic() + WAITING_LIMIT.total_seconds()
    question = await look(deps, player_id, question_id)
    while question.state is QuestionState.PENDING and time.monotonic() < ends_at:
        await asyncio.sleep(POLL_SECONDS)
        question = await look(deps, player_id, question_id)
    return question


async def _wait_for_first(deps: GameDeps, player_id: UUID, question_id: UUID) -> Question:
    """Wait for what the first request of this question hears. Raises ModelBusy where it heard that."""
    try:
        return await wait(deps, player_id, question_id)
    except NotFound:
        raise ModelBusy("The model had no room for this question.", retry_after_seconds=1) from None


async def _save_question(deps: GameDeps, read: Read, question_id: UUID, text: str) -> _Asked | None:
    """Take a slot at the model and save the question. None where it was asked before."""
    for _ in range(ATTEMPTS):
        async with deps.store.connection() as db:
            snapshot = await read_current(db, deps, read)
            asked = allowed(moves.ask(snapshot.game, question_id, text, snapshot.now))
            if asked == snapshot.game:
                return None
            current = snapshot.current_round
            picture = await deps.pictures.get(db, current.image_id)
            answerer = await answerer_of(db, deps, snapshot)
            slot = answerer.reserve(picture.sha256, talk=str(current.round_id))
            if await _save_or_leave(db, snapshot, asked, slot):
                return _Asked(moved(snapshot, asked), answerer, slot, picture)
    raise StoreUnavailable("Too much is happening in this session at once.")


async def _save_or_leave(db: Db, snapshot: GameSnapshot, asked: Game, slot: Slot) -> bool:
    """Save the question, or leave the queue."""
    with ExitStack() as unsaved:
        unsaved.callback(slot.release)
        try:
            saved = await write(db, snapshot, asked)
        except IdTaken:  # by a question of another round
            refusal = moves.QUESTION_ID_REUSED
            raise Refused(refusal.detail, code=refusal.code) from None
        if saved:
            unsaved.pop_all()
        return saved


async def _turn_away(deps: GameDeps, player_id: UUID, round_id: UUID, wait: timedelta) -> None:
    await apply_move(
        deps,
        lambda db: read_round(db, player_id, round_id),
        lambda game, now: moves.turn_away(game, wait, deps.rules, now),
    )


async def _answer(deps: GameDeps, asked: _Asked, question_id: UUID) -> Question:
    """Ask the model, then save what it said, or that it said nothing."""
    snapshot = asked.snapshot
    record = asked.answerer.record(asked.slot, tainted=snapshot.current_round.tainted)
    give_way()
    began = time.monotonic()
    text = _on(snapshot, question_id).text
    outcome: ScreenedAnswer | ModelFailed
    try:
        outcome = await asked.answerer.ask(asked.slot, asked.picture, text, record)
    except ModelFailed as failed:
        outcome = failed
    except ModelBusy as busy:
        await _take_back(deps, snapshot, question_id, timedelta(seconds=time.monotonic() - began), busy)
        raise
    took = timedelta(seconds=time.monotonic() - began)
    settle = _settling(deps, question_id, outcome, took=took, at=snapshot.now + took)
    told = provenance_of(text, record, outcome)
    return await _patiently(lambda: _save_answer(deps, snapshot, question_id, settle, record, told))


async def _take_back(
    deps: GameDeps, snapshot: GameSnapshot, question_id: UUID, took: timedelta, busy: ModelBusy
) -> None:
    """The model had no room for it: it is as if it was never asked, and the player is turned away."""
    again = timedelta(seconds=busy.retry_after_seconds)

    async def save() -> None:
        await apply_move(
            deps,
            lambda db: read_question(db, snapshot.player_id, question_id),
            lambda game, now: moves.take_back(
                game, question_id, waited=took, wait=again, rules=deps.rules, now=now
            ),
        )

    with suppress(Refused, NotFound):  # it was taken for lost, or an earlier try went through unheard
        await _patiently(save)


def _settling(
    deps: GameDeps, question_id: UUID, outcome: ScreenedAnswer | ModelFailed, *, took: timedelta, at: datetime
) -> Decide:
    """The move that ends the question, on whatever snapshot it is made.

    `at` is the database's time: its clock when the question was read, and the seconds since by ours.
    """

    def settle(game: Game, _now: datetime) -> Game | Refusal:
        if isinstance(outcome, ModelFailed):
            return moves.fail(game, question_id, waited=took, rules=deps.rules, now=at)
        return moves.answer(
            game,
            question_id,
            outcome.text,
            refused=outcome.refusal is not None,
            waited=timedelta(milliseconds=outcome.completion.queue_ms if outcome.completion else 0),
            rules=deps.rules,
            now=at,
        )

    return settle


async def _save_answer(  # noqa: PLR0917  # private, and called from one place only
    deps: GameDeps,
    snapshot: GameSnapshot,
    question_id: UUID,
    settle: Decide,
    record: AnswerRecord,
    provenance: Provenance,
) -> Question:
    """Save at once where nobody moved meanwhile, else on the snapshot as it is by now."""
    after = allowed(settle(snapshot.game, snapshot.now))
    async with deps.store.connection() as db:
        await deps.origins.write_down(db, record)
        if await write(db, snapshot, after, provenance):
            return _on(moved(snapshot, after), question_id)
    return await _save_on_new_snapshot(deps, snapshot.player_id, question_id, settle, provenance)


async def _save_on_new_snapshot(
    deps: GameDeps, player_id: UUID, question_id: UUID, settle: Decide, provenance: Provenance
) -> Question:
    try:
        snapshot = await apply_move(
            deps, lambda db: read_question(db, player_id, question_id), settle, provenance
        )
    except Refused:  # it was taken for lost, or an earlier try to save it went through unheard
        return await look(deps, player_id, question_id)
    return _on(snapshot, question_id)


async def _patiently(save: Callable[[], Awaitable[_T]]) -> _T:
    """Save, though the database should restart meanwhile."""
    ends_at = time.monotonic() + SAVING_LIMIT.total_seconds()
    while True:
        try:
            return await save()
        except StoreUnavailable:
            if time.monotonic() > ends_at:
                raise
            await asyncio.sleep(SAVING_PAUSE_SECONDS)


def _on(snapshot: GameSnapshot, question_id: UUID) -> Question:
    round_ = snapshot.game.round
    question = None if round_ is None else round_.question(question_id)
    if question is None:
        raise ValueError("the snapshot was read for this question")
    return question
