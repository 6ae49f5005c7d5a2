"""Whatever a model server does at the wire, a question ends in time: with an answer, or with a reason."""

import asyncio
import re

import pytest

from gap_server.errors import ModelFailed
from gap_server.vlm.answerer import canned_line
from gap_server.vlm.protocol import Picture
from tests.doubles.faulty_model import FaultyModel
from tests.vlm.asking import LIMIT, ask, ask_on_record, completion_of, opened


@pytest.mark.parametrize(
    ("behaviour", "reason"),
    [
        ("hang", "timeout"),
        ("hang_after_head", "timeout"),
        ("drip:0.05", "timeout"),
        ("slow:30", "timeout"),
        ("reset", "unreachable"),
        ("close", "unreachable"),
        ("not_http", "unreachable"),
        ("reset_in_body", "truncated"),
        ("cut_body", "truncated"),
        ("abort", "truncated"),
        ("no_finish", "truncated"),
        ("500", "bad_status"),
        ("500_then_drop", "bad_status"),
        ("401", "bad_status"),
        ("404", "bad_status"),
        ("302", "bad_status"),
        ("400", "bad_request"),
        ("garbage", "garbage"),
        ("half_json", "garbage"),
        ("odd_json", "garbage"),
        ("null_text", "empty"),
        ("empty", "empty"),
        ("blank", "empty"),
        ("megabyte", "too_large"),
        ("endless", "too_large"),
    ],
)
async def test_a_fault_ends_with_its_reason(behaviour: str, reason: str, picture: Picture) -> None:
    async with FaultyModel(behaviour) as server, opened(server) as model:
        async with asyncio.timeout(LIMIT * 40):
            with pytest.raises(ModelFailed) as failed:
                await ask(model, picture)
        assert failed.value.reason == reason
        await server.quiet()


async def test_nobody_listening_is_unreachable(picture: Picture) -> None:
    async with FaultyModel() as server:
        pass
    async with opened(server) as model:
        with pytest.raises(ModelFailed) as failed:
            await ask(model, picture)
    assert failed.value.reason == "unreachable"


@pytest.mark.parametrize("behaviour", ["good", "length", "slow:0.1"])
async def test_a_whole_answer_is_accepted(behaviour: str, picture: Picture) -> None:
    async with FaultyModel(behaviour) as server, opened(server) as model:
        reply = await ask(model, picture)
    assert reply.text.startswith("There are two dogs")
    assert reply.refusal is None
    assert completion_of(reply).attempts == 1
    assert completion_of(reply).prompt_tokens == 400


async def test_what_no_database_would_store_is_left_out(picture: Picture) -> None:
    async with FaultyModel("odd_text") as server, opened(server) as model:
        reply = await ask(model, picture)
    assert completion_of(reply).text == reply.text == "Two dogs?."


async def test_a_servers_complaint_is_in_no_sentence_that_is_logged(picture: Picture) -> None:
    async with FaultyModel("400") as server, opened(server) as model:
        with pytest.raises(ModelFailed) as failed:
            await ask(model, picture)
    assert str(failed.value) == f"127.0.0.1:{server.port}: HTTP 400"


async def test_a_kept_connection_that_the_server_dropped_is_no_failure(picture: Picture) -> None:
    async with FaultyModel("good_then_drop") as server, opened(server) as model:
        await ask(model, picture)
        reply = await ask(model, picture)
    assert completion_of(reply).attempts == 2
    assert reply.text == "There are two dogs."


async def test_a_connection_is_kept_between_questions(picture: Picture) -> None:
    async with FaultyModel() as server, opened(server) as model:
        for _ in range(3):
            await ask(model, picture)
        assert server.connections == 2  # one is for what the server says of its model


@pytest.mark.parametrize("tainted", [True, False])
async def test_a_leak_is_asked_again_and_then_refused(picture: Picture, *, tainted: bool) -> None:
    async with FaultyModel("leak,good") as server, opened(server) as model:
        mended, of_mended = await ask_on_record(model, picture, tainted=tainted)
        server.behave("leak")
        refused, of_refused = await ask_on_record(model, picture, tainted=tainted)
    assert (mended.text, mended.refusal, of_mended.filter_hits) == ("There are two dogs.", None, 1)
    assert completion_of(mended).attempts == 2
    assert (refused.text, refused.refusal, of_refused.filter_hits) == (canned_line("?"), "gave_away", 2)
    assert len(server.requests) == 4
    assert [(one.number, one.completion.attempts, one.reason) for one in of_refused.withheld] == [
        (1, 1, "gave_away"),
        (2, 1, "gave_away"),
    ]
    assert of_refused.trace.attempts == 2


@pytest.mark.parametrize("tainted", [True, False])
@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("What is the capital of France?", "I can only talk about this picture. .* ask in full"),
        ("Какая столица у Франции?", "Я отвечаю только про эту картинку .* Спросите полной фразой"),
    ],
)
async def test_another_subject_gets_our_own_line_in_the_language_of_the_question(
    picture: Picture, question: str, line: str, *, tainted: bool
) -> None:
    async with FaultyModel("not_about") as server, opened(server) as model:
        reply, record = await ask_on_record(model, picture, tainted=tainted, question=question)
    assert re.match(line, reply.text)
    assert (reply.refusal, record.filter_hits) == ("not_about_picture", 0)
    assert completion_of(reply).text == "NOT_ABOUT_THE_PICTURE"
    assert len(server.requests) == 1


async def test_asking_again_stays_within_the_one_limit(picture: Picture) -> None:
    async with FaultyModel("leak,hang") as server, opened(server) as model:
        async with asyncio.timeout(LIMIT * 40):
            with pytest.raises(ModelFailed) as failed:
                await ask(model, picture)
    assert failed.value.reason == "timeout"


async def test_cancelling_closes_the_request(picture: Picture) -> None:
    async with FaultyModel("hang") as server, opened(server) as model:
        asking = asyncio.create_task(ask(model, picture, limit=60))
        await server.asked()
        asking.cancel()
        await asyncio.gather(asking, return_exceptions=True)
        await server.quiet()
    assert server.requests[0].ended == "gone"
