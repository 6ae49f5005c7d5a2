"""Today's ten, challenges, friends, quests, the week: what players do with one another, and come back for."""

import asyncio
import hashlib
from typing import Any

import httpx
import pytest

from gap_server.game.quests import monday_of, of_week
from gap_server.play import starting
from gap_server.store.engine import Store
from tests.playing import Player, init_data, new_player, refusal
from tests.world import administrator


async def pictures(player: Player, session: Any) -> list[str]:
    """Play to the end; give the digest of each picture in turn."""
    seen = []
    for _ in range(10):
        round_ = await player.next(session)
        image = await player.call_("GET", f"/rounds/{round_['id']}/image")
        seen.append(hashlib.sha256(image.content).hexdigest())
        await player.judge(await player.ask(round_), "wrong")
    return seen


async def result(player: Player, session: Any) -> Any:
    return await player.call("GET", f"/sessions/{session['id']}/result")


async def test_everybody_plays_the_same_ten_once(client: httpx.AsyncClient, store: Store) -> None:
    players = [await new_player(client, n) for n in (1, 2, 3)]
    sessions = await asyncio.gather(*(player.start("daily") for player in players[:2]))
    assert {(session["kind"], session["number"]) for session in sessions} == {("daily", 1)}
    seen = [await pictures(*pair) for pair in zip(players, sessions, strict=False)]
    assert seen[0] == seen[1]
    assert len(set(seen[0])) == 10
    assert refusal(await players[0].start_("daily")) == (409, "daily_played")

    for player in players:
        free = await player.start()
        assert (free["kind"], free["number"]) == ("free", None)
        if player is players[2]:
            assert not set(await pictures(player, free)) & set(seen[0])
    async with administrator(store) as db:
        arms = await db.fetch(
            "select array_agg(r.tainted order by r.position) as tainted, s.control_rounds, s.deal"
            " from app.session s join app.round r on r.session_id = s.id where s.kind = 'daily'"
            " group by s.player_id, s.id"
        )
    assert [row["tainted"].count(True) for row in arms] == [5, 5]
    assert {(row["control_rounds"], row["deal"]) for row in arms} == {(2, "balanced")}


async def test_the_days_board_ranks_care_before_points(client: httpx.AsyncClient, store: Store) -> None:
    blind, careful, unseen = [await new_player(client, n) for n in (1, 2, 3)]
    for player in (blind, careful):
        await player.call("PATCH", "/me", {"show_on_leaderboard": True})
    before = await careful.call("GET", "/daily")
    assert (before["number"], before["session_id"], before["entries"], before["me"]) == (1, None, [], None)
    assert before["server_now"] < before["ends_at"]

    session = await blind.start("daily")
    await pictures(blind, session)
    await result(blind, session)
    session = await careful.start("daily")
    async with administrator(store) as db:
        traps = {
            str(row[0])
            for row in await db.fetch(
                "select id from app.round where tainted and session_id = $1", session["id"]
            )
        }
    for _ in range(10):
        round_ = await careful.next(session)
        question = await careful.ask(round_)
        if round_["id"] in traps:
            await careful.judge(question, "wrong")
        else:
            await careful.pass_(round_)
    assert (await careful.call("GET", "/daily"))["session_id"] == session["id"]
    await result(careful, session)
    await unseen.play_session("wrong", await unseen.start("daily"))

    board = await careful.call("GET", "/daily")
    assert [(e["rank"], e["net_points"], e["points"], e["is_me"]) for e in board["entries"]] == [
        (1, 100, 100, True),
        (2, 0, 100, False),
    ]
    assert board["is_over"]
    assert board["me"]["rank"] == 1
    assert (await unseen.call("GET", "/daily"))["me"]["rank"] == 2  # they see where they would stand

    await careful.call("PATCH", "/me", {"show_on_leaderboard": False})
    await unseen.call("PATCH", "/me", {"show_on_leaderboard": True})
    board = await careful.call("GET", "/daily")
    assert [(e["rank"], e["net_points"]) for e in board["entries"]] == [(1, 0), (1, 0)]
    assert board["me"]["rank"] == 1


async def test_a_day_without_fresh_pictures_says_so(client: httpx.AsyncClient, store: Store) -> None:
    player = await new_player(client)
    async with administrator(store) as db:
        await db.execute("update app.image set retired_at = now() where pool = 'simple'")
    assert refusal(await player.start_("daily")) == (409, "not_enough_images")
    assert refusal(await player.call_("GET", "/daily")) == (409, "not_enough_images")


async def test_leaving_and_coming_back_is_no_second_try(client: httpx.AsyncClient) -> None:
    player = await new_player(client)
    session = await player.start("daily")
    await player.next(session)
    assert (await player.call_("DELETE", "/me?contributions=erase")).status_code == 204
    again = await new_player(client)
    assert refusal(await again.start_("daily")) == (409, "daily_played")


async def test_a_challenge_is_the_same_ten_and_both_see_both_cards(client: httpx.AsyncClient) -> None:
    challenger, friend, seasoned = [await new_player(client, n) for n in (1, 2, 3)]
    session = await challenger.start()
    assert session["challenge_code"] is None
    seen = await pictures(challenger, session)
    code = (await challenger.call("GET", f"/sessions/{session['id']}"))["challenge_code"]
    assert (await result(challenger, session))["challenge_code"] == code

    told = await friend.call("GET", f"/challenges/{code}")
    assert told == {"code": code, "name": "Player 1", "score": 100, "is_mine": False, "session_id": None}
    assert await Player(client).call("GET", f"/challenges/{code}") == told, "also before signing in"
    assert refusal(await Player(client, token="x").call_("GET", f"/challenges/{code}")) == (
        401,
        "token_invalid",
    )
    taken = await friend.start("challenge", challenge=code)
    assert taken["kind"] == "challenge"
    assert (await result_of_opponents(challenger, session)) == []  # not before it is over
    assert await pictures(friend, taken) == seen
    assert await result_of_opponents(friend, taken) == [("Player 1", 100, 10)]
    assert await result_of_opponents(challenger, session) == [("Player 2", 100, 10)]
    assert (await friend.call("GET", f"/challenges/{code}"))["session_id"] == taken["id"]

    for player in (challenger, friend):
        assert refusal(await player.start_("challenge", challenge=code)) == (409, "not_enough_images")
    assert refusal(await seasoned.start_("challenge", challenge="0" * 12)) == (404, "unknown_challenge")
    assert refusal(await seasoned.start_("challenge", challenge="nonsense")) == (422, "invalid_request")
    assert refusal(await seasoned.start_("challenge")) == (422, "invalid_request")


async def result_of_opponents(player: Player, session: Any) -> list[tuple[str, int, int]]:
    told = await result(player, session)
    return [(o["name"], o["score"], len(o["outcomes"])) for o in told["opponents"]]


async def test_an_unfinished_game_challenges_nobody(client: httpx.AsyncClient, store: Store) -> None:
    challenger, friend = [await new_player(client, n) for n in (1, 2)]
    await challenger.next(await challenger.start())
    async with administrator(store) as db:
        code = await db.fetchval("select code from app.challenge")
    assert refusal(await friend.start_("challenge", challenge=code)) == (404, "unknown_challenge")


async def test_friends_have_a_board_of_their_own(client: httpx.AsyncClient) -> None:
    inviter, stranger = await new_player(client, 1), await new_player(client, 2)
    raw = init_data(3, start_param=inviter.me["referral_code"])
    ticket = (await client.post("/auth/telegram", json={"init_data": raw})).json()
    friend = await Player(client, 3, ticket["token"], ticket["player"]).consent()
    for player in (inviter, friend, stranger):
        await player.call("PATCH", "/me", {"show_on_leaderboard": True})
        await player.play_session()
    for player in (inviter, friend):
        board = await player.call("GET", "/leaderboard?period=all&among=friends")
        assert {entry["name"] for entry in board["entries"]} == {"Player 1", "Player 3"}
        assert board["me"]["rank"] == 1
    board = await stranger.call("GET", "/leaderboard?period=all&among=friends")
    assert [entry["name"] for entry in board["entries"]] == ["Player 2"]
    assert len((await friend.call("GET", "/me/export"))["friends"]) == 1


async def test_what_is_caught_brings_the_weeks_quests_further(
    client: httpx.AsyncClient, store: Store
) -> None:
    player = await new_player(client)
    async with store.connection() as db:
        today = await db.fetchval("select (now() at time zone 'UTC')::date")
    quests = of_week(monday_of(today))
    told = (await player.call("GET", "/me"))["stats"]
    assert [(q["id"], q["progress"], q["goal"]) for q in told["quests"]] == [
        (q.id, 0, q.goal) for q in quests
    ]
    assert told["week"] == [False] * 7

    session = await player.start()
    for _ in range(10):
        await player.judge(await player.ask(await player.next(session)), "wrong")
    async with administrator(store) as db:
        await db.execute("update app.question set category = $1", quests[0].category)
        assert (await player.call("GET", "/me"))["stats"]["quests"] == told["quests"]  # not before the result
    await result(player, session)
    told = (await player.call("GET", "/me"))["stats"]
    assert [q["progress"] for q in told["quests"]] == [3, 0, 0]  # five were caught: no more than the goal
    assert told["week"] == [day == today.weekday() for day in range(7)]


async def test_a_fifth_of_sessions_is_played_without_quests(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    for drawn, steered in ((0.19, False), (0.21, True)):
        player = await new_player(client, int(drawn * 100))
        monkeypatch.setattr(starting._random, "random", lambda drawn=drawn: drawn)
        assert bool((await player.start())["quests"]) is steered
