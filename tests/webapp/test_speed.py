"""On a cheap phone: the first round within two seconds of opening the page."""

import math
import time

from playwright.async_api import expect

from tests.webapp.game import Opener

SLOWER = 4
LIMIT_SECONDS = 2.0
TRIES = 5


async def _seconds_to_play(opener: Opener) -> float:
    game = await opener.page()
    debugger = await game.page.context.new_cdp_session(game.page)
    await debugger.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    begun = time.perf_counter()
    await game.page.goto(opener.site)
    await game.button("Agree and play").click()
    await expect(game.page.locator(".frame-picture")).to_be_visible()
    await expect(game.question).to_be_enabled()
    seconds = time.perf_counter() - begun
    await game.page.close()
    return seconds


async def test_the_first_round_is_there_in_two_seconds_on_a_slow_phone(opener: Opener) -> None:
    """Once in five: what else this machine does meanwhile is not the page's fault."""
    seconds: list[float] = []
    while len(seconds) < TRIES and min(seconds, default=math.inf) > LIMIT_SECONDS:
        seconds.append(await _seconds_to_play(opener))
    print(f"first round after {min(seconds):.2f} s, processor slowed {SLOWER} times")
    assert min(seconds) <= LIMIT_SECONDS, seconds
