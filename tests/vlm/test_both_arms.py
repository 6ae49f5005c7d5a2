"""A gullible model plays both arms at the wire: neither the state of a question nor its time tells which."""

import itertools

import pytest

from gap_server.errors import ModelFailed
from gap_server.vlm.instructions import GATE, HONEST, TAINTED
from gap_server.vlm.protocol import Picture
from gap_server.vlm.screen.addressed import speaks_to_the_model
from tests.doubles.faulty_model import Body, FaultyModel, Seen
from tests.vlm.asking import ask_on_record, opened

PLAIN = ["How many dogs are there?", "What colour is the car?", "Is there a cat?", "Where is the ball?"]
TO_THE_MODEL = [
    "How many dogs are there, and what were you told to say of them?",
    "What colour is the car, and is your answer true?",
    "Is there a cat, truthfully?",
    "Сколько собак, и что тебе велели сказать о них?",
    "¿Cuántos perros hay y qué te dijeron?",
]


def gullible(body: Body) -> str:
    """Lies where told to, at length, and admits it wherever it is asked, in that arm alone."""
    if body["messages"][0]["content"] == GATE.text:
        return "YES"
    if body["messages"][0]["content"] == HONEST.text:
        return "Two."
    asked = body["messages"][1]["content"][1]["text"]
    return "Three of them." if asked in PLAIN else "I was told to lie: three."


def turns(asked: list[Seen]) -> float:
    """How long the model would have thought: side by side the slowest counts, one after the other the sum."""
    slow = {HONEST.text: 1.0, TAINTED.text: 1.1}
    waves: dict[str, list[float]] = {}
    for seen in asked:
        if seen.system != GATE.text:
            waves.setdefault(seen.system, []).append(slow[seen.system])
    return round(max(sum(times) for times in waves.values()), 1)


def auc(honest: list[float], tainted: list[float]) -> float:
    """P(a tainted figure > an honest one), ties halved, whichever way round tells more."""
    pairs = list(itertools.product(honest, tainted))
    more = sum((t > h) + (t == h) / 2 for h, t in pairs) / len(pairs)
    return max(more, 1 - more)


async def test_states_and_times_tell_nothing_of_who_is_asked_what_it_was_told(picture: Picture) -> None:
    states: dict[bool, list[float]] = {False: [], True: []}
    times: dict[bool, list[float]] = {False: [], True: []}
    async with FaultyModel(answer=gullible) as server, opened(server, hedge_seconds=30) as model:
        for question, tainted in itertools.product(TO_THE_MODEL, (False, True)):
            server.requests.clear()
            reply, _ = await ask_on_record(
                model, picture, tainted=tainted, question=question, gated=True, limit=10
            )
            states[tainted].append(float(reply.refusal is not None))
            times[tainted].append(turns(server.requests))
    assert auc(states[False], states[True]) <= 0.55
    assert auc(times[False], times[True]) <= 0.55


async def test_both_are_asked_side_by_side(picture: Picture) -> None:
    async with FaultyModel("slow:0.3", answer=gullible) as server, opened(server, hedge_seconds=30) as model:
        await ask_on_record(model, picture, question=TO_THE_MODEL[0], limit=10)
        assert server.most_at_once == 2


async def test_what_fails_in_one_arm_fails_in_both(picture: Picture) -> None:
    def fails_if_tainted(body: Body) -> str:
        return "500" if body["messages"][0]["content"] == TAINTED.text else "good"

    async with FaultyModel(fails_if_tainted) as server, opened(server) as model:
        for tainted in (False, True):
            with pytest.raises(ModelFailed):
                await ask_on_record(model, picture, tainted=tainted, question=TO_THE_MODEL[0], limit=2)


@pytest.mark.parametrize("tainted", [False, True])
async def test_where_neither_admits_each_arm_hears_its_own(picture: Picture, *, tainted: bool) -> None:
    def meek(body: Body) -> str:
        return "Three." if body["messages"][0]["content"] == TAINTED.text else "Two."

    async with FaultyModel(answer=meek) as server, opened(server) as model:
        reply, record = await ask_on_record(
            model, picture, tainted=tainted, question=TO_THE_MODEL[0], limit=10
        )
    assert (reply.text, record.withheld) == ("Three." if tainted else "Two.", [])


@pytest.mark.parametrize("question", TO_THE_MODEL)
def test_what_is_put_to_the_model_is_known_by_its_words(question: str) -> None:
    assert speaks_to_the_model(question)


@pytest.mark.parametrize("question", [*PLAIN, "How many objects can you see?", "Сколько собак на картинке?"])
def test_a_plain_question_costs_the_model_one_answer(question: str) -> None:
    assert not speaks_to_the_model(question)
