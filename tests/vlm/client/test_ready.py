"""Whether a model is ready: one real question for all who want to know."""

import asyncio

import pytest

from gap_server.errors import ModelFailed
from gap_server.vlm.protocol import Picture
from tests.doubles.faulty_model import FaultyModel
from tests.vlm.asking import ask, opened


async def test_ready_asks_one_real_question_for_all_who_want_to_know() -> None:
    async with FaultyModel("slow:0.05") as server, opened(server) as model:
        await asyncio.gather(*(model.ready() for _ in range(20)))
        await model.ready()
        assert len(server.requests) == 1
        assert server.requests[0].body["max_tokens"] == 1


async def test_ready_needs_no_question_after_a_player_was_answered(picture: Picture) -> None:
    async with FaultyModel() as server, opened(server) as model:
        await ask(model, picture)
        await model.ready()
        assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("behaviour", "said"),
    [
        ("hang", "no answer within 0.75 seconds"),
        ("500", "HTTP 500"),
        ("404", "HTTP 404 {"),
        ("400", "HTTP 400 {"),
    ],
)
async def test_not_ready_is_said_in_words(behaviour: str, said: str) -> None:
    async with FaultyModel(behaviour) as server, opened(server) as model:
        with pytest.raises(ModelFailed) as failed:
            await model.ready()
        assert said in str(failed.value)
        assert f"127.0.0.1:{server.port}" in str(failed.value)


async def test_a_key_that_the_server_quotes_is_not_repeated() -> None:
    key = "sk-the-key-7f3a"
    complaint = f"401:{'x' * 265} {key} is no key of ours"
    async with FaultyModel(complaint) as server, opened(server, api_key=key) as model:
        with pytest.raises(ModelFailed) as failed:
            await model.ready()
    assert "HTTP 401 {" in str(failed.value)
    assert key[:5] not in str(failed.value)


async def test_one_replica_that_answers_makes_ready() -> None:
    async with FaultyModel("hang") as one, FaultyModel("empty") as two, opened(one, two) as model:
        await model.ready()
