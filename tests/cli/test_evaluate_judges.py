"""gap-server evaluate's judges: what they may do wrong, in pairs, among themselves, and beside people."""

import asyncio
import csv
import json
import re
import signal
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import format_datetime
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from gap_server.tuning.evaluation import asking, judges
from gap_server.vlm.client.server import _retry_after
from tests.cli.test_evaluate import evaluate, lines, report, score, started
from tests.doubles.faulty_model import FaultyModel
from tests.tuning.authors_set import write_set as write_authors_set

ROWS = 40
REFERENCE = "A man in the doorway waves at somebody."
GOOD, POOR = "Someone standing at the door is waving.", "Nobody to be seen anywhere at all."
"""Sentences that no rule can tell from the reference: they are left to judges."""


def write_set(file: Path, good: Callable[[int], bool], rows: int = ROWS) -> Path:
    listed = [
        {
            "id": f"row-{number}",
            "image": f"{number // 2}.png",
            "question": f"What happens in case {number} of the series?",
            "answer": REFERENCE,
            "model_answer": GOOD if good(number) else POOR,
            "category": "action" if number % 2 else "scene",
        }
        for number in range(rows)
    ]
    file.write_text("".join(json.dumps(one) + "\n" for one in listed), encoding="utf-8")
    return file


def texts(body: dict[str, Any]) -> dict[str, str]:
    """What a judge is asked about."""
    told: dict[str, str] = json.loads(body["messages"][-1]["content"])
    return told


def number_of(body: dict[str, Any]) -> int:
    found = re.search(r"case (\d+) of", texts(body)["question"])
    assert found is not None
    return int(found[1])


def grade(body: dict[str, Any]) -> str:
    """A judge who knows; of two answers, too."""
    told = texts(body)
    if "answer" in told:
        return "1" if told["answer"] == GOOD else "0"
    first, second = told["first"] == GOOD, told["second"] == GOOD
    return "tie" if first == second else "first" if first else "second"


def even(number: int) -> bool:
    return number % 2 == 0


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "FIRST_PAUSE_SECONDS", 0)


async def test_a_reply_that_is_no_verdict_is_asked_for_again_and_counts_nothing(tmp_path: Path) -> None:
    held_out = write_set(tmp_path / "rows.jsonl", even)
    async with FaultyModel(
        answer=lambda body: "What a nice picture!" if number_of(body) == 0 else grade(body)
    ) as judge:
        arguments = (held_out, "--out", tmp_path / "out", "--recorded", "--judge", f"j@{judge.url}")
        status, said = await evaluate(*arguments)
        assert status == 0, said
        await evaluate(*arguments)
    assert len(judge.requests) == ROWS - 1 + judges.READINGS, "and never again"
    assert score(tmp_path / "out", "ours")["estimate"]["mean"] == (ROWS / 2 - 1) / ROWS
    odd = next(line for line in lines(tmp_path / "out/verdicts.jsonl") if line["id"] == "row-0")
    assert (odd["score"], odd["first"], len(odd["said"])) == (0, None, judges.READINGS)


async def test_a_judge_who_does_not_answer_is_asked_next_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judges, "LIMIT_SECONDS", 0.3)
    held_out = write_set(tmp_path / "rows.jsonl", even, rows=4)
    async with FaultyModel(lambda body: "hang" if number_of(body) == 1 else "good", answer=grade) as judge:
        arguments = (held_out, "--out", tmp_path / "out", "--recorded", "--judge", f"j@{judge.url}")
        status, said = await evaluate(*arguments)
        assert (status, "1 no verdict" in said) == (1, True), said
        assert len(judge.requests) == 3 + asking.TRIES
        judge.behave("good")
        assert (await evaluate(*arguments))[0] == 0
    assert Counter(line["id"] for line in lines(tmp_path / "out/verdicts.jsonl")) == {
        f"row-{n}": 1 for n in range(4)
    }


async def test_a_judge_who_asks_for_time_gets_it_and_no_row_is_lost(tmp_path: Path) -> None:
    held_out = write_set(tmp_path / "rows.jsonl", even, rows=12)
    seen: list[float] = []

    def at_its_limit(_: dict[str, Any]) -> str:
        seen.append(asyncio.get_running_loop().time())
        return "429:1" if len(seen) == 1 else "slow:0.2"

    async with FaultyModel(at_its_limit, answer=grade) as judge:
        arguments = ("--recorded", "--judge", f"j@{judge.url}", "--at-once", 3)
        status, said = await evaluate(held_out, "--out", tmp_path / "out", *arguments)
    assert status == 0, said
    assert seen[3] - seen[0] >= 0.99, "three were under way when one was told to wait: all of them did"
    assert len(seen) == 12 + 1
    assert {line["id"] for line in lines(tmp_path / "out/verdicts.jsonl")} == {f"row-{n}" for n in range(12)}


async def test_a_model_who_asks_for_time_gets_it_too(tmp_path: Path) -> None:
    held_out = write_authors_set(tmp_path / "set", rows=2)
    seen: list[float] = []

    def at_its_limit(_: dict[str, Any]) -> str:
        seen.append(asyncio.get_running_loop().time())
        return "429:1" if len(seen) == 1 else "good"

    async with FaultyModel(at_its_limit) as model:
        options = ("--url", model.url, "--model", "m", "--protocol", "exact", "--at-once", 1)
        status, said = await evaluate(held_out, "--out", tmp_path / "out", *options)
    assert status == 0, said
    assert (len(seen), seen[1] - seen[0] >= 0.99) == (3, True)


@pytest.mark.parametrize(
    ("said", "least", "most"),
    [
        (None, 0, 0),
        ("7", 7, 7),
        ("1.5", 1.5, 1.5),
        ("-3", 0, 0),
        ("1e9", 300, 300),
        ("nan", 0, 0),
        ("soon", 0, 0),
        (format_datetime(datetime(2099, 1, 1, tzinfo=UTC), usegmt=True), 300, 300),
        (format_datetime(datetime(2020, 1, 1, tzinfo=UTC), usegmt=True), 0, 0),
    ],
)
def test_when_to_come_again_is_read_in_every_form(said: str | None, least: float, most: float) -> None:
    assert least <= _retry_after(said) <= most


async def test_killed_while_judging_no_verdict_is_skipped_or_doubled(tmp_path: Path) -> None:
    before = write_set(tmp_path / "before.jsonl", lambda _: False)
    after = write_set(tmp_path / "after.jsonl", even)
    await evaluate(before, "--out", tmp_path / "before", "--recorded", "--protocol", "exact")
    out = tmp_path / "out"
    async with FaultyModel("slow:0.01", answer=grade) as judge:
        base = (after, "--out", out, "--recorded", "--judge", f"j@{judge.url}", "--pairwise")
        arguments = (
            *base,
            "--against",
            tmp_path / "before",
            "--protocol",
            "ours",
            "--protocol",
            "exact",
        )
        for so_far in (ROWS // 2, ROWS + ROWS // 4):  # in the midst of verdicts, and in the midst of pairs
            process = await started(*arguments, folder=tmp_path)
            await judge.asked(so_far)
            process.send_signal(signal.SIGKILL)
            await process.wait()
        status, said = await evaluate(*arguments)
    assert status == 2, "ours was not judged of the other run"
    assert "no row in common that was judged by ours" in said
    verdicts = Counter((line["id"], line["judge"]) for line in lines(out / "verdicts.jsonl"))
    assert verdicts == {(f"row-{n}", "j"): 1 for n in range(ROWS)}
    pairs = Counter((line["id"], line["order"]) for line in lines(out / "pairs.jsonl"))
    orders = ("before_first", "after_first")
    assert pairs == {(f"row-{n}", order): 1 for n, order in product(range(0, ROWS, 2), orders)}
    assert len(judge.requests) <= 2 * ROWS + 2 * 8, "what was under way when it was killed is asked again"


async def in_pairs(tmp_path: Path, answer: Callable[[dict[str, Any]], str], *more: object) -> dict[str, Any]:
    """Every second answer is better than it was, the others have the same words."""
    out = tmp_path / "after"
    async with FaultyModel(answer=answer) as judge:
        options = ("--recorded", "--judge", f"j@{judge.url}")
        before = write_set(tmp_path / "before.jsonl", lambda _: False)
        assert (await evaluate(before, "--out", tmp_path / "before", *options))[0] == 0
        after = write_set(tmp_path / "after.jsonl", even)
        beside = (*options, "--against", tmp_path / "before", "--pairwise", *more)
        status, said = await evaluate(after, "--out", out, *beside)
        assert status == 0, said
    found: dict[str, Any] = report(out)["pairwise"]
    return found


async def test_the_better_answers_win_whatever_their_place(tmp_path: Path) -> None:
    found = await in_pairs(tmp_path, grade)
    overall = next(one for one in found["standings"] if one["judge"] == "j")
    assert (overall["better"], overall["tie"], overall["worse"]) == (ROWS / 2, ROWS / 2, 0)
    assert overall["share"]["mean"] == 0.75
    assert overall["share"]["lower"] > 0.5
    assert overall["test"]["p"] == 2 * 0.5 ** (ROWS // 2)
    assert (overall["swayed"], overall["same_words"]) == (0, ROWS / 2)
    by_category = {one["category"]: one["better"] for one in found["standings"] if one["judge"] == "panel"}
    assert by_category == {"all": ROWS / 2, "scene": ROWS / 2, "action": 0}
    page = (tmp_path / "after/report.md").read_text()
    assert "## Side by side, blind, in both orders" in page
    assert "| j | all | 20 | 20 | 0 | 0.750 |" in page


async def test_a_judge_who_likes_the_first_place_has_said_nothing(tmp_path: Path) -> None:
    asked: list[dict[str, str]] = []

    def likes_the_first(body: dict[str, Any]) -> str:
        asked.append(texts(body))
        return grade(body) if "answer" in texts(body) else "First."

    found = await in_pairs(tmp_path, likes_the_first)
    overall = found["standings"][0]
    assert (overall["better"], overall["tie"], overall["worse"]) == (0, ROWS, 0)
    assert overall["swayed"] == 1
    shown = [told for told in asked if "first" in told]
    assert all(set(told) == {"question", "reference", "first", "second"} for told in shown), "blind"
    assert {told["first"] for told in shown} == {GOOD, POOR}, "in both orders"


async def test_pairs_need_another_run_and_a_judge(tmp_path: Path) -> None:
    held_out = write_set(tmp_path / "rows.jsonl", even, rows=2)
    for lacking in (("--against", tmp_path), ("--judge", "j@http://127.0.0.1:1")):
        status, said = await evaluate(held_out, "--out", tmp_path / "x", "--recorded", "--pairwise", *lacking)
        assert status == 2
        assert "--pairwise needs another run (--against) and a judge" in said
    assert not (tmp_path / "x").exists()


async def test_how_far_judges_agree_is_told_with_its_interval(tmp_path: Path) -> None:
    """Two who know, and one who is wrong on every fifth row."""
    held_out = write_set(tmp_path / "rows.jsonl", even)
    async with (
        FaultyModel(answer=grade) as one,
        FaultyModel(
            answer=lambda body: str(1 - int(grade(body))) if number_of(body) % 5 == 0 else grade(body)
        ) as other,
    ):
        named = [option for name in ("a", "b") for option in ("--judge", f"{name}@{one.url}")]
        arguments = ("--recorded", *named, "--judge", f"c@{other.url}")
        assert (await evaluate(held_out, "--out", tmp_path / "out", *arguments))[0] == 0
    found = {tuple(a["judges"]): a["found"] for a in report(tmp_path / "out")["judges_agreement"]}
    assert found["a", "b"]["kappa"] == 1
    assert found["a", "c"]["kappa"] == pytest.approx(0.6)  # .8 agree, .5 by chance
    assert found["a", "c"]["lower"] < 0.6 < found["a", "c"]["upper"]
    assert 0.6 < found["a", "b", "c"]["kappa"] < 1, "of all three, by Fleiss"
    assert found["a", "b", "c"]["rows"] == ROWS


async def judged_by_people(tmp_path: Path, people: Path, *more: object) -> tuple[int, str, dict[str, Any]]:
    held_out = write_set(tmp_path / "rows.jsonl", even)
    out = tmp_path / "out"
    async with FaultyModel(answer=grade) as judge:
        arguments = ("--out", out, "--recorded", "--judge", f"j@{judge.url}", "--people", people, *more)
        status, said = await evaluate(held_out, *arguments)
    return status, said, report(out)["people"] if status == 0 else {}


async def test_judges_are_held_against_the_jury_of_an_export(tmp_path: Path) -> None:
    """The jury thinks as the judge does but for every tenth; of the last two rows it heard other answers."""
    export = tmp_path / "everything"
    export.mkdir()
    rows = [json.loads(line) for line in write_set(export / "train.jsonl", even).read_text().splitlines()]
    for number, row in enumerate(rows):
        row["jury_outcome"] = "right" if even(number) != (number % 10 == 0) else "wrong"
        if number >= ROWS - 2:
            row["model_answer"] = "Something else altogether."
    rows[1]["jury_outcome"], rows[3]["jury_outcome"] = "disputed", None
    (export / "train.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    status, said, found = await judged_by_people(tmp_path, export)
    assert status == 0, said
    assert (found["rows"], found["of_other_answers"]) == (ROWS - 4, 2)
    by_judge = {one["judges"][0]: one["found"] for one in found["agreement"]}
    assert by_judge["j"] == by_judge["panel"]
    assert by_judge["j"]["same"] == pytest.approx(1 - 4 / (ROWS - 4))
    assert by_judge["j"]["lower"] < by_judge["j"]["kappa"] < by_judge["j"]["upper"] <= 1
    assert "With people, ours, j: kappa 0.78" in said
    assert "## How far judges agree with people" in (tmp_path / "out/report.md").read_text()


async def test_people_fill_in_a_table_that_was_drawn_for_them(tmp_path: Path) -> None:
    held_out = write_set(tmp_path / "rows.jsonl", even)
    out = tmp_path / "out"
    status, said = await evaluate(held_out, "--out", out, "--recorded", "--people-table", 10)
    assert "no verdict" not in said
    with (out / "people.csv").open(newline="") as file:
        drawn = list(csv.DictReader(file))
    assert len({row["id"] for row in drawn}) == 10
    assert {row["verdict"] for row in drawn} == {""}
    filled = tmp_path / "filled.csv"
    with filled.open("w", newline="") as file:
        table = csv.DictWriter(file, drawn[0])
        table.writeheader()
        table.writerows({**row, "verdict": "Right" if row["answer"] == GOOD else "wrong"} for row in drawn)
    status, said, found = await judged_by_people(tmp_path, filled)
    assert status == 0, said
    assert found["agreement"][0]["found"]["kappa"] == 1
    assert found["rows"] == 10
    again = await evaluate(held_out, "--out", out, "--recorded", "--people-table", 10)
    assert "is there already" in again[1]


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("people.csv", "id,verdict\nrow-1,maybe\n", "row 1: no id and verdict"),
        ("people.csv", "name,verdict\nrow-1,right\n", "row 1: no id and verdict"),
        ("people.csv", "id,verdict\nrow-1,right\nrow-1,wrong\n", "called something else before"),
        ("people.jsonl", "[1]\n", "row 1: no id and verdict"),
        ("people.jsonl", "{\n", "cannot be read"),
        ("people.csv", "\xff", "cannot be read"),
    ],
)
async def test_what_is_no_peoples_verdict_is_said(name: str, content: str, why: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content.encode("latin-1"))
    status, said, _ = await judged_by_people(tmp_path, tmp_path / name)
    assert status == 2
    assert why in said
