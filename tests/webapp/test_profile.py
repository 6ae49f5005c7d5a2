"""A player's own affairs."""

import asyncio
import json
import re

import httpx
import pytest
from playwright.async_api import Route, expect

from tests.playing import player_named
from tests.webapp.game import AS, Game, Opener, refuse
from tests.webapp.telegram import block_script, launch_hash


async def _at_home(opener: Opener) -> Game:
    game = await opener.page()
    await block_script(game.page)
    await opener.go(game, launch_hash())
    return game


async def test_name_history_board_and_language(opener: Opener) -> None:
    game = await _at_home(opener)
    await game.play()
    await game.play_first_and_last()
    await game.button("Back").click()
    await game.button("Profile").click()
    name = game.page.get_by_role("textbox", name="Name")
    await name.fill("Marie\tCurie")
    await name.press("Enter")
    await game.noticed("Saved")
    await game.page.get_by_role("switch").check()
    await game.check_access()
    await game.check_touch_targets()
    await game.page.get_by_role("listitem").get_by_role("button").first.click()
    await expect(game.heading("Picture by picture")).to_be_visible()  # a game of the past
    await game.check_access()
    await game.button("Back").click()
    await expect(game.heading("Profile")).to_be_visible()  # where it was opened
    await game.button("Back").click()
    await game.button("Leaderboard").click()
    await expect(game.page.get_by_text("Marie Curie")).to_be_visible()
    await game.check_access()
    await game.page.get_by_role("radio", name="All time").check()
    await expect(game.page.get_by_text("Marie Curie")).to_be_visible()
    await expect(game.page.get_by_role("radio", name="Sharpness")).to_be_checked()  # the first view
    await expect(game.page.locator(".place.mine").get_by_text("100")).to_be_hidden()
    # no medal for a sharpness of 0, on whichever place
    await expect(game.page.locator(".place.mine .place-medal")).to_have_count(0)
    await game.page.get_by_role("radio", name="Points").check()
    await expect(game.page.locator(".place.mine").get_by_text("100")).to_be_visible()
    await expect(game.page.locator(".place.mine .place-medal")).to_have_count(1)
    await game.check_access()
    await game.button("Back").click()
    await game.button("Profile").click()
    for term in ("Sharpness", "Level", "Finds"):
        await expect(game.page.get_by_role("term").filter(has_text=term)).to_be_visible()
    await game.page.get_by_role("combobox", name="Language").select_option("ru")
    await expect(game.heading("Профиль")).to_be_visible()
    await game.page.reload()
    await expect(game.button("Играть")).to_be_visible()  # chosen for good, though Telegram says English


async def test_my_data_can_be_taken_along(opener: Opener) -> None:
    game = await _at_home(opener)
    await game.button("Profile").click()
    async with game.page.expect_download() as download:
        await game.button("Download my data").click()
    path = await (await download.value).path()
    data = json.loads(await asyncio.to_thread(path.read_text, encoding="utf-8"))
    assert "Ann" in json.dumps(data)


async def test_consent_can_be_withdrawn_and_is_asked_again(opener: Opener) -> None:
    game = await _at_home(opener)
    await game.play()
    await game.button("Back").click()
    await game.button("Leave").click()
    await game.button("Profile").click()
    await game.button("Withdraw consent").click()
    await expect(game.page.get_by_role("dialog", name="Withdraw your consent?")).to_be_visible()
    await game.check_access()
    await game.button("Withdraw").click()
    await game.noticed("Consent withdrawn")
    await game.button("Back").click()
    await game.button("Read more").click()
    await expect(game.heading("How your data is used")).to_be_visible()
    await game.check_access()
    await game.button("Back").click()
    await game.play()


@pytest.mark.parametrize("choice", ["Delete everything", "Leave my questions to research"])
async def test_a_player_can_delete_themselves(opener: Opener, choice: str) -> None:
    game = await _at_home(opener)
    await game.button("Profile").click()
    await game.button("Delete me").click()
    await game.check_access()
    await game.page.get_by_role("radio", name=choice).check()
    await game.button("Delete for good").click()
    await expect(game.heading("Your profile is deleted")).to_be_visible()
    await game.check_access()


async def test_who_is_banned_can_see_and_delete_what_is_held(opener: Opener) -> None:
    async def shut_out(route: Route) -> None:
        if "own_data" in (route.request.post_data or ""):
            await route.continue_()
        else:
            await refuse(route, 403, "banned")

    game = await opener.page()
    await block_script(game.page)
    await game.page.route("**/api/v1/auth/telegram", shut_out)
    await opener.go(game, launch_hash())
    await expect(game.heading("This account cannot play")).to_be_visible()
    await game.button("Your data").click()
    async with game.page.expect_download():
        await game.button("Download my data").click()
    await game.check_access()
    await game.button("Privacy").click()
    await expect(game.heading("How your data is used")).to_be_visible()
    await game.button("Back").click()
    await game.button("Delete me").click()
    await game.button("Delete for good").click()
    await expect(game.heading("Your profile is deleted")).to_be_visible()


async def test_who_plays_in_a_browser_can_sign_out(opener: Opener) -> None:
    game = await opener.game()
    await game.play()
    await game.button("Back").click()
    await game.button("Leave").click()
    await game.button("Profile").click()
    await game.button("Sign out").click()
    await expect(game.page.get_by_role("textbox", name="Your name in the game")).to_be_visible()
    await game.page.reload()
    await expect(game.page.get_by_role("textbox", name="Your name in the game")).to_be_visible()


async def test_a_switch_that_could_not_be_saved_shows_what_stands(opener: Opener) -> None:
    game = await _at_home(opener)
    await game.page.route("**/api/v1/me", lambda route: refuse(route, 422, "invalid_request"))
    await game.button("Profile").click()
    switch = game.page.get_by_role("switch")
    await switch.click()
    await game.noticed("Something went wrong")
    await expect(switch).not_to_be_checked()
    await game.button("Back").click()
    await expect(game.page.get_by_text("Something went wrong")).to_be_hidden()


@pytest.mark.parametrize("late", ["en", "ru"])
async def test_the_chosen_language_is_spoken_whichever_comes_first(
    opener: Opener, site: str, late: str
) -> None:
    """The phone's and the player's are fetched side by side; the later of them may take its time."""
    name = f"Chooses, {late} late"
    async with httpx.AsyncClient(base_url=f"{site}/api/v1", timeout=60) as client:
        await (await player_named(client, name)).call("PATCH", "/me", {"language": "ru"})

    async def hold_back(route: Route) -> None:
        await asyncio.sleep(6)
        await route.continue_()

    context = await opener.context()
    await context.add_init_script(AS.format(name=name))
    await context.route(re.compile(f"/assets/{late}-[^/]*[.]js"), hold_back)
    game = await opener.page(context)
    await opener.go(game)
    await expect(game.button("Играть").first).to_be_visible()
    await game.page.wait_for_load_state("networkidle")
    await expect(game.page.locator("html")).to_have_attribute("lang", "ru")
