"""axe looks at every screen, in both themes: one that is new fails here until the walk below opens it."""

import asyncio
import json
import re

from playwright.async_api import expect

from tests.webapp.conftest import ROOT, Named
from tests.webapp.game import Game, Opener, refuse, screen_of

MANIFEST = ROOT / "webapp/dist/.vite/manifest.json"
FETCHED = "performance.getEntriesByType('resource').map(({ name }) => name.split('/').at(-1))"


def fetched_when_shown() -> dict[str, str]:
    """Screens, and parts of screens, that a page fetches when it shows them, by their files' names."""
    chunks = json.loads(MANIFEST.read_text(encoding="utf-8")).values()
    return {
        chunk["file"].split("/")[-1]: chunk["src"]
        for chunk in chunks
        if chunk.get("isDynamicEntry") and chunk["src"].endswith(".tsx")
    }


class Walk:
    """Opens one thing after another, and looks at each."""

    def __init__(self, game: Game) -> None:
        self.game = game
        self.looked_at: set[str] = set()

    async def look(self, *, pressable: bool = True) -> None:
        await expect(self.game.page.locator("[aria-busy=true]")).to_have_count(0)
        await self.game.check_access()
        if pressable:
            await self.game.check_touch_targets()
        self.looked_at |= set(await self.game.page.evaluate(FETCHED))

    async def open(self, way: str, heading: str) -> None:
        await self.game.button(re.compile(way)).click()
        await expect(self.game.heading(heading)).to_be_visible()
        await self.look()

    async def back(self) -> None:
        await self.game.button("Back").click()

    async def around_home(self) -> None:
        await expect(self.game.page.locator(".quest").first).to_be_visible()
        await self.look()
        await self.open("^Your finds", "Your finds")
        await self.game.button(re.compile("^Check what others found")).click()
        await expect(self.game.page.locator(".jury-picture")).to_be_visible()
        await self.look()
        await self.back()
        for way in ("Board of the day", "Leaderboard", "How to play"):
            await self.open(way, way)
            if way != "How to play":
                await self.back()
        await self.game.button("How many balloons?").click()
        await expect(self.game.button("Looks right")).to_be_visible()
        await self.look()
        await self.back()

    async def the_players_own(self) -> None:
        await self.open("^Profile$", "Profile")
        await self.open("^Privacy$", "How your data is used")
        await self.back()
        await self.game.page.get_by_role("listitem").get_by_role("button").first.click()
        await expect(self.game.heading("Picture by picture")).to_be_visible()
        await self.look()
        await self.back()
        await self.back()

    async def a_round(self) -> None:
        await self.game.button("Play").click()
        await self.game.in_round(1)
        await self.look()
        await self.game.ask()
        await self.game.answered()
        await self.game.flag()
        await self.look()

    async def shut_out(self) -> None:
        await self.game.page.route("**/api/v1/auth/**", lambda route: refuse(route, 403, "banned"))
        await self.game.page.reload()
        await expect(self.game.heading("This account cannot play")).to_be_visible()
        await self.look()


async def test_axe_finds_nothing_on_any_screen_in_either_theme(fresh_opener: Opener, named: Named) -> None:
    await asyncio.gather(named("Ann"), named("light"), named("dark"))
    for scheme in ("light", "dark"):
        walk = Walk(await screen_of(fresh_opener, scheme, scheme=scheme))
        await walk.around_home()
        await walk.the_players_own()
        await walk.a_round()
        await walk.shut_out()
        missed = {source for file, source in fetched_when_shown().items() if file not in walk.looked_at}
        assert not missed, f"not looked at when {scheme}: {missed}"
