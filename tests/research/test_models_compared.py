"""Two models in the field: from sessions over HTTP to what researchers and operators are told."""

import asyncio
import json
from dataclasses import replace
from itertools import product
from typing import Any

import httpx
import pytest
from prometheus_client import REGISTRY
from typer.testing import CliRunner

from gap_server.app import assemble
from gap_server.cli import app
from gap_server.demo.answerer import DemoModel
from gap_server.operate import gauges, trust
from gap_server.store.engine import Store
from gap_server.store.roles import GAME, with_login
from gap_server.vlm.protocol import ModelId
from tests.playing import BOT_TOKEN, Player, new_player
from tests.research.test_hostile_sql import forget_that_we_asked
from tests.world import administrator, client_of, make_deps

FLAGGED = {"worse": 4, "better": 1}
"""Of the five untainted answers of a session, by its model."""
PLAYERS, SESSIONS = 3, 2


class Fielded(DemoModel):
    """A model of this name."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.id = ModelId(name, "r1")
        self.served = replace(self.served, name=name, revision="r1")


async def play(player: Player, store: Store, flagged: int) -> None:
    """All lies are caught; of the other answers the first so many are flagged."""
    session = await player.start()
    async with administrator(store) as db:
        arms = [
            row[0]
            for row in await db.fetch(
                "select tainted from app.round where session_id = $1 order by position", session["id"]
            )
        ]
    left = flagged
    for tainted in arms:
        round_ = await player.next(session)
        question = await player.ask(round_)
        if tainted or left:
            left -= not tainted
            await player.judge(question, "wrong")
        else:
            await player.pass_(round_)


@pytest.fixture
async def players(store: Store) -> list[Player]:
    """Everybody has played both models."""
    found = []
    for name, flagged in FLAGGED.items():
        async with client_of(assemble(make_deps(store, Fielded(name)))) as client:
            found = [await new_player(client, number) for number in range(1, PLAYERS + 1)]
            for player in found:
                for _ in range(SESSIONS):
                    await play(player, store, flagged)
    return found


async def asked(researcher: httpx.AsyncClient, store: Store, sql: str) -> list[dict[str, Any]]:
    await forget_that_we_asked(store)
    answer = await researcher.post("/research/sql", json={"sql": sql, "format": "jsonl"})
    assert answer.status_code == 200, answer.text
    return [json.loads(line) for line in answer.text.splitlines()]


def measured(row: dict[str, Any], name: str) -> list[float]:
    """What /metrics tells of the row's model: the estimate, and both ends of its interval."""
    of = {"model": row["model"], "revision": row["model_revision"]}
    found = [REGISTRY.get_sample_value(f"gap_model_{name}", of | {"end": end}) for end in gauges.ENDS]
    return [value for value in found if value is not None]


async def fits(store: Store) -> list[int]:
    async with administrator(store) as db:
        return [
            row[0] for row in await db.fetch("select id from app.trust_fit where kind = 'joint' order by id")
        ]


async def test_from_sessions_to_the_view(
    players: list[Player], both: httpx.AsyncClient, researcher: httpx.AsyncClient, store: Store
) -> None:
    assert await trust.refit(store) is not None
    rows = await asked(researcher, store, "select * from models_compared order by model")
    better, worse = rows
    assert (better["model"], better["other_model"]) == ("better", "worse")
    for row, flagged in ((better, 1), (worse, 4)):
        assert (row["model_revision"], row["other_revision"]) == ("r1", "r1")
        assert (row["players"], row["answers"]) == (PLAYERS, 5 * SESSIONS * PLAYERS)
        assert row["flagged"] == flagged * SESSIONS * PLAYERS
        assert (row["fit_players"], row["fit_answers"]) == (PLAYERS, 10 * SESSIONS * PLAYERS)
        assert row["flag_rate_lower"] < flagged / 5 < row["flag_rate_upper"]
        assert row["truthfulness_lower"] < row["truthfulness"] < row["truthfulness_upper"]
        assert row["is_newest"]
    assert 0 < better["difference_lower"] < better["difference"] < better["difference_upper"]
    assert better["difference"] == pytest.approx(-worse["difference"])
    assert better["flag_rate_difference_upper"] < 0
    assert better["flag_rate_difference_lower"] < 1 / 5 - 4 / 5 < better["flag_rate_difference_upper"]
    assert better["p_more_truthful"] > 0.99
    assert worse["p_more_truthful"] == pytest.approx(1 - better["p_more_truthful"])

    await gauges.read(store)
    for row, name in product(rows, ("truthfulness", "flag_rate")):
        estimate, *ends = measured(row, name)
        assert ends == [row[f"{name}_lower"], row[f"{name}_upper"]]
        assert ends[0] < estimate < ends[1]

    before = await fits(store)
    await trust.refit(store)
    assert await fits(store) == before, "nothing was played since"

    players[0].client = both
    assert (await players[0].call_("DELETE", "/me/consent")).status_code == 204
    await trust.refit(store)
    rows = await asked(researcher, store, "select * from models_compared where is_newest")
    assert [row["players"] for row in rows] == [PLAYERS - 1] * 2
    assert len(await fits(store)) == 2, "what was found before stays, as a version"

    schema = (await researcher.get("/research/schema")).json()["views"]
    (view,) = (view for view in schema if view["name"] == "models_compared")
    assert {column["name"] for column in view["columns"]} == set(rows[0])
    assert all(column["meaning"] for column in view["columns"])


async def test_old_fits_are_thinned_out_to_one_a_day(store: Store, both: httpx.AsyncClient) -> None:
    for number in range(10, 14):
        await (await new_player(both, number)).play_session()
        await trust.refit(store)
    made = await fits(store)
    async with administrator(store) as db:
        await db.execute(
            "update app.trust_fit set counted_at = date_trunc('day', now()) - interval '9 days'"
            " + make_interval(hours => rank::int) from unnest($1::bigint[]) with ordinality as n (fit, rank)"
            " where id = fit",
            made[:3],
        )
    await (await new_player(both, 14)).play_session()
    await trust.refit(store)
    assert (await fits(store))[:-1] == made[2:]


@pytest.mark.usefixtures("players")
async def test_the_command_and_the_report_say_so(
    researcher: httpx.AsyncClient, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GAP_DATABASE_URL", with_login(database_url, GAME))
    monkeypatch.setenv("GAP_BOT_TOKEN", BOT_TOKEN)
    told = await asyncio.to_thread(CliRunner().invoke, app, ["trust", "refit"])
    assert told.exit_code == 0, told.output
    assert "more truthful than" in told.output
    assert f"By {10 * SESSIONS * PLAYERS} untainted answers to {PLAYERS} players." in told.output
    figures = (await researcher.get("/research/report")).json()["figures"]
    named = {figure["name"]: figure for figure in figures}
    assert [row[0] for row in named["models_compared"]["rows"]] == ["better", "worse"]
    assert [row[:4] for row in named["model_differences"]["rows"]] == [["better", "r1", "worse", "r1"]]
    await asyncio.to_thread(CliRunner().invoke, app, ["round", "register", "better", "--revision", "r1"])
    shown = await asyncio.to_thread(CliRunner().invoke, app, ["round", "show", "better"])
    assert "against worse r1: more truthful by" in shown.output
