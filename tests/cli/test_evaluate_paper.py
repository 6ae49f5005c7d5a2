"""gap-server evaluate by the paper's protocol: the authors' thousand rows, a judge who sees two answers."""

import re
import signal
from collections import Counter
from pathlib import Path
from statistics import mean
from typing import Any

import pytest

from gap_server.tuning.evaluation import judges
from tests.cli.test_evaluate import evaluate, lines, report, score, started
from tests.doubles.faulty_model import FaultyModel
from tests.tuning.authors_set import IMAGES, ROWS, row, write_set

GRADES = ("1", "0.8", "0.3", "0", "It depends.")
"""Of answers that are off by so many."""


def off_by(correct: str, said: str) -> int:
    found = [re.search(r"\d", text) for text in (correct, said)]
    return abs(int(found[0][0]) - int(found[1][0])) if found[0] and found[1] else 4


def grade(body: dict[str, Any]) -> str:
    """A judge who compares the numbers; one that is off by four leaves them speechless."""
    assert len(body["messages"]) == 1
    asked = body["messages"][0]["content"]
    assert isinstance(asked, str), "no picture"
    assert "kind" not in asked, "no question"
    correct, said = re.findall(r'answer: "(.*?)"', asked)
    return GRADES[off_by(correct, said)]


async def test_the_authors_thousand_rows_killed_among_the_verdicts_have_the_score_that_is_known(
    tmp_path: Path,
) -> None:
    held_out, out = write_set(tmp_path / "set"), tmp_path / "out"
    grades = [GRADES[off_by(one["correctAnswer"], one["modelAnswer"])] for one in map(row, range(ROWS))]
    speechless = grades.count(GRADES[4])
    assert speechless
    async with FaultyModel(answer=grade) as judge:
        arguments = (held_out, "--out", out, "--recorded", "--protocol", "paper", "--judge", f"j@{judge.url}")
        process = await started(*arguments, folder=tmp_path)
        await judge.asked(400)
        process.send_signal(signal.SIGKILL)
        await process.wait()
        status, said = await evaluate(*arguments)
        assert status == 0, said
        assert len(judge.requests) <= ROWS + speechless * (judges.READINGS - 1) + 8 * judges.READINGS
    verdicts = Counter(line["id"] for line in lines(out / "verdicts.jsonl"))
    assert verdicts == {str(number): 1 for number in range(ROWS)}
    told = report(out)["run"]["held_out"]
    assert (told["rows"], told["images"]) == (ROWS, IMAGES)
    found = score(out, "paper")
    numbers = [float(one) for one in grades if one != GRADES[4]]
    assert found["estimate"]["mean"] == pytest.approx(sum(numbers) / ROWS), "the speechless counts nothing"
    assert score(out, "paper", "j")["as_published"] == pytest.approx(mean(numbers)), "it is dropped"
