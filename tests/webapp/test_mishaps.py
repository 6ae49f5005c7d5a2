"""What Telegram's clients, networks and thumbs are known to do costs nobody a game."""

import asyncio
import re
from time import monotonic
from typing import Any

from playwright.async_api import Route, expect

from tests.webapp.game import OFF_BY_SECONDS, Opener, refuse
from tests.webapp.telegram import block_script, give_script, launch_hash, posted

API = "**/api/v1"

SECOND_TAP_LANDS_BELOW = """
() => new MutationObserver((_, observer) => {
  const button = document.querySelector(".ended button");
  if (button) { observer.disconnect(); button.click(); }
}).observe(document.body, { childList: true, subtree: true })
"""


async def test_a_reload_in_the_middle_of_a_round(opener: Opener) -> None:
    game = await opener.game()
    await game.play()
    await game.ask("Is there a cat?")
    await game.answered()
    await game.question.fill("And is there a half-typed")
    began, before = monotonic(), await game.shown_seconds()
    await game.page.reload()
    await game.in_round(1)
    await expect(game.page.get_by_text("Is there a cat?")).to_be_visible()
    await expect(game.question).to_have_value("And is there a half-typed")
    after = await game.shown_seconds()
    assert -OFF_BY_SECONDS <= before - after <= monotonic() - began + OFF_BY_SECONDS
    await game.flag()


async def test_another_tab_of_the_demo_is_the_same_player(opener: Opener) -> None:
    context = await opener.context()
    one, other = await opener.page(context), await opener.page(context)
    await opener.go(one)
    await one.play()
    await opener.go(other)
    await other.in_round(1)


async def test_a_question_that_was_refused_may_be_passed_on_and_no_two_notices_are_the_same(
    opener: Opener,
) -> None:
    game = await opener.game()
    await game.play()
    for _ in range(3):
        await game.ask("Are you lying to me?")
        await expect(game.question).to_have_value("")
        await expect(game.page.locator(".thinking")).to_have_count(0)
    notices = await game.page.locator(".bubble-aside").all_inner_texts()
    assert len(set(notices)) == len(notices) == 3
    await game.button("Pass on to the next picture").click()
    await game.in_round(2)


async def test_a_reload_while_the_right_answer_is_typed(opener: Opener) -> None:
    game = await opener.game()
    await game.play()
    await game.ask()
    await game.answered()
    await game.flag()
    await game.page.reload()
    await expect(game.heading("Flagged!")).to_be_visible()
    await game.page.get_by_role("textbox", name="The right answer").fill("No")
    await game.button("Save and go on").click()
    await game.in_round(2)


async def test_two_tabs_play_one_game(opener: Opener) -> None:
    context = await opener.context()
    one, other = await opener.page(context), await opener.page(context)
    hash_ = launch_hash()
    for tab in (one, other):
        await block_script(tab.page)
        await opener.go(tab, hash_)
    await one.play()
    await other.page.reload()
    await other.in_round(1)
    await one.ask()
    await one.answered()
    await one.flag()
    # The other tab does not know yet, asks, and learns that the round is over.
    await other.ask("Is there a dog?")
    await expect(other.heading("Flagged!")).to_be_visible()
    await one.button("Next picture").click()
    await one.in_round(2)
    await other.button("Next picture").click()
    await other.in_round(2)


async def test_twenty_seconds_without_a_connection_lose_nothing(opener: Opener) -> None:
    game = await opener.game()
    await game.play()
    await game.page.context.set_offline(offline=True)
    await game.ask("Is there anything red?")
    await expect(game.page.get_by_text("No connection. Trying again…")).to_be_visible()
    await expect(game.page.get_by_text("Waiting for the connection…")).to_be_visible()
    await asyncio.sleep(20)
    await game.page.context.set_offline(offline=False)
    await game.answered()
    await expect(game.page.get_by_text("No connection. Trying again…")).to_be_hidden()
    assert await game.page.get_by_text("Is there anything red?").count() == 1
    assert await game.button("Wrong answer").count() == 1
    await game.flag()


async def test_an_answer_lost_on_the_way_is_asked_for_again_under_the_same_name(opener: Opener) -> None:
    game = await opener.game()
    await game.play()
    sent: list[str] = []

    async def lose_the_first(route: Route) -> None:
        sent.append(f"{route.request.url} {route.request.post_data}")
        if len(sent) > 1:
            await route.continue_()
            return
        await route.fetch()  # the server answers, the phone never hears it
        await route.abort("connectionreset")

    await game.page.route(f"{API}/rounds/*/questions/*", lose_the_first)
    await game.ask("Is there a lamp?")
    await game.answered()
    assert len(sent) == 2
    assert sent[0] == sent[1]
    assert await game.button("Wrong answer").count() == 1


async def test_an_expired_token_is_exchanged_unseen(opener: Opener) -> None:
    game = await opener.page()
    await block_script(game.page)
    await opener.go(game, launch_hash())
    await game.play()
    stale = True

    async def expire(route: Route) -> None:
        if stale:
            await refuse(route, 401, "token_invalid")
        else:
            await route.continue_()

    async def renew(route: Route) -> None:
        nonlocal stale
        stale = False
        await route.continue_()

    await game.page.route(f"{API}/rounds/**", expire)
    await game.page.route(f"{API}/auth/telegram", renew)
    await game.ask()
    await game.answered()
    assert not stale


async def test_init_data_too_old_says_how_to_go_on(opener: Opener) -> None:
    game = await opener.page()
    await block_script(game.page)
    await opener.go(game, launch_hash(age=25 * 3600))
    await expect(game.heading("Please reopen the game")).to_be_visible()
    await expect(game.button("Try again")).to_be_visible()
    await game.check_access()


async def test_init_data_too_old_offers_to_close_where_that_is_possible(opener: Opener) -> None:
    game = await opener.page()
    await give_script(game.page)
    await opener.go(game, launch_hash(age=25 * 3600))
    await game.button("Close").click()
    await posted(game.page, "web_app_close", bool)


async def test_a_question_half_typed_stays_with_its_picture(opener: Opener) -> None:
    game = await opener.game()
    await game.play()
    await game.ask()
    await game.answered()
    await game.question.fill("What colour is the")
    await game.flag()
    await game.button("Next picture").click()
    await game.in_round(2)
    await expect(game.question).to_have_value("")


async def test_a_server_that_is_no_demo_sends_to_telegram(opener: Opener) -> None:
    game = await opener.game()
    await game.page.route(f"{API}/auth/demo", lambda route: refuse(route, 404, "not_found"))
    await game.button("Agree and play").click()
    await expect(game.heading("Open this in Telegram")).to_be_visible()


async def test_a_double_tap_on_wrong_flags_once_and_opens_nothing(opener: Opener) -> None:
    game = await opener.game()
    await game.play()
    await game.ask()
    await game.answered()
    opened: list[str] = []
    game.page.on(
        "request", lambda request: opened.append(request.url) if request.url.endswith("/next") else None
    )
    await game.page.evaluate(SECOND_TAP_LANDS_BELOW)
    # The button may still be on its way up as the answer's last lines come in: it is not where it was.
    await game.button("Wrong answer").dblclick(position={"x": 20, "y": 20}, delay=30)
    await expect(game.heading("Flagged!")).to_be_visible()
    await expect(game.button("Next picture")).to_be_enabled()
    await expect(game.heading("Picture 1 of 10")).to_be_visible()
    assert opened == []


async def test_who_passes_on_while_a_judgement_is_on_its_way_is_heard(opener: Opener) -> None:
    game = await opener.game()
    await game.play()
    await game.ask()
    await game.answered()
    judged = asyncio.Event()

    async def be_slow(route: Route) -> None:
        await judged.wait()
        await route.continue_()

    await game.page.route(f"{API}/questions/*/judgement", be_slow)
    await game.button("Looks right").click()
    await game.button("Pass on to the next picture").click()
    judged.set()
    await game.in_round(2)


async def test_back_in_a_round_asks_and_the_round_waits(opener: Opener) -> None:
    game = await opener.game()
    await game.play()
    await game.ask("Is there a hat?")
    await game.answered()
    await game.page.go_back()
    await expect(game.page.get_by_role("dialog", name="Leave this picture?")).to_be_visible()
    await game.button("Keep playing").click()
    await game.in_round(1)
    await game.button("Back").click()
    await game.check_access()
    await game.button("Leave").click()
    await expect(game.page.get_by_text(re.compile(r"^1:\d\d left$"))).to_be_visible()
    await game.button("Continue: picture 1 of 10").click()
    await game.in_round(1)
    await expect(game.page.get_by_text("Is there a hat?")).to_be_visible()


async def test_a_busy_model_is_asked_again_when_it_said(opener: Opener) -> None:
    game = await opener.game()
    await game.play()
    busy = True

    async def refuse_while_busy(route: Route) -> None:
        if busy:
            await refuse(route, 503, "model_busy", **{"Retry-After": "1"})
        else:
            await route.continue_()

    await game.page.route(f"{API}/rounds/*/questions/*", refuse_while_busy)
    await game.ask()
    await expect(game.page.get_by_text("The AI is busy for a moment.")).to_be_visible()
    busy = False
    await game.answered()
    assert await game.button("Wrong answer").count() == 1


async def test_a_failed_question_is_said_kindly_and_may_be_asked_again(opener: Opener) -> None:
    game = await opener.game()
    await game.play()

    def failing(question: dict[str, Any]) -> dict[str, Any]:
        return {**question, "state": "failed", "answer": None}

    async def fail(route: Route) -> None:
        answer = await (await route.fetch()).json()
        questions = [failing(question) for question in answer.get("questions", [])]
        await route.fulfill(
            json={**answer, "questions": questions} if "questions" in answer else failing(answer)
        )

    await game.page.route(re.compile(r"/api/v1/rounds/[^/]+(/questions/.*)?$"), fail)
    await game.ask()
    await expect(game.page.get_by_text("The time you waited was given back")).to_be_visible()
    await expect(game.button("Wrong answer")).to_be_hidden()
    await expect(game.question).to_be_enabled()


async def test_what_the_server_does_not_take_stays_in_the_field(opener: Opener) -> None:
    game = await opener.game()
    await game.play()
    await game.page.route(f"{API}/rounds/*/questions/*", lambda route: refuse(route, 422, "invalid_request"))
    await game.ask("A question that is not liked")
    await game.noticed("This could not be sent.")
    await expect(game.question).to_have_value("A question that is not liked")
