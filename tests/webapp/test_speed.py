"""On a cheap phone: what stands between opening the page and the first round, counted and not timed."""

from playwright.async_api import CDPSession, Request, expect

from tests.webapp.game import Game, Opener

SLOWER = 4
"""How much slower than here a cheap phone's processor is."""
LIMIT_SECONDS = 2.0
ROUND_TRIP_SECONDS = 0.05
TRIPS_IN_A_ROW_AT_MOST = 8
"""Page, script, texts, sign-in, consent, session, round, picture: each waits for the one before."""
REQUESTS_AT_MOST = 16


async def _opened(opener: Opener) -> tuple[Game, CDPSession]:
    game = await opener.page()
    return game, await game.page.context.new_cdp_session(game.page)


async def _into_the_first_round(game: Game, site: str) -> None:
    await game.page.goto(site)
    await game.button("Agree and play").click()
    await expect(game.page.locator(".frame-picture")).to_be_visible()
    await expect(game.question).to_be_enabled()


async def test_the_first_round_is_there_in_two_seconds_on_a_slow_phone(opener: Opener) -> None:
    """By the processor time of the page's main thread, which a crowded machine does not lengthen."""
    game, debugger = await _opened(opener)
    await debugger.send("Performance.enable", {"timeDomain": "threadTicks"})
    await _into_the_first_round(game, opener.site)
    metrics = (await debugger.send("Performance.getMetrics"))["metrics"]
    busy = {metric["name"]: metric["value"] for metric in metrics}["TaskDuration"]
    print(f"main thread busy for {busy:.3f} s before the first round")
    network = TRIPS_IN_A_ROW_AT_MOST * ROUND_TRIP_SECONDS
    assert 0 < busy * SLOWER + network <= LIMIT_SECONDS


async def test_little_is_fetched_before_the_first_round(opener: Opener) -> None:
    game, _ = await _opened(opener)
    asked: list[Request] = []
    game.page.on("request", lambda request: asked.append(request))  # noqa: PLW0108  # it takes no builtin
    await _into_the_first_round(game, opener.site)
    ours = [request for request in asked if request.url.startswith(opener.site)]
    print("\n".join(f"{request.method} {request.url}" for request in ours))
    assert 0 < len(ours) <= REQUESTS_AT_MOST
    calls = [request for request in ours if "/api/" in request.url]
    assert len({(request.method, request.url) for request in calls}) == len(calls), "nothing is asked twice"
