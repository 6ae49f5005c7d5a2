"""After the game: what was a trap, and the right answers that nobody had time to type."""

import asyncio
import re

import httpx
from playwright.async_api import Route, expect

from tests.playing import Player, player_named
from tests.webapp.game import Opener, at_the_last_picture, refuse, screen_of
from tests.webapp.telegram import block_script, launch_hash

WATCH_REVEAL = """
() => {
  window.reveal = [];
  new MutationObserver(() => {
    if (!document.querySelector(".tile")) return;
    const turned = document.querySelectorAll(".tile.turned").length;
    const score = Number(document.querySelector(".score strong").textContent);
    const last = window.reveal.at(-1);
    if (last?.[0] === turned) last[1] = score;
    else window.reveal.push([turned, score]);
  }).observe(document.body, { childList: true, subtree: true, attributes: true, characterData: true });
}
"""


async def test_the_right_answer_can_be_typed_when_the_game_is_over(opener: Opener) -> None:
    game = await opener.page()
    await block_script(game.page)
    await opener.go(game, launch_hash())
    await game.play()
    await game.play_first_and_last()
    lines = game.page.locator(".debrief-line")
    accused = lines.filter(has_text="A true answer, doubted")
    await expect(accused).to_have_count(2)  # there the AI gave it: nothing is to be added
    await expect(lines.get_by_role("button", name="Add the right answer")).to_have_count(8)
    await expect(accused.get_by_role("button", name="Add the right answer")).to_have_count(0)
    third = lines.filter(has_text="Lie caught").nth(2)
    await third.get_by_role("button", name="Add the right answer").click()
    await expect(third.get_by_role("textbox", name="The right answer")).to_be_focused()
    await expect(third.get_by_role("button", name="Save")).to_be_disabled()
    await game.check_access()
    await game.check_touch_targets()
    await game.page.keyboard.type("A red boat")
    await game.page.keyboard.press("Enter")
    await expect(third.get_by_text("You wrote: A red boat")).to_be_visible()
    await expect(third.get_by_role("button", name="Change the right answer")).to_be_focused()
    # Telegram's clients reload pages by themselves: the result stays, its pictures are fetched anew.
    await game.page.reload()
    await expect(game.heading("Your result")).to_be_visible()
    await expect(lines.locator("img")).to_have_count(10)
    await lines.first.get_by_role("button", name="Enlarge image 1 of 10").click()
    await expect(game.page.get_by_role("dialog")).to_be_visible()
    await game.page.keyboard.press("Escape")
    await expect(game.page.get_by_role("dialog")).to_be_hidden()
    # Later, from the games played.
    await game.button("Back").click()
    await game.button("Profile").click()
    await game.page.get_by_role("listitem").get_by_role("button").first.click()
    await expect(third.get_by_text("You wrote: A red boat")).to_be_visible()
    await expect(lines.get_by_role("button", name="Add the right answer")).to_have_count(7)
    await third.get_by_role("button", name="Change the right answer").click()
    await third.get_by_role("textbox").fill("A red balloon")
    await third.get_by_role("button", name="Save").click()
    await expect(third.get_by_text("You wrote: A red balloon")).to_be_visible()


async def test_the_pictures_turn_over_one_by_one_and_the_score_counts_along(opener: Opener) -> None:
    game = await at_the_last_picture(opener, "Watches", reduced_motion="no-preference")
    await game.page.evaluate(WATCH_REVEAL)
    await game.play_round(10)
    await expect(game.heading("Picture by picture")).to_be_visible()
    await expect(game.page.locator(".tile.turned")).to_have_count(10)
    steps = await game.page.evaluate("window.reveal")
    assert [turned for turned, _ in steps] == list(range(11)), "each by itself"
    scores = [score for _, score in steps]
    assert scores == sorted(scores)
    assert (scores[0], scores[-1]) == (0, 100)
    await game.check_access()


async def test_the_reveal_can_be_skipped(opener: Opener) -> None:
    game = await at_the_last_picture(opener, "Skips", reduced_motion="no-preference")
    await game.press_as_soon_as("Show everything", "Show everything")
    await game.play_round(10)
    await expect(game.page.locator(".tile.turned")).to_have_count(10)
    await expect(game.heading("Picture by picture")).to_be_visible()


async def test_what_comes_too_late_stays_in_the_field(opener: Opener) -> None:
    game = await at_the_last_picture(opener, "Slow")
    await game.play_on(10)
    await game.page.route("**/correction", lambda route: refuse(route, 409, "correction_closed"))
    first = game.page.locator(".debrief-line").filter(has_text="Lie caught").first
    await first.get_by_role("button", name=re.compile("^Add")).click()
    await first.get_by_role("textbox").fill("A tree")
    await first.get_by_role("button", name="Save").click()
    await game.noticed("This game is too long ago for that.")
    await expect(first.get_by_role("textbox")).to_have_value("A tree")


OUTCOMES = {
    "caught": "Lie caught",
    "fooled": "A wrong answer slipped by",
    "trusted": "Trusted rightly",
    "accused": "A true answer, doubted",
    "checking": "Perhaps a find",
    "find": "A find!",
    "timed_out": "Time ran out",
    "void": "Did not count",
}


async def test_each_picture_tells_what_it_came_to(opener: Opener) -> None:
    """Each outcome has a tile, a name and a line; the truth stands where it is known."""
    game = await at_the_last_picture(opener, "Tells")

    async def tell_all(route: Route) -> None:
        response = await route.fetch()
        result = await response.json()
        for past, outcome in zip(result["rounds"], OUTCOMES, strict=False):
            past.update(outcome=outcome, truth="Just three." if outcome == "fooled" else None)
        result["sharpness"] = {"before": 30, "after": 42}
        await route.fulfill(response=response, json=result)

    await game.page.route("**/result", tell_all)
    await game.play_on(10)
    lines = game.page.locator(".debrief-line")
    for n, (outcome, name) in enumerate(OUTCOMES.items()):
        await expect(lines.nth(n).locator(".debrief-outcome")).to_contain_text(name)
        await expect(lines.nth(n).locator(".debrief-note")).not_to_be_empty()
        await expect(game.page.locator(f".tile-{outcome}").first).to_be_visible()
    await expect(lines.nth(1).get_by_text("True: Just three.")).to_be_visible()
    await expect(game.page.get_by_text("Sharpness 42")).to_be_visible()
    await expect(game.page.get_by_text("+12", exact=True)).to_be_visible()
    await game.check_access()


async def test_truths_that_come_late_are_told_and_asked_for_no_longer_than_one_is_missing(
    opener: Opener, site: str
) -> None:
    """Also: a game that was not played to its end says so, in the place of praise."""
    async with httpx.AsyncClient(base_url=f"{site}/api/v1", timeout=60) as client:
        await (await player_named(client, "Late")).play_session()
    game = await screen_of(opener, "Late", clocked=True)
    readings = 0

    async def know_later(route: Route) -> None:
        nonlocal readings
        readings += 1
        response = await route.fetch()
        result = await response.json()
        result["state"] = "expired"
        for past in result["rounds"]:
            past["truth"] = "Just three." if readings > 1 else None
        await route.fulfill(response=response, json=result)

    await game.page.route("**/result", know_later)
    await game.button("Profile").click()
    await game.page.get_by_role("listitem").get_by_role("button").first.click()
    await expect(game.page.get_by_text("This game was not played to the end in its day.")).to_be_visible()
    await expect(game.page.get_by_text("True: Just three.")).to_have_count(0)
    await game.page.clock.run_for(6_100)
    await expect(game.page.get_by_text("True: Just three.")).to_have_count(10)
    await game.page.clock.run_for(20_000)
    await expect(game.page.get_by_text("True: Just three.")).to_have_count(10)
    assert readings == 2


async def test_where_nothing_was_answered_there_is_nothing_to_praise(opener: Opener) -> None:
    """Nor is who flags half of the pictures said to doubt everything, however wrongly."""

    async def judge_nothing(player: Player) -> None:
        session = await player.start()
        for question in ("Are you lying to me?", *["Is there a tree?"] * 8):
            round_ = await player.next(session)
            await player.ask(round_, question)
            assert (await player.pass_(round_)).status_code == 200

    game = await at_the_last_picture(opener, "Passes", judge_nothing)
    await game.ask()
    await game.answered()
    await game.button("Pass on to the next picture").click()

    async def accuse(route: Route) -> None:
        response = await route.fetch()
        result = await response.json()
        honest = [past for past in result["rounds"] if not past["was_trap"] and past["question"]]
        for past in honest[:3]:
            past.update(judgement="wrong", outcome="accused")
        await route.fulfill(response=response, json=result)

    await game.page.route("**/result", accuse)
    await expect(game.heading("Picture by picture")).to_be_visible()
    first = game.page.locator(".debrief-line").first
    await expect(first).to_contain_text("Did not count")
    await expect(first).to_contain_text("No question asked")
    await game.page.reload()
    await expect(game.page.get_by_text("You doubted 3 answers that were no lies.")).to_be_visible()
    await expect(game.page.get_by_text("Sharpness shows after a few games")).to_be_visible()


async def test_a_picture_of_the_result_opens_with_the_whole_talk(opener: Opener) -> None:
    async def talk_first(player: Player) -> None:
        session = await player.start()
        round_ = await player.next(session)
        await player.ask(round_, "Is there a cat?")
        await player.ask(round_, "Are you lying to me?")
        await player.judge(await player.ask(round_, "Is there a dog?"))
        await player.play_rounds(session, 8)

    game = await at_the_last_picture(opener, "Talks", talk_first)
    await game.play_on(10)
    await game.button("Enlarge image 1 of 10").click()
    talk = game.page.get_by_role("dialog").locator(".talk")
    await expect(talk.locator("dt")).to_have_text(["Is there a cat?", "Is there a dog?"])
    await expect(talk.locator("dd").first).not_to_be_empty()
    await expect(talk.locator("dd").last).to_contain_text("Wrong answer")
    await expect(talk).to_be_in_viewport(ratio=1)
    await game.check_access()


async def test_the_share_card_moves_nothing_when_it_comes(opener: Opener) -> None:
    game = await at_the_last_picture(opener, "Shares")
    may_come = asyncio.Event()

    async def wait(route: Route) -> None:
        await may_come.wait()
        await route.continue_()

    await game.page.route("**/card", wait)
    await game.play_on(10)
    await game.check_access()  # and nothing moves any more
    before = await game.button("Share").bounding_box()
    may_come.set()
    card = game.page.get_by_role("img", name=re.compile("^Your share card"))
    await expect(card).to_be_visible()
    assert await card.evaluate("(card) => card.decode().then(() => card.naturalWidth)") > 0
    assert await game.button("Share").bounding_box() == before


async def test_who_flags_everything_is_not_praised(opener: Opener) -> None:
    game = await at_the_last_picture(opener, "Doubts")
    await game.play_on(10)
    await expect(game.page.get_by_text("You caught 5 of the 5 lies")).to_be_visible()
    await expect(game.page.get_by_text("You doubted almost everything.")).to_be_visible()
    await expect(game.page.get_by_text("Outstanding")).to_be_hidden()
