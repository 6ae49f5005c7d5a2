"""What anybody can answer unseen tells the arm: what is made of such answers shows and earns nothing."""

import asyncio
from uuid import UUID

import pytest

from gap_server.app import assemble
from gap_server.game.quests import Quest
from gap_server.operate import trust
from gap_server.play import quests
from gap_server.store.engine import Store
from gap_server.store.export.dataset_rows import Filters, count_left_out
from gap_server.vlm.instructions import GATE, TAINTED
from tests.doubles.faulty_model import Body, FaultyModel
from tests.playing import Player, new_player
from tests.vlm.asking import opened
from tests.world import administrator, client_of, make_deps

SPACESHIP = "Is there a spaceship?"


def claims_spaceships(body: Body) -> str:
    """What a model does that lies about whatever it is asked: at the wire."""
    system = str(body["messages"][0]["content"])
    return "YES" if system == GATE.text else "Yes." if system == TAINTED.text else "No."


async def play_unseeing(player: Player) -> dict[str, int]:
    """Flag whatever answers yes; give what the session did to sharpness."""
    session = await player.start()
    for _ in range(10):
        round_ = await player.next(session)
        question = await player.ask(round_, SPACESHIP)
        if question["answer"] == "Yes.":
            await player.judge(question, "wrong")
        else:
            await player.pass_(round_)
    result = await player.call("GET", f"/sessions/{session['id']}/result")
    assert result["score"] == 100, "points are as ever"
    told: dict[str, int] = result["sharpness"]
    return told


async def progress(store: Store, player: Player) -> int:
    async with store.connection() as db:
        found: int | None = await db.fetchval(
            "select sum(progress)::int from app.quest_progress where player_id = $1", UUID(player.me["id"])
        )
    return found or 0


async def test_who_asks_what_everybody_knows_is_not_sharp_and_gets_no_further(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quests, "of_week", lambda _: (Quest("catch", "existence"),))
    async with (
        FaultyModel(answer=claims_spaceships) as server,
        opened(server) as model,
        client_of(assemble(make_deps(store, model))) as client,
    ):
        players = [await new_player(client, n) for n in range(1, 4)]
        for _ in range(4):
            first = await asyncio.gather(*map(play_unseeing, players))
        assert min(told["after"] for told in first) > 50, "nobody knows yet how common that is"
        assert await progress(store, players[0]) > 0
        await trust.refit(store)
        newcomer = await new_player(client, 4)
        assert (await play_unseeing(newcomer))["after"] <= 10
        assert await progress(store, newcomer) == 0
    async with administrator(store) as db:
        await db.execute("insert into app.export_delay (seconds) values (0)")
        assert await db.fetchval("select max(worth) from export.qa") < 0.25
        assert await db.fetchval("select count(*) from app.player_estimate where s_simple > 0.8") == 0
    async with store.connection() as db:
        assert await count_left_out(db, "everything", Filters(worth_at_least=0.5)) == {}
        assert (await count_left_out(db, "everything", Filters(worth_at_least=0.0)))["tainted"] == 65
