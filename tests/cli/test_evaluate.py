"""gap-server evaluate: a set asked and judged, killed on the way, begun again, and compared."""

import asyncio
import json
import os
import re
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from gap_server.cli import app
from gap_server.errors import GapError
from tests.doubles.faulty_model import FaultyModel
from tests.tuning.authors_set import IMAGES, ROWS, row, write_set

PROGRAM = Path(sys.executable).parent / "gap-server"


async def evaluate(*arguments: object) -> tuple[int, str]:
    """Its exit status and all that it said: in a thread, so that the servers around it go on."""
    result = await asyncio.to_thread(CliRunner().invoke, app, ["evaluate", *map(str, arguments)])
    if isinstance(result.exception, GapError):
        return 2, str(result.exception)
    return result.exit_code, result.output


async def started(*arguments: object, folder: Path) -> asyncio.subprocess.Process:
    """The command as a process of its own, which can be killed."""
    return await asyncio.create_subprocess_exec(
        PROGRAM,
        "evaluate",
        *map(str, arguments),
        cwd=folder,
        env={name: value for name, value in os.environ.items() if not name.startswith("GAP_")},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text().splitlines()]


def report(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "report.json").read_text())
    return found


def score(folder: Path, protocol: str, judge: str = "panel", of: str = "all") -> dict[str, Any]:
    wanted = (protocol, judge, "all", of)
    keys = ("protocol", "judge", "stratum", "category")
    return next(one for one in report(folder)["scores"] if tuple(one[k] for k in keys) == wanted)


def kind(body: dict[str, Any]) -> int:
    """Which row a request is about, by its question or its judge's text."""
    found = re.search(r"kind (\d+) in", json.dumps(body["messages"]))
    assert found is not None
    return int(found[1])


def say_as_recorded(body: dict[str, Any]) -> str:
    return str(row(kind(body))["modelAnswer"])


async def test_killed_on_the_way_and_begun_again_no_row_is_skipped_or_doubled(tmp_path: Path) -> None:
    held_out = write_set(tmp_path / "set")
    out = tmp_path / "out"
    async with FaultyModel(answer=say_as_recorded) as model:
        arguments = (held_out, "--out", out, "--url", model.url, "--model", "m")
        process = await started(*arguments, folder=tmp_path)
        await model.asked(300)
        process.send_signal(signal.SIGKILL)
        await process.wait()
        before = (out / "answers.jsonl").read_bytes()
        (out / "answers.jsonl").write_bytes(before + b'{"id": "999", "ti')  # as a kill may leave it
        status, said = await evaluate(*arguments)
        assert status == 0, said
        asked = len(model.requests)
    answers = lines(out / "answers.jsonl")
    assert 0 < before.count(b"\n") < ROWS
    assert Counter(line["id"] for line in answers) == {str(number): 1 for number in range(ROWS)}
    assert asked - ROWS <= 8, "only what was under way when it was killed is asked again"
    assert all(line["answer"] == row(int(line["id"]))["modelAnswer"] for line in answers)
    told = report(out)["run"]["held_out"]
    assert (told["rows"], told["images"]) == (ROWS, IMAGES)
    known = sum(number % 5 == number % 4 for number in range(ROWS)) / ROWS
    assert score(out, "ours")["estimate"]["mean"] == pytest.approx(known)
    assert score(out, "ours")["by_rule"] == 1


async def test_the_model_is_asked_alike_and_without_chance(tmp_path: Path) -> None:
    held_out = write_set(tmp_path / "set", rows=5)
    async with FaultyModel(answer=say_as_recorded) as model:
        out = tmp_path / "out"
        await evaluate(held_out, "--out", out, "--url", model.url, "--model", "m")
        assert {seen.body["temperature"] for seen in model.requests} == {0}
        assert len({seen.system for seen in model.requests}) == 1
        assert len({seen.image["image_url"]["url"] for seen in model.requests}) == 5


async def test_another_model_does_not_go_on_in_the_same_folder(tmp_path: Path) -> None:
    held_out = write_set(tmp_path / "set", rows=5)
    await evaluate(held_out, "--out", tmp_path / "out", "--recorded")
    async with FaultyModel(answer=say_as_recorded) as model:
        arguments = ("--out", tmp_path / "out", "--url", model.url, "--model", "m")
        status, said = await evaluate(held_out, *arguments)
    assert status == 2
    assert "another run" in said


async def test_rows_without_an_answer_are_told_and_asked_next_time(tmp_path: Path) -> None:
    held_out = write_set(tmp_path / "set", rows=3)
    out = tmp_path / "out"
    async with FaultyModel(
        lambda body: "500" if kind(body) == 1 else "good", answer=say_as_recorded
    ) as model:
        arguments = (held_out, "--out", out, "--url", model.url, "--model", "m", "--at-once", "1")
        status, said = await evaluate(*arguments)
        assert status == 1, said
        assert "1 rows got no answer" in said
        model.behave("good")
        status, said = await evaluate(*arguments)
    assert status == 0, said
    assert {line["id"] for line in lines(out / "answers.jsonl")} == {"0", "1", "2"}


async def test_a_missing_picture_is_named_before_anything_is_asked(tmp_path: Path) -> None:
    held_out = write_set(tmp_path / "set", rows=3)
    (tmp_path / "set" / f"{1:012d}.png").unlink()
    async with FaultyModel() as model:
        arguments = ("--out", tmp_path / "out", "--url", model.url, "--model", "m")
        status, said = await evaluate(held_out, *arguments)
        assert status == 2
        assert f"{1:012d}.png" in said
        assert not model.requests
