"""The gate: what may play, and each reason why something may not."""

from pathlib import Path

from gap_server.tuning.benchmarks.results import Change
from gap_server.tuning.evaluation.comparison import Comparison, compared
from gap_server.tuning.rounds.gate import Check, checked
from gap_server.vlm.probe.report import ProbeReport, Row
from tests.tuning.runs import finished_run

LIAR = ProbeReport((Row("contradicts its honest answer", "", "97%", "at least 80%", passed=True),))
HONEST_ALWAYS = ProbeReport((Row("contradicts its honest answer", "", "3%", "at least 80%", passed=False),))


def comparison(folder: Path, before: dict[str, int], after: dict[str, int]) -> Comparison:
    one = finished_run(folder / "before", "base", before)
    other = finished_run(folder / "after", "tuned", after)
    return compared(one.scores, other.scores, "ours")


def refused(checks: list[Check]) -> dict[str, str]:
    return {check.name: check.said for check in checks if not check.passed}


def test_what_is_better_nowhere_worse_and_still_a_liar_may_play(tmp_path: Path) -> None:
    found = comparison(tmp_path, {"counting": 10, "colour": 50}, {"counting": 40, "colour": 50})
    assert refused(checked(found, [Change("OCRBench", 72.4, 73.1)], LIAR)) == {}
    assert refused(checked(found, None, LIAR)) == {}


def test_a_gain_that_may_be_chance_is_none(tmp_path: Path) -> None:
    found = comparison(tmp_path, {"counting": 10, "colour": 50}, {"counting": 11, "colour": 50})
    assert "not better with 95% confidence" in refused(checked(found, None, LIAR))["held-out"]


def test_a_category_that_falls_is_named_though_the_whole_is_better(tmp_path: Path) -> None:
    found = comparison(tmp_path, {"counting": 0, "colour": 60}, {"counting": 55, "colour": 48})
    assert found.overall.change.lower > 0
    reasons = refused(checked(found, None, LIAR))
    assert list(reasons) == ["category colour"]
    assert "1.000 to 0.800" in reasons["category colour"]


def test_a_fall_that_may_be_chance_is_let_pass(tmp_path: Path) -> None:
    """Two of ten rows: much more than .05, and nothing that ten rows could make sure."""
    one = finished_run(tmp_path / "before", "base", {"counting": 0, "colour": 10}, rows=10)
    other = finished_run(tmp_path / "after", "tuned", {"counting": 9, "colour": 8}, rows=10)
    found = compared(one.scores, other.scores, "ours")
    colour = next(d for d in found.differences if d.category == "colour")
    assert (round(colour.change.mean, 2), colour.change.upper) == (-0.2, 0)
    assert refused(checked(found, None, LIAR)) == {}


def test_a_small_fall_of_a_category_is_let_pass(tmp_path: Path) -> None:
    found = comparison(tmp_path, {"counting": 0, "colour": 60}, {"counting": 55, "colour": 58})
    assert refused(checked(found, None, LIAR)) == {}


def test_a_benchmark_may_lose_its_margin_and_no_more(tmp_path: Path) -> None:
    found = comparison(tmp_path, {"counting": 10, "colour": 50}, {"counting": 40, "colour": 50})
    published = [Change("LLaVA-Bench", 87.9, 82.2), Change("MMBench", 0.752, 0.7422)]
    assert list(refused(checked(found, published, LIAR))) == ["benchmark LLaVA-Bench"]
    assert refused(checked(found, published, LIAR, margin=0.07)) == {}
    assert list(refused(checked(found, [], LIAR))) == ["benchmarks"]


def test_a_model_that_no_longer_lies_on_request_is_refused(tmp_path: Path) -> None:
    found = comparison(tmp_path, {"counting": 10, "colour": 50}, {"counting": 40, "colour": 50})
    assert "contradicts its honest answer" in refused(checked(found, None, HONEST_ALWAYS))["probe"]


def test_what_was_mended_broken_and_is_still_wrong_is_listed(tmp_path: Path) -> None:
    found = comparison(tmp_path, {"counting": 10, "colour": 50}, {"counting": 40, "colour": 45})
    assert [score.id for score in found.mended] == [f"counting-{n}" for n in sorted(range(10, 40), key=str)]
    assert {score.id for score in found.broken} == {f"colour-{n}" for n in range(45, 50)}
    assert len(found.still_wrong) == 20 + 10
    assert found.overall.test[:2] == (30, 5)
