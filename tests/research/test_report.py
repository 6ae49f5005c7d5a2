"""The report over HTTP: the same figures, for who holds a research token."""

import asyncio
import io
from dataclasses import replace
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import httpx
import pytest
from PIL import Image
from typer.testing import CliRunner

from gap_server.app import assemble
from gap_server.cli import app as command_line
from gap_server.play.deps import GameDeps
from gap_server.research import tokens
from gap_server.research.deps import ResearchDeps, research_deps
from gap_server.store.export.logins import as_export
from tests.playing import new_player, refusal
from tests.world import client_of, copy_of_template


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


async def test_it_counts_where_the_export_reads(
    both: httpx.AsyncClient,
    deps: GameDeps,
    *,
    postgres: str,
    template: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A standby follows by itself; here it is another database, in which nobody has played."""
    await (await new_player(both)).play_session()
    new = await tokens.create(deps.store, "Bo", 90, operator="eve")
    async with copy_of_template(postgres, template) as standby:
        away = research_deps(deps.store, as_export(standby), 0)
        await away.counting.open()
        async with client_of(assemble(deps, away)) as client:
            client.headers["Authorization"] = f"Bearer {new.token}"
            assert not any((await figures(client)).values())
        await away.counting.close()
        monkeypatch.setenv("GAP_DATABASE_URL", deps.store.url)
        for place, rows in ((as_export(deps.store.url), 1), (as_export(standby), 0)):
            monkeypatch.setenv("GAP_EXPORT_DATABASE_URL", str(place))
            out = tmp_path / str(rows)
            told = await asyncio.to_thread(CliRunner().invoke, command_line, ["report", "--out", str(out)])
            assert told.exit_code == 0, told.output
            assert ("10,1" in (out / "images_reached.csv").read_text()) is bool(rows)


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
