"""The jury: who is shown what, and what a juror hears."""

from uuid import UUID

import httpx
import pytest

from gap_server.app import assemble
from gap_server.demo.answerer import DemoModel
from gap_server.store.engine import Store
from tests.judging import flagging_player, judge, rows
from tests.playing import Player, new_player, refusal
from tests.world import administer, client_of, make_deps


async def test_a_case_is_a_picture_a_question_and_an_answer_and_nothing_else(
    client: httpx.AsyncClient,
) -> None:
    await flagging_player(client)
    juror = await new_player(client, 2)
    case = await juror.call("POST", "/jury/next")
    assert set(case) == {"id", "language", "question", "answers", "image"}
    assert case["language"] == "en"
    assert case["question"] == "How many things are there?"
    assert len(case["answers"]) == 1
    assert set(case["image"]) == {"url", "width", "height"}
    picture = await juror.call_("GET", case["image"]["url"].removeprefix("/api/v1"))
    assert picture.headers["content-type"] == "image/jpeg"
    assert picture.headers["cache-control"] == "private, no-store"
    assert not {"etag", "last-modified"} & set(picture.headers)


async def test_untainted_flags_become_cases_once_the_session_is_over(
    client: httpx.AsyncClient, store: Store
) -> None:
    player = await new_player(client)
    session = await player.start()
    for n in range(10):
        round_ = await player.next(session)
        await player.judge(await player.ask(round_), "wrong")
        assert await rows(store, "select * from app.jury_case") == [], n
    await player.call("GET", f"/sessions/{session['id']}/result")
    await player.call("GET", f"/sessions/{session['id']}/result")
    cases = await rows(
        store,
        "select r.tainted, r.state, c.stratum from app.jury_case c"
        " join app.question q on q.player_id = c.player_id and q.id = c.question_id"
        " join app.round r on r.player_id = q.player_id and r.id = q.round_id",
    )
    assert cases == [(False, "flagged", "flagged")] * 5


async def test_what_is_being_checked_is_listed_once_the_session_is_over(
    client: httpx.AsyncClient,
) -> None:
    player = await flagging_player(client)
    listed = (await player.call("GET", "/me/finds"))["finds"]
    assert [(find["confirmed"], find["confirmed_by"]) for find in listed] == [(False, 0)] * 3
    (past,) = (await player.call("GET", "/me/sessions"))["sessions"]
    result = await player.call("GET", f"/sessions/{past['id']}/result")
    checking = {row["round_id"] for row in result["rounds"] if row["outcome"] == "checking"}
    assert {find["round_id"] for find in listed} == checking
    stranger = await new_player(client, 2)
    assert (await stranger.call("GET", "/me/finds"))["finds"] == []


async def test_who_owns_the_answer_never_judges_it_nor_who_played_or_plays_the_image(
    client: httpx.AsyncClient, store: Store
) -> None:
    owner = await flagging_player(client)
    assert refusal(await owner.call_("POST", "/jury/next")) == (404, "no_cases")
    juror = await new_player(client, 2)
    await juror.start()
    dealt = {
        row[0]
        for row in await rows(
            store, "select image_id from app.round where player_id = $1", UUID(juror.me["id"])
        )
    }
    shown = set()
    for _ in range(5):
        answer = await juror.call_("POST", "/jury/next")
        if answer.status_code == 404:
            break
        case = answer.json()
        shown.add(case["id"])
        assert (await judge(juror, case, "right")).status_code == 200
    on_images = await rows(
        store, "select image_id from app.jury_case where id = any($1)", list(map(UUID, shown))
    )
    assert not {row[0] for row in on_images} & dealt
    open_cases = await rows(store, "select image_id from app.jury_case where closed_at is null")
    assert {row[0] for row in open_cases} - {row[0] for row in on_images} <= dealt


async def test_an_image_that_was_judged_is_never_dealt(client: httpx.AsyncClient, store: Store) -> None:
    await flagging_player(client)
    juror = await new_player(client, 2)
    for _ in range(5):
        await judge(juror, await juror.call("POST", "/jury/next"), "cannot_tell")
    judged = {row[0] for row in await rows(store, "select image_id from app.verdict")}
    assert len(judged) == 5
    await juror.play_session()
    await juror.play_session()
    played = await rows(store, "select image_id from app.round where player_id = $1", UUID(juror.me["id"]))
    assert not judged & {row[0] for row in played}


async def test_the_case_in_hand_stays_until_it_was_judged_and_then_never_comes_back(
    client: httpx.AsyncClient,
) -> None:
    await flagging_player(client)
    juror = await new_player(client, 2)
    seen = []
    for _ in range(5):
        case = await juror.call("POST", "/jury/next")
        assert await juror.call("POST", "/jury/next") == case
        seen.append(case["id"])
        assert (await judge(juror, case, "right")).json() == {"known": False, "was_right": [None]}
    assert len(set(seen)) == 5
    assert refusal(await juror.call_("POST", "/jury/next")) == (404, "no_cases")


async def test_cases_in_the_jurors_language_come_before_all_others(
    client: httpx.AsyncClient, database_url: str
) -> None:
    await flagging_player(client)
    some = "select id from app.jury_case order by id limit 2"
    await administer(database_url, f"update app.jury_case set language = 'ru' where id in ({some})")  # noqa: S608  # our own words
    juror = await new_player(client, 2)
    await juror.call("PATCH", "/me", {"language": "ru"})
    languages = []
    for _ in range(5):
        case = await juror.call("POST", "/jury/next")
        languages.append(case["language"])
        await judge(juror, case, "right")
    assert languages == ["ru", "ru", "en", "en", "en"]


async def test_the_same_verdict_again_is_harmless_and_another_is_refused(client: httpx.AsyncClient) -> None:
    await flagging_player(client)
    juror, stranger = await new_player(client, 2), await new_player(client, 3)
    case = await juror.call("POST", "/jury/next")
    assert refusal(await judge(juror, case, "right", "wrong")) == (422, "another_number_of_answers")
    assert refusal(await judge(juror, case, "perhaps")) == (422, "invalid_request")
    assert refusal(await judge(stranger, case, "right")) == (404, "not_found")
    assert refusal(await stranger.call_("GET", f"/jury/cases/{case['id']}/image")) == (404, "not_found")
    first = await judge(juror, case, "wrong")
    assert first.status_code == 200
    assert (await judge(juror, case, "wrong")).json() == first.json()
    assert refusal(await judge(juror, case, "right")) == (409, "already_judged")


@pytest.mark.parametrize(
    ("stratum", "said", "was_right"),
    [
        ("lie", "wrong", [True]),
        ("lie", "right", [False]),
        ("held", "right", [True]),
        ("held", "wrong", [False]),
        ("lie", "cannot_tell", [None]),
    ],
)
async def test_of_a_known_case_the_juror_hears_whether_it_was_right(
    client: httpx.AsyncClient, database_url: str, stratum: str, said: str, was_right: list[bool | None]
) -> None:
    await flagging_player(client)
    await administer(database_url, f"update app.jury_case set stratum = '{stratum}'")  # noqa: S608  # our own word
    juror = await new_player(client, 2)
    case = await juror.call("POST", "/jury/next")
    assert (await judge(juror, case, said)).json() == {"known": True, "was_right": was_right}


@pytest.mark.parametrize("known", ["stratum = 'lie'", "settled = 'wrong'"])
async def test_a_copy_of_everything_tells_of_the_case_in_hand_nothing_before_the_verdict(
    client: httpx.AsyncClient, database_url: str, known: str
) -> None:
    await flagging_player(client)
    closed = ", outcome = 'wrong', closed_at = now()" if known.startswith("settled") else ""
    await administer(database_url, f"update app.jury_case set {known}{closed}")  # noqa: S608  # our own words
    juror = await new_player(client, 2)
    case = await juror.call("POST", "/jury/next")
    (before,) = (await juror.call("GET", "/me/export"))["verdicts"]
    assert [before[what] for what in ("truth", "correction_truth", "of_settled")] == [None] * 3
    await judge(juror, case, "right")
    (after,) = (await juror.call("GET", "/me/export"))["verdicts"]
    assert (after["truth"], after["of_settled"]) == ("wrong", known.startswith("settled"))


async def test_a_correction_is_judged_beside_the_answer_in_either_order(
    client: httpx.AsyncClient, store: Store
) -> None:
    player = await new_player(client)
    session = await player.start()
    for _ in range(10):
        round_ = await player.next(session)
        await player.judge(await player.ask(round_), "wrong")
        await player.call("PUT", f"/rounds/{round_['id']}/correction", {"text": "Mine."})
    await player.call("GET", f"/sessions/{session['id']}/result")
    firsts = set()
    for n in range(2, 9):
        juror = await new_player(client, n)
        case = await juror.call("POST", "/jury/next")
        assert len(case["answers"]) == 2
        firsts.add(case["answers"].index("Mine."))
        said = ["right" if answer == "Mine." else "wrong" for answer in case["answers"]]
        assert (await judge(juror, case, *said)).status_code == 200
    assert firsts == {0, 1}
    verdicts = await rows(store, "select distinct said, said_of_correction from app.verdict")
    assert verdicts == [("wrong", "right")]


async def test_nothing_is_judged_without_consent_nor_beyond_the_days_limit(
    client: httpx.AsyncClient, store: Store
) -> None:
    owner = await flagging_player(client)
    juror = await Player(client, 2).sign_in()
    assert refusal(await juror.call_("POST", "/jury/next")) == (403, "consent_required")
    await juror.consent()
    case = await juror.call("POST", "/jury/next")
    await juror.call_("DELETE", "/me/consent")
    assert refusal(await judge(juror, case, "right")) == (403, "consent_required")
    await juror.consent()
    async with client_of(assemble(make_deps(store, DemoModel(), cases_per_day=1))) as limited:
        juror.client = limited
        assert (await judge(juror, case, "right")).status_code == 200
        answer = await juror.call_("POST", "/jury/next")
        assert refusal(answer) == (429, "too_many_cases")
        assert 0 < int(answer.headers["retry-after"]) <= 24 * 3600
        juror.client = client
    case = await juror.call("POST", "/jury/next")
    await owner.call_("DELETE", "/me/consent")
    assert refusal(await juror.call_("GET", f"/jury/cases/{case['id']}/image")) == (404, "not_found")
    assert refusal(await juror.call_("POST", "/jury/next")) == (404, "no_cases")


async def test_the_case_that_the_fewest_have_seen_comes_next(client: httpx.AsyncClient, store: Store) -> None:
    await flagging_player(client)
    for n in range(2, 12):
        await (await new_player(client, n)).call("POST", "/jury/next")
        (spread,) = await rows(store, "select max(shown) - min(shown) from app.jury_case")
        assert spread[0] in {0, 1}
