"""The numbers of the game stand in its rules, and nowhere else: changed there, the whole game follows."""

import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import httpx
import pytest

from gap_server.game import moves
from gap_server.game.rules import QUESTIONS_PER_ROUND, ROUNDS_TOTAL, TAINTED_ROUNDS, Rules
from gap_server.i18n import LANGUAGES
from gap_server.play import outbox, shares, sign_in
from gap_server.play.deps import GameDeps
from gap_server.play.limits import DAY
from gap_server.quality import sharpness
from gap_server.settings import Settings
from gap_server.wiring import build_deps
from tests.playing import Player, new_player, refusal


async def test_what_a_lie_is_worth_is_changed_in_one_place(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    player = await new_player(client)
    monkeypatch.setattr(moves, "POINTS_PER_LIE", 25)
    result = await player.play_session("wrong")
    assert (result["score"], result["caught"]) == (125, 5)
    assert [r["points"] for r in result["rounds"]] == [25 * r["was_trap"] for r in result["rounds"]]
    monkeypatch.undo()
    assert (await player.call("GET", f"/sessions/{result['session_id']}/result"))["caught"] == 5
    (past,) = (await player.call("GET", "/me/sessions"))["sessions"]
    assert (past["score"], past["caught"]) == (125, 5), "an old game tells what it told then"


OTHER_LINE = """
from gap_server.quality import jury
jury.REFUTED = 0.07
from gap_server.store.sessions import RESULT
print("p_correction_wrong < 0.07" in RESULT)
"""


def test_a_correction_is_told_as_the_truth_where_the_jury_takes_its_wrongness_for_refuted() -> None:
    """In a process of its own: a statement is put together when the program starts."""
    told = subprocess.run([sys.executable, "-c", OTHER_LINE], capture_output=True, text=True, check=True)
    assert told.stdout == "True\n"


OTHER_NUMBERS = """
from gap_server.game import rules
rules.POINTS_PER_LIE, rules.MAX_SCORE, rules.ROUNDS_TOTAL = 31, 155, 13
from gap_server.store.export.views import ALL_VIEWS
for view in ALL_VIEWS:
    for column in view.columns:
        if column.name in ("points", "score", "position", "rounds_done"):
            print(column.meaning)
"""


def test_researchers_are_told_the_numbers_that_the_rules_have() -> None:
    """In a process of its own: what columns mean is put together when the program starts."""
    told = subprocess.run([sys.executable, "-c", OTHER_NUMBERS], capture_output=True, text=True, check=True)
    assert sorted(told.stdout.splitlines()) == [
        "31 where a lie was caught",
        "31 where a lie was caught",
        "Its place in the session, 1 to 13",
        "Points in all of them",
        "Points, 0 to 155",
        "Rounds that ended, 0 to 13",
        "The round's place in the session, 1 to 13",
    ]


def test_what_an_operator_leaves_unset_is_as_the_rules_say() -> None:
    unset = Settings(database_url="postgresql://", bot_key="0" * 64, _env_file=None)
    assert build_deps(unset, demo=True).rules == Rules()
    (limit,) = [m.le for m in Settings.model_fields["control_rounds"].metadata if hasattr(m, "le")]
    assert limit == ROUNDS_TOTAL - TAINTED_ROUNDS


def test_texts_tell_spans_as_they_are() -> None:
    def hours(span: timedelta) -> int:
        return span // timedelta(hours=1)

    said = {
        "en": (
            f"({hours(sign_in.HARD)} hours at most)",
            f"messages to you ({outbox.KEEP_MESSAGES.days} days)",
            f"that code stays for {hours(DAY)} hours",
        ),
        "ru": (
            f"(не дольше {hours(sign_in.HARD)} часов)",
            f"сообщения бота вам ({outbox.KEEP_MESSAGES.days} дней)",
            f"код останется на {hours(DAY)} часа",
        ),
    }
    assert said.keys() == LANGUAGES.keys()
    for language, spans in said.items():
        for span in spans:
            assert span in LANGUAGES[language].privacy, span
    assert timedelta(days=1) == shares.KEPT, "a card that is shared lies for a day"
    catalogues = Path(__file__).parents[2] / "webapp" / "src" / "i18n" / "catalogues"
    for language, days in {"en": "days", "ru": "дней"}.items():
        assert f"{sharpness.DAYS} {days}" in (catalogues / f"{language}.ts").read_text(encoding="utf-8")


async def test_a_round_takes_sixty_questions_and_no_more(client: httpx.AsyncClient, deps: GameDeps) -> None:
    player = await new_player(client)
    session = await player.start()
    round_ = await player.next(session)
    await _were_asked(deps, player, round_["id"], QUESTIONS_PER_ROUND - 1)
    last = await player.ask(round_)
    response = await player.ask_(round_, "One more?")
    assert refusal(response) == (429, "too_many_questions")
    assert 0 < int(response.headers["retry-after"]) <= 120, "the image's time is up by then"
    again = await player.ask_(round_, last["text"], UUID(last["id"]))
    assert again.status_code == 200, "what was asked can be asked for again"
    assert (await player.pass_(round_)).status_code == 200


async def _were_asked(deps: GameDeps, player: Player, round_id: str, count: int) -> None:
    async with deps.store.transaction() as db:
        await db.execute(
            "insert into app.question (player_id, id, round_id, number, text, state, asked_at, answered_at)"
            " select $1, gen_random_uuid(), $2, n, 'How many?', 'failed', now(), now()"
            " from generate_series(1, $3::int) n",
            UUID(player.me["id"]),
            UUID(round_id),
            count,
        )
