"""Reasons to come back, as players meet them: today's ten, challenges, the week, quests, the jury."""

import asyncio
import re

import httpx
import pytest
from playwright.async_api import Browser, expect

from tests.playing import player_named
from tests.webapp.conftest import Named, serving
from tests.webapp.game import Game, Opener, screen_of
from tests.world import administer, copy_of_template


async def test_todays_ten_is_played_once_and_the_day_has_a_board(fresh_opener: Opener, named: Named) -> None:
    await named("Ann")
    game = await screen_of(fresh_opener, "Ann")
    await expect(game.heading("Today’s ten · #1")).to_be_visible()
    await expect(game.heading("Streak: 1 day")).to_be_visible()
    await expect(game.heading("Quests of the week")).to_be_visible()
    await expect(game.page.locator(".day.played")).to_have_count(1)
    await expect(game.page.locator(".quest")).to_have_count(3)
    await game.check_access()
    await game.check_touch_targets()
    await expect(game.page.locator(".button-primary")).to_have_text("Play today’s ten")
    await game.button("Play today’s ten").click()
    await game.play_first_and_last()
    await game.button("Board of the day").click()
    await expect(game.page.get_by_text(re.compile("The next ten come in"))).to_be_visible()
    await expect(game.page.locator(".place.mine")).to_have_count(1)
    await game.check_access()
    await game.button("Back").click()
    await expect(game.page.get_by_text("You are at place 1 today.")).to_be_visible()
    await expect(game.page.locator(".quest")).to_have_count(3)
    await expect(game.page.locator(".button-primary")).to_have_text("Play")


async def test_a_challenge_link_leads_to_the_same_ten_and_both_cards(
    fresh_opener: Opener, named: Named
) -> None:
    ann = await named("Ann")
    (played,) = (await ann.call("GET", "/me/sessions"))["sessions"]
    code = (await ann.call("GET", f"/sessions/{played['id']}/result"))["challenge_code"]
    game = await fresh_opener.game(f"?challenge={code}")
    # A stranger in a plain browser is told by whom the link is, and what there is to beat.
    await expect(game.heading("Ann challenges you")).to_be_visible()
    await expect(game.page.get_by_text("100 points to beat")).to_be_visible()
    await expect(game.button("How many balloons?")).to_be_in_viewport(ratio=1)  # and may try what it is
    await expect(game.page.get_by_role("textbox")).to_be_in_viewport(ratio=1)
    await game.check_access()
    small = await fresh_opener.game(f"?challenge={code}", size=(320, 568), locale="ru-RU")
    name = small.page.get_by_role("textbox")
    await expect(small.heading("Ann бросает вам вызов")).to_be_in_viewport(ratio=1)
    await expect(name).to_be_in_viewport(ratio=1)
    await name.click(trial=True)  # nothing lies over it
    await game.button("Agree and play").click()
    await game.play_first_and_last()
    await expect(game.page.locator(".opponent")).to_have_count(2)
    await expect(game.page.locator(".opponent").last).to_contain_text("Ann")
    await game.check_access()
    # It is taken up: who opens the same link again is told, and can play all the same.
    await fresh_opener.go(game, f"?challenge={code}")
    await game.button("Back").click()
    await game.button("Take up the challenge").click()
    await game.noticed("^This challenge is not for you")
    await expect(game.button("Play")).to_be_visible()


FEEDBACK_IN_VIEW = """
() => {
  const told = document.querySelector(".jury-feedback");
  const { top, bottom } = told ? told.getBoundingClientRect() : {};
  return told?.textContent && top >= 0 && bottom <= innerHeight;
}
"""


NUMBERS_SEEN = """
window.numbersSeen = {};
new MutationObserver(() => {
  const picture = document.querySelector(".jury-picture");
  const number = document.querySelector(".back-hint")?.textContent;
  if (picture) (window.numbersSeen[picture.src] ??= new Set()).add(number);
}).observe(document, { subtree: true, childList: true, characterData: true });
"""


async def press_each(name: str, game: Game) -> None:
    for button in await game.button(name).all():
        await button.click()


async def test_finds_are_listed_and_the_jury_takes_one_tap_a_case_and_ends_after_five(
    fresh_opener: Opener, named: Named
) -> None:
    ann, ben = await asyncio.gather(named("Ann"), named("Ben"))
    for player in (ann, ben):
        (played,) = (await player.call("GET", "/me/sessions"))["sessions"]
        await player.call("GET", f"/sessions/{played['id']}/result")
    await named("Cat")
    game = await screen_of(fresh_opener, "Cat", size=(320, 568))
    await game.button(re.compile("^Your finds")).click()
    await expect(game.page.get_by_text("Being checked by other players")).to_have_count(3)
    await expect(game.page.locator("img.debrief-picture")).to_have_count(3)
    await game.check_touch_targets()
    await game.page.evaluate(NUMBERS_SEEN)
    await game.button(re.compile("^Check what others found")).click()
    for position in range(1, 6):
        case = game.page.get_by_text(f"Answer {position} of 5.", exact=False)
        empty = game.page.get_by_text(re.compile("^(There is nothing to check|Thank you)"))
        await expect(case.or_(empty)).to_be_visible()
        if await empty.is_visible():
            break
        await expect(game.page.get_by_role("img", name="The picture that was asked about")).to_be_visible()
        # What is said of the verdict stays but for a moment: the page itself looks at each of its frames.
        await asyncio.gather(game.page.wait_for_function(FEEDBACK_IN_VIEW), press_each("Wrong", game))
        await expect(case).to_be_hidden()
    await expect(game.page.get_by_text(re.compile("^Thank you: [1-5] answers? checked"))).to_be_visible()
    # No case was shown, not even for a frame, under the number of the next one.
    seen = await game.page.evaluate("() => Object.values(window.numbersSeen).map((numbers) => numbers.size)")
    assert set(seen) == {1}


VERDICTS = """
() => {
  const verdicts = document.querySelector(".jury-verdicts");
  const boxes = [...verdicts.children].map((one) => one.getBoundingClientRect());
  const widest = document.querySelector(".jury-answer").getBoundingClientRect();
  return {
    rows: new Set(boxes.map(({ top }) => Math.round(top))).size,
    beyond: Math.round(widest.right + widest.left - innerWidth),
  };
}
"""


@pytest.mark.parametrize("language", ["en", "ru"])
async def test_three_verdicts_stand_in_one_line_on_the_smallest_phone(
    fresh_opener: Opener, named: Named, language: str
) -> None:
    await named("Ann")
    await (await named("Cat")).call("PATCH", "/me", {"language": language})
    game = await screen_of(fresh_opener, "Cat", size=(320, 568))
    await game.page.locator(".back .row").last.click()
    await expect(game.page.locator(".jury-verdicts").first).to_be_visible()
    assert await game.page.evaluate(VERDICTS) == {"rows": 1, "beyond": 0}


async def test_cases_in_another_language_come_last_and_are_said_to(
    fresh_opener: Opener, named: Named
) -> None:
    _, player = await asyncio.gather(named("Ann"), named("Аня"))
    await player.call("PATCH", "/me", {"language": "ru"})
    game = await screen_of(fresh_opener, "Аня", locale="ru-RU")
    await game.button(re.compile("^Проверить чужие")).click()
    await expect(game.page.get_by_text("Язык этого ответа: английский.")).to_be_visible()


@pytest.mark.usefixtures("_built")
async def test_who_agreed_to_less_is_told_and_asked_again(
    browser: Browser, postgres: str, template: str
) -> None:
    async with copy_of_template(postgres, template) as url, serving(url) as address:
        async with httpx.AsyncClient(base_url=f"{address}/api/v1", timeout=60) as client:
            for name, language in (("Ann", "en"), ("Аня", "ru")):
                player = await player_named(client, name)
                await player.call("PATCH", "/me", {"language": language})
                await player.play_session()
        await administer(url, "update app.consent set version = version - 1")
        opener = Opener(browser, address)
        for name, grown, agree in (
            ("Ann", "What is kept has grown", "Agree and play"),
            ("Аня", "Теперь хранится больше", "Согласиться и играть"),
        ):
            game = await screen_of(opener, name)
            await expect(game.page.get_by_text(grown)).to_be_visible()
            await expect(game.page.locator(".quest").first).to_be_visible()
            await expect(game.page.get_by_text(re.compile("^(Check what|Проверить чужие)"))).to_be_hidden()
            await game.check_access()
            await game.button(agree).click()
            await expect(game.page.locator("form textarea, form input").first).to_be_visible()
            await game.page.goto(f"{address}/")
            await expect(game.page.get_by_text(grown)).to_be_hidden()
        await opener.close()


async def test_it_is_all_there_in_russian(fresh_opener: Opener, named: Named) -> None:
    await named("Ann")
    game = await screen_of(fresh_opener, "Ann", locale="ru-RU")
    await game.button("Profile").click()
    await game.page.get_by_label("Language").select_option("ru")
    await game.button("Назад").click()
    await expect(game.heading("Десятка дня · №1")).to_be_visible()
    await expect(game.heading("Задания недели")).to_be_visible()
    await game.button("Таблица дня").click()
    await expect(game.heading("Таблица дня")).to_be_visible()
    assert not re.search("[A-Za-z]{3}", await game.page.locator("main").inner_text())
