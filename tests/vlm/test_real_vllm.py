"""The client against a real vLLM: what the doubles are believed to imitate, seen to be so."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from gap_server.errors import ModelBusy, ModelFailed
from gap_server.vlm.answerer import ScreenedAnswer
from gap_server.vlm.client.model import OpenAIModel
from gap_server.vlm.client.request import RequestBody
from gap_server.vlm.instructions import HONEST, TAINTED
from gap_server.vlm.protocol import Instruction, Picture
from tests.outside.server_process import ServerProcess, sql, visitor
from tests.playing import new_player
from tests.vlm.asking import ask, completion_of, picture_of
from tests.vlm_rig import MODEL, STOPS, RealVLLM, choosing

pytestmark = pytest.mark.timeout(900)  # its first start installs it

ANSWERS = ("There are two dogs.", "The car is red.")
SAID = (*ANSWERS, "NOT_ABOUT_THE_PICTURE")
LONG = STOPS | {"ignore_eos": True, "min_tokens": 900, "max_tokens": 900}
RED, BLUE = picture_of("red"), picture_of("blue")


@pytest.fixture
async def model(vllm: RealVLLM) -> AsyncIterator[OpenAIModel]:
    model = OpenAIModel(urls=[vllm.url], model=MODEL, extra_body=choosing(*ANSWERS))
    yield model
    await model.aclose()


async def raw(vllm: RealVLLM, body: bytes | dict[str, Any]) -> Any:
    fields = json.loads(body) if isinstance(body, bytes) else body
    async with httpx.AsyncClient(timeout=60) as client:
        response = await client.post(f"{vllm.url}/chat/completions", json=fields)
    assert response.status_code == httpx.codes.OK, response.text
    return response.json()


def fingerprinting() -> RequestBody:
    """For answers that carry the log-probability of the one word that the model may say."""
    return RequestBody(MODEL, extra_body=choosing("two") | {"logprobs": True, "temperature": 0})


async def fingerprint(vllm: RealVLLM, body: bytes | dict[str, Any]) -> float:
    tokens = (await raw(vllm, body))["choices"][0]["logprobs"]["content"]
    return float(sum(token["logprob"] for token in tokens))


async def likelihood(
    vllm: RealVLLM, picture: Picture, told: Instruction, question: str = "How many?"
) -> float:
    return await fingerprint(vllm, fingerprinting().question(picture, told, question))


async def gauge(vllm: RealVLLM, name: str) -> float:
    """The sum over its labels of one of vLLM's own metrics."""
    async with httpx.AsyncClient() as client:
        lines = (await client.get(vllm.url.replace("/v1", "/metrics"))).text.splitlines()
    return sum(float(line.rpartition(" ")[2]) for line in lines if line.startswith(f"vllm:{name}{{"))


@pytest.mark.parametrize("tainted", [False, True])
async def test_a_question_is_answered(model: OpenAIModel, *, tainted: bool) -> None:
    reply = await ask(model, RED, tainted=tainted, limit=18)
    assert reply.text in ANSWERS
    assert completion_of(reply).finish_reason == "stop"
    assert (completion_of(reply).prompt_tokens or 0) > 800
    assert (completion_of(reply).completion_tokens or 0) >= len(reply.text)


async def test_ready_is_a_real_question(vllm: RealVLLM, model: OpenAIModel) -> None:
    before = await gauge(vllm, "request_success_total")
    await model.ready()
    await model.ready()
    assert await gauge(vllm, "request_success_total") == before + 1


async def test_each_arm_each_picture_and_each_question_changes_what_it_says(vllm: RealVLLM) -> None:
    seen = [
        await likelihood(vllm, RED, HONEST),
        await likelihood(vllm, RED, TAINTED),
        await likelihood(vllm, BLUE, HONEST),
        await likelihood(vllm, RED, HONEST, "What colour?"),
    ]
    assert len({round(value, 4) for value in seen}) == 4
    assert await likelihood(vllm, RED, HONEST) == pytest.approx(seen[0], abs=1e-3)


async def test_a_uuid_beats_the_bytes_so_ours_is_always_the_contents_hash(vllm: RealVLLM) -> None:
    green, white = picture_of("green"), picture_of("white")
    as_green = await likelihood(vllm, green, HONEST)
    forged = json.loads(fingerprinting().question(white, HONEST, "How many?"))
    forged["messages"][1]["content"][0]["uuid"] = green.sha256
    assert await fingerprint(vllm, forged) == pytest.approx(as_green, abs=1e-3)

    misnamed = Picture(green.sha256, white.content)
    assert await likelihood(vllm, misnamed, HONEST) != pytest.approx(as_green, abs=1e-3)


async def test_a_second_question_reuses_the_first_ones_work_on_the_picture(
    vllm: RealVLLM, model: OpenAIModel
) -> None:
    picture = picture_of("orange")
    await ask(model, picture, limit=18, question="How many cars are there?")
    before = await gauge(vllm, "prefix_cache_hits_total")
    await ask(model, picture, limit=18, question="What is on the left?")
    assert await gauge(vllm, "prefix_cache_hits_total") - before >= 768


async def test_stop_tokens_end_an_answer(vllm: RealVLLM) -> None:
    only_eot = {"logit_bias": {"258": 100}, "ignore_eos": True, "max_tokens": 40}
    counts = []
    without: dict[str, Any] = {"stop_token_ids": []}
    for stops in (STOPS, without):
        body = RequestBody(MODEL, extra_body=only_eot | stops).question(RED, HONEST, "How many?")
        answer = await raw(vllm, body)
        counts.append((answer["choices"][0]["finish_reason"], answer["usage"]["completion_tokens"]))
    assert counts == [("stop", 1), ("length", 40)]


async def test_a_question_given_up_frees_the_engine(vllm: RealVLLM) -> None:
    model = OpenAIModel(urls=[vllm.url], model=MODEL, extra_body=LONG)
    before = await gauge(vllm, "generation_tokens_total")
    with pytest.raises(ModelFailed) as failed:
        await ask(model, RED, limit=0.7)
    assert failed.value.reason == "timeout"
    async with asyncio.timeout(120):
        while await gauge(vllm, "num_requests_running") > 0:  # noqa: ASYNC110  # a poll of another process
            await asyncio.sleep(0.1)
    assert 0 < await gauge(vllm, "generation_tokens_total") - before < 900
    await model.aclose()


async def test_a_full_queue_fails_nobody_and_our_cap_keeps_it_from_filling(vllm: RealVLLM) -> None:
    slow = LONG | {"min_tokens": 100, "max_tokens": 100}
    for cap, was_full in ((256, True), (8, False)):
        model = OpenAIModel(
            urls=[vllm.url], model=MODEL, extra_body=slow, max_in_flight=cap, hedge_seconds=60
        )
        asked = [ask(model, RED, limit=60) for _ in range(60)]
        outcomes = await asyncio.gather(*asked, return_exceptions=True)
        reasons = {outcome.reason for outcome in outcomes if isinstance(outcome, ModelFailed)}
        assert reasons <= {"empty"}, outcomes
        answers = [completion_of(outcome) for outcome in outcomes if isinstance(outcome, ScreenedAnswer)]
        asked_again = any(answer.attempts > 1 for answer in answers)
        turned_away = any(isinstance(outcome, ModelBusy) for outcome in outcomes)
        # a slow machine may turn people away for want of time, but only a full server is asked again
        assert (asked_again or turned_away) if was_full else not asked_again
        await model.aclose()


async def test_a_session_is_played_against_a_real_vllm(vllm: RealVLLM, database_url: str) -> None:
    settings = {
        "database_url": database_url,
        "vlm_urls": vllm.url,
        "vlm_model": MODEL,
        "vlm_revision": "tiny-random",
        "vlm_extra_body": json.dumps(choosing(*SAID)),
    }
    with ServerProcess("serve", "--port", "0", **settings) as server:
        url = await server.start().ready()
        async with visitor(url) as client:
            ready = await client.get(f"{url}/readyz")
            assert ready.status_code == 200, ready.text
            player = await new_player(client)
            session = await player.start()
            for _ in range(10):
                round_ = await player.next(session)
                question = await player.ask(round_, "How many dogs are there?")
                while question["state"] != "answered":  # it chooses at random, and one choice is off topic
                    assert question["state"] == "refused"
                    question = await player.ask(round_, "What colour is the car?")
                await player.judge(question)
            result = await player.call("GET", f"/sessions/{session['id']}/result")
    assert (result["score"], result["caught"]) == (100, 5)
    async with sql(database_url) as db:
        rows = await db.fetch(
            "select q.*, m.name, m.revision, m.root from app.question q"
            " join app.served_model m on m.sha256 = q.served_model_sha256 where q.state = 'answered'"
        )
    assert len(rows) == 10
    assert {row["answer"] for row in rows} <= set(ANSWERS)
    for row in rows:
        assert (row["name"], row["revision"], row["finish_reason"]) == (MODEL, "tiny-random", "stop")
        assert row["prompt_tokens"] > 500
        assert row["completion_tokens"] > 0
        assert row["latency_ms"] > 0
        assert row["attempts"] == 1


async def test_a_server_that_is_stopped_gives_no_half_answers(vllm: RealVLLM) -> None:
    """Only after all of the above: nobody asks it any more."""
    model = OpenAIModel(urls=[vllm.url], model=MODEL, extra_body=LONG)
    asking = [asyncio.create_task(ask(model, RED, limit=18)) for _ in range(3)]
    async with asyncio.timeout(120):
        while await gauge(vllm, "num_requests_running") < 3:  # noqa: ASYNC110  # a poll of another process
            await asyncio.sleep(0.02)
        vllm.terminate()
        outcomes = await asyncio.gather(*asking, return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [ModelFailed] * 3, outcomes
    await model.aclose()
