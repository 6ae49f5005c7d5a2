"""A folder to carry to a machine with a GPU: what to install, what to run, where the results come to lie."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from shlex import quote
from typing import Final

from gap_server.errors import EvaluationRefused
from gap_server.tuning.benchmarks.sets import Benchmark

LMMS_EVAL: Final = "lmms-eval==0.7.3"
VLMEVALKIT: Final = "ms-vlmeval==0.0.20"

_LMMS: Final = """#!/usr/bin/env bash
# Benchmarks of {model} at {url}, by {pinned}. Needs the hub, for the benchmarks' data.
# Judged benchmarks ({judged}) ask the judge that
# OPENAI_API_KEY, OPENAI_API_URL and MODEL_VERSION name: the same before and after, or the two do not compare.
set -euo pipefail
cd "$(dirname "$0")"
[ -d .venv ] || {{ python3 -m venv .venv && .venv/bin/pip install --quiet -r requirements-lmms-eval.txt; }}
: "${{MODEL_API_KEY:=none}}"
.venv/bin/lmms-eval eval \\
    --model openai \\
    --model_args \\
    "model_version={model},base_url={url},api_key=$MODEL_API_KEY,num_concurrent={at_once},timeout=300" \\
    --tasks {tasks} --batch_size 1 --output_path results --log_samples --seed 0
# What the server did not answer stands in the samples as a text, and would count as a wrong answer.
if grep -rlq LMMS_EVAL_REQUEST_FAILED results; then echo "Some requests failed: run it again." >&2; exit 1; fi
"""
_VLMEVALKIT: Final = """#!/usr/bin/env bash
# The same by {pinned}. Our held-out table, put into $LMUData as gap_heldout.tsv, is answered there and not
# scored: gap-server evaluate does that.
set -euo pipefail
cd "$(dirname "$0")"
[ -d .venv-vlmevalkit ] || {{
    python3 -m venv .venv-vlmevalkit
    .venv-vlmevalkit/bin/pip install --quiet -r requirements-vlmevalkit.txt
}}
.venv-vlmevalkit/bin/python -m vlmeval.run --data {datasets} --model {model} --base-url {url} \\
    --key "${{MODEL_API_KEY:-none}}" --temperature 0 --max-tokens 1024 --api-nproc {at_once} \\
    --work-dir results
"""
_README: Final = """# Benchmarks of {model}

`bash lmms-eval.sh` asks the model at {url} and leaves its results in `results/`;
`bash vlmevalkit.sh` does the same by the other harness. Run one of them for the model before and for the one
after tuning, the same both times, then

    gap-server benchmark table {model}=BEFORE/results,AFTER/results --out TABLE

| benchmark | lmms-eval | VLMEvalKit | marked by |
|---|---|---|---|
{rows}
"""


@dataclass(frozen=True, slots=True)
class Launch:
    """`url`: of the server, ending in /v1. `at_once`: requests under way together."""

    model: str
    url: str
    benchmarks: Sequence[Benchmark]
    at_once: int = 32

    def files(self) -> dict[str, str]:
        told = {
            "model": quote(self.model),
            "url": quote(self.url),
            "at_once": self.at_once,
            "tasks": ",".join(one.task for one in self.benchmarks),
            "datasets": " ".join(one.dataset for one in self.benchmarks),
            "judged": ", ".join(one.name for one in self.benchmarks if one.judged) or "none here",
        }
        return {
            "lmms-eval.sh": _LMMS.format(pinned=LMMS_EVAL, **told),
            "vlmevalkit.sh": _VLMEVALKIT.format(pinned=VLMEVALKIT, **told),
            "requirements-lmms-eval.txt": f"{LMMS_EVAL}\n",
            "requirements-vlmevalkit.txt": f"{VLMEVALKIT}\n",
            "README.md": _README.format(rows="\n".join(map(_row, self.benchmarks)), **told),
        }

    def write(self, out: Path) -> None:
        """Raises EvaluationRefused where the folder is there already."""
        try:
            out.mkdir(parents=True)
            for name, text in self.files().items():
                (out / name).write_text(text, encoding="utf-8")
        except OSError as error:
            raise EvaluationRefused(f"{out} cannot be made: {error.strerror}.") from error


def _row(one: Benchmark) -> str:
    return f"| {one.name} | {one.task} | {one.dataset} | {'a judge' if one.judged else 'rule'} |"
