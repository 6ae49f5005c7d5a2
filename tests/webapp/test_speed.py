"""On a cheap phone: the first round within two seconds of opening the page."""

import math
import os
import time

from playwright.async_api import CDPSession, expect

from tests.webapp.game import Game, Opener

SLOWER = 4
LIMIT_SECONDS = 2.0
NETWORK_SECONDS = 0.5
TRIES = 4


async def _opened(opener: Opener) -> tuple[Game, CDPSession]:
    game = await opener.page()
    return game, await game.page.context.new_cdp_session(game.page)


async def _into_the_first_round(game: Game, site: str) -> None:
    await game.page.goto(site)
    await game.button("Agree and play").click()
    await expect(game.page.locator(".frame-picture")).to_be_visible()
    await expect(game.question).to_be_enabled()


async def _seconds_to_play(opener: Opener) -> float:
    game, debugger = await _opened(opener)
    await debugger.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    begun = time.perf_counter()
    await _into_the_first_round(game, opener.site)
    seconds = time.perf_counter() - begun
    await game.page.close()
    return seconds


def _is_crowded() -> bool:
    """Others want this machine more than it can give: a watch then measures them, not the page."""
    return os.getloadavg()[0] > (os.cpu_count() or 1)


async def test_the_first_round_is_there_in_two_seconds_on_a_slow_phone(opener: Opener) -> None:
    seconds: list[float] = []
    while len(seconds) < TRIES and min(seconds, default=math.inf) > LIMIT_SECONDS:
        seconds.append(await _seconds_to_play(opener))
    print(f"first round after {min(seconds):.2f} s, processor slowed {SLOWER} times")
    assert min(seconds) <= LIMIT_SECONDS or _is_crowded(), seconds


async def test_the_page_asks_little_of_the_processor(opener: Opener) -> None:
    """Processor time of the page's main thread, which a crowded machine does not lengthen."""
    game, debugger = await _opened(opener)
    await debugger.send("Performance.enable", {"timeDomain": "threadTicks"})
    await _into_the_first_round(game, opener.site)
    metrics = (await debugger.send("Performance.getMetrics"))["metrics"]
    busy = {metric["name"]: metric["value"] for metric in metrics}["TaskDuration"]
    print(f"main thread busy for {busy:.3f} s before the first round")
    assert 0 < busy * SLOWER <= LIMIT_SECONDS - NETWORK_SECONDS
