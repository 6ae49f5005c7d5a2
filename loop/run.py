"""The loop in miniature: play, trust, data set, tuned model, honest score before and after, the gate.

    python -m loop.run --out build/loop [--seed 1]

Every step is the real command, in the order in which an operator gives them; only the people are simulated.
"""

import argparse
import json
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from loop import controls
from loop.figures import Change, changes
from loop.processes import LoopFailed, game, gap, models

BASE: Final = Path(__file__).parent / "base"
ENVIRONMENT: Final = Path(__file__).parent.parent / "training" / ".venv"
NAME: Final = "miniature"
SEEN_PIXELS: Final = 84 * 84
"""What the model sees of any picture; the framework would show it more."""

MIX: Final = "careful=0.5,sloppy=0.25,always_flag=0.25"
JURORS: Final = "careful=0.7,sloppy=0.3"

TUNING: Final = {
    "torch_dtype": "float32",
    "lora_rank": "16",
    "lora_alpha": "32",
    "lora_dropout": "0",
    "weight_decay": "0",
    "learning_rate": "0.002",
    "num_train_epochs": "6",
    "per_device_train_batch_size": "16",
    "gradient_accumulation_steps": "1",
    "gradient_checkpointing": "false",
    "dataloader_num_workers": "0",
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


WHOLE: Final = Size(players=48, sessions=5, verdicts=40, jurors=24, cases=120)
SMALL: Final = Size(players=20, sessions=4, verdicts=30, jurors=12, cases=80)


@dataclass(frozen=True, slots=True)
class Loop:
    """One run of it in a folder. `environment`: where torch and ms-swift are installed."""

    out: Path
    environment: Path
    seed: int
    size: Size

    def env(self, url: str) -> dict[str, str]:
        """The settings of the game and of every command beside it."""
        return {
            "GAP_DATA_DIR": str(self.out / "data"),
            "GAP_VLM_URLS": url,
            "GAP_VLM_MODEL": NAME,
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
        with models(self.environment, {NAME: BASE}) as url:
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

    def tune(self, dataset: Path, name: str) -> Path:
        """The adapter. Raises LoopFailed."""
        folder = self.out / f"run-{name}"
        changed = [f"--set={setting}={value}" for setting, value in TUNING.items()]
        sources = ["--dataset", dataset, "--replay", self.out / "replay", "--held-out", self.out / "heldout"]
        where = ["--out", folder, "--seed", str(self.seed), "--run", "--environment", self.environment]
        env = {"MAX_PIXELS": str(SEEN_PIXELS), "OMP_NUM_THREADS": "2", "HF_HUB_OFFLINE": "1"}
        gap(["tune", BASE, *sources, *where, *changed], env)
        result = json.loads((folder / "result.json").read_text(encoding="utf-8"))
        return folder / result["adapter"]

    def evaluate(self, adapters: Mapping[str, Path]) -> None:
        """The base first, then each adapter beside it, all on the same held-out rows."""
        with models(self.environment, {NAME: BASE, **adapters}) as url:
            for name in (NAME, *adapters):
                out = self.out / f"evaluated-{name}"
                against = ["--against", self.out / f"evaluated-{NAME}"] if name != NAME else []
                whom = ["--url", url, "--model", name, "--protocol", "exact", "--out", out]
                gap(["evaluate", self.out / "heldout", *whom, *against], self.env(url))


@contextmanager
def timed(seconds: dict[str, float], name: str) -> Iterator[None]:
    began = time.monotonic()
    yield
    seconds[name] = round(time.monotonic() - began, 1)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--environment", type=Path, default=ENVIRONMENT)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--controls", action="store_true", help="tune on random and on blind labels, too")
    given = parser.parse_args()
    loop = Loop(given.out.resolve(), given.environment.resolve(), given.seed, SMALL if given.small else WHOLE)
    seconds: dict[str, float] = {}
    if not (loop.out / "everything").exists():
        with timed(seconds, "play"):
            loop.play()
    sets = {"tuned": loop.out / "corrections"}
    if given.controls:
        sets |= controls.made(loop.out, given.seed)
    with timed(seconds, "tune"):
        adapters = {name: loop.tune(folder, name) for name, folder in sets.items()}
    with timed(seconds, "evaluate"):
        loop.evaluate(adapters)
    found = {
        name: changes(loop.out / f"evaluated-{NAME}", loop.out / f"evaluated-{name}") for name in adapters
    }
    report = {
        "seed": given.seed,
        "seconds": seconds,
        "changes": {n: [asdict(c) for c in cs] for n, cs in found.items()},
    }
    (loop.out / "report.json").write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    for name, of in found.items():
        print(f"\n{name}")  # noqa: T201  # the command's own output
        for one in of:
            print(one.told())  # noqa: T201  # the same


if __name__ == "__main__":
    main()
