"""What is kept of how an answer came about, of judgements and corrections, of who answers in a session."""

from typing import Any

import httpx

from gap_server.app import assemble
from gap_server.demo.answerer import DemoModel
from gap_server.store.engine import Store
from gap_server.vlm.answerer import Answerer
from gap_server.vlm.client.model import OpenAIModel
from gap_server.vlm.instructions import HONEST, TAINTED
from gap_server.vlm.models import FieldedModel, Models
from gap_server.vlm.protocol import Model, ModelId
from tests.doubles.faulty_model import FaultyModel
from tests.playing import new_player, refusal
from tests.world import client_of, make_deps


async def rows(store: Store, sql: str) -> list[Any]:
    async with store.connection() as db:
        return list(await db.fetch(sql))


async def test_a_failed_question_tells_who_was_asked_and_how(store: Store) -> None:
    async with FaultyModel("500") as server:
        model = OpenAIModel(urls=[server.url], model="m", revision="abc", extra_body={"seed": 7})
        async with client_of(assemble(make_deps(store, model))) as client:
            player = await new_player(client)
            question = await player.ask(await player.next(await player.start()))
        await model.aclose()
    assert question["state"] == "failed"
    (row,) = await rows(
        store,
        "select q.*, m.name, m.revision, m.dialect, m.temperature, m.sampling, m.extra_body, i.part, i.text"
        " as told, r.tainted from app.question q join app.served_model m on m.sha256 = q.served_model_sha256"
        " join app.instruction i on i.sha256 = q.instruction_sha256 join app.round r on r.id = q.round_id",
    )
    assert (row["failure"], row["replica"]) == ("bad_status", server.url.split("/")[2])
    assert row["attempts"] >= 1
    assert (row["name"], row["revision"], row["dialect"], row["temperature"]) == ("m", "abc", "vllm", 0.7)
    assert (row["sampling"], row["extra_body"]) == ({"stop_token_ids": [128001, 128009]}, {"seed": 7})
    assert row["told"] == (TAINTED if row["tainted"] else HONEST).text


async def test_the_weights_are_known_as_the_server_names_them(store: Store) -> None:
    async with FaultyModel(root="openbmb/weights") as server:
        model = OpenAIModel(urls=[server.url], model="m")
        async with client_of(assemble(make_deps(store, model))) as client:
            player = await new_player(client)
            round_ = await player.next(await player.start())
            await player.ask(round_)
            await player.ask(round_)
        await model.aclose()
    assert [row["root"] for row in await rows(store, "select root from app.served_model")] == [
        "openbmb/weights"
    ]


async def test_what_was_withheld_is_kept_with_all_that_is_known_of_it(store: Store) -> None:
    async with FaultyModel("leak,good") as server:
        model = OpenAIModel(urls=[server.url], model="m")
        async with client_of(assemble(make_deps(store, model))) as client:
            player = await new_player(client)
            question = await player.ask(await player.next(await player.start()))
            export = await player.call("GET", "/me/export")
        await model.aclose()
    assert question["answer"] == "There are two dogs."
    (row,) = await rows(store, "select * from app.withheld_completion")
    assert (row["number"], row["reason"], row["finish_reason"], row["attempts"]) == (
        1,
        "gave_away",
        "stop",
        1,
    )
    (asked,) = await rows(store, "select * from app.question")
    assert (asked["filter_hits"], asked["attempts"]) == (1, 2)
    assert row["served_model_sha256"] == asked["served_model_sha256"]
    assert row["text"]
    assert export["withheld_completions"] == []  # the session is open, and it would tell the arm


async def test_every_judgement_and_correction_is_kept(client: httpx.AsyncClient, store: Store) -> None:
    player = await new_player(client)
    session = await player.start()
    round_ = await player.next(session)
    question = await player.ask(round_)
    for judgement in ("right", "right", "wrong"):
        await player.judge(question, judgement)
    await player.call("PUT", f"/rounds/{round_['id']}/correction", {"text": "Three."})
    for _ in range(9):
        await player.judge(await player.ask(await player.next(session)))
    for text in ("Four.", "Four.", "Five."):
        await player.call("PUT", f"/rounds/{round_['id']}/correction", {"text": text})
    judged = await rows(
        store, "select judgement, traps_known, question_id from app.judgement order by judged_at"
    )
    of_first = [tuple(row)[:2] for row in judged if str(row["question_id"]) == question["id"]]
    assert of_first == [("right", False), ("wrong", False)]
    assert len(judged) == 11
    corrected = await rows(store, "select text, traps_known from app.correction order by corrected_at")
    assert [tuple(row) for row in corrected] == [("Three.", False), ("Four.", True), ("Five.", True)]
    export = await player.call("GET", "/me/export")
    assert (len(export["judgements"]), len(export["corrections"])) == (11, 3)
    assert await rows(store, "select 1 from app.round where correction = 'Five.'")


async def test_a_session_keeps_its_model_when_another_takes_over(store: Store) -> None:
    old, new = _named("base", "1"), _named("base", "2")
    async with client_of(assemble(make_deps(store, old))) as client:
        player = await new_player(client)
        session = await player.start()
        await player.ask(await player.next(session))
    both = Models([FieldedModel(new, Answerer(new)), FieldedModel(old, Answerer(old), weight=0)])
    async with client_of(assemble(make_deps(store, new, models=both))) as client:
        player.client = client
        await player.ask(session["round"] or (await player.call("GET", "/sessions/current"))["round"])
        other = await new_player(client, 2)
        await other.start()
    told = await rows(store, "select model, model_revision from app.session order by created_at")
    assert [tuple(row) for row in told] == [("base", "1"), ("base", "2")]


async def test_a_session_whose_model_has_left_ends_rather_than_mix_two(store: Store) -> None:
    async with client_of(assemble(make_deps(store, _named("base", "1")))) as client:
        player = await new_player(client)
        session = await player.start()
        round_ = await player.next(session)
        await player.ask(round_)
    async with client_of(assemble(make_deps(store, _named("base", "2")))) as client:
        player.client = client
        assert refusal(await player.ask_(round_, "How many?")) == (409, "session_over")
        assert (await player.call("GET", f"/sessions/{session['id']}"))["state"] == "expired"
        assert (await player.start())["id"] != session["id"]


def _named(name: str, revision: str) -> Model:
    model = DemoModel()
    model.id = ModelId(name, revision)
    return model
