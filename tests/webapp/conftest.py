"""The mini-app in the system's Chromium, in front of the real server."""

import asyncio
import os
import shutil
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
from playwright.async_api import Browser, async_playwright, expect

from gap_server.store.roles import GAME, with_login
from tests.playing import BOT_TOKEN, Player, player_named
from tests.time_travel import stay_within_one_day
from tests.webapp.game import WAIT_MS, Opener
from tests.world import copy_of_template

ROOT = Path(__file__).parents[2]
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The first has no parts of a window that nobody sees: they cost these tests half as much again."""
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), None)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Telegram Web is a public page that frames ours; here ours is at a loopback address.
    "--disable-features=LocalNetworkAccessChecks,OptimizationHints,MediaRouter",
]
expect.set_options(timeout=WAIT_MS)
QUICK_ROUND_SECONDS = 10
"""Long enough to ask and to be answered in time on a machine that is busy with other things."""
Named = Callable[[str], Awaitable[Player]]


@pytest.fixture(scope="session", autouse=True)
def _built() -> None:
    """Without Chromium there is nothing to see; CI insists that there is."""
    missing = pytest.fail if os.environ.get("REQUIRE_BROWSER") else pytest.skip
    if CHROMIUM is None:
        missing("there is no Chromium here: apt-get install chromium-headless-shell")
    if not (ROOT / "webapp/dist/index.html").exists():
        missing("the mini-app is not built: make setup")


@asynccontextmanager
async def serving(database_url: str, **settings: str) -> AsyncIterator[str]:
    """A server of its own process, killed at the end. Gives its address."""
    environment = {
        **os.environ,
        "GAP_DATABASE_URL": with_login(database_url, GAME),
        "GAP_BOT_TOKEN": BOT_TOKEN,
        "GAP_DEMO_SIGN_IN": "true",
        **settings,
    }
    server = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.webapp.demo_server",
        cwd=ROOT,
        env=environment,
        stdout=asyncio.subprocess.PIPE,
    )
    assert server.stdout is not None
    try:
        yield (await server.stdout.readline()).decode().strip()
    finally:
        server.terminate()
        await server.communicate()


@pytest.fixture(scope="session")
async def site(_built: None, postgres: str, template: str) -> AsyncIterator[str]:
    async with copy_of_template(postgres, template) as url, serving(url) as address:
        yield address


@pytest.fixture(scope="session")
async def quick_site(_built: None, postgres: str, template: str) -> AsyncIterator[str]:
    """Where a round lasts a few seconds."""
    seconds = {"GAP_ROUND_SECONDS": str(QUICK_ROUND_SECONDS)}
    async with copy_of_template(postgres, template) as url, serving(url, **seconds) as address:
        yield address


@pytest.fixture(scope="session")
async def browser(_built: None) -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        await browser.close()


@pytest.fixture
async def opener(browser: Browser, site: str) -> AsyncIterator[Opener]:
    """Opens the game on as many phones as a test wants, and looks at the end whether any page complained."""
    opener = Opener(browser, site)
    yield opener
    await opener.close()


@pytest.fixture
async def quick_opener(browser: Browser, quick_site: str) -> AsyncIterator[Opener]:
    opener = Opener(browser, quick_site)
    yield opener
    await opener.close()


@pytest.fixture
async def fresh_site(_built: None, postgres: str, template: str) -> AsyncIterator[str]:
    """Where no picture was dealt yet: a day's ten are drawn of such. It stays one day."""
    await stay_within_one_day()
    async with copy_of_template(postgres, template) as url, serving(url) as address:
        yield address


@pytest.fixture
async def fresh_opener(browser: Browser, fresh_site: str) -> AsyncIterator[Opener]:
    opener = Opener(browser, fresh_site)
    yield opener
    await opener.close()


@pytest.fixture
async def named(fresh_site: str) -> AsyncIterator[Named]:
    """Somebody who has played a game, over HTTP, and has seen today's ten announced."""
    async with httpx.AsyncClient(base_url=f"{fresh_site}/api/v1", timeout=60) as client:

        async def named(name: str) -> Player:
            player = await player_named(client, name)
            await player.call("GET", "/daily")
            await player.play_session()
            return player

        yield named
