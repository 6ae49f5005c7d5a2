"""A researcher: a token, a client that carries it, and data to ask about."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from PIL import Image

from gap_server.app import assemble
from gap_server.play.deps import GameDeps
from gap_server.research import tokens
from gap_server.research.deps import ResearchDeps, research_deps
from gap_server.store.engine import Store
from gap_server.store.export.logins import as_export
from tests.world import client_of


@pytest.fixture
def for_research(store: Store, database_url: str) -> ResearchDeps:
    return research_deps(store, as_export(database_url), 0)


@pytest.fixture
async def both(deps: GameDeps, for_research: ResearchDeps) -> AsyncIterator[httpx.AsyncClient]:
    """Players and researchers at one server."""
    async with client_of(assemble(deps, for_research)) as client:
        yield client


@pytest.fixture
async def researcher(both: httpx.AsyncClient, for_research: ResearchDeps) -> AsyncIterator[httpx.AsyncClient]:
    """The same server, with a research token."""
    new = await tokens.create(for_research.store, "Ada", 90, operator="eve")
    headers = {"Authorization": f"Bearer {new.token}"}
    transport = both._transport
    async with httpx.AsyncClient(
        transport=transport, base_url=both.base_url, headers=headers, timeout=180
    ) as asking:
        yield asking


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two pictures for a set to be about."""
    (tmp_path / "images").mkdir()
    for name, colour in (("a", "red"), ("b", "blue")):
        Image.new("RGB", (8, 8), colour).save(tmp_path / "images" / f"{name}.jpg")
    return tmp_path
