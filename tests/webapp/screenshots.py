"""The README's pictures: `python -m tests.webapp.screenshots http://127.0.0.1:8000 docs/screenshots`.

Plays one game against a demo server, and takes a picture of the screens that tell what it is.
"""

import asyncio
import io
import re
import sys
from pathlib import Path

from PIL import Image
from playwright.async_api import Page, async_playwright

from tests.webapp.conftest import ARGUMENTS, CHROMIUM
from tests.webapp.game import Game, Opener

PHONE = (390, 780)
QUESTIONS = {1: "How many things are on the ground?", 2: "What colour is the largest thing?"}
SETTLE_SECONDS = 0.7


async def _take(page: Page, path: Path) -> None:
    """A small PNG: a palette is plenty for flat screens."""
    await asyncio.sleep(SETTLE_SECONDS)
    shot = Image.open(io.BytesIO(await page.screenshot())).convert("RGB")
    shot.quantize(256, kmeans=2, dither=Image.Dither.FLOYDSTEINBERG).save(path, optimize=True)


async def _play(game: Game, folder: Path) -> None:
    await _take(game.page, folder / "welcome.png")
    await game.play()
    for position in range(1, 11):
        await game.in_round(position)
        await game.ask(QUESTIONS.get(position, "Is there a tree?"))
        await game.answered()
        if position == 1:
            await _take(game.page, folder / "round.png")
        if position % 3 == 0:
            await game.button("Pass on to the next picture").click()
            continue
        await game.flag()
        if position == 1:
            await _take(game.page, folder / "flagged.png")
        await game.button("See the result" if position == 10 else "Next picture").click()
    await game.heading("Picture by picture").wait_for()
    await _take(game.page, folder / "result.png")
    await game.button("Back").click()
    await game.heading(re.compile("^Today’s ten")).wait_for()
    await _take(game.page, folder / "home.png")


async def main(site: str, folder: Path) -> None:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        opener = Opener(browser, site)
        await _play(await opener.game(size=PHONE, scheme="light", reduced_motion="no-preference"), folder)
        await browser.close()


if __name__ == "__main__":
    target = Path(sys.argv[2])
    target.mkdir(parents=True, exist_ok=True)
    asyncio.run(main(sys.argv[1], target))
