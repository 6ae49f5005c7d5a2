"""The right answer, as the player types it: for flagged rounds, off the clock, for a day."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx

from gap_server.app import assemble
from gap_server.play.deps import GameDeps
from gap_server.store.engine import Store
from tests.playing import Player, new_player, refusal
from tests.time_travel import pass_time
from tests.world import client_of


async def test_only_a_flagged_round_takes_a_correction(client: httpx.AsyncClient) -> None:
    player = await new_player(client)
    round_ = await player.next(await player.start())
    question = await player.ask(round_)
    path = f"/rounds/{round_['id']}/correction"
    early = await player.call_("PUT", path, {"text": "There are two."})
    assert refusal(early) == (409, "not_flagged")
    await player.judge(question)
    for _ in range(2):
        assert (await player.call("PUT", path, {"text": "There are two."}))["state"] == "flagged"


async def _results(player: Player, session_id: str) -> list[dict[str, Any]]:
    result = await player.call("GET", f"/sessions/{session_id}/result")
    return list(result["rounds"])


async def test_the_result_leads_to_the_rounds_that_may_be_corrected(client: httpx.AsyncClient) -> None:
    player = await new_player(client)
    session = await player.start()
    for position in range(1, 11):
        round_ = await player.next(session)
        await player.judge(await player.ask(round_), "wrong" if position <= 2 else "right")
        if position > 2:
            await player.pass_(round_)
    rounds = await _results(player, session["id"])
    assert [r["may_correct"] for r in rounds] == [True, True] + [False] * 8
    first, second = rounds[:2]
    await player.call("PUT", f"/rounds/{second['round_id']}/correction", {"text": "There are two."})
    rounds = await _results(player, session["id"])
    assert [r["correction"] for r in rounds] == [None, "There are two."] + [None] * 8
    assert (await player.call("GET", f"/rounds/{first['round_id']}"))["position"] == 1


async def test_a_correction_is_taken_until_the_result_is_a_day_old(
    client: httpx.AsyncClient, store: Store
) -> None:
    player = await new_player(client)
    result = await player.play_session()
    path = f"/rounds/{result['rounds'][0]['round_id']}/correction"
    await pass_time(store, 24 * 3600 - 60)
    assert (await player.call("PUT", path, {"text": "Two."}))["state"] == "flagged"
    await pass_time(store, 120)
    assert refusal(await player.call_("PUT", path, {"text": "Three."})) == (409, "correction_closed")
    first = (await _results(player, result["session_id"]))[0]
    assert (first["correction"], first["may_correct"]) == ("Two.", False)


async def test_how_long_it_is_taken_is_told_as_the_rules_have_it(deps: GameDeps, store: Store) -> None:
    rules = replace(deps.rules, correction_time=timedelta(hours=2))
    async with client_of(assemble(replace(deps, rules=rules))) as client:
        player = await new_player(client)
        result = await player.play_session()
        await pass_time(store, 2 * 3600 + 60)
        path = f"/rounds/{result['rounds'][0]['round_id']}/correction"
        late = await player.call_("PUT", path, {"text": "Three."})
        assert late.json()["detail"] == "This session's result is more than 2 hours old."
