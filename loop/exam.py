"""A second opinion on runs that are over: a thousand questions whose answers nobody had to validate.

    python -m loop.exam RUN/seed-1 [RUN/seed-2 ...] [--environment DIR] [--results]

The held-out set of so small a game is too small to tell models apart that differ by .03. So the models that a
run left are asked about pictures that nobody ever played with, as the crowd asks, and scored by what was
drawn: the same pictures and questions for every seed. Writes bench/results/loop_exam.json and loop_exam.md
where `--results` is given.
"""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Final

from loop.figures import BASE, RESULTS, TUNED, circumstances, line, plain, together
from loop.processes import LoopFailed, gap, models
from loop.run import ENVIRONMENT, FOLDER

from gap_server.demo.miniature import scenes
from gap_server.demo.miniature.crowd import KnownInMiniature
from gap_server.game.state import Pool
from gap_server.images.normalise import normalise_drawing

WORLD: Final = "exam"
"""Its pictures are others than those of the catalogue, and than those that the base was taught from."""

PICTURES: Final[Mapping[Pool, int]] = {Pool.SIMPLE: 150, Pool.COMPLEX: 250}
QUESTIONS: Final = 3
"""About each picture, no two alike."""

CONTROLS: Final = ("random", "untrusted", "blind")


class ExamRefused(Exception):
    """What was named is no run that is over, or not one of the same kind as the others."""


def made(out: Path, pictures: Mapping[Pool, int] = PICTURES) -> Path:
    """The folder of the set, as `evaluate` reads it."""
    folder = out / WORLD
    (folder / "images").mkdir(parents=True, exist_ok=True)
    lines = []
    for pool, count in pictures.items():
        for number in range(count):
            picture, scene = scenes.generate(pool, number, WORLD)
            image = normalise_drawing(picture, "")  # no file that it comes from is kept
            name = f"images/{image.sha256}.jpg"
            (folder / name).write_bytes(image.content)
            known = KnownInMiniature(image.sha256, len(image.content), pool, scene)
            for place, question in enumerate(_asked(known, Random(f"{pool}:{number}"))):
                row = {"id": f"{pool}-{number}-{place}", "image": name}
                lines.append(json.dumps({**row, "question": question, "answer": known.truth(question)}))
    (folder / "heldout.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def _asked(known: KnownInMiniature, chance: Random) -> list[str]:
    asked: dict[str, None] = {}
    while len(asked) < QUESTIONS:
        asked[known.question(chance)] = None
    return list(asked)


def adapters(run: Path) -> dict[str, Path]:
    """By name, what tuning left of each of a run's models. Raises ExamRefused."""
    found = {}
    for name in (TUNED, *(name for name in CONTROLS if (run / f"run-{name}").exists())):
        ended = run / f"run-{name}" / "result.json"
        if not ended.exists():
            raise ExamRefused(f"{run} is no run that is over: it has no {ended.relative_to(run)}")
        found[name] = ended.parent / str(json.loads(ended.read_text(encoding="utf-8"))["adapter"])
        if not found[name].is_dir():
            raise ExamRefused(f"The model is gone: {run} has no {found[name].relative_to(run)}")
    return found


def examine(
    runs: Sequence[Path], environment: Path, pictures: Mapping[Pool, int] = PICTURES
) -> list[dict[str, Path]]:
    """Of each run, by model, the folder of its scores.

    Raises ExamRefused before anything is asked; LoopFailed.
    """
    left = [adapters(run) for run in runs]
    for run, names in zip(runs, left, strict=True):
        if names.keys() != left[0].keys():
            kinds = f"{runs[0]} left the models {', '.join(left[0])}, and {run} {', '.join(names)}"
            raise ExamRefused(f"{kinds}: examine them apart")
    return [_scored(run, found, environment, pictures) for run, found in zip(runs, left, strict=True)]


def _scored(
    run: Path, tuned: Mapping[str, Path], environment: Path, pictures: Mapping[Pool, int]
) -> dict[str, Path]:
    exam, scored = made(run, pictures), {}
    with models(environment, {BASE: FOLDER, **tuned}) as url:
        for name in (BASE, *tuned):
            scored[name] = run / f"examined-{name}"
            whom = ("--url", url, "--model", name, "--protocol", "exact", "--out", scored[name])
            gap(["evaluate", exam, *whom], {"GAP_VLM_DIALECT": "llamacpp"})
    return scored


def written(runs: Sequence[Path], scored: Sequence[dict[str, Path]]) -> str:
    """Markdown: all seeds together where there are several, and each for itself."""
    sorts = {run.name: [one] for run, one in zip(runs, scored, strict=True)}
    if scored[1:]:
        sorts = {"all": list(scored), **sorts}
    lines = [
        "| seed | tuned on | part | rows | before | after | change | 95 % interval | p |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {seed.removeprefix('seed-')} | {name} {line(one)}"
        for seed, some in sorts.items()
        for name, of in together(some).items()
        for one in of
    ]
    return "\n".join(lines) + "\n"


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("runs", type=Path, nargs="+", metavar="RUN")
    parser.add_argument("--environment", type=Path, default=ENVIRONMENT)
    parser.add_argument("--results", action="store_true")
    given = parser.parse_args(arguments)
    runs = [run.resolve() for run in given.runs]
    try:
        scored = examine(runs, given.environment.absolute())
    except (ExamRefused, LoopFailed) as error:
        sys.exit(str(error))
    table = written(runs, scored)
    print(table)
    if given.results:
        each = {run.name: plain(together([one])) for run, one in zip(runs, scored, strict=True)}
        command = ["python", "-m", "loop.exam", *(run.name for run in runs), "--results"]
        result = {**circumstances(command), "together": plain(together(scored)), **each}
        (RESULTS / "loop_exam.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
        (RESULTS / "loop_exam.md").write_text(table, encoding="utf-8")


if __name__ == "__main__":
    main()
