"""The picture is the hero, and the keyboard covers nothing."""

import asyncio

import pytest
from playwright.async_api import expect

from tests.webapp.conftest import Named
from tests.webapp.game import Game, Opener, screen_of

SIZES = [(320, 568), (390, 844), (480, 700)]


async def _until(game: Game, holds: str) -> None:
    """Looked at from outside: Playwright's own waiting makes a script of a string, which the page forbids."""
    async with asyncio.timeout(60):
        while not await game.page.evaluate(holds):
            await game.page.wait_for_timeout(50)


async def _box(game: Game, selector: str) -> tuple[float, float]:
    """Top and bottom, in pixels of what is visible, once nothing moves any more."""
    await game.page.evaluate(
        "Promise.all(document.getAnimations().map((one) => one.finished.catch(() => 0)))"
    )
    box = await game.page.locator(selector).bounding_box()
    assert box is not None
    return box["y"], box["y"] + box["height"]


LARGER_TEXT = """
() => {
  const texts = [...document.querySelectorAll("main *")];
  const sizes = texts.map((one) => parseFloat(getComputedStyle(one).fontSize));
  texts.forEach((one, n) => { one.style.fontSize = `${2 * sizes[n]}px`; });
}
"""


@pytest.mark.parametrize("size", SIZES)
async def test_the_picture_keeps_its_share_of_the_screen(opener: Opener, size: tuple[int, int]) -> None:
    game = await opener.game(size=size)
    await game.play()
    top, bottom = await _box(game, ".frame")
    assert bottom - top >= 0.55 * size[1]
    width, height = await game.page.locator(".frame-picture").evaluate("(one) => [one.width, one.height]")
    natural = await game.page.locator(".frame-picture").evaluate(
        "(one) => one.naturalWidth / one.naturalHeight"
    )
    assert width == pytest.approx(natural * height, abs=2), "the sign in its corner lies on the picture"
    await expect(game.page.locator(".hint")).to_be_in_viewport(ratio=0.9)
    await expect(game.question).to_be_in_viewport(ratio=1)
    await game.ask()
    await game.answered()
    top, bottom = await _box(game, ".frame")
    assert bottom - top >= 0.4 * size[1]
    said, _ = await _box(game, ".bubble-other")
    assert said >= bottom, "the answer that is to be judged lies under the picture"
    if size[0] > 320:
        await expect(game.page.locator(".hint")).to_be_in_viewport(ratio=0.9)
    for _ in range(2):
        await game.ask()
        await expect(game.page.locator(".thinking")).to_have_count(0)
    # However long the talk, the picture, the clock and the field stay in sight.
    assert await _box(game, ".frame") == (top, bottom)
    await expect(game.timer).to_be_in_viewport(ratio=1)
    await expect(game.question).to_be_in_viewport(ratio=1)
    await expect(game.button("Wrong answer").last).to_be_in_viewport(ratio=1)
    await game.page.evaluate(LARGER_TEXT)
    await expect(game.page.locator(".hint")).to_have_count(0)  # the answer needs what room there is


@pytest.mark.parametrize("size", SIZES)
async def test_under_the_keyboard_all_stays_in_sight(opener: Opener, size: tuple[int, int]) -> None:
    game = await opener.game(size=size)
    await game.play()
    await game.question.focus()
    visible = round(size[1] * 0.55)
    await game.page.set_viewport_size({"width": size[0], "height": visible})
    await expect(game.page.locator("html[data-typing]")).to_be_attached()
    top, bottom = await _box(game, ".frame")
    assert bottom - top >= 0.55 * visible  # nothing has been said: all that is free is the picture's
    await game.button("Where is…").click()  # a beginning fills the field, and is gone on from
    await expect(game.question).to_be_focused()
    await game.page.keyboard.type("the tree?")
    await expect(game.question).to_have_value("Where is the tree?")
    await game.button("Send").click()
    await game.answered()
    await game.question.focus()
    await expect(game.page.locator("html[data-typing]")).to_be_attached()
    await expect(game.question).to_be_in_viewport(ratio=1)
    await expect(game.timer).to_be_in_viewport(ratio=1)
    small_top, small_bottom = await _box(game, ".frame")
    assert 100 < small_bottom - small_top < bottom - top
    field_top, field_bottom = await _box(game, ".composer")
    assert small_bottom <= field_top
    assert field_bottom <= visible
    await expect(game.button("Wrong answer")).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
async def test_when_the_keyboard_goes_the_last_answer_is_in_sight(opener: Opener, motion: str) -> None:
    game = await opener.game(reduced_motion=motion)
    await game.play()
    for _ in range(3):
        await game.ask()
        await game.answered()
    await game.question.focus()
    await game.page.set_viewport_size({"width": 390, "height": 464})
    await expect(game.page.locator("html[data-typing]")).to_be_attached()
    await game.ask("Is there a dog?")
    await expect(game.button("Wrong answer")).to_have_count(4)
    await game.page.set_viewport_size({"width": 390, "height": 844})
    await _until(game, "scrollY + innerHeight >= document.documentElement.scrollHeight - 2")
    await expect(game.button("Wrong answer").last).to_be_in_viewport(ratio=1)
    await game.flag()
    lasts = await game.page.locator(".stamp").evaluate("(stamp) => getComputedStyle(stamp).animationDuration")
    assert lasts == ("0.001s" if motion == "reduce" else "0.19s")


async def test_a_phone_on_its_side_shows_picture_and_talk_side_by_side(opener: Opener) -> None:
    game = await opener.game(size=(740, 360))
    await game.play()
    await game.ask()
    await game.answered()
    await expect(game.button("Wrong answer")).to_be_in_viewport(ratio=1)
    picture = await game.page.locator(".frame").bounding_box()
    judge = await game.button("Wrong answer").bounding_box()
    assert picture is not None
    assert judge is not None
    assert picture["x"] + picture["width"] <= judge["x"]
    assert picture["height"] >= 250
    await game.flag()
    await expect(game.button("Next picture")).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("locale", ["en-GB", "ru-RU"])
async def test_on_the_smallest_phone_the_welcome_hides_nothing(opener: Opener, locale: str) -> None:
    game = await opener.game(size=(320, 568), locale=locale)
    _, note = await _box(game, ".field-note")
    terms, _ = await _box(game, ".main-button")
    assert note <= terms


@pytest.mark.parametrize("locale", ["en-GB", "ru-RU"])
@pytest.mark.parametrize("size", SIZES)
async def test_the_examples_question_lies_over_none_of_what_it_asks_about(
    opener: Opener, locale: str, size: tuple[int, int]
) -> None:
    game = await opener.game(size=size, locale=locale)
    picture = await game.page.locator(".scene img").bounding_box()
    question = await game.page.locator(".scene-ask").bounding_box()
    assert picture is not None
    assert question is not None
    assert question["x"] - picture["x"] >= 0.52 * picture["width"], "the balloons float in the left half"
    await expect(game.page.locator(".scene-label")).to_be_in_viewport(ratio=1)


FLAGGED_IN_SIGHT = """
(() => {
  const [frame, said, panel] = [".frame", ".bubble-other", ".ended"]
    .map((one) => document.querySelector(one).getBoundingClientRect());
  const twoLines = 48;
  return said.bottom <= panel.top
    && said.bottom - Math.max(said.top, frame.bottom) >= Math.min(said.height, twoLines);
})()
"""


@pytest.mark.parametrize("locale", ["en-GB", "ru-RU"])
async def test_on_the_smallest_phone_what_was_flagged_stays_in_sight(opener: Opener, locale: str) -> None:
    game = await opener.game(size=(320, 568), locale=locale)
    await game.page.locator(".main-button .button").click()
    field = game.page.locator(".composer-input")
    await field.fill("Is there a tree?" if locale == "en-GB" else "Есть ли здесь дерево?")
    await field.press("Enter")
    await game.page.locator(".judge-wrong").click()
    await expect(game.page.locator(".ended")).to_be_visible()
    await _until(game, FLAGGED_IN_SIGHT)


@pytest.mark.parametrize("language", ["en", "ru"])
async def test_text_twice_as_large_makes_no_page_wider_than_the_phone(
    fresh_opener: Opener, named: Named, language: str
) -> None:
    await (await named("Ann")).call("PATCH", "/me", {"language": language})
    game = await screen_of(fresh_opener, "Ann")

    async def fits(sign: str) -> None:
        await expect(game.page.locator(sign).first).to_be_visible()
        await game.page.evaluate(LARGER_TEXT)
        wide, page = await game.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert wide <= page, sign

    await fits(".quest")
    for place, sign in enumerate((".way", ".empty", ".setting")):
        await game.page.locator("nav .row").nth(place).click()
        await fits(sign)
        if sign != ".setting":
            await game.page.locator(".page-top button").click()
            await expect(game.page.locator(".quest").first).to_be_visible()
    await game.page.get_by_role("listitem").get_by_role("button").click()
    await fits(".debrief-line")


async def test_at_a_desk_nothing_is_far_or_small(opener: Opener) -> None:
    game = await opener.game(size=(1280, 800))
    button = await game.button("Agree and play").bounding_box()
    heading = await game.heading("Catch the Lie").bounding_box()
    assert button is not None
    assert heading is not None
    assert button["y"] - heading["y"] < 400, "the button stands under what is read, not at the screen's end"
    await game.play()
    for stem in await game.page.locator(".stem").all():
        await expect(stem).to_be_in_viewport(ratio=1)  # a mouse does not wipe
    await game.ask()
    await game.answered()
    sizes = await game.page.locator(".bubble, .composer-input").evaluate_all(
        "(all) => all.map((one) => parseFloat(getComputedStyle(one).fontSize))"
    )
    assert min(sizes) >= 16
    await expect(game.page.locator(".hint")).to_be_in_viewport(ratio=1)
    judge = await game.button("Wrong answer").bounding_box()
    field = await game.question.bounding_box()
    assert judge is not None
    assert field is not None
    assert field["y"] - judge["y"] < 240


IOS_KEYBOARD = """
(() => {
  // iOS lays the keyboard over the page: the visual viewport shrinks and moves, the page does not.
  const view = new EventTarget();
  Object.assign(view, { height: innerHeight, width: innerWidth, offsetTop: 0, offsetLeft: 0, scale: 1 });
  Object.defineProperty(window, "visualViewport", { value: view });
  window.openKeyboard = (height) => {
    view.height = innerHeight - height;
    view.dispatchEvent(new Event("resize"));
  };
})();
"""


async def test_a_keyboard_that_covers_the_page_covers_no_control(opener: Opener) -> None:
    game = await opener.page()
    await game.page.add_init_script(IOS_KEYBOARD)
    await opener.go(game)
    await game.play()
    await game.question.focus()
    await game.page.evaluate("openKeyboard(336)")
    await _until(game, "document.querySelector('.composer').getBoundingClientRect().bottom <= 844 - 336")
    _, field_bottom = await _box(game, ".composer")
    top, bottom = await _box(game, ".frame")
    assert 0 <= top < bottom < field_bottom
