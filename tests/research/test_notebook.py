"""The notebook from a token to a picture: it runs whole, at a real server, on what a crowd played."""

import asyncio
import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import httpx
import pytest

from gap_server.app import assemble
from gap_server.operate import trust
from gap_server.play.deps import GameDeps
from gap_server.research import tokens
from gap_server.research.deps import ResearchDeps
from gap_server.store.engine import Store
from tests.operate.test_trust import play_carefully
from tests.playing import new_player
from tests.serving import serving

PAGE = Path(__file__).parents[2] / "docs/notebooks/from_token_to_picture.ipynb"


def run_cells() -> dict[str, Any]:
    names: dict[str, Any] = {}
    for cell in json.loads(PAGE.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]), names)  # noqa: S102  # what a notebook is for
    return names


async def play(client: httpx.AsyncClient, store: Store) -> None:
    """Two who flag what is a lie, and one who flags everything."""
    for number in (1, 2):
        await play_carefully(await new_player(client, number), store)
    await (await new_player(client, 3)).play_session("wrong")
    await trust.refit(store)


async def test_it_goes_from_a_token_to_a_picture_that_says_what_was_played(
    deps: GameDeps,
    for_research: ResearchDeps,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    token = (await tokens.create(deps.store, "Ada", 90, operator="eve")).token
    async with serving(assemble(deps, for_research)) as (host, port):
        url = f"http://{host}:{port}"
        async with httpx.AsyncClient(base_url=f"{url}/api/v1", timeout=60) as client:
            await play(client, deps.store)
        for name, value in {"GAP_URL": url, "GAP_TOKEN": token, "GAP_FOLDER": str(tmp_path)}.items():
            monkeypatch.setenv(name, value)
        names = await asyncio.to_thread(run_cells)
    flags = {arm["tainted"]: (arm["flagged"], arm["answers"]) for arm in names["arms"]}
    assert flags == {True: (15, 15), False: (5, 15)}
    assert sum(names["counts"]) == 5
    said = "".join(ET.fromstring((tmp_path / "flags.svg").read_text()).itertext())  # noqa: S314  # our own
    assert all(f"{arm['model']}@{arm['model_revision']}, " in said for arm in names["arms"])
    assert "15 of 15" in said
    assert "5 of 15" in said
    assert "lies on request left out: 15" in capsys.readouterr().out
    assert list((tmp_path / "everything").rglob("*.parquet"))
