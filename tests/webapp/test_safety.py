"""What players type is text, wherever it is shown."""

import json
import re

from playwright.async_api import Route, expect

from tests.webapp.game import Opener
from tests.webapp.telegram import block_script, launch_hash

HOSTILE = "<img src=x onerror=\"window.hacked='1'\"><script>window.hacked='1'</script>{score}&amp;"


async def test_hostile_text_is_shown_and_never_run(opener: Opener) -> None:
    game = await opener.page()
    await block_script(game.page)

    async def poison(route: Route) -> None:
        body = (await (await route.fetch()).body()).decode()
        answer = json.loads(body)
        for question in [answer, *answer.get("questions", [])]:
            if question.get("answer"):
                question["answer"] = HOSTILE
        await route.fulfill(json=answer)

    await opener.go(game, launch_hash(name=HOSTILE[:60]))
    await game.play()
    await game.ask(HOSTILE)
    await expect(game.page.get_by_text(HOSTILE)).to_be_visible()
    await game.page.route(re.compile(r"/api/v1/rounds/[^/]+(/questions/.*)?$"), poison)
    await game.ask("Is there a tree?")
    await game.answered()
    answer = game.page.locator(".turn-other").get_by_text(HOSTILE)
    await expect(answer.last).to_be_visible()
    await game.flag()
    await game.page.get_by_role("textbox", name="The right answer").fill(HOSTILE)
    await game.button("Save and go on").click()
    await game.play_first_and_last(2)
    await expect(game.page.get_by_text(f"You wrote: {HOSTILE}")).to_be_visible()
    await game.button("Back").click()
    await game.button("Leaderboard").click()
    await game.button("Show me").click()
    await expect(game.page.get_by_text("You", exact=True).first).to_be_visible()
    assert await game.page.evaluate("window.hacked") is None


async def test_the_token_is_kept_nowhere(opener: Opener) -> None:
    game = await opener.page()
    async with game.page.expect_response("**/auth/demo") as signed_in:
        await opener.go(game)
        await game.play()
    token = (await (await signed_in.value).json())["token"]
    kept = await game.page.evaluate(
        "JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])"
    )
    assert token not in kept
    assert await game.page.context.cookies() == []
