"""The clock on the screen is the server's, and its end is kind."""

import asyncio
import re
from datetime import datetime
from time import monotonic
from typing import Any

import pytest
from playwright.async_api import expect

from tests.webapp.conftest import QUICK_ROUND_SECONDS
from tests.webapp.game import OFF_BY_SECONDS, WAIT_MS, Game, Opener

SHIFTED_CLOCK = """
(() => {
  const Real = Date;
  const by = %d;
  window.Date = class extends Real {
    constructor(...given) { if (given.length) super(...given); else super(Real.now() + by); }
    static now() { return Real.now() + by; }
  };
})();
"""


async def _server_seconds(game: Game, answer: str) -> float:
    """What the server says is left, read through the page's own call."""
    async with game.page.expect_response(lambda response: response.url.endswith(answer)) as response:
        await game.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    return _seconds_left(await (await response.value).json())


def _seconds_left(round_: Any) -> float:
    """By what the server said of both moments."""
    left = datetime.fromisoformat(round_["deadline_at"]) - datetime.fromisoformat(round_["server_now"])
    return left.total_seconds()


@pytest.mark.parametrize("hours", [-1, 1])
async def test_a_phone_an_hour_off_shows_the_servers_time(opener: Opener, hours: int) -> None:
    game = await opener.page()
    await game.page.add_init_script(SHIFTED_CLOCK % (hours * 3_600_000))
    await opener.go(game)
    async with game.page.expect_response(lambda response: response.url.endswith("/next")) as opened:
        await game.play()
    round_ = await (await opened.value).json()
    began = monotonic()
    await asyncio.sleep(1.5)
    waited = monotonic() - began
    shown = await game.shown_seconds()
    server_says = await _server_seconds(game, round_["id"])
    assert server_says - OFF_BY_SECONDS <= shown <= _seconds_left(round_) - waited + OFF_BY_SECONDS


async def test_time_up_without_a_word_is_kind_and_goes_on(quick_opener: Opener) -> None:
    game = await quick_opener.game()
    await game.play()
    await expect(game.heading("Time’s up")).to_be_visible(timeout=WAIT_MS)
    await game.check_access()
    await game.button("Next picture").click()
    await game.in_round(2)


async def test_an_answer_may_be_judged_in_the_moment_after_the_end(quick_opener: Opener) -> None:
    game = await quick_opener.game()
    await game.play()
    await game.ask()
    await game.answered()
    await game.press_as_soon_as("You have a moment left to judge.", "Wrong answer")
    await expect(game.heading("Flagged!")).to_be_visible(timeout=WAIT_MS)


async def test_a_question_in_the_last_second_is_answered_kindly(quick_opener: Opener) -> None:
    game = await quick_opener.game()
    await game.play()
    await game.question.fill("Is there a boat?")
    await game.press_as_soon_as("0:01", "Send")
    # It may arrive in time or not: either way the round ends in peace, and the next is one tap away.
    await expect(game.heading("Time’s up")).to_be_visible(timeout=WAIT_MS)
    await game.button("Next picture").click()
    await game.in_round(2)


async def test_a_question_after_the_end_says_that_nothing_is_lost(quick_opener: Opener) -> None:
    game = await quick_opener.game()
    await game.play()
    await game.page.context.set_offline(offline=True)
    await game.ask("Is there a boat?")
    await asyncio.sleep(QUICK_ROUND_SECONDS)
    await game.page.context.set_offline(offline=False)
    # Where a file of the program was cut off on its way, the page is loaded anew: it goes on from home.
    goes_on = game.heading("Time’s up").or_(game.button("Continue: picture 2 of 10"))
    await expect(goes_on).to_be_visible(timeout=WAIT_MS)


async def test_the_end_is_seen_from_the_enlarged_picture(quick_opener: Opener) -> None:
    game = await quick_opener.game()
    await game.play()
    await game.button(re.compile("^Enlarge")).click()
    dialog = game.page.get_by_role("dialog")
    await expect(dialog).to_be_visible()
    await expect(dialog).to_be_hidden(timeout=WAIT_MS)
    await expect(game.heading("Time’s up")).to_be_visible(timeout=WAIT_MS)


async def test_who_hesitates_to_leave_finds_the_next_picture_uncovered(quick_opener: Opener) -> None:
    game = await quick_opener.game()
    await game.play()
    await game.button("Back").click()
    dialog = game.page.get_by_role("dialog", name="Leave this picture?")
    await expect(dialog).to_be_visible()
    await game.button("Next picture").click(timeout=WAIT_MS)
    await game.in_round(2)
    await asyncio.sleep(0.5)
    await expect(dialog).to_be_hidden()
