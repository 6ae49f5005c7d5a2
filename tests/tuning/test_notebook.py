"""The notebook of a finished round: it runs on what the command leaves today, and says what it said."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.tuning.a_round import make

NOTEBOOKS = Path(__file__).parents[2] / "docs/notebooks"


def cells() -> list[dict[str, Any]]:
    """Its cells of code: plain Python, as the page says."""
    notebook = json.loads((NOTEBOOKS / "a_finished_round.ipynb").read_text(encoding="utf-8"))
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def fields(told: Any) -> Any:
    """What a report tells, its values and the length of its lists left out."""
    if isinstance(told, dict):
        return {name: fields(value) for name, value in told.items()}
    return [fields(told[0])] if isinstance(told, list) and told else None


@pytest.fixture
async def finished(tmp_path: Path) -> Path:
    folder = tmp_path / "a_finished_round"
    folder.mkdir()
    await make(folder)
    return folder


def test_it_says_on_the_page_what_its_files_say(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(NOTEBOOKS)
    names: dict[str, Any] = {}
    capsys.readouterr()
    for cell in cells():
        exec("".join(cell["source"]), names)  # noqa: S102  # what a notebook is for
        (shown,) = cell["outputs"]
        assert capsys.readouterr().out.rstrip("\n") == "".join(shown["text"]).rstrip("\n")


async def test_it_reads_a_round_of_another_protocol_as_the_command_leaves_it_today(
    finished: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(finished.parent)
    names: dict[str, Any] = {}
    for cell in cells():
        exec("".join(cell["source"]), names)  # noqa: S102
    said = capsys.readouterr().out
    assert "category colour: fell from 0.940 to 0.760: refused\nIt may not play." in said


async def test_its_files_are_as_the_command_writes_them_today(finished: Path) -> None:
    for name in ("before", "after"):
        there, now = (
            json.loads((folder / name / "report.json").read_text(encoding="utf-8"))
            for folder in (NOTEBOOKS / "a_finished_round", finished)
        )
        assert there.keys() == now.keys()
        for field in ("run", "scores", "comparisons", "noise"):
            assert fields(there[field]) == fields(now[field])
