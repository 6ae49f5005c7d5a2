"""An evaluation told: report.json for programs, report.md for people, both of the same figures."""

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any, Final

from gap_server.tuning.evaluation.agreement import judges_agreement
from gap_server.tuning.evaluation.comparison import LISTED, Comparison
from gap_server.tuning.evaluation.judges_report import (
    Pairwise,
    WithPeople,
    told_agreement,
    told_pairs,
    told_people,
)
from gap_server.tuning.evaluation.markdown import cell, heads, part
from gap_server.tuning.evaluation.run import Evaluated
from gap_server.tuning.evaluation.scores import ALL, PANEL, Score, Standing, standings


@dataclass(frozen=True, slots=True)
class Prices:
    """What a million tokens cost, in whatever money: asked and answered. None where nobody said."""

    asked: float | None = None
    answered: float | None = None

    def of(self, lines: Iterable[Mapping[str, Any]]) -> float | None:
        if self.asked is None or self.answered is None:
            return None
        tokens = _tokens(lines)
        return (tokens["prompt_tokens"] * self.asked + tokens["completion_tokens"] * self.answered) / 1e6


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside a run's own scores: comparisons with another run, its noise, people, prices."""

    comparisons: Sequence[Comparison] = ()
    against: str | None = None
    noise: Sequence[Comparison] = ()
    pairwise: Pairwise | None = None
    people: WithPeople | None = None
    model_prices: Prices = Prices()
    judge_prices: Prices = Prices()


def report(run: Evaluated, beside: Beside) -> dict[str, Any]:
    answered = run.answers.values()
    judged = [*run.verdicts.values(), *(beside.pairwise.lines if beside.pairwise else ())]
    latencies = [line["latency_ms"] for line in answered if line.get("latency_ms") is not None]
    return {
        "run": dict(run.identity),
        "answers": len(run.answers),
        "unanswered": run.unanswered,
        "unjudged": run.unjudged,
        "without_an_answer": sum(line.get("failure") is not None for line in answered),
        "seconds": round(run.seconds, 1),
        "latency_ms": median(latencies) if latencies else None,
        "model": _tokens(answered) | {"cost": beside.model_prices.of(answered)},
        "judges": _tokens(judged) | {"cost": beside.judge_prices.of(judged)},
        "scores": [asdict(standing) for standing in standings(run.scores)],
        "judges_agreement": [asdict(one) for one in judges_agreement(run.scores)],
        "people": asdict(beside.people) if beside.people else None,
        "against": beside.against,
        "comparisons": [_compared(one) for one in beside.comparisons],
        "noise": [_compared(one) for one in beside.noise],
        "pairwise": _paired(beside.pairwise) if beside.pairwise else None,
    }


def write_report(run: Evaluated, beside: Beside, out: Path) -> None:
    told = json.dumps(_without_nan(report(run, beside)), indent=1, ensure_ascii=False)
    (out / "report.json").write_text(told + "\n", encoding="utf-8")
    (out / "report.md").write_text("\n".join(_page(run, beside)) + "\n", encoding="utf-8")


def _tokens(lines: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    said = list(lines)
    return {
        name: sum(line.get(name) or 0 for line in said) for name in ("prompt_tokens", "completion_tokens")
    }


def _compared(one: Comparison) -> dict[str, Any]:
    return {
        "protocol": one.protocol,
        "differences": [asdict(d) | {"test": d.test._asdict()} for d in one.differences],
        **{kind: [score.id for score in getattr(one, kind)] for kind in ("mended", "broken", "still_wrong")},
    }


def _paired(found: Pairwise) -> dict[str, Any]:
    standings = [asdict(one) | {"test": one.test._asdict()} for one in found.standings]
    return {"standings": standings, "lacking": found.lacking}


def _without_nan(value: Any) -> Any:
    """JSON has no NaN: null where there was nothing to say."""
    if isinstance(value, dict):
        return {name: _without_nan(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_without_nan(part) for part in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _page(run: Evaluated, beside: Beside) -> Iterator[str]:
    identity = run.identity
    held_out = identity["held_out"]
    revision = f", revision {identity['model_revision']}" if identity["model_revision"] else ""
    yield f"# {identity['model']}{revision}\n"
    yield (
        f"{held_out['rows']} questions about {held_out['images']} pictures, held out"
        f" (`{held_out['sha256'][:12]}`). Answers: {identity['answers']}."
        f" {run.unanswered} unanswered, {run.unjudged} verdicts lacking."
    )
    yield from _told_scores(standings(run.scores))
    yield from told_agreement(judges_agreement(run.scores))
    if beside.people:
        yield from told_people(beside.people)
    for one in beside.comparisons:
        yield from _told_comparison(f"Against {beside.against}, by {one.protocol}", one)
        yield from _listed("Mended", one.mended)
        yield from _listed("Newly wrong", one.broken)
        yield from _listed("Still wrong", one.still_wrong)
    if beside.pairwise:
        yield from told_pairs(beside.pairwise, beside.against)
    for one in beside.noise:
        yield from _told_comparison(f"The same model asked twice, by {one.protocol}", one)


_COUNTS: Final = ("rows", "images", "by rule", "undecided", "as published")
_TESTED: Final = ("mended", "broken", "p", "detectable", "rows")


def _told_scores(found: Sequence[Standing]) -> Iterator[str]:
    yield "\n## Scores\n"
    yield from heads("protocol", "judge", "of", "score", "95 % interval", "right", *_COUNTS)
    for one in found:
        if one.judge != PANEL and (one.stratum, one.category) != (ALL, ALL):
            continue
        e = one.estimate
        published = "" if one.as_published is None else f"{one.as_published:.3f}"
        yield (
            f"| {one.protocol} | {one.judge} | {part(one.stratum, one.category)} | {e.mean:.3f} |"
            f" {e.lower:.3f} to {e.upper:.3f} | {one.right:.3f} | {e.rows} | {e.images} | {one.by_rule:.0%} |"
            f" {one.undecided} | {published} |"
        )
    yield (
        "\nIntervals by drawing whole pictures anew. *By rule*: decided by words alone, without a judge."
        " *Undecided* rows are in no mean. *As published*: replies that are no number dropped, as the paper's"
        " script does; in the score they count 0."
    )


def _told_comparison(title: str, found: Comparison) -> Iterator[str]:
    yield f"\n## {title}\n"
    yield from heads("of", "before", "after", "change", "95 % interval", *_TESTED)
    for d in found.differences:
        yield (
            f"| {part(d.stratum, d.category)} | {d.before:.3f} | {d.after:.3f} | {d.change.mean:+.3f} |"
            f" {d.change.lower:+.3f} to {d.change.upper:+.3f} | {d.test.mended} | {d.test.broken} |"
            f" {d.test.p:.3g} | {d.detectable:.3f} | {d.change.rows} |"
        )
    yield (
        "\nPaired by row; *p* is McNemar's, exact. *Detectable*: the least difference that so many rows show"
        " with a chance of 80 %."
    )


def _listed(title: str, rows: Sequence[Score]) -> Iterator[str]:
    if not rows:
        return
    yield f"\n### {title}: {len(rows)}\n"
    yield from heads("row", "category", "question", "reference", "answer")
    for row in rows[:LISTED]:
        cells = (row.id, row.category, row.question, row.reference, row.answer)
        yield f"| {' | '.join(map(cell, cells))} |"
    if len(rows) > LISTED:
        yield "\nThe others stand in report.json, by their ids."
