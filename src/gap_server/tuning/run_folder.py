"""A run as a folder: whole, readable, and the same again from the same inputs."""

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import file_digest
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, Final

from gap_server.errors import TuningRefused
from gap_server.tuning.estimates import Estimate
from gap_server.tuning.examples import SPLITS, Examples, as_trained
from gap_server.tuning.recipes import Method, Plan, Settings

RECORD: Final = "run.json"
OUTPUT: Final = "output"
"""Where the framework writes: what a run changes of the folder, with RESULT."""
RESULT: Final = "result.json"
MERGED: Final = "merged"
MERGING: Final = "merging"
"""Where weights with the adapter in them are made, and where they stand when they are whole."""

_WRITTEN: Final = frozenset({RECORD, OUTPUT, RESULT, MERGED, MERGING})

VERBS: Final = {Method.SFT: "sft", Method.DPO: "rlhf"}


@dataclass(frozen=True, slots=True)
class Run:
    """All that a run folder is made of. `releases`: what of each manifest tells where the rows come from.

    `lock`: the text of the environment's lock. `diagnosis`: the doctor's.
    """

    plan: Plan
    settings: Settings
    examples: Examples
    releases: Sequence[Mapping[str, Any]]
    replay_ratio: float
    estimate: Estimate
    diagnosis: Mapping[str, Any]
    lock: str


def write(run: Run, out: Path) -> None:
    """Make the folder `out`, whole or not at all. Raises TuningRefused where it is there already."""
    if out.exists():
        raise TuningRefused(f"{out} is there already.")
    out.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    try:
        _write_examples(run.examples, aside / "data")
        (aside / "train.yaml").write_text(as_yaml(run.settings), encoding="utf-8")
        (aside / "requirements.txt").write_text(run.lock, encoding="utf-8")
        _write_script(aside / "launch.sh", _launch(run))
        _write_script(aside / "merge.sh", _MERGE)
        (aside / "README.md").write_text(_readme(run), encoding="utf-8")
        record = {**inputs(run), **_found(run), "files": checksums(aside)}
        (aside / RECORD).write_text(json.dumps(record, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        aside.chmod(0o755)
        aside.rename(out)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def inputs(run: Run) -> dict[str, Any]:
    """What a run follows from."""
    plan = run.plan
    return {
        "model": {"name": plan.model.name, "source": plan.model.source, "kind": plan.model.kind},
        "recipe": plan.recipe,
        "method": plan.method,
        "gpus": plan.gpus,
        "seed": plan.seed,
        "changed": dict(plan.changed),
        "releases": list(run.releases),
        "replay_ratio": run.replay_ratio,
    }


def check(folder: Path, run: Run) -> None:
    """Is the folder this very run, as it was written? Raises TuningRefused."""
    try:
        record = json.loads((folder / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise TuningRefused(f"{folder} is there already, and is no run folder.") from error
    wanted = json.loads(json.dumps(inputs(run)))
    if different := [name for name, value in wanted.items() if record.get(name) != value]:
        raise TuningRefused(f"{folder} is another run: it differs in {', '.join(different)}.")
    now = checksums(folder)
    if changed := sorted(set(record["files"].items()) ^ set(now.items())):
        raise TuningRefused(f"{folder} has been changed: {changed[0][0]}.")


def checksums(folder: Path) -> dict[str, str]:
    """SHA-256, hex, of each file that the run itself does not write."""
    files = sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return {str(path): sha256(folder / path) for path in files if path.parts[0] not in _WRITTEN}


def sha256(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def as_yaml(settings: Settings) -> str:
    """One setting a line; every value is JSON, which is YAML."""
    return "".join(f"{name}: {_scalar(value)}\n" for name, value in settings.items())


def _scalar(value: object) -> str:
    if isinstance(value, float):  # YAML takes 2e-06 for a text
        return f"{value:.12f}".rstrip("0").removesuffix(".")
    return json.dumps(value, ensure_ascii=False)


def _write_examples(examples: Examples, folder: Path) -> None:
    (folder / "images").mkdir(parents=True)
    for name, path in examples.pictures.items():
        shutil.copyfile(path, folder / "images" / name)
    for split in SPLITS:
        lines = (json.dumps(as_trained(row), ensure_ascii=False) + "\n" for row in examples.rows[split])
        if examples.rows[split]:
            (folder / f"{split}.jsonl").write_text("".join(lines), encoding="utf-8")


def _write_script(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)


def _launch(run: Run) -> str:
    many = f"export NPROC_PER_NODE={run.plan.gpus}\n" if run.plan.gpus > 1 else ""
    limits = run.plan.model.pictures.environment.items()
    pixels = "".join(f"export {name}=${{{name}:-{value}}}\n" for name, value in limits)
    return f"""#!/bin/sh
# Starts the run, from any folder; goes on from the last checkpoint where there is one.
set -eu
cd "$(dirname "$0")"
{many}{pixels}last=$(find {OUTPUT} -maxdepth 1 -name 'checkpoint-*' 2>/dev/null | sort -t- -k2 -n | tail -n 1)
exec swift {VERBS[run.plan.method]} train.yaml ${{last:+--resume_from_checkpoint "$last"}}
"""


_MERGE: Final = f"""#!/bin/sh
# Merges the adapter into the weights, for servers that cannot load it beside the base.
set -eu
cd "$(dirname "$0")"
last=$(find {OUTPUT} -maxdepth 1 -name 'checkpoint-*' 2>/dev/null | sort -t- -k2 -n | tail -n 1)
if [ -z "$last" ]; then
  echo "There is no checkpoint in $PWD/{OUTPUT} to merge: ./launch.sh makes one." >&2
  exit 1
fi
if [ -e {MERGED} ]; then
  echo "$PWD/{MERGED} is there already: remove it to merge $last anew." >&2
  exit 1
fi
rm -rf {MERGING}
swift export --adapters "$last" --merge_lora true --output_dir {MERGING}
mv {MERGING} {MERGED}
"""


def _found(run: Run) -> dict[str, Any]:
    rows = {split: len(run.examples.rows[split]) for split in SPLITS}
    return {"rows": rows, "estimate": asdict(run.estimate), "doctor": dict(run.diagnosis)}


def _readme(run: Run) -> str:
    plan, found = run.plan, run.estimate
    releases = "\n".join(
        f"- {one['name']}, release {one['release']}, made {one['made_at']}" for one in run.releases
    )
    rows = ", ".join(f"{split} {len(run.examples.rows[split])}" for split in SPLITS)
    merged = run.settings.get("modules_to_save")
    after = (
        "`./merge.sh`, since it trains whole modules that no server loads beside a base"
        if merged
        else ("nothing more: the adapter in `output/` loads beside the base by name; `./merge.sh` merges it")
    )
    return f"""# {plan.model.name}, tuned by `{plan.recipe}` ({plan.method})

`./launch.sh` starts it where the environment of `requirements.txt` is installed and active, and goes on where
it stopped. `train.yaml` is its configuration, `run.json` says what it follows from and holds the checksums of
all files. After it: {after}.

## Rows
{rows}. From:
{releases}
{run.replay_ratio:g} replayed rows to each of the others, at most.

## Estimates
{found.mean_tokens:.0f} tokens an example, {found.longest_tokens} the longest; {found.too_long} are too long.
About {found.memory_gib:.1f} GiB on each of {plan.gpus} GPU(s).

## Seeds
{plan.seed}, for the rows' order and everything drawn in training.
"""
