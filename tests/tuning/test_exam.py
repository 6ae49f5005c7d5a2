"""The loop's exam: fresh pictures, figures over several runs, and which runs it refuses."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pytest
from loop.exam import adapters, examine, made, main, written
from loop.figures import BASE, TUNED, together
from loop.processes import LoopFailed

from gap_server.demo.miniature.questions import after
from gap_server.game.state import Pool
from gap_server.operate.demo_scenes import World, painted
from gap_server.tuning.evaluation.held_out import read_held_out
from gap_server.tuning.evaluation.protocols import Protocol
from tests.tuning.runs import recorded

FEW: Final = {Pool.SIMPLE: 4, Pool.COMPLEX: 8}


@pytest.fixture(scope="module")
def exam(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("exam"), FEW)


def rows_of(exam: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (exam / "heldout.jsonl").read_text(encoding="utf-8").splitlines()]


def test_its_pictures_are_none_of_the_catalogues(exam: Path) -> None:
    found = read_held_out(exam)
    assert (len(found.rows), found.images) == (36, 12)
    assert len({(row.image, row.question) for row in found.rows}) == 36
    played_with = painted(World.MINIATURE, [(pool, n) for pool, count in FEW.items() for n in range(count)])
    assert not {f"images/{image.sha256}.jpg" for image in played_with} & {row.image for row in found.rows}


def test_every_seed_is_asked_the_same(exam: Path, tmp_path: Path) -> None:
    assert read_held_out(made(tmp_path, FEW)).sha256 == read_held_out(exam).sha256


def weak(row: Mapping[str, Any]) -> bool:
    return row["answer"] in {"three", "four"}


def answered(folder: Path, exam: Path, *, wrongly: Mapping[str, bool]) -> Path:
    """The scores of a model that gets the weakness wrong, or the other questions, or neither."""
    rows = rows_of(exam)
    for row in rows:
        sort = "weakness" if weak(row) else "elsewhere"
        row["modelAnswer"] = after(row["answer"]) if wrongly[sort] else row["answer"]
    recorded(folder, "a model", rows, Protocol.EXACT)
    return folder / "run"


def test_runs_are_told_together_and_apart_and_what_trust_was_worth(exam: Path, tmp_path: Path) -> None:
    base = answered(tmp_path / "base", exam, wrongly={"weakness": True, "elsewhere": False})
    good = answered(tmp_path / "good", exam, wrongly={"weakness": False, "elsewhere": False})
    bad = answered(tmp_path / "bad", exam, wrongly={"weakness": False, "elsewhere": True})
    scored = [{BASE: base, TUNED: good, "untrusted": of} for of in (bad, good)]
    found = {(name, one.part): one for name, some in together(scored).items() for one in some}
    weakness, elsewhere = found[TUNED, "weakness"], found["untrusted", "elsewhere"]
    count = sum(weak(row) for row in rows_of(exam))
    assert (weakness.rows, weakness.before, weakness.after) == (2 * count, 0, 1)
    assert (elsewhere.rows, elsewhere.before, elsewhere.after) == (2 * (36 - count), 1, 0.5)
    assert found["tuned instead of untrusted", "elsewhere"].change == 0.5
    table = written([Path("runs/seed-1"), Path("runs/seed-2")], scored)
    assert f"| all | tuned | weakness | {2 * count} | 0.000 | 1.000 | +1.000 |" in table
    assert f"| 1 | tuned instead of untrusted | elsewhere | {36 - count} | 0.000 | 1.000 | +1.000 |" in table
    assert f"| 2 | tuned instead of untrusted | elsewhere | {36 - count} | 1.000 | 1.000 | +0.000 |" in table


def finished(run: Path, *names: str) -> Path:
    """What the exam looks for in the folder of a run that is over."""
    for name in names:
        (run / f"run-{name}" / "output").mkdir(parents=True)
        (run / f"run-{name}" / "result.json").write_text('{"adapter": "output"}', encoding="utf-8")
    return run


def test_the_models_of_a_run_are_its_own_and_its_controls(tmp_path: Path) -> None:
    assert list(adapters(finished(tmp_path, TUNED, "blind"))) == [TUNED, "blind"]


def refused(*words: Path | str) -> str:
    """What the command says as it ends."""
    with pytest.raises(SystemExit) as ended:
        main([str(word) for word in words])
    return str(ended.value.code)


def test_what_is_no_run_that_is_over_is_refused(tmp_path: Path) -> None:
    over, stopped = finished(tmp_path / "seed-1", TUNED), finished(tmp_path / "seed-2", TUNED)
    (stopped / "run-blind").mkdir()
    assert "is no run that is over: it has no run-tuned/result.json" in refused(over, tmp_path / "nowhere")
    assert "is no run that is over: it has no run-blind/result.json" in refused(over, stopped)
    assert not (over / "exam").exists(), "nothing is begun before all are looked at"


def test_a_run_whose_model_is_gone_is_refused(tmp_path: Path) -> None:
    over = finished(tmp_path / "seed-1", TUNED)
    (over / "run-tuned" / "output").rmdir()
    assert "The model is gone" in refused(over)


def test_runs_with_other_controls_are_not_examined_together(tmp_path: Path) -> None:
    with_control, without = (
        finished(tmp_path / "seed-1", TUNED, "blind"),
        finished(tmp_path / "seed-2", TUNED),
    )
    assert "left the models tuned, blind, and" in refused(with_control, without)


def test_without_an_environment_the_exam_says_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(LoopFailed, match="`make training`"):
        examine([finished(tmp_path / "seed-1", TUNED)], tmp_path / "nowhere", FEW)
