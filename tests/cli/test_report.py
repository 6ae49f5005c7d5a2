"""gap-server report: what it counts is what was played, and of who does not consent there is nothing."""

import asyncio
import csv
from collections import Counter
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image
from typer.testing import CliRunner, Result

from gap_server.app import assemble
from gap_server.cli import app
from gap_server.demo.answerer import NAME, REVISION, DemoModel
from gap_server.errors import ReportTimeout
from gap_server.operate.report.reading import read_report
from gap_server.play import honest_checks, sharpness
from gap_server.store.engine import Store
from gap_server.store.roles import GAME, with_login
from gap_server.vlm.protocol import Picture
from tests.playing import BOT_TOKEN, Player, new_player
from tests.time_travel import pass_time
from tests.world import ROOT, administrator, client_of, make_deps

DAY, WEEK = 24 * 3600 + 1, 7 * 24 * 3600

PEOPLE = {
    "players_by_week": "players",
    "wrong_given_flag": "players",
    "lies_caught": "players",
    "sessions_a_player": "players",
    "sessions_a_week": "player_weeks",
    "images_reached": "sessions",
    "player_languages": "players",
}
"""Figures over players, or what each of them played one of, and the column that counts them."""


class Disobedient(DemoModel):
    """Tells the truth the first two times that it was told to lie."""

    told = 0

    def answer(self, picture: Picture, question: str, *, tainted: bool, talk: str = "") -> str:
        self.told += tainted
        return super().answer(picture, question, tainted=tainted and self.told > 2, talk=talk)


class Written:
    """A folder that a report was written to."""

    def __init__(self, folder: Path, result: Result) -> None:
        self.folder, self.result = folder, result

    def rows(self, figure: str) -> list[dict[str, str]]:
        with (self.folder / f"{figure}.csv").open(newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file))

    def total(self, what: str) -> int:
        found = {row["what"]: int(row["count"]) for row in self.rows("summary")}
        return found.get(what, 0)

    def counted(self, figure: str, label: str, value: str) -> dict[str, int]:
        """One column by another, without what there is none of."""
        return {row[label]: int(row[value]) for row in self.rows(figure) if int(row[value])}

    @property
    def figures(self) -> list[str]:
        return sorted(path.stem for path in self.folder.glob("*.csv"))


@pytest.fixture
def report(database_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    monkeypatch.setenv("GAP_DATABASE_URL", with_login(database_url, GAME))
    monkeypatch.setenv("GAP_BOT_TOKEN", BOT_TOKEN)

    async def report(*arguments: str) -> Written:
        folder = tmp_path / "report"
        given = ["report", "--out", str(folder), *arguments]
        return Written(folder, await asyncio.to_thread(CliRunner().invoke, app, given))

    return report


async def play_rounds(player: Player, judgements: str) -> Any:
    """A session of as many rounds as there are letters: w(rong), r(ight and on), c(orrected after wrong)."""
    session = await player.start()
    for letter in judgements:
        round_ = await player.next(session)
        question = await player.ask(round_)
        await player.judge(question, "right" if letter == "r" else "wrong")
        if letter == "r":
            await player.pass_(round_)
        if letter == "c":
            await player.call("PUT", f"/rounds/{round_['id']}/correction", {"text": "Three."})
    return session


async def result_of(player: Player, session: Any) -> list[dict[str, Any]]:
    rounds: list[dict[str, Any]] = (await player.call("GET", f"/sessions/{session['id']}/result"))["rounds"]
    return rounds


async def test_the_numbers_are_what_was_played(client: httpx.AsyncClient, store: Store, report: Any) -> None:
    ann, bob = await new_player(client, 1), await new_player(client, 2)
    await play_rounds(ann, "wwwwwccccc")
    await pass_time(store, WEEK)
    await play_rounds(ann, "rrrrrrrrrr")
    broken_off = await play_rounds(bob, "wrr")
    await pass_time(store, DAY)
    await bob.start()
    written = await report()
    assert written.result.exit_code == 0, written.result.output
    assert [written.total(what) for what in ("players", "sessions", "finished sessions", "images")] == [
        *(2, 3, 2, 23)
    ]
    assert [written.total(what) for what in ("questions", "answers", "flags", "corrections")] == [
        23,
        23,
        11,
        5,
    ]

    weeks = written.rows("players_by_week")
    assert [int(week["sessions"]) for week in weeks] == [1, 2]
    assert [(int(week["new_players"]), int(week["returning_players"])) for week in weeks] == [(1, 0), (1, 1)]
    assert written.counted("sessions_a_week", "sessions", "player_weeks") == {"1": 3}
    assert written.counted("sessions_a_player", "sessions", "players") == {"1": 1, "2": 1}
    assert written.counted("images_reached", "images", "sessions") == {"3": 1, "10": 2}

    traps = [row["was_trap"] for row in (await result_of(bob, broken_off))[:3]]
    caught = [5 / 10, *([traps[0] / sum(traps)] if any(traps) else [])]
    assert sum(written.counted("wrong_given_flag", "from", "players").values()) == 1 + traps[0]
    assert written.counted("wrong_given_flag", "from", "players") == {"0.9": 1 + traps[0]}
    assert written.counted("lies_caught", "from", "players") == Counter(
        str(min(int(share * 10), 9) / 10) for share in caught
    )
    assert written.counted("player_languages", "language", "players") == {"en": 2}
    assert written.counted("question_languages", "language", "answers") == {"en": 23}
    assert written.counted("categories", "category", "answers") == {"counting": 23}
    assert written.counted("answers_by_state", "state", "questions") == {"answered": 23}
    tainted = Counter[str]()
    for row in written.rows("flags"):
        tainted[row["arm"]] += int(row["answers"])
        assert (row["model"], row["revision"]) == (NAME, REVISION)
    assert tainted == {"tainted": 10 + sum(traps), "untainted": 13 - sum(traps)}
    (latency,) = written.rows("latency")
    assert int(latency["answers"]) == 23
    assert int(latency["p50_ms"]) <= int(latency["p90_ms"]) <= int(latency["p99_ms"])


async def test_pairs_are_flags_on_untainted_complex_images(
    client: httpx.AsyncClient, store: Store, report: Any
) -> None:
    for telegram_id in (1, 2):
        await play_rounds(await new_player(client, telegram_id), "wwwwwwwwwc")
    async with administrator(store) as db:
        harvest = await db.fetchval(
            "select count(*) from app.round where not tainted and pool = 'complex' and state = 'flagged'"
        )
    found = {row["pairs_that_are"]: row for row in (await report()).rows("pairs_a_player")}
    assert int(found["flagged"]["pairs"]) == harvest > 0
    assert float(found["flagged"]["pairs_a_player"]) == harvest / 2
    assert int(found["flagged, corrected"]["pairs"]) <= 2
    assert found["trusted"]["pairs"] == "0"


async def test_void_traps_are_those_that_the_honest_check_agrees_with(store: Store, report: Any) -> None:
    model = Disobedient(honest_error_complex=0, honest_error_simple=0)
    deps = make_deps(store, model)
    async with client_of(assemble(deps)) as client:
        await play_rounds(await new_player(client), "wwwwwwwwww")
    await sharpness.assess_waiting(deps)
    while (due := await honest_checks.next_due(deps)) is not None:
        await honest_checks.make(deps, due)
    written = await report()
    (traps,) = written.rows("void_traps")
    assert (traps["checked"], traps["void"], traps["lies"], traps["void_share"]) == ("5", "2", "3", "0.4")
    assert written.counted("wrong_given_flag", "from", "players") == {"0.6": 1}
    assert written.counted("lies_caught", "from", "players") == {"0.9": 1}
    assert sum(written.counted("jury", "case", "cases").values()) > 0


async def test_who_withdrew_or_left_is_in_no_figure_and_who_left_it_to_research_stays(
    client: httpx.AsyncClient, report: Any
) -> None:
    stays, withdraws, leaves, gives = [await new_player(client, n) for n in (1, 2, 3, 4)]
    for player in (stays, withdraws, leaves, gives):
        await play_rounds(player, "wwwwwwwwww")
    await withdraws.call_("DELETE", "/me/consent")
    await leaves.call_("DELETE", "/me?contributions=erase")
    await gives.call_("DELETE", "/me?contributions=keep")
    written = await report()
    assert [written.total(what) for what in ("players", "sessions", "images", "flags")] == [2, 2, 20, 20]
    for figure, column in PEOPLE.items():
        assert sum(int(row[column]) for row in written.rows(figure)) == 2, figure
    assert sum(int(row["answers"]) for row in written.rows("flags")) == 20
    assert sum(int(row["answers"]) for row in written.rows("latency")) == 20
    assert written.counted("player_languages", "language", "players") == {"en": 1, "": 1}


async def test_nothing_of_a_session_that_runs_is_told(client: httpx.AsyncClient, report: Any) -> None:
    await play_rounds(await new_player(client), "wwwww")
    written = await report()
    assert written.total("players") == 0
    assert all(not written.rows(figure) for figure in written.figures)


async def test_before_anybody_played_every_figure_is_there_and_empty(report: Any) -> None:
    written = await report()
    assert written.result.exit_code == 0, written.result.output
    assert len(written.figures) == 22
    page = (written.folder / "index.html").read_text()
    for figure in written.figures:
        assert not written.rows(figure), figure
        assert f'src="{figure}.png"' in page
        with Image.open(written.folder / f"{figure}.png") as picture:
            assert picture.format == "PNG"
            assert picture.width == 1200


async def test_a_count_that_takes_too_long_is_given_up_with_a_word(store: Store) -> None:
    async with administrator(store) as db:
        await db.execute("lock table app.session")
        with pytest.raises(ReportTimeout, match="weeks took longer"):
            await read_report(store, seconds=0.2)
    assert (await read_report(store, seconds=10)).figures


async def test_a_folder_that_cannot_be_written_is_named(report: Any, tmp_path: Path) -> None:
    (tmp_path / "report").write_text("a file")
    written = await report()
    assert written.result.exit_code != 0


async def test_the_documentation_names_every_figure(report: Any) -> None:
    text = (ROOT / "docs" / "report.md").read_text()
    assert [figure for figure in (await report()).figures if f"`{figure}`" not in text] == []
