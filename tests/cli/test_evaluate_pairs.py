"""gap-server evaluate's judges in pairs, among themselves, and beside people."""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.judges import GOOD, POOR, ROWS, even, grade, number_of, texts, write_set
from tests.cli.test_evaluate import evaluate, report
from tests.doubles.faulty_model import FaultyModel

pytestmark = pytest.mark.usefixtures("no_pauses")


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
