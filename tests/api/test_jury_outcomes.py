"""The jury: what verdicts come to: finds, settled and disputed cases, jurors at the same moment."""

import asyncio
from uuid import UUID

import httpx

from gap_server.store.engine import Store
from tests.judging import flagging_player, judge, proven, rows
from tests.playing import new_player, refusal
from tests.world import administer


async def test_jurors_who_agree_make_a_find_and_its_player_hears_of_it_once_a_day(
    client: httpx.AsyncClient, store: Store
) -> None:
    player = await flagging_player(client)
    async with store.connection() as db:
        await db.execute("update app.player set may_message = true where telegram_id = 1")
    for n in range(2, 8):
        juror = await new_player(client, n)
        await proven(store, n)
        while (answer := await juror.call_("POST", "/jury/next")).status_code == 200:
            await judge(juror, answer.json(), "wrong")
    assert await rows(store, "select distinct outcome from app.jury_case") == [("wrong",)]
    me = await player.call("GET", "/me")
    assert me["stats"]["finds"] == 5
    listed = (await player.call("GET", "/me/finds"))["finds"]
    assert [(find["confirmed"], find["question"]) for find in listed] == [
        (True, "How many things are there?")
    ] * 5
    assert all(find["confirmed_by"] >= 1 for find in listed)
    letters = await rows(store, "select kind, content from app.outbox")
    assert letters == [("find_confirmed", {"jurors": letters[0][1]["jurors"]})]  # type: ignore[index]
    (past,) = (await player.call("GET", "/me/sessions"))["sessions"]
    result = await player.call("GET", f"/sessions/{past['id']}/result")
    outcomes = [row["outcome"] for row in result["rounds"]]
    assert sorted(outcomes) == ["caught"] * 5 + ["find"] * 5


async def test_later_jurors_are_measured_by_what_is_settled_and_have_no_vote_on_it(
    client: httpx.AsyncClient, store: Store, database_url: str
) -> None:
    await flagging_player(client)
    await administer(database_url, SETTLE_AS_RIGHT)
    accuser, honest = await new_player(client, 2), await new_player(client, 3)
    before = await rows(store, CASES)
    complex_cases = [case for case in before if case[1] == "right"]
    for juror, said in ((accuser, "wrong"), (honest, "right")):
        for _ in complex_cases:
            case = await juror.call("POST", "/jury/next")
            told = {"known": True, "was_right": [said == "right"]}
            assert (await judge(juror, case, said)).json() == told
            assert (await judge(juror, case, said)).json() == told
        assert refusal(await juror.call_("POST", "/jury/next")) == (404, "no_cases")
    assert await rows(store, CASES) == before, "neither outcome nor chance moves by who is measured"
    measured = await rows(store, "select distinct truth, of_settled from app.verdict")
    assert measured == [("right", True)]
    await flagging_player(client, 4)
    moved = []
    for juror in (accuser, honest):
        case = await juror.call("POST", "/jury/next")
        assert (await judge(juror, case, "wrong")).json() == {"known": False, "was_right": [None]}
        ((chance,),) = await rows(store, "select p_wrong from app.jury_case where id = $1", UUID(case["id"]))
        moved.append(float(str(chance)))
    assert 0.4 < moved[0] < 0.6 < moved[1], "who called all of it wrong is hardly believed"


SETTLE_AS_RIGHT = """
update app.jury_case c set outcome = 'right', closed_at = now(), p_wrong = 0.02,
    settled = case when i.pool = 'complex' then 'right' end
from app.image i where i.id = c.image_id
"""


CASES = "select id, settled, outcome, p_wrong, p_correction_wrong, closed_at from app.jury_case order by id"


async def test_what_jurors_close_on_complex_pictures_is_settled(
    client: httpx.AsyncClient, store: Store
) -> None:
    await flagging_player(client)
    for n in range(2, 5):
        juror = await new_player(client, n)
        await proven(store, n)
        while (answer := await juror.call_("POST", "/jury/next")).status_code == 200:
            await judge(juror, answer.json(), "right")
    closed = await rows(
        store,
        "select distinct i.pool, c.outcome, c.settled from app.jury_case c"
        " join app.image i on i.id = c.image_id order by 1",
    )
    assert closed == [("complex", "right", "right"), ("simple", "right", None)]
    last = await rows(store, "select distinct of_settled from app.verdict order by 1")
    assert last == [(False,), (True,)], "who came last was measured by it"


async def test_jurors_who_disagree_leave_a_case_disputed_after_five_verdicts(
    client: httpx.AsyncClient, store: Store
) -> None:
    await flagging_player(client)
    for n in range(2, 9):
        juror = await new_player(client, n)
        while (answer := await juror.call_("POST", "/jury/next")).status_code == 200:
            await judge(juror, answer.json(), "cannot_tell")
    closed = await rows(store, "select outcome, shown from app.jury_case")
    assert closed == [("disputed", 5)] * 5


async def test_jurors_at_the_same_moment_lose_no_verdict(client: httpx.AsyncClient, store: Store) -> None:
    await flagging_player(client)
    jurors = [await new_player(client, n) for n in range(2, 7)]
    cases = await asyncio.gather(*(juror.call("POST", "/jury/next") for juror in jurors))
    again = await asyncio.gather(*(jurors[0].call("POST", "/jury/next") for _ in range(5)))
    assert {case["id"] for case in again} == {cases[0]["id"]}
    while True:
        verdicts = await asyncio.gather(
            *(judge(j, c, "cannot_tell") for j, c in zip(jurors, cases, strict=True))
        )
        assert {v.status_code for v in verdicts} == {200}
        answers = await asyncio.gather(*(juror.call_("POST", "/jury/next") for juror in jurors))
        if {a.status_code for a in answers} != {200}:
            break
        cases = [a.json() for a in answers]
    counted = await rows(
        store,
        "select count(*), count(*) filter (where v.said is not null) from app.verdict v group by v.case_id",
    )
    assert counted == [(5, 5)] * 5


async def test_a_jurors_leaving_and_an_owners_leaving_take_what_is_theirs(
    client: httpx.AsyncClient, store: Store
) -> None:
    owner, juror = await flagging_player(client), await new_player(client, 2)
    await judge(juror, await juror.call("POST", "/jury/next"), "right")
    exported = await juror.call("GET", "/me/export")
    assert [verdict["said"] for verdict in exported["verdicts"]] == ["right"]
    assert len((await owner.call("GET", "/me/export"))["cases_about_my_answers"]) == 5
    await owner.call_("DELETE", "/me?contributions=erase")
    assert await rows(store, "select * from app.jury_case") == []
    assert len(await rows(store, "select * from app.verdict")) == 1
    await juror.call_("DELETE", "/me?contributions=erase")
    assert await rows(store, "select * from app.verdict") == []
