"""What of the page comes late or not at all costs nobody a game."""

import asyncio
import re

from playwright.async_api import Route, expect

from tests.webapp.game import Opener, refuse
from tests.webapp.telegram import block_script, launch_hash

API = "**/api/v1"


async def test_a_reload_while_the_server_is_out_of_order_makes_a_newcomer_of_nobody(opener: Opener) -> None:
    game = await opener.game()
    await game.play()
    broken = True

    async def fail(route: Route) -> None:
        if broken:
            await refuse(route, 500, "internal_error")
        else:
            await route.continue_()

    await game.page.route(f"{API}/**", fail)
    await game.page.reload()
    await expect(game.page.get_by_text("Nothing is lost: reload the page to go on.")).to_be_visible()
    await expect(game.button("Agree and play")).to_be_hidden()
    broken = False
    await game.button("Try again").click()
    await game.in_round(1)


async def test_a_start_whose_files_cannot_be_had_goes_on_by_itself_when_they_can(opener: Opener) -> None:
    game = await opener.page()
    failures = 0

    async def fail_twice(route: Route) -> None:
        nonlocal failures
        if failures < 2 and re.search(r"index-[^/]+\.(js|css)$", route.request.url):
            failures += 1
            await refuse(route, 500, "internal_error")
        else:
            await route.continue_()

    await game.page.route("**/assets/**", fail_twice)
    await opener.go(game)
    await expect(game.button("Agree and play")).to_be_visible()
    await expect(game.page.locator("main.page")).to_have_css("max-width", "560px")
    assert failures == 2


async def test_a_start_whose_language_is_late_offers_to_reload_and_goes_on_by_itself(opener: Opener) -> None:
    game = await opener.page()
    may_come = asyncio.Event()

    async def wait(route: Route) -> None:
        await may_come.wait()
        await route.continue_()

    await game.page.route(re.compile("/assets/en-[^/]*[.]js"), wait)
    await game.page.goto(opener.site)
    await expect(game.button("Reload")).to_be_visible()
    may_come.set()
    await expect(game.button("Agree and play")).to_be_visible()
    await expect(game.button("Reload")).to_be_hidden()


async def test_a_style_sheet_that_came_late_is_there_without_loading_the_page_anew(opener: Opener) -> None:
    game = await opener.page()
    unstyled = True

    async def fail_once(route: Route) -> None:
        nonlocal unstyled
        await (refuse(route, 500, "internal_error") if unstyled else route.continue_())
        unstyled = False

    await game.page.route("**/assets/index-*.css", fail_once)
    await opener.go(game)
    await game.page.evaluate("window.still = 'here'")
    await expect(game.page.locator("main.page")).to_have_css("max-width", "560px")
    assert await game.page.evaluate("window.still") == "here"


async def test_a_file_of_the_program_that_cannot_be_had_costs_no_round(opener: Opener) -> None:
    """Chromium never asks again for a module that failed once: the page is loaded anew."""
    game = await opener.game()
    await game.play()
    asked_for: list[str] = []

    async def lose_the_first(route: Route) -> None:
        asked_for.append(route.request.url)
        await (route.abort() if len(asked_for) == 1 else route.continue_())

    await game.page.route("**/assets/round-end*", lose_the_first)
    await game.ask("Is there a lamp?")
    await game.answered()
    await game.flag()
    assert len(asked_for) == 2
    await game.button("Next picture").click()
    await game.in_round(2)


async def test_a_screen_that_fails_to_load_can_be_tried_again(opener: Opener) -> None:
    game = await opener.page()
    await block_script(game.page)
    await opener.go(game, launch_hash())
    await game.page.route(f"{API}/leaderboard*", lambda route: refuse(route, 500, "internal"))
    await game.button("Leaderboard").click()
    await expect(game.page.get_by_role("alert")).to_be_visible()
    await game.check_access()
    await game.page.unroute(f"{API}/leaderboard*")
    await game.button("Try again").click()
    # whether anybody stands there already, and whether this player may be seen there, other tests decide
    empty, others = game.page.get_by_text("Nobody is here yet."), game.heading("You are not on the board")
    await expect(empty.or_(others).first).to_be_visible()
