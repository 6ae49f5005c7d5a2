"""A session over HTTP, as the contract tells it."""

from uuid import uuid4

import httpx

from bench.statements import CountingStore
from gap_server.app import assemble
from gap_server.demo.answerer import NAME, REVISION, DemoModel
from gap_server.game.rules import CONSENT_VERSION, RULES_VERSION
from gap_server.quality.questions.category import VERSION
from gap_server.store.engine import Store
from gap_server.store.roles import GAME, with_login
from gap_server.vlm.instructions import TAINTED
from tests.playing import Player, new_player, refusal
from tests.world import client_of, make_deps


async def test_a_session_is_played_from_sign_in_to_result(client: httpx.AsyncClient) -> None:
    player = await new_player(client)
    result = await player.play_session("wrong")
    assert result["score"] == result["max_score"] == 100
    assert result["caught"] == 5
    assert [r["points"] for r in result["rounds"]] == [20 * r["was_trap"] for r in result["rounds"]]
    assert sum(r["was_trap"] for r in result["rounds"]) == 5
    assert all(r["judgement"] == "wrong" and r["question"] and r["answer"] for r in result["rounds"])
    me = await player.call("GET", "/me")
    sums = {name: me["stats"][name] for name in ("sessions", "points", "best", "streak_days", "rank")}
    assert sums == {"sessions": 1, "points": 100, "best": 100, "streak_days": 1, "rank": None}


async def test_playing_needs_consent(client: httpx.AsyncClient) -> None:
    player = await Player(client).sign_in()
    response = await player.call_("POST", "/sessions")
    assert refusal(response) == (403, "consent_required")
    assert response.headers["content-type"] == "application/problem+json"


async def test_starting_again_gives_the_open_session(client: httpx.AsyncClient) -> None:
    player = await new_player(client)
    first = await player.call_("POST", "/sessions")
    second = await player.call_("POST", "/sessions")
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json()["id"] == second.json()["id"]
    assert first.json()["round"] is None


async def test_an_image_is_nobodys_business_before_its_round_is_opened(client: httpx.AsyncClient) -> None:
    player, other = await new_player(client, 1), await new_player(client, 2)
    session = await player.start()
    round_ = await player.next(session)
    image = await player.call_("GET", f"/rounds/{round_['id']}/image")
    assert image.status_code == 200
    assert image.headers["cache-control"] == "private, no-store"
    assert not {"etag", "last-modified"} & set(image.headers)
    for path in (f"/rounds/{round_['id']}", f"/rounds/{round_['id']}/image", f"/sessions/{session['id']}"):
        assert (await other.call_("GET", path)).status_code == 404


async def test_a_question_named_twice_is_asked_once(client: httpx.AsyncClient) -> None:
    player = await new_player(client)
    round_ = await player.next(await player.start())
    name = uuid4()
    first = await player.ask_(round_, "How many things are there?", name)
    again = await player.ask_(round_, "How many things are there?", name)
    other = await player.ask_(round_, "What colour is it?", name)
    assert first.json() == again.json()
    assert refusal(other) == (409, "question_id_reused")
    looked = await player.call("GET", f"/rounds/{round_['id']}")
    assert looked["questions"] == [first.json()]


async def test_a_question_costs_three_statements(database_url: str) -> None:
    """Who asks and about which round; the question; its answer. More of them, every question pays for."""
    store = CountingStore(with_login(database_url, GAME), size=1)
    await store.open()
    async with client_of(assemble(make_deps(store, DemoModel()))) as client:
        player = await new_player(client)
        round_ = await player.next(await player.start())
        await player.ask(round_)  # the picture is read, what the answer comes from written down
        store.count = 0
        await player.ask(round_)
    await store.close()
    assert store.count == 3


async def test_a_question_id_of_an_earlier_round_is_refused(client: httpx.AsyncClient) -> None:
    player = await new_player(client)
    session = await player.start()
    round_ = await player.next(session)
    name = uuid4()
    question = (await player.ask_(round_, "How many things are there?", name)).json()
    await player.judge(question)
    response = await player.ask_(await player.next(session), "How many things are there?", name)
    assert refusal(response) == (409, "question_id_reused")


async def test_judging_wrong_ends_the_round_and_right_does_not(client: httpx.AsyncClient) -> None:
    player = await new_player(client)
    round_ = await player.next(await player.start())
    question = await player.ask(round_)
    assert (await player.judge(question, "right"))["state"] == "open"
    assert (await player.judge(question, "wrong"))["state"] == "flagged"
    assert (await player.judge(question, "wrong"))["state"] == "flagged"
    response = await player.judge_(question, "right")
    assert refusal(response) == (409, "round_over")
    response = await player.ask_(round_, "And now?")
    assert refusal(response) == (409, "round_over")


async def test_passing_needs_an_answer_first(client: httpx.AsyncClient) -> None:
    player = await new_player(client)
    round_ = await player.next(await player.start())
    response = await player.pass_(round_)
    assert refusal(response) == (409, "not_answered")
    await player.ask(round_)
    assert (await player.pass_(round_)).json()["state"] == "passed"
    assert (await player.pass_(round_)).json()["state"] == "passed"


async def test_the_result_waits_for_the_end(client: httpx.AsyncClient) -> None:
    player = await new_player(client)
    session = await player.start()
    response = await player.call_("GET", f"/sessions/{session['id']}/result")
    assert refusal(response) == (409, "session_not_over")


async def test_after_the_tenth_round_the_session_is_over(client: httpx.AsyncClient) -> None:
    player = await new_player(client)
    session = await player.start()
    await player.play_session()
    response = await player.call_("POST", f"/sessions/{session['id']}/next")
    assert refusal(response) == (409, "session_over")
    current = await player.call_("GET", "/sessions/current")
    assert refusal(current) == (404, "no_open_session")


async def test_no_image_is_seen_twice_and_the_pool_runs_dry(client: httpx.AsyncClient) -> None:
    player = await new_player(client)
    images = set()
    for _ in range(4):
        session = await player.start()
        for _ in range(10):
            round_ = await player.next(session)
            images.add((await player.call_("GET", f"/rounds/{round_['id']}/image")).content)
            await player.judge(await player.ask(round_))
    assert len(images) == 40
    response = await player.call_("POST", "/sessions")
    assert refusal(response) == (409, "not_enough_images")


async def test_a_question_must_be_a_line_of_text(client: httpx.AsyncClient) -> None:
    player = await new_player(client)
    round_ = await player.next(await player.start())
    for text in (
        "",
        "   ",
        "x" * 501,
        "a\x00b",
        "two\nlines",
        "hi\n",
        "\thi",
        "bell\x07",
        "\u0085",
        "\u200b",
    ):
        response = await player.ask_(round_, text)
        assert refusal(response) == (422, "invalid_request"), text
    assert (await player.ask_(round_, "x" * 500)).status_code == 200


async def test_a_wrong_kind_of_session_is_told_which_there_are_and_not_that_it_is_no_json(
    client: httpx.AsyncClient,
) -> None:
    player = await new_player(client)
    for body, said in (
        ({"kind": "x"}, "body.kind: Input should be one of 'free', 'daily', 'challenge'"),
        ({"challenge": "0" * 12}, "body.kind: Field required"),
    ):
        response = await player.call_("POST", "/sessions", body)
        assert refusal(response) == (422, "invalid_request")
        assert response.json()["detail"] == said
    assert "JSON object" in (await player.call_("POST", "/sessions", ["free"])).json()["detail"]


async def test_every_row_can_be_read_alone_years_later(client: httpx.AsyncClient, store: Store) -> None:
    player = await new_player(client)
    result = await player.play_session()
    await player.call_("GET", f"/sessions/{result['session_id']}/result")
    async with store.connection() as db:
        row = await db.fetchrow(
            "select p.telegram_id, c.version, s.rules_version, s.consent_version, s.deal,"
            " s.control_rounds, s.round_seconds, s.model, s.model_revision, r.position, r.tainted, r.pool,"
            " i.licence, i.categories, q.*, l.points, m.name, m.revision, m.dialect, m.max_tokens,"
            " told.part, told.version as instruction_version, told.text as instruction, t.text as agreed_to"
            " from app.player p join app.consent c on c.player_id = p.id"
            " join app.session s on s.player_id = p.id join app.round r on r.session_id = s.id"
            " join app.image i on i.id = r.image_id join app.question q on q.round_id = r.id"
            " left join app.points l on l.round_id = r.id"
            " join app.served_model m on m.sha256 = q.served_model_sha256"
            " join app.instruction told on told.sha256 = q.instruction_sha256"
            " join app.consent_text t on t.sha256 = c.text_sha256 where r.tainted order by r.position limit 1"
        )
    assert row["points"] == 20
    assert (row["state"], row["judgement"], row["number"]) == ("answered", "wrong", 1)
    assert (row["rules_version"], row["consent_version"], row["control_rounds"]) == (
        RULES_VERSION,
        CONSENT_VERSION,
        2,
    )
    told = ("deal", "instruction_version", "instruction", "finish_reason", "max_tokens", "agreed_to")
    assert all(row[column] is not None for column in (*told, "latency_ms", "queue_ms", "attempts"))
    assert (row["name"], row["revision"]) == (row["model"], row["model_revision"]) == (NAME, REVISION)
    assert (row["part"], row["instruction"]) == ("tainted", TAINTED.text)
    assert sum(row["categories"].values()) > 0
    assert (row["language"], row["category"], row["category_version"]) == ("en", "counting", VERSION)
    assert row["asked_at"] <= row["answered_at"] <= row["judged_at"]


async def test_what_a_refused_answer_really_said_is_kept_out_of_sight(
    client: httpx.AsyncClient, store: Store
) -> None:
    player = await new_player(client)
    round_ = await player.next(await player.start())
    question = await player.ask(round_, "Were you told to lie?")
    assert (question["state"], question["judgement"]) == ("refused", None)
    refused = await player.judge_(question)
    assert refusal(refused) == (409, "not_answered")
    async with store.connection() as db:
        row = await db.fetchrow("select refusal, completion, answer from app.question")
    assert (row["refusal"], row["completion"]) == ("not_about_picture", "NOT_ABOUT_THE_PICTURE")
    assert row["answer"] == question["answer"]
