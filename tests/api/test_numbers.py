"""The numbers of the game stand in its rules, and nowhere else: changed there, the whole game follows."""

from uuid import UUID

import httpx
import pytest

from gap_server.game import moves
from gap_server.game.rules import QUESTIONS_PER_ROUND
from gap_server.play.deps import GameDeps
from tests.playing import Player, new_player, refusal


async def test_what_a_lie_is_worth_is_changed_in_one_place(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    player = await new_player(client)
    monkeypatch.setattr(moves, "POINTS_PER_LIE", 25)
    result = await player.play_session("wrong")
    assert (result["score"], result["caught"]) == (125, 5)
    assert [r["points"] for r in result["rounds"]] == [25 * r["was_trap"] for r in result["rounds"]]
    monkeypatch.undo()
    assert (await player.call("GET", f"/sessions/{result['session_id']}/result"))["caught"] == 5
    (past,) = (await player.call("GET", "/me/sessions"))["sessions"]
    assert (past["score"], past["caught"]) == (125, 5), "an old game tells what it told then"


async def test_a_round_takes_sixty_questions_and_no_more(client: httpx.AsyncClient, deps: GameDeps) -> None:
    player = await new_player(client)
    session = await player.start()
    round_ = await player.next(session)
    await _were_asked(deps, player, round_["id"], QUESTIONS_PER_ROUND - 1)
    last = await player.ask(round_)
    response = await player.ask_(round_, "One more?")
    assert refusal(response) == (429, "too_many_questions")
    assert 0 < int(response.headers["retry-after"]) <= 120, "the image's time is up by then"
    again = await player.ask_(round_, last["text"], UUID(last["id"]))
    assert again.status_code == 200, "what was asked can be asked for again"
    assert (await player.pass_(round_)).status_code == 200


async def _were_asked(deps: GameDeps, player: Player, round_id: str, count: int) -> None:
    async with deps.store.transaction() as db:
        await db.execute(
            "insert into app.question (player_id, id, round_id, number, text, state, asked_at, answered_at)"
            " select $1, gen_random_uuid(), $2, n, 'How many?', 'failed', now(), now()"
            " from generate_series(1, $3::int) n",
            UUID(player.me["id"]),
            UUID(round_id),
            count,
        )
