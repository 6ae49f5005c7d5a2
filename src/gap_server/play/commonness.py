"""A session is over: how common its questions are is written down, for whoever weighs their answers."""

from collections import Counter
from uuid import UUID

from gap_server.quality.questions.commonness import answer_form, form_id, question_form, repeated
from gap_server.store import commonness
from gap_server.store.commonness import AskedQuestion, NewForm
from gap_server.store.engine import Db


async def note(db: Db, player_id: UUID, session_id: UUID) -> None:
    """Of each answered question its form, and how often this player had asked it by then."""
    asked = await commonness.asked(db, player_id, session_id)
    forms = {question.id: form_id(question_form(question.text)) for question in asked}
    before, rounds = await commonness.before(db, player_id, list(set(forms.values())))
    await commonness.note(db, player_id, _noted(asked, forms, Counter(before), rounds))


def _noted(
    asked: list[AskedQuestion], forms: dict[UUID, bytes], before: Counter[bytes], rounds: int
) -> list[NewForm]:
    """`before`: in how many of the `rounds` until this session each form was asked; they go on in it."""
    noted: list[NewForm] = []
    for round_id in dict.fromkeys(question.round_id for question in asked):
        in_round = [question for question in asked if question.round_id == round_id]
        noted += [
            NewForm(
                question.id,
                forms[question.id],
                None if question.tainted else form_id(answer_form(question.answer, question.text)),
                repeated(before[forms[question.id]], rounds),
            )
            for question in in_round
        ]
        before.update({forms[question.id] for question in in_round})
        rounds += 1
    return noted
