"""gap-server audit: what operators do to tokens and pictures is written down, with who did it."""

import asyncio
import re
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from gap_server.cli import app
from gap_server.store.roles import GAME, with_login
from tests.playing import BOT_TOKEN

PHOTOS = Path(__file__).parents[1] / "images" / "photos"
SOME_ID = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def run(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("GAP_DATABASE_URL", with_login(database_url, GAME))
    monkeypatch.setenv("GAP_BOT_TOKEN", BOT_TOKEN)

    async def run(*arguments: str) -> str:
        result = await asyncio.to_thread(CliRunner().invoke, app, list(arguments))
        return result.stdout

    return run


async def audited(run: Any, *arguments: str) -> list[str]:
    """Newest first, without the times."""
    lines = (await run("audit", *arguments)).splitlines()
    assert all(re.match(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d  ", line) for line in lines)
    return [re.sub(r" +", " ", line[21:]) for line in lines]


async def test_tokens_and_pictures_are_written_down_with_what_was_done_to_them(run: Any) -> None:
    await run("token", "create", "Ada", "--by", "eve")
    await run("token", "create", "Ada", "--by", "eve")  # refused: nothing was done
    await run("token", "revoke", "Ada", "--by", "ann")
    folder = str(PHOTOS)
    await run("images", "add", folder, "--pool", "simple", "--licence", "CC0", "--by", "eve")
    image_id = (await run("images", "list")).split()[0]
    await run("images", "retire", image_id, "--by", "ann")
    await run("images", "retire", SOME_ID, "--by", "ann")  # there is none
    deeds = [
        f"images retire {image_id}, by ann",
        f"images add {folder}, by eve",
        "token revoke Ada, by ann",
        "token create Ada, by eve",
    ]
    assert await audited(run) == deeds
    assert await audited(run, "--limit", "1") == deeds[:1]
