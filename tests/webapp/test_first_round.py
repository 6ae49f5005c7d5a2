"""What is fetched before the first round: counted here; `bench.first_round` times it for a cheap phone."""

from playwright.async_api import Request, expect

from tests.webapp.game import Opener

REQUESTS_AT_MOST = 16


async def test_little_is_fetched_before_the_first_round(opener: Opener) -> None:
    game = await opener.page()
    asked: list[Request] = []
    game.page.on("request", lambda request: asked.append(request))  # noqa: PLW0108  # it takes no builtin
    await game.page.goto(opener.site)
    await game.button("Agree and play").click()
    await expect(game.page.locator(".frame-picture")).to_be_visible()
    await expect(game.question).to_be_enabled()
    ours = [request for request in asked if request.url.startswith(opener.site)]
    print("\n".join(f"{request.method} {request.url}" for request in ours))
    assert 0 < len(ours) <= REQUESTS_AT_MOST
    calls = [request for request in ours if "/api/" in request.url]
    assert len({(request.method, request.url) for request in calls}) == len(calls), "nothing is asked twice"
