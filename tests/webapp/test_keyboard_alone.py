"""The whole game without a mouse or a finger."""

import re

from playwright.async_api import expect

from tests.webapp.game import WAIT_MS, Game, Opener


async def _focused(game: Game) -> str:
    """The name of what has the focus, as a screen reader would say it."""
    name = "(({ ariaLabel, placeholder, innerText }) => ariaLabel ?? placeholder ?? innerText)"
    return str(await game.page.evaluate(f"{name}(document.activeElement)")).strip()


async def _press(game: Game, name: str) -> None:
    """Tab to it, once it is there, and press it."""
    await expect(game.button(re.compile(name)).last).to_be_visible()
    for _ in range(40):
        if re.search(name, await _focused(game)):
            await game.page.keyboard.press("Enter")
            return
        await game.page.keyboard.press("Tab")
    raise AssertionError(f"Tab never reaches {name!r}")


async def test_the_whole_game_by_keyboard(opener: Opener) -> None:
    game = await opener.game(size=(1280, 800))
    keyboard = game.page.keyboard
    await _press(game, "^Agree and play$")
    for position in range(1, 11):
        await game.in_round(position)
        await expect(game.heading(f"Picture {position} of 10")).to_be_focused(timeout=WAIT_MS)
        await keyboard.type("Is there a tree?")  # one may just start to type
        await keyboard.press("Enter")
        await game.answered()
        if position == 2:
            await _press(game, "^Pass on")
            continue
        await _press(game, "^Wrong answer")
        await expect(game.heading("Flagged!")).to_be_focused(timeout=WAIT_MS)
        await expect(game.button(re.compile("^(Next picture|See the result)$"))).to_be_enabled()
        await _press(game, "^(Next picture|See the result)")
    await expect(game.heading("Your result")).to_be_focused(timeout=WAIT_MS)
    await _press(game, "^Share$")
    await game.noticed("Copied|Sharing")
    await _press(game, "^Back$")
    await expect(game.heading("Catch the Lie")).to_be_focused()


async def test_the_enlarged_picture_and_the_question_before_leaving(opener: Opener) -> None:
    game = await opener.game(size=(1280, 800))
    await game.play()
    await _press(game, "^Enlarge")
    await expect(game.page.get_by_role("dialog")).to_be_visible()
    await _press(game, "^Zoom in$")
    for key in ("+", "ArrowLeft", "-", "Escape"):
        await game.page.keyboard.press(key)
    await expect(game.page.get_by_role("dialog")).to_be_hidden()
    await expect(game.button(re.compile("^Enlarge"))).to_be_focused()
    await _press(game, "^Back$")
    await _press(game, "^Keep playing$")
    await game.in_round(1)
