"""The report over HTTP: the same figures, for who holds a research token."""

import io
from dataclasses import replace
from typing import Any
from zipfile import ZipFile

import httpx
from PIL import Image

from gap_server.app import assemble
from gap_server.play.deps import GameDeps
from gap_server.research import tokens
from gap_server.research.deps import ResearchDeps
from tests.playing import new_player, refusal
from tests.world import client_of


async def figures(researcher: httpx.AsyncClient) -> dict[str, list[dict[str, Any]]]:
    answer = await researcher.get("/research/report")
    assert answer.status_code == 200, answer.text
    return {
        figure["name"]: [dict(zip(figure["columns"], row, strict=True)) for row in figure["rows"]]
        for figure in answer.json()["figures"]
    }


async def test_what_was_played_is_told_once_it_is_over_and_while_there_is_consent(
    both: httpx.AsyncClient, researcher: httpx.AsyncClient
) -> None:
    player = await new_player(both)
    assert not any((await figures(researcher)).values())
    await player.play_session()
    told = await figures(researcher)
    assert {row["what"]: row["count"] for row in told["summary"]}["flags"] == 10
    (week,) = told["players_by_week"]
    assert (week["players"], len(week["week"])) == (1, 10)
    await player.call_("DELETE", "/me/consent")
    assert not any((await figures(researcher)).values())


async def test_the_pictures_and_tables_come_as_one_file(
    both: httpx.AsyncClient, researcher: httpx.AsyncClient
) -> None:
    await (await new_player(both)).play_session()
    answer = await researcher.get("/research/report", params={"format": "zip"})
    assert answer.headers["Content-Type"] == "application/zip"
    with ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.testzip() is None
        names = set(archive.namelist())
        assert "index.html" in names
        assert archive.read("images_reached.csv").decode().splitlines()[-1] == "10,1"
        assert Image.open(archive.open("images_reached.png")).size == (1200, 675)
    assert names == {"index.html"} | {
        f"{figure}.{kind}" for figure in await figures(researcher) for kind in ("csv", "png")
    }


async def test_a_session_counts_after_the_operators_delay(deps: GameDeps, for_research: ResearchDeps) -> None:
    new = await tokens.create(for_research.store, "Ada", 90, operator="eve")
    async with client_of(assemble(deps, replace(for_research, delay_seconds=3600))) as client:
        await (await new_player(client)).play_session()
        client.headers["Authorization"] = f"Bearer {new.token}"
        assert not any((await figures(client)).values())


async def test_it_takes_a_research_token_and_counts_as_a_query(
    both: httpx.AsyncClient, researcher: httpx.AsyncClient
) -> None:
    assert refusal(await both.get("/research/report")) == (401, "token_missing")
    player = await new_player(both)
    assert refusal(await player.call_("GET", "/research/report")) == (401, "token_invalid")
    assert refusal(await researcher.get("/research/report?format=pdf")) == (422, "invalid_request")
    for _ in range(10):
        assert (await researcher.get("/research/report")).status_code == 200
    assert refusal(await researcher.get("/research/report")) == (429, "too_many_queries")
