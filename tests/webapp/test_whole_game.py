"""Whole sessions in every size and theme, in Telegram with and without its script, and in a browser."""

import re

import pytest
from playwright.async_api import expect

from tests.webapp.game import Game, Opener
from tests.webapp.telegram import (
    DAY,
    NIGHT,
    ODD,
    block_script,
    give_script,
    lastly,
    launch_hash,
    posted,
    tell,
)


async def look(game: Game) -> None:
    await game.check_access()
    await game.check_touch_targets()


async def play_and_look(game: Game) -> None:
    """A whole game, looking at each screen on the way."""
    await look(game)
    await game.play()
    await look(game)
    await game.ask("Are you lying to me?")
    await expect(game.page.locator(".bubble-aside")).to_be_visible()
    await game.ask("How many things are there?")
    await game.answered()
    assert await game.button("Wrong answer").count() == 1  # a refused answer has nothing to judge
    await look(game)
    await game.button(re.compile("^Enlarge")).click()
    await expect(game.page.get_by_role("dialog")).to_be_visible()
    await look(game)
    await game.page.keyboard.press("Escape")
    await game.flag()
    await look(game)
    await game.page.get_by_role("textbox", name="The right answer").fill("Four, I think")
    await game.button("Save and go on").click()
    await game.in_round(2)
    await game.ask()
    await game.answered()
    await game.button("Looks right").click()
    await game.button("Pass on to the next picture").click()
    await game.play_on(3)
    await expect(game.page.get_by_role("img", name=re.compile("^Your share card"))).to_be_visible()
    await expect(game.page.get_by_text("You wrote: Four, I think")).to_be_visible()
    await look(game)


@pytest.mark.parametrize(("size", "scheme"), [((320, 568), "light"), ((480, 700), "dark")])
async def test_in_a_plain_browser(opener: Opener, size: tuple[int, int], scheme: str) -> None:
    game = await opener.game(size=size, scheme=scheme)
    await play_and_look(game)
    await game.button("Back").click()
    await expect(game.button("Play")).to_be_visible()
    await look(game)


async def test_in_telegram_with_its_script(opener: Opener) -> None:
    game = await opener.page(await opener.context(size=(390, 844)))
    await give_script(game.page)
    await opener.go(game, launch_hash(theme=NIGHT))
    await expect(game.button("Agree and play")).to_be_hidden()  # Telegram draws it now
    await posted(game.page, "web_app_setup_main_button", lastly({"text": "Agree and play"}))
    await posted(game.page, "web_app_ready", bool)
    await look(game)
    await tell(game.page, "main_button_pressed")
    await game.in_round(1)
    await expect(game.button("Back")).to_be_hidden()
    await posted(game.page, "web_app_setup_back_button", lastly({"is_visible": True}))
    await posted(game.page, "web_app_setup_main_button", lastly({"is_visible": False}))
    await posted(game.page, "web_app_setup_closing_behavior", lastly({"need_confirmation": True}))
    await posted(game.page, "web_app_setup_swipe_behavior", lastly({"allow_vertical_swipe": False}))
    await game.play_on(1)
    await posted(game.page, "web_app_trigger_haptic_feedback", lastly({"notification_type": "success"}))
    await posted(game.page, "web_app_trigger_haptic_feedback", lambda told: len(told) == 11)  # and ten flags
    await posted(game.page, "web_app_setup_closing_behavior", lastly({"need_confirmation": False}))
    await game.button("Share").click()  # no bot is at work here: a link is shared
    await posted(
        game.page, "web_app_open_tg_link", lambda told: bool(told) and "/share/url?" in told[-1]["path_full"]
    )
    prepared = {"prepared_message_id": "of-the-bot", "card": "/api/v1/cards/key.jpg"}
    await game.page.route("**/share", lambda route: route.fulfill(json=prepared))
    await game.button("Share").click()
    await posted(game.page, "web_app_send_prepared_message", lastly({"id": "of-the-bot"}))
    await game.button("Share as a story").click()
    media = {"media_url": f"{opener.site}{prepared['card']}"}
    await posted(game.page, "web_app_share_to_story", lastly(media))
    await tell(game.page, "back_button_pressed")
    await expect(game.heading("Catch the Lie")).to_be_visible()


async def test_in_telegram_without_its_script(opener: Opener) -> None:
    game = await opener.page(await opener.context(size=(480, 700)))
    await block_script(game.page)
    await opener.go(game, launch_hash(theme=ODD))
    page = await game.page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert page == "rgb(255, 154, 213)"  # the theme is read from the address
    await play_and_look(game)


async def test_as_a_frame_of_telegram_web(opener: Opener) -> None:
    game = await opener.page()
    await give_script(game.page)
    frame_address = f"{opener.site}/{launch_hash(theme=DAY)}".replace("&", "&amp;")
    await game.page.route(
        "https://web.telegram.org/k/",
        lambda route: route.fulfill(
            content_type="text/html",
            body=f'<iframe src="{frame_address}" style="width:384px;height:700px;border:0"></iframe>',
        ),
    )
    await game.page.goto("https://web.telegram.org/k/")
    frame = game.page.frame_locator("iframe")
    await expect(frame.get_by_role("heading", name="Catch the Lie")).to_be_visible()
    inner = next(one for one in game.page.frames if one.url.startswith(opener.site))
    await posted(inner, "web_app_setup_main_button", lastly({"text": "Agree and play"}))
    await inner.evaluate("Telegram.WebView.receiveEvent('main_button_pressed', {})")
    await expect(frame.get_by_role("img", name="Image 1 of 10")).to_be_visible()


async def test_in_russian(opener: Opener) -> None:
    game = await opener.page()
    await block_script(game.page)
    await opener.go(game, launch_hash(language="ru"))
    await expect(game.page.locator("html")).to_have_attribute("lang", "ru")
    await game.button("Согласиться и играть").click()
    await expect(game.heading("Картинка 1 из 10")).to_be_visible()
    await game.button("Назад").click()
    await game.button("Выйти").click()
    await game.button("Как играть").click()
    await expect(game.heading("Как играть")).to_be_visible()
    await look(game)
