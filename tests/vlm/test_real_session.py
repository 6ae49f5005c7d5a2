"""A whole session over HTTP: the real `gap-server serve`, the real Postgres, a real vLLM that answers."""

import json

import pytest

from tests.outside.server_process import ServerProcess, sql, visitor
from tests.playing import new_player
from tests.vlm_rig import MODEL, RealVLLM, choosing

ANSWERS = ("There are two dogs.", "The car is red.", "NOT_ABOUT_THE_PICTURE")


@pytest.mark.xdist_group("vllm")
@pytest.mark.timeout(900)  # its first start installs vLLM
async def test_a_session_is_played_against_a_real_vllm(vllm: RealVLLM, database_url: str) -> None:
    settings = {
        "database_url": database_url,
        "vlm_urls": vllm.url,
        "vlm_model": MODEL,
        "vlm_revision": "tiny-random",
        "vlm_extra_body": json.dumps(choosing(*ANSWERS)),
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
        rows = await db.fetch("select * from app.question where state = 'answered'")
    assert len(rows) == 10
    assert {row["answer"] for row in rows} <= set(ANSWERS)
    for row in rows:
        assert (row["model"], row["model_revision"], row["finish_reason"]) == (MODEL, "tiny-random", "stop")
        assert row["prompt_tokens"] > 500
        assert row["completion_tokens"] > 0
        assert row["latency_ms"] > 0
        assert row["attempts"] == 1
