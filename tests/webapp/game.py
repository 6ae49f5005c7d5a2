"""A player at the screen: what is pressed, typed and read, by the names that a screen reader would say."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import httpx
from playwright.async_api import Browser, BrowserContext, Locator, Page, Request, Route, expect

from tests.playing import Player, player_named

AXE = Path(__file__).parents[2] / "webapp/node_modules/axe-core/axe.min.js"
WAIT_MS = 60_000
OFF_BY_SECONDS = 3
"""So much a reading of the clock may be off: whole seconds are shown, and half of a slow trip is guessed."""

WATCH = """
document.addEventListener("securitypolicyviolation", (event) =>
  window.complain(`${event.violatedDirective} ${event.blockedURI}`));
window.notices = [];
new MutationObserver(() => {
  const notice = document.querySelector(".notice")?.textContent;
  if (notice && notice !== window.notices.at(-1)) window.notices.push(notice);
}).observe(document, { childList: true, subtree: true, characterData: true });
"""
AS_SOON_AS = """
([sign, button]) => {
  const react = () => {
    if (!document.querySelector("main")?.innerText.match(sign)) return;
    observer.disconnect();
    const named = ({ ariaLabel, innerText }) => (ariaLabel ?? innerText) === button;
    [...document.querySelectorAll("button")].findLast(named)?.click();
  };
  const observer = new MutationObserver(react);
  observer.observe(document.body, { childList: true, subtree: true, characterData: true });
  react();
}
"""
AXE_RUN = """
async () => {
  const found = await axe.run(document, { resultTypes: ["violations"] });
  return found.violations.map((v) => `${v.id}: ${v.nodes.map((node) => node.target.join(" ")).join(" | ")}`);
}
"""


@dataclass
class Game:
    page: Page
    site: str
    complaints: list[str] = field(default_factory=list)
    bearer: str = ""
    """What the page last called the server as: its token, by which a test plays on in its stead."""

    def complain(self, of: str) -> None:
        self.complaints.append(of)

    def button(self, name: str | re.Pattern[str]) -> Locator:
        return self.page.get_by_role("button", name=name, exact=isinstance(name, str))

    def heading(self, name: str | re.Pattern[str]) -> Locator:
        return self.page.get_by_role("heading", name=name)

    @property
    def question(self) -> Locator:
        return self.page.get_by_role("textbox", name="Ask about the picture")

    @property
    def timer(self) -> Locator:
        return self.page.get_by_role("timer")

    async def in_round(self, position: int) -> None:
        await expect(self.heading(f"Picture {position} of 10")).to_be_visible(timeout=WAIT_MS)
        await expect(self.page.get_by_role("img", name=f"Image {position} of 10")).to_be_visible(
            timeout=WAIT_MS
        )

    async def play(self) -> None:
        """From the welcome into the first round."""
        await self.button(re.compile("^(Agree and play|Play)$")).click(timeout=WAIT_MS)
        await self.in_round(1)

    async def ask(self, text: str = "Is there a tree?") -> None:
        await self.question.fill(text)
        await self.button("Send").click()

    async def answered(self) -> None:
        await expect(self.button("Wrong answer").last).to_be_visible(timeout=WAIT_MS)

    async def flag(self) -> None:
        await self.button("Wrong answer").last.click()
        await expect(self.heading("Flagged!")).to_be_visible(timeout=WAIT_MS)

    async def play_round(self, position: int) -> None:
        await self.in_round(position)
        await self.ask()
        await self.answered()
        await self.flag()
        await self.button("See the result" if position == 10 else "Next picture").click()

    async def play_on(self, position: int) -> None:
        """To the end, from that round on."""
        for one in range(position, 11):
            await self.play_round(one)
        await expect(self.heading("Your result")).to_be_visible(timeout=WAIT_MS)
        await expect(self.heading("Picture by picture")).to_be_visible(timeout=WAIT_MS)

    async def play_first_and_last(self, position: int = 1) -> None:
        """To the end, from that round on, but those in between over HTTP: there they cost a tenth."""
        await self.in_round(position)
        await self.ask()
        await self.answered()
        await self.flag()
        async with httpx.AsyncClient(base_url=f"{self.site}/api/v1", timeout=WAIT_MS / 1000) as client:
            player = Player(client, token=self.bearer.removeprefix("Bearer "))
            await player.play_rounds(await player.start(), 9 - position)
        await self.button("Next picture").click()
        await self.play_on(10)

    async def press_as_soon_as(self, sign: str, button: str) -> None:
        """The page itself does, where the button is there: what lasts for a moment waits for no test."""
        await self.page.evaluate(AS_SOON_AS, [sign, button])

    async def noticed(self, text: str) -> None:
        """It was said in passing, for some seconds: the page itself remembers what."""
        async with asyncio.timeout(WAIT_MS / 1000):
            while not any(re.search(text, notice) for notice in await self.page.evaluate("window.notices")):
                await self.page.wait_for_timeout(50)

    async def shown_seconds(self) -> int:
        minutes, seconds = (await self.timer.inner_text()).split(":")
        return int(minutes) * 60 + int(seconds)

    async def check_access(self) -> None:
        """axe finds nothing on the screen as it is."""
        if not await self.page.evaluate("'axe' in window"):
            # Through the debugger, not as a <script>: the page's own policy stays as it is.
            await self.page.evaluate(AXE.read_text(encoding="utf-8"))
        await self.page.evaluate(
            "Promise.all(document.getAnimations().map((one) => one.finished.catch(() => 0)))"
        )
        found = await self.page.evaluate(AXE_RUN)
        assert found == [], found

    async def check_touch_targets(self) -> None:
        """Whatever is pressed is at least 44 px high and wide (a link in a sentence: as its line)."""
        boxes = await self.page.evaluate(
            """() => [...document.querySelectorAll("button, input, select")]
              .filter((one) => one.checkVisibility())
              .filter((one) => !one.matches(".link-inline, [type=radio], [type=checkbox]"))
              .map((one) => [one.className, one.offsetWidth, one.offsetHeight])"""
        )
        small = [box for box in boxes if min(box[1:]) < 44]
        assert boxes
        assert small == [], small
        assert await self.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


AS = "localStorage.setItem('gap.demo-name', {name!r})"


@dataclass
class Opener:
    """Opens pages, and holds each to it: no script error, no breach of the content security policy."""

    browser: Browser
    site: str
    games: list[Game] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)

    async def context(
        self, size: tuple[int, int] = (390, 844), scheme: Literal["light", "dark"] = "light", **options: Any
    ) -> BrowserContext:
        context = await self.browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme=scheme,
            reduced_motion=options.pop("reduced_motion", "reduce"),
            locale=options.pop("locale", "en-GB"),
            **options,
        )
        context.set_default_timeout(WAIT_MS)
        self.contexts.append(context)
        return context

    async def page(self, context: BrowserContext | None = None) -> Game:
        """A blank page that is watched."""
        page = await (context or await self.context()).new_page()
        game = Game(page, self.site)
        await page.expose_function("complain", game.complain)  # told at once: a reload forgets nothing
        await page.add_init_script(WATCH)
        page.on("pageerror", lambda error: game.complain(str(error)))
        page.on("request", lambda request: _note(game, request, self.site))
        self.games.append(game)
        return game

    async def game(self, hash_: str = "", **options: Any) -> Game:
        """The game, just opened."""
        game = await self.page(await self.context(**options))
        await self.go(game, hash_)
        return game

    async def go(self, game: Game, hash_: str = "") -> None:
        await game.page.goto(f"{self.site}/{hash_}")
        await expect(game.page.locator("h1")).to_be_visible(timeout=WAIT_MS)

    async def close(self) -> None:
        for page in (page for context in self.contexts for page in context.pages):
            await page.unroute_all(behavior="ignoreErrors")  # what is on its way ends with this test
        for context in self.contexts:
            await context.close()
        complaints = [complaint for game in self.games for complaint in game.complaints]
        assert complaints == [], complaints


async def screen_of(
    opener: Opener, name: str, path: str = "", *, clocked: bool = False, **options: Any
) -> Game:
    """The game of somebody whom the demo knows by that name already. `clocked`: the test moves its time."""
    context = await opener.context(**options)
    if clocked:
        await context.clock.install()
    await context.add_init_script(AS.format(name=name))
    game = await opener.page(context)
    await opener.go(game, path)
    return game


async def flag_nine(player: Player) -> None:
    await player.play_rounds(await player.start(), 9)


async def at_the_last_picture(
    opener: Opener, name: str, before: Callable[[Player], Awaitable[None]] = flag_nine, **options: Any
) -> Game:
    """Nine were played over HTTP: there they cost a tenth of what they cost on a screen."""
    async with httpx.AsyncClient(base_url=f"{opener.site}/api/v1", timeout=WAIT_MS / 1000) as client:
        await before(await player_named(client, name))
    game = await screen_of(opener, name, **options)
    await game.button("Continue: picture 10 of 10").click()
    await game.in_round(10)
    return game


async def refuse(route: Route, status: int, code: str, **headers: str) -> None:
    """Answer with a problem, in the server's place."""
    body = {"type": "about:blank", "title": code, "status": status, "detail": code, "code": code}
    await route.fulfill(status=status, json=body, content_type="application/problem+json", headers=headers)


def _note(game: Game, request: Request, site: str) -> None:
    """Who the page calls as; and that nothing is fetched from anywhere but the site itself and Telegram."""
    game.bearer = request.headers.get("authorization", game.bearer)
    allowed = (site, "blob:", "data:", "https://telegram.org/js/", "https://web.telegram.org/")
    if not request.url.startswith(allowed):
        game.complain(f"fetched {request.url}")
