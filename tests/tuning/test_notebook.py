"""The notebook of a finished round: it runs on what the command leaves today, and says what it said."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.tuning.a_round import KEPT, make

NOTEBOOKS = Path(__file__).parents[2] / "docs/notebooks"
FIGURES = ("run", "answers", "scores", "comparisons", "noise")


def cells() -> list[dict[str, Any]]:
    """Its cells of code: plain Python, as the page says."""
    notebook = json.loads((NOTEBOOKS / "a_finished_round.ipynb").read_text(encoding="utf-8"))
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


@pytest.fixture
async def finished(tmp_path: Path) -> Path:
    folder = tmp_path / "a_finished_round"
    folder.mkdir()
    await make(folder)
    return folder


async def test_it_says_of_a_round_made_anew_what_it_says_on_the_page(
    finished: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(finished.parent)
    names: dict[str, Any] = {}
    capsys.readouterr()
    for cell in cells():
        exec("".join(cell["source"]), names)  # noqa: S102  # what a notebook is for
        (shown,) = cell["outputs"]
        assert capsys.readouterr().out.rstrip("\n") == "".join(shown["text"]).rstrip("\n")


async def test_its_files_are_what_the_command_leaves(finished: Path) -> None:
    for name, files in KEPT.items():
        there, made = NOTEBOOKS / "a_finished_round" / name, finished / name
        kept, now = (json.loads((folder / "report.json").read_text()) for folder in (there, made))
        assert [kept[figure] for figure in FIGURES] == [now[figure] for figure in FIGURES]
        if "scores.jsonl" in files:
            pair = [sorted((folder / "scores.jsonl").read_text().splitlines()) for folder in (there, made)]
            assert pair[0] == pair[1]
