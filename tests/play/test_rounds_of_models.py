"""Shares of new sessions that an operator gives while the game runs, and takes back in the middle of play."""

from dataclasses import replace
from typing import Any

import httpx

from gap_server.app import assemble
from gap_server.demo.answerer import DemoModel
from gap_server.demo.answerer.model import DemoSlot
from gap_server.play.deps import GameDeps
from gap_server.store.engine import Store
from gap_server.store.rounds import Revision
from gap_server.tuning.rounds import registry
from gap_server.vlm.answerer import Answerer
from gap_server.vlm.models import FieldedModel, Models, Newcomer
from gap_server.vlm.protocol import ModelId
from tests.playing import new_player
from tests.world import administrator, client_of

TUNED = Revision("tuned", "r1", "base", "demo", None, (), None, {})
OPERATOR = "a test"


class Counting(DemoModel):
    """`reserved`: how often it was wanted."""

    def __init__(self, own: ModelId) -> None:
        super().__init__()
        self.id = own
        self.reserved = 0

    def reserve(self, picture_sha256: str, *, talk: str = "", background: bool = False) -> DemoSlot:
        self.reserved += 1
        return super().reserve(picture_sha256, talk=talk, background=background)


class Server:
    """A server process of its own: its own models, the same database. `joined`: whom it came to know."""

    def __init__(self, deps: GameDeps) -> None:
        self.joined: list[Counting] = []
        self.app = assemble(replace(deps, models=Models.of(DemoModel(), enlist=self._enlist)))

    def _enlist(self, newcomer: Newcomer) -> FieldedModel:
        model = Counting(newcomer.id)
        self.joined.append(model)
        return FieldedModel(model, Answerer(model))


async def sessions(store: Store) -> list[Any]:
    async with administrator(store) as db:
        return [
            tuple(row) for row in await db.fetch("select model, state from app.session order by created_at")
        ]


async def ten_rounds(player: Any, session: Any, of: httpx.AsyncClient, first: int, last: int) -> None:
    player.client = of
    for _ in range(first, last + 1):
        await player.judge(await player.ask(await player.next(session)))


async def test_servers_follow_a_promotion_without_a_restart(deps: GameDeps, store: Store) -> None:
    one, other = Server(deps), Server(deps)
    async with client_of(one.app) as here, client_of(other.app) as there:
        await (await new_player(here, 1)).start()
        await registry.register(store, TUNED, operator=OPERATOR)
        await registry.promote(store, "tuned", None, 100, operator=OPERATOR)
        for number, client in enumerate((here, there), start=2):
            await (await new_player(client, number)).start()
    assert [model for model, _ in await sessions(store)] == ["demo", "tuned", "tuned"]
    for server in (one, other):
        assert [model.id for model in server.joined] == [ModelId("tuned", "r1")]


async def test_a_rollback_in_the_middle_of_play_costs_nobody_a_round(deps: GameDeps, store: Store) -> None:
    one, fresh = Server(deps), Server(deps)
    async with client_of(one.app) as here, client_of(fresh.app) as there:
        await registry.register(store, TUNED, operator=OPERATOR)
        await registry.promote(store, "tuned", None, 100, operator=OPERATOR)
        player = await new_player(here, 1)
        session = await player.start()
        await ten_rounds(player, session, here, 1, 4)
        await registry.roll_back(store, operator=OPERATOR)
        await ten_rounds(player, session, there, 5, 10)  # at a server that was started after the rollback
        result = await player.call("GET", f"/sessions/{session['id']}/result")
        await (await new_player(here, 2)).start()
    assert [round_["state"] for round_ in result["rounds"]] == ["flagged"] * 10
    reserved = [model.reserved for server in (one, fresh) for model in server.joined]
    assert reserved == [4, 6], "the session kept its model to the end"
    assert await sessions(store) == [("tuned", "finished"), ("demo", "open")]
