"""Two models in the field: does the comparison find their order, and do its intervals hold what is true?

    python -m bench.models [--simulations 300] [--seed 1]

In three worlds, all in memory, all with the truth known. `model`: answers are flagged as the model of
`quality.models_compared` has it. `moods`: the same, but players are of another mood in each session. `crowd`:
players of the kinds in `quality.crowd`, one always-flagger and one poisoner in five each, flag answers that
are wrong or not; models err on some pictures more than on others. Each session has one of both models, by
lot. Writes bench/results/models.json and models.md.
"""

import argparse
import json
import os
import platform
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np

from gap_server.quality import models_compared
from gap_server.quality.crowd.play import AS_IT_IS, BALANCED, MOST_ANSWERS, WORST
from gap_server.quality.crowd.policies import Behaviour, Eyes, Sight, drawn, flag_chance
from gap_server.quality.evidence import Bools, Floats, Ints
from gap_server.quality.models_compared import Answers, Comparison, compared

RESULTS: Final = Path(__file__).parent / "results"
CLAIMED: Final = 0.95
ASKED: Final = 0.9
PLAYERS, SESSIONS, IMAGES, CATEGORIES = 400, 4, 300, 8
UNTAINTED: Final = (False, False, True, True, True)
"""Of a session in the balanced deal: whether each image is of the complex pool."""
MOODS: Final = 0.5
"""Standard deviation in log odds: of two sessions of one player, one has easily twice the flags."""
APART: Final = 0.02
"""Flag rates that are nearer to each other than this need not come in their order."""


class Trial(NamedTuple):
    """What is true of two models, and what was found: the first less the second.

    `truth`: of the share of these very answers that would be flagged, had each model given all of them.
    """

    answers: int
    truth: float
    found: Comparison


def main() -> None:
    arguments = _arguments()
    start = time.perf_counter()
    worlds = {
        name: _measured(
            [play(np.random.default_rng([arguments.seed, n])) for n in range(arguments.simulations)]
        )
        for name, play in WORLDS.items()
    }
    result: dict[str, Any] = {
        "what": "comparisons of two models against the known truth of simulated play",
        "command": f"python -m bench.models --simulations {arguments.simulations} --seed {arguments.seed}",
        "at": f"{datetime.now(UTC):%Y-%m-%d}",
        "machine": f"{os.cpu_count()} cores, {platform.machine()}",
        "versions": {"python": platform.python_version(), "numpy": version("numpy")}
        | {"models_compared": models_compared.VERSION},
        "play": {"players": PLAYERS, "sessions": SESSIONS, "images": IMAGES, "categories": CATEGORIES},
        "worlds": worlds,
        "seconds": round(time.perf_counter() - start),
    }
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "models.json").write_text(json.dumps(result, indent=2) + "\n")
    (RESULTS / "models.md").write_text(_table(result))
    print(_table(result))


def _measured(trials: Sequence[Trial]) -> dict[str, float]:
    differences = [trial.found.rate_difference(0, 1) for trial in trials]
    truths = np.array([trial.truth for trial in trials])
    found = np.array([difference.effect[0] for difference in differences])
    errors = np.array([difference.error[0] for difference in differences])
    ends = np.array([difference.within(CLAIMED) for difference in differences])[:, :, 0]
    apart = np.abs(truths) >= APART
    first_is_better = np.array([trial.found.more_truthful(0, 1) > 0.5 for trial in trials])
    sure = (ends[:, 0] > 0) | (ends[:, 1] < 0)
    measures = {
        "simulations": len(trials),
        "answers": float(np.mean([trial.answers for trial in trials])),
        "coverage": float(((ends[:, 0] <= truths) & (truths <= ends[:, 1])).mean()),
        "simulations_apart": int(apart.sum()),
        "order_found_where_apart": float((first_is_better == (truths < 0))[apart].mean()),
        "sure_and_wrong": float((sure & (np.sign(found) != np.sign(truths))).mean()),
        "mean_difference": float(np.abs(truths).mean()),
        "standard_error": float(errors.mean()),
        "bias": float((found - truths).mean()),
        "spread_of_errors": float(((found - truths) / errors).std()),
    }
    return {name: round(value, 4) for name, value in measures.items()}


def _by_the_model(random: np.random.Generator, *, moods: float = 0.0) -> Trial:
    """Readiness, difficulty and category move the log odds of a flag, as the estimator believes.

    `moods`: how much readiness changes from one session to another of the same player, which it does not.
    """
    readiness, difficulty = random.normal(0, 1, PLAYERS), random.normal(0, 0.7, IMAGES)
    categories, models = random.normal(0, 0.5, CATEGORIES), random.normal(0, 0.25, 2)
    turns = _Turns.dealt(random, PLAYERS)
    category = random.integers(CATEGORIES, size=len(turns.player))
    mood = random.normal(0, moods, (PLAYERS, SESSIONS))[turns.player, turns.session]
    others = mood + readiness[turns.player] + difficulty[turns.image] + categories[category] - 1
    chances = [1 / (1 + np.exp(model - others)) for model in models]
    flagged = random.random(len(category)) < np.where(turns.model == 0, *chances)
    truth = float(chances[0].mean() - chances[1].mean())
    answers = _answers(turns.player, turns.image, category, turns.model, flagged)
    return Trial(len(category), truth, compared(answers))


def _by_a_crowd(random: np.random.Generator) -> Trial:
    """Answers are wrong or not, and players flag them by what they see: the estimator knows nothing of it."""
    sizes = random.multinomial(PLAYERS, np.array(list(WORST.values())) / sum(WORST.values()))
    pictures = _Pictures(random)
    heard, chances, start = [], [], 0
    for behaviour, size in zip(WORST, sizes, strict=True):
        if size:
            columns, flags = _heard(random, behaviour, int(size), pictures)
            heard.append((columns[0] + start, *columns[1:]))
            chances.append(flags)
            start += int(size)
    player, image, category, model, flagged = (np.concatenate(column) for column in zip(*heard, strict=True))
    first, second = np.concatenate(chances, axis=1)
    answers = _answers(player, image, category, model, flagged)
    return Trial(len(player), float(first.mean() - second.mean()), compared(answers))


WORLDS: Final[dict[str, Callable[[np.random.Generator], Trial]]] = {
    "model": _by_the_model,
    "moods": partial(_by_the_model, moods=MOODS),
    "crowd": _by_a_crowd,
}


class _Turns(NamedTuple):
    """Untainted rounds: whose, in which session, on which image of which pool, by which model."""

    player: Ints
    session: Ints
    image: Ints
    is_complex: Bools
    model: Ints

    @classmethod
    def dealt(cls, random: np.random.Generator, players: int) -> "_Turns":
        """Images of even numbers are the complex pool."""
        player = np.repeat(np.arange(players), SESSIONS * len(UNTAINTED))
        session = np.tile(np.repeat(np.arange(SESSIONS), len(UNTAINTED)), players)
        is_complex = np.tile(UNTAINTED, players * SESSIONS)
        image = 2 * random.integers(IMAGES // 2, size=len(player)) + ~is_complex
        model = random.integers(2, size=(players, SESSIONS))[player, session]
        return cls(player, session, image, is_complex, model)

    def those(self, which: Bools) -> "_Turns":
        player, session, image, is_complex, model = self
        return _Turns(player[which], session[which], image[which], is_complex[which], model[which])


class _Pictures:
    """How often each model errs on each picture, and what else somebody may go by."""

    def __init__(self, random: np.random.Generator) -> None:
        is_complex = np.arange(IMAGES) % 2 == 0
        usual = random.uniform(0.15, 0.4)
        wrong = np.clip([usual, usual + random.normal(0, 0.15)], 0.03, 0.7)
        odds = np.log(wrong / (1 - wrong))[:, None] - np.where(is_complex, 0, 2.6)
        self.wrong = 1 / (1 + np.exp(-(odds + random.normal(0, 0.8, IMAGES))))
        small = np.where(is_complex, BALANCED.small_file[1], BALANCED.small_file[0])
        self.small_file = random.random(IMAGES) < small


def _heard(
    random: np.random.Generator, behaviour: Behaviour, size: int, pictures: _Pictures
) -> tuple[tuple[Floats, ...], Floats]:
    """What players of one behaviour heard and flagged; and how likely each flag was, by either model."""
    eyes, turns = drawn(behaviour, size, random), _Turns.dealt(random, size)
    listed = random.random(len(turns.player)) < np.where(turns.is_complex, *reversed(BALANCED.listed))
    columns, flags = [], []
    for _ in range(MOST_ANSWERS):
        of_wrong, of_right = (
            _flags(behaviour, eyes, turns, pictures, listed, wrong=w) for w in (True, False)
        )
        wrong = pictures.wrong[:, turns.image]
        flags.append(wrong * of_wrong + (1 - wrong) * of_right)
        flagged = random.random(len(turns.player)) < np.where(turns.model == 0, *flags[-1])
        category = random.integers(CATEGORIES, size=len(flagged))
        columns.append((turns.player, turns.image, category, turns.model, flagged))
        on = ~flagged & (random.random(len(flagged)) < AS_IT_IS.asks_on)
        turns, listed = turns.those(on), listed[on]
    joined = tuple(np.concatenate(column) for column in zip(*columns, strict=True))
    return joined, np.concatenate(flags, axis=1)


def _flags(
    behaviour: Behaviour, eyes: Eyes, turns: _Turns, pictures: _Pictures, listed: Bools, *, wrong: bool
) -> Floats:
    own = Eyes(np.asarray(eyes.hit)[turns.player], np.asarray(eyes.slip)[turns.player])
    always = np.full(len(turns.player), wrong)
    sight = Sight(always, turns.is_complex, pictures.small_file[turns.image], listed, turns.session)
    return np.asarray(flag_chance(behaviour, own, sight))


def _answers(player: Ints, image: Ints, category: Ints, model: Ints, flagged: Bools) -> Answers:
    """One row an answer, levels numbered without gaps."""
    return Answers(
        *(_numbered(player), _numbered(image), _numbered(category), _numbered(model)),
        seen=np.ones(len(flagged), np.intp),
        flagged=flagged.astype(np.intp),
    )


def _numbered(levels: Ints) -> Ints:
    return np.asarray(np.unique(levels, return_inverse=True)[1], np.intp)


def _table(result: dict[str, Any]) -> str:
    worlds = result["worlds"]
    lines = [
        "# Two models in the field",
        "",
        f"`{result['command']}`, {result['at']}: {PLAYERS} players, {SESSIONS} sessions each, {IMAGES}"
        f" pictures, a model by lot for each session. Intervals claim {CLAIMED}; apart: flag rates differ by"
        f" {APART} at least.",
        "",
        "| | asked | " + " | ".join(worlds) + " |",
        "|---|---|" + "---|" * len(worlds),
    ]
    for name in next(iter(worlds.values())):
        asked = f"at least {ASKED}" if name == "coverage" else ""
        cells = " | ".join(f"{measures[name]:g}" for measures in worlds.values())
        lines.append(f"| {name.replace('_', ' ')} | {asked} | {cells} |")
    return "\n".join([*lines, ""])


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--simulations", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    main()
