"""Every screen in both themes: axe finds nothing, and the theme is really there."""

import re
from typing import Literal

import pytest
from playwright.async_api import expect

from tests.webapp.game import Game, Opener, refuse

LIGHTNESS = """
() => {
  const { backgroundColor } = getComputedStyle(document.documentElement);
  const [red, green, blue] = backgroundColor.match(/\\d+/g).map(Number);
  return (red + green + blue) / 3;
}
"""
Scheme = Literal["light", "dark"]


async def look(game: Game, scheme: Scheme) -> None:
    assert (await game.page.evaluate(LIGHTNESS) < 128) is (scheme == "dark")
    await game.check_access()
    await game.check_touch_targets()


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_each_screen_around_the_game(opener: Opener, scheme: Scheme) -> None:
    game = await opener.game(scheme=scheme)
    await look(game, scheme)
    await game.button("How many balloons?").click()  # the worked example is played, here or from the help
    await game.button("Looks right").click()
    await expect(game.page.get_by_text("Count once more")).to_be_visible()
    await look(game, scheme)
    await game.button("Wrong answer").click()
    await expect(game.page.locator(".bubble-other")).to_have_text("There are four.")  # no more than it said
    await expect(game.page.get_by_text("On exactly 5 of the 10 pictures it lies, every time")).to_be_visible()
    await look(game, scheme)
    await game.button("Once more").click()
    await expect(game.button("How many balloons?")).to_be_visible()
    await game.button("Read more").click()
    await expect(game.heading("How your data is used")).to_be_visible()
    await look(game, scheme)
    await game.button("Back").click()
    await game.play()
    await look(game, scheme)
    await game.button("Back").click()
    await expect(game.button("Leave")).to_be_visible()
    await look(game, scheme)
    await game.button("Leave").click()
    for way, heading in (
        ("How to play", "How to play"),
        ("Leaderboard", "Leaderboard"),
        ("Profile", "Profile"),
    ):
        await game.button(way).click()
        await expect(game.heading(heading)).to_be_visible()
        await expect(game.page.locator("[aria-busy=true]")).to_have_count(0)
        await look(game, scheme)
        if way == "Profile":
            await _each_dialog(game, scheme)
        await game.button("Back").click()
    await game.page.route("**/api/v1/auth/**", lambda route: refuse(route, 403, "banned"))
    await game.page.reload()
    await expect(game.page.get_by_role("heading", level=1)).to_be_visible()
    await game.check_access()  # nothing can be pressed here


LOUDNESS = """
([chosen, other]) => {
  // How much lighter or darker than the ground that both stand on, by WCAG's contrast.
  const parts = (one) => getComputedStyle(one).backgroundColor.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((x) => x / 255)
    .map((x) => x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4)
    .reduce((sum, x, n) => sum + x * [0.2126, 0.7152, 0.0722][n], 0);
  const ground = light(parts(chosen.parentElement));
  const loud = (one) => {
    const [r, g, b, alpha = 1] = parts(one);
    if (alpha === 0) return 1;
    const [low, high] = [ground, light([r, g, b])].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  return [loud(chosen), loud(other)];
}
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_what_is_chosen_on_the_board_stands_out_in_either_theme(opener: Opener, scheme: Scheme) -> None:
    game = await opener.game(scheme=scheme)
    await game.play()
    await game.button("Back").click()
    await game.button("Leave").click()
    await game.button("Leaderboard").click()
    points = game.page.get_by_role("radio", name="Points")
    await points.check()
    await expect(game.page.locator(".segment.chosen")).to_have_text(["This week", "Points", "Everybody"])
    for name, other in (("Points", "Sharpness"), ("Everybody", "Friends")):
        pair = [await game.page.locator(".segment", has_text=one).element_handle() for one in (name, other)]
        chosen, left = await game.page.evaluate(LOUDNESS, pair)
        assert chosen >= 1.5 > left, f"{name} {chosen:.2f}, {other} {left:.2f}"


async def _each_dialog(game: Game, scheme: Scheme) -> None:
    await game.page.get_by_role("switch").check()
    for opens in ("Withdraw consent", "Delete me"):
        await game.button(opens).click()
        await expect(game.page.get_by_role("dialog")).to_be_visible()
        await look(game, scheme)
        await game.page.keyboard.press("Escape")
        await expect(game.page.get_by_role("dialog")).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_each_state_of_a_round(opener: Opener, scheme: Scheme) -> None:
    game = await opener.game(scheme=scheme)
    await game.play()
    await game.ask("Are you lying to me?")
    await expect(game.button("Pass on to the next picture")).to_be_visible()
    await look(game, scheme)
    await game.ask()
    await game.answered()
    await game.button("Looks right").click()
    await look(game, scheme)
    await game.button(re.compile("^Enlarge")).click()
    await expect(game.page.get_by_role("dialog")).to_be_visible()
    await look(game, scheme)
    await game.page.keyboard.press("Escape")
    await game.flag()
    await look(game, scheme)
    await game.button("Next picture").click()
    await game.play_first_and_last(2)
    await look(game, scheme)
    await game.button("Add the right answer").first.click()
    await look(game, scheme)
    await game.button("Back").click()
    await expect(game.button("Play")).to_be_visible()
    await look(game, scheme)
