"""gap-server evaluate's judges: what they may do wrong, and what becomes of it."""

import asyncio
import signal
from collections import Counter
from datetime import UTC, datetime
from email.utils import format_datetime
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from gap_server.tuning.evaluation import asking, judges
from gap_server.vlm.client.server import _retry_after
from tests.cli.judges import ROWS, even, grade, number_of, write_set
from tests.cli.test_evaluate import evaluate, lines, score, started
from tests.doubles.faulty_model import FaultyModel
from tests.tuning.authors_set import write_set as write_authors_set

pytestmark = pytest.mark.usefixtures("no_pauses")


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
