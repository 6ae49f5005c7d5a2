"""What the bot answers, to whom, in which language."""

from typing import Any

import asyncpg
import httpx
import pytest

from gap_server import __version__
from gap_server.game.rules import NUMBERS
from gap_server.i18n import LANGUAGES
from gap_server.operate import moderation
from gap_server.store.engine import Store
from tests.bot.conftest import PUBLIC_URL, buttons_under, code_of, rows_of
from tests.doubles.fake_bot_api import FakeBotApi, a_block, a_message
from tests.playing import Player, new_player
from tests.world import moderating

EN, RU = LANGUAGES["en"], LANGUAGES["ru"]
GAME_URL = f"{PUBLIC_URL}/?v={__version__}"

pytestmark = pytest.mark.usefixtures("bot")


async def test_start_welcomes_and_leads_into_the_game(telegram: FakeBotApi) -> None:
    await telegram.say(5, "/start")
    message = await telegram.answered(5)
    assert message["text"] == EN.welcome.format(game="Catch the Lie", **NUMBERS)
    assert buttons_under(message) == [{"text": EN.play_button, "web_app": {"url": GAME_URL}}]


@pytest.mark.parametrize(("language", "words"), [("en", EN), ("ru", RU), ("ru-RU", RU), ("xx", EN), ("", EN)])
async def test_every_command_is_answered_in_the_persons_language(
    telegram: FakeBotApi, language: str, words: Any
) -> None:
    expected = {
        "/play": words.ready.format(**NUMBERS),
        "/top": words.top_empty,
        "/me": words.me_nobody,
        "/privacy": words.privacy,
        "/forgetme": words.forget_nobody,
        "/forget me": words.forget_nobody,
        "/forget": words.forget_nobody,
        "/help": words.help.format(game=words.name),
        "hello there": words.not_a_command,
        "/nonsense": words.not_a_command,
    }
    for n, (said, answer) in enumerate(expected.items(), start=1):
        await telegram.say(5, said, language=language)
        assert answer in (await telegram.answered(5, n))["text"]


async def test_a_players_own_language_beats_telegrams(
    telegram: FakeBotApi, client: httpx.AsyncClient
) -> None:
    player = await new_player(client, 5)
    await player.call("PATCH", "/me", {"language": "ru"})
    await telegram.say(5, "/play", language="en")
    assert (await telegram.answered(5))["text"] == RU.ready.format(**NUMBERS)


async def test_a_stranger_who_only_says_hello_leaves_no_trace(telegram: FakeBotApi, store: Store) -> None:
    await telegram.say(5, "/start")
    await telegram.answered(5)
    assert await rows_of(store, 5) == []


async def test_an_invitation_is_remembered_for_a_new_player(
    telegram: FakeBotApi, store: Store, client: httpx.AsyncClient
) -> None:
    await telegram.say(5, "/start abc-DEF_9", language="ru")
    await telegram.answered(5)
    (row,) = await rows_of(store, 5)
    assert (row["referred_by"], row["language"], row["may_message"]) == ("abc-DEF_9", "ru", True)
    await Player(client, 5).sign_in()
    (row,) = await rows_of(store, 5)
    assert row["referred_by"] == "abc-DEF_9"


async def test_an_invitation_changes_nothing_for_who_plays_already(
    telegram: FakeBotApi, store: Store, client: httpx.AsyncClient
) -> None:
    await new_player(client, 5)
    await telegram.say(5, "/start abc")
    await telegram.answered(5)
    (row,) = await rows_of(store, 5)
    assert row["referred_by"] is None


async def test_a_challenge_is_answered_with_whose_it_is_and_opens_the_game_with_it(
    telegram: FakeBotApi, client: httpx.AsyncClient
) -> None:
    challenger = await new_player(client, 5)
    await challenger.call("PATCH", "/me", {"name": "Bold"})
    code = (await challenger.play_session("wrong"))["challenge_code"]
    await telegram.say(6, f"/start c_{code}")
    message = await telegram.answered(6)
    assert "Bold" in message["text"]
    assert "100 of 100" in message["text"]
    assert buttons_under(message)[0]["web_app"]["url"] == f"{GAME_URL}&challenge={code}"
    await telegram.say(7, "/start c_nothing")
    assert (await telegram.answered(7))["text"].startswith("Welcome")


@pytest.mark.parametrize("code", ["x" * 65, "a;b", "привет", "a'b"])
async def test_what_is_no_code_is_no_invitation(telegram: FakeBotApi, store: Store, code: str) -> None:
    await telegram.say(5, f"/start {code}")
    await telegram.answered(5)
    assert await rows_of(store, 5) == []


async def test_me_tells_the_numbers_and_invites(
    telegram: FakeBotApi, client: httpx.AsyncClient, store: Store
) -> None:
    player = await new_player(client, 5)
    await player.play_session("wrong")
    await telegram.say(5, "/me")
    message = await telegram.answered(5)
    for line in ("Games: 1", "Sharpness: 0 of 100", "Points: 100", "Best game: 100 of 100", "Streak: 1 day"):
        assert line in message["text"].splitlines()
    play, invite, _ = buttons_under(message)
    assert play["web_app"]["url"] == GAME_URL
    code = await code_of(store, player)
    assert f"https%3A%2F%2Ft.me%2Fcatch_test_bot%3Fstartapp%3D{code}" in invite["url"]


async def test_the_best_of_the_week_are_told_and_where_i_am(
    telegram: FakeBotApi, client: httpx.AsyncClient
) -> None:
    best, hidden = await new_player(client, 5), await new_player(client, 6)
    await best.play_session("wrong")
    await best.call("PATCH", "/me", {"show_on_leaderboard": True, "name": "t.me/spam @all"})
    await telegram.say(5, "/top")
    text = (await telegram.answered(5))["text"]
    assert "1. " in text
    assert "100 points" in text
    assert EN.top_mine.format(rank=1, sharpness=0, points="100 points") in text
    assert "t.me/spam" not in text, "a name must not become a link"
    assert "@all" not in text
    assert hidden.telegram_id == 6
    await telegram.say(6, "/top")
    assert EN.top_hidden in (await telegram.answered(6))["text"]


async def test_a_banned_player_hears_just_that_and_may_still_be_forgotten(
    telegram: FakeBotApi, client: httpx.AsyncClient, store: Store
) -> None:
    await new_player(client, 5)
    await moderation.ban(moderating(store), 5)
    for n, command in enumerate(("/start", "/play", "/top", "/me", "hello"), start=1):
        await telegram.say(5, command)
        assert (await telegram.answered(5, n))["text"] == EN.banned
    await telegram.say(5, "/privacy")
    assert (await telegram.answered(5, 6))["text"] == EN.privacy
    for n, command in enumerate(("/forgetme", "/forget me", "/forget", "/forget_me"), start=7):
        await telegram.say(5, command)
        assert (await telegram.answered(5, n))["text"] == EN.forget_ask
    await telegram.press(5, "forget:erase")
    await telegram.until(lambda: telegram.made("editMessageText"))
    assert await rows_of(store, 5) == []


async def test_in_groups_the_bot_keeps_quiet(telegram: FakeBotApi) -> None:
    await telegram.say(5, "/start", chat="supergroup")
    edited = a_message(5, "/start")
    await telegram.bring({"edited_message": edited["message"]})
    await telegram.say(6, "/start")
    await telegram.answered(6)
    assert len(telegram.made("sendMessage")) == 1


async def test_a_button_of_an_older_version_does_no_harm(
    telegram: FakeBotApi, client: httpx.AsyncClient
) -> None:
    await new_player(client, 5)
    await telegram.press(5, "dance")
    await telegram.until(lambda: telegram.made("answerCallbackQuery"))
    await telegram.say(5, "/play")
    await telegram.answered(5)
    assert not telegram.made("editMessageText")


async def test_messages_are_stopped_and_allowed_by_a_button(
    telegram: FakeBotApi, client: httpx.AsyncClient, store: Store
) -> None:
    await new_player(client, 5)
    await telegram.say(5, "/start")
    await telegram.say(5, "/me")
    *_, button = buttons_under(await telegram.answered(5, 2))
    assert button["callback_data"] == "messages:stop"
    await telegram.press(5, "messages:stop")
    (edit,) = await telegram.until(lambda: telegram.made("editMessageText"))
    assert edit["text"] == EN.messages_stopped
    assert [b["callback_data"] for b in buttons_under(edit)] == ["messages:allow"]
    await Player(client, 5).sign_in()
    (row,) = await rows_of(store, 5)
    assert row["muted_at"] is not None, "signing in must not undo what the player asked for"
    await telegram.press(5, "messages:allow")
    await telegram.until(lambda: len(telegram.made("editMessageText")) > 1)
    (row,) = await rows_of(store, 5)
    assert (row["muted_at"], row["may_message"]) == (None, True)


async def test_telegram_is_told_the_commands_in_every_language_and_the_menu_button(
    telegram: FakeBotApi,
) -> None:
    (button,) = await telegram.until(lambda: telegram.made("setChatMenuButton"))
    assert button["menu_button"] == {"type": "web_app", "text": "Play", "web_app": {"url": GAME_URL}}
    told = {call.get("language_code"): call for call in telegram.made("setMyCommands")}
    assert set(told) == {None, *LANGUAGES}
    assert told["ru"]["commands"][0] == {"command": "play", "description": RU.command_play}
    assert [c["command"] for c in told[None]["commands"]] == [
        "play",
        "top",
        "me",
        "privacy",
        "forgetme",
        "help",
    ]


async def test_who_cannot_be_answered_is_told_so(telegram: FakeBotApi, database_url: str) -> None:
    administrator = await asyncpg.connect(database_url)
    await administrator.execute("alter table app.player rename to somewhere_else")
    await telegram.say(5, "/me", language="ru")
    assert (await telegram.answered(5))["text"] == RU.trouble
    await administrator.execute("alter table app.somewhere_else rename to player")
    await administrator.close()
    await telegram.say(5, "/me", language="ru")
    assert RU.me_nobody in (await telegram.answered(5, 2))["text"]


async def test_who_shuts_the_bot_out_is_not_written_to_until_coming_back(
    telegram: FakeBotApi, client: httpx.AsyncClient, store: Store
) -> None:
    await new_player(client, 5)
    for n, (blocked, may) in enumerate(((True, False), (False, True)), start=1):
        await telegram.bring(a_block(5, blocked=blocked))
        await telegram.say(5, "/play")  # each person is answered in order
        await telegram.answered(5, n)
        assert (await rows_of(store, 5))[0]["may_message"] is may


async def test_each_person_is_answered_in_order(telegram: FakeBotApi) -> None:
    said = ["/play", "/help", "/privacy", "/me", "/play"] * 3
    for command in said:
        await telegram.say(5, command)
        await telegram.say(6, command, language="ru")
    for person in (5, 6):
        await telegram.answered(person, len(said))
        texts = [message["text"] for message in telegram.said_to(person)]
        assert texts[:5] * 3 == texts
        assert len(set(texts)) == 4
