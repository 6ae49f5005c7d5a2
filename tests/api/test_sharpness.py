"""Sharpness: it moves with a session's end and never within one, and blind flags earn none."""

from typing import Any
from uuid import UUID

import httpx

from gap_server.play import sharpness
from gap_server.play.deps import GameDeps
from gap_server.store.engine import Store
from tests.playing import Player, new_player


async def traps_of(store: Store, player: Player) -> set[str]:
    """What no player can know."""
    async with store.connection() as db:
        rows = await db.fetch(
            "select id from app.round where tainted and player_id = $1", UUID(player.me["id"])
        )
        return {str(row[0]) for row in rows}


async def play_ten_carefully(player: Player, store: Store) -> Any:
    """Ten rounds with nothing but traps flagged. Gives the session, whose result nobody has asked for yet."""
    session = await player.start()
    traps = await traps_of(store, player)
    for _ in range(10):
        round_ = await player.next(session)
        question = await player.ask(round_)
        if round_["id"] in traps:
            await player.judge(question, "wrong")
        else:
            await player.pass_(round_)
        assert (await player.call("GET", "/me"))["stats"]["sharpness"] in {0, player.me.get("sharp", 0), 100}
    return session


async def play_carefully(player: Player, store: Store) -> dict[str, int]:
    """Gives the sharpness that the result tells."""
    session = await play_ten_carefully(player, store)
    result = await player.call("GET", f"/sessions/{session['id']}/result")
    told: dict[str, int] = result["sharpness"]
    return told


async def sharpness_of(player: Player) -> int:
    told: int = (await player.call("GET", "/me"))["stats"]["sharpness"]
    return told


async def test_care_pays_and_blind_flags_do_not(client: httpx.AsyncClient, store: Store) -> None:
    careful, blind = await new_player(client, 1), await new_player(client, 2)
    before = 0
    for _ in range(3):
        told = await play_carefully(careful, store)
        careful.me["sharp"] = told["after"]
        assert told["before"] == before
        assert told["after"] > before
        before = told["after"]
        assert (await blind.play_session("wrong"))["sharpness"]["after"] <= 10
    assert before == await sharpness_of(careful) >= 50
    for player in (careful, blind):
        await player.call("PATCH", "/me", {"show_on_leaderboard": True})
    for by, first in (("sharpness", careful), ("", careful), ("points", None)):
        query = f"period=all&by={by}" if by else "period=week"
        board = await careful.call("GET", f"/leaderboard?{query}")
        assert [e["points"] for e in board["entries"]] == [300, 300]
        if first is careful:
            assert [e["is_me"] for e in board["entries"]] == [True, False]
            assert [e["rank"] for e in board["entries"]] == [1, 2]
            assert (await careful.call("GET", "/me"))["stats"]["rank"] == 1
        else:
            assert [e["rank"] for e in board["entries"]] == [1, 1]
    assert (await careful.call("GET", "/me"))["stats"]["level"] > 1
    assert (await blind.call("GET", "/me"))["stats"]["level"] == 1


async def test_it_stands_still_within_a_session(client: httpx.AsyncClient, store: Store) -> None:
    player = await new_player(client)
    first = await play_carefully(player, store)
    session = await player.start()
    for _ in range(9):
        await player.judge(await player.ask(await player.next(session)), "wrong")
        assert await sharpness_of(player) == first["after"]
    await player.judge(await player.ask(await player.next(session)), "wrong")
    result = await player.call("GET", f"/sessions/{session['id']}/result")
    assert result["sharpness"]["before"] == first["after"]
    assert result["sharpness"]["after"] == await sharpness_of(player) < first["after"]
    again = await player.call("GET", f"/sessions/{session['id']}/result")
    assert again["sharpness"] == result["sharpness"]


async def test_who_never_asks_for_the_result_is_assessed_all_the_same(
    client: httpx.AsyncClient, store: Store, deps: GameDeps
) -> None:
    player = await new_player(client)
    await play_ten_carefully(player, store)
    assert await sharpness_of(player) == 0
    assert await sharpness.assess_waiting(deps) == 1
    assert await sharpness.assess_waiting(deps) == 0
    assert await sharpness_of(player) > 0
