"""The loop in miniature: play, trust, data set, tuned model, honest score before and after, the gate.

    python -m loop.run [--seeds 1 2 3] [--controls] [--out DIR]

Every step is the real command, in the order in which an operator gives them; only the people are simulated.
`--controls` tunes on the same rows with labels drawn by lot, on flags that nobody checked, and on those of
players who flag everything, too. `--results NAME` writes bench/results/NAME.json and NAME.md.
"""

import argparse
import json
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from loop import controls
from loop.controls import Lesson
from loop.figures import BASE, TUNED, Run, keep, written
from loop.processes import LoopFailed, game, gap, models

FOLDER: Final = Path(__file__).parent / "base"
"""The base model's."""

ENVIRONMENT: Final = Path(__file__).parent.parent / "training" / ".venv"
SEEN_PIXELS: Final = 84 * 84
"""What the model sees of any picture; the framework would show it more."""

MIX: Final = "careful=0.4,sloppy=0.2,always_flag=0.2,poisoner=0.2"
"""One in five flags everything, one in five everything on the pictures where nothing is known."""

JURORS: Final = "careful=0.7,sloppy=0.3"

TUNING: Final = {
    "torch_dtype": "float32",
    "lora_rank": "16",
    "lora_alpha": "32",
    "lora_dropout": "0",
    "weight_decay": "0",
    "learning_rate": "0.002",
    "num_train_epochs": "4",
    "per_device_train_batch_size": "16",
    "gradient_accumulation_steps": "1",
    "gradient_checkpointing": "false",
    "dataloader_num_workers": "0",
    "eval_strategy": "no",
    "external_plugins": str(Path(__file__).with_name("picture_places.py")),
}
"""Where half a million parameters want another recipe than seven billions."""


@dataclass(frozen=True, slots=True)
class Size:
    """How much is played. `sessions` and `verdicts`: of each player; jurors come after them."""

    players: int
    sessions: int
    verdicts: int
    jurors: int
    cases: int


WHOLE: Final = Size(players=84, sessions=6, verdicts=30, jurors=130, cases=150)
SMALL: Final = Size(players=20, sessions=4, verdicts=30, jurors=12, cases=80)


@dataclass(frozen=True, slots=True)
class Loop:
    """One run of it in a folder. `environment`: where torch and ms-swift are installed."""

    out: Path
    environment: Path
    seed: int
    size: Size
    seconds: dict[str, float] = field(default_factory=dict)

    def run(self, *, with_controls: bool) -> Run:
        """Raises LoopFailed."""
        with self._timed("play"):
            self.play()
        lessons = {TUNED: Lesson(self.out / "corrections", self.out / "replay")}
        if with_controls:
            lessons |= controls.made(self.out, self.seed)
        with self._timed("tune"):
            adapters = {name: self.tune(lesson, name) for name, lesson in lessons.items()}
        with self._timed("evaluate"):
            gates = self.evaluate(adapters)
        return Run(self.seed, self.seconds, {name: self._evaluated(name) for name in (BASE, *gates)}, gates)

    @contextmanager
    def _timed(self, part: str) -> Iterator[None]:
        began = time.monotonic()
        yield
        self.seconds[part] = round(time.monotonic() - began, 1)

    def env(self, url: str) -> dict[str, str]:
        """The settings of the game and of every command beside it."""
        return {
            "GAP_DATA_DIR": str(self.out / "data"),
            "GAP_VLM_URLS": url,
            "GAP_VLM_MODEL": BASE,
            "GAP_VLM_DIALECT": "llamacpp",  # an OpenAI-compatible server without vLLM's own options
            "GAP_VLM_GATE": "false",
            "GAP_VLM_EXTRA_BODY": '{"temperature": 0}',
            "GAP_HONEST_CHECKS_PER_MINUTE": "10000",
            "GAP_TRUST_REFIT_MINUTES": "0",
            "GAP_CASES_PER_DAY": "1000",
            "GAP_LOG_LEVEL": "error",
        }

    def play(self) -> None:
        """The crowd plays and judges; trust is worked out; the data sets leave."""
        with models(self.environment, {BASE: FOLDER}) as url:
            env = self.env(url)
            with game(env) as server:
                size = self.size
                self._visit(server, size.players, size.sessions, size.verdicts, MIX, self.seed)
                gap(["trust", "refit"], env)
                self._visit(server, size.jurors, 1, size.cases, JURORS, self.seed + 1000)
                gap(["trust", "refit"], env)
                for name, form in (
                    ("corrections", "swift"),
                    ("replay", "swift"),
                    ("heldout", "jsonl"),
                    ("everything", "jsonl"),
                ):
                    gap(["dataset", "export", name, "--format", form, "--out", self.out / name], env)

    def _visit(self, server: str, players: int, sessions: int, verdicts: int, mix: str, seed: int) -> None:  # noqa: PLR0917  # a command's options
        counts = {"players": players, "sessions": sessions, "verdicts": verdicts, "seed": seed}
        options = [text for name, n in counts.items() for text in (f"--{name}", str(n))]
        gap(["simulate", "--url", server, "--world", "miniature", "--mix", mix, *options], {})

    def tune(self, lesson: Lesson, name: str) -> Path:
        """The adapter. Raises LoopFailed."""
        folder = self.out / f"run-{name}"
        changed = [f"--set={setting}={value}" for setting, value in TUNING.items()]
        learned = ("--dataset", lesson.corrections, "--replay", lesson.replay)
        sources = (*learned, "--held-out", self.out / "heldout")
        where = ("--out", folder, "--seed", str(self.seed), "--run", "--environment", self.environment)
        env = {"MAX_PIXELS": str(SEEN_PIXELS), "OMP_NUM_THREADS": "1", "HF_HUB_OFFLINE": "1"}
        gap(["tune", FOLDER, *sources, *where, *changed], env)
        result = json.loads((folder / "result.json").read_text(encoding="utf-8"))
        return folder / str(result["adapter"])

    def evaluate(self, adapters: Mapping[str, Path]) -> dict[str, bool]:
        """The base first, then each adapter beside it, all on the same held-out rows; who passed the gate."""
        with models(self.environment, {BASE: FOLDER, **adapters}) as url:
            env, gates = self.env(url), {}
            gap(["round", "register", BASE, "--kind", "base"], env)
            self._ask(BASE, url)
            for name in adapters:
                self._ask(name, url, "--against", self._evaluated(BASE))
                release = ("--release", self.out / "corrections") if name == TUNED else ()
                gap(["round", "register", name, "--base", BASE, *release], env)
                scores = ("--before", self._evaluated(BASE), "--after", self._evaluated(name))
                asked = ("--protocol", "exact", "--without-benchmarks")
                gates[name] = gap(["round", "gate", name, *scores, *asked], env, may_fail=True).succeeded
            return gates

    def _ask(self, name: str, url: str, *against: str | Path) -> None:
        whom = ("--url", url, "--model", name, "--protocol", "exact", "--out", self._evaluated(name))
        gap(["evaluate", self.out / "heldout", *whom, *against], self.env(url))

    def _evaluated(self, name: str) -> Path:
        return self.out / f"evaluated-{name}"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, help="where the runs stay; else they are removed")
    parser.add_argument("--environment", type=Path, default=ENVIRONMENT)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1])
    parser.add_argument("--small", action="store_true", help="fewer players: to see that it closes")
    parser.add_argument("--controls", action="store_true")
    parser.add_argument("--results", metavar="NAME", help="keep what is found in bench/results/NAME.*")
    given = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))  # so that what was started is ended, too
    with tempfile.TemporaryDirectory() as scratch:
        out = given.out.resolve() if given.out else Path(scratch)
        size, environment, runs = SMALL if given.small else WHOLE, given.environment.absolute(), []
        for seed in given.seeds:
            loop = Loop(out / f"seed-{seed}", environment, seed, size)
            try:
                runs.append(loop.run(with_controls=given.controls))
            except LoopFailed as error:
                sys.exit(str(error))
            print(written(runs[-1:]), flush=True)
            if given.results:
                options = [f"--{name}" for name in ("small", "controls") if getattr(given, name)]
                keep(runs, options, given.results)


if __name__ == "__main__":
    main()
