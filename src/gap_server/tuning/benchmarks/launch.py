"""A folder to carry to a machine with a GPU: what to install, what to run, where the results come to lie."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from shlex import quote
from typing import Final

from gap_server.errors import EvaluationRefused
from gap_server.tuning.benchmarks.sets import Benchmark, Judge

_HEAD: Final = """#!/usr/bin/env bash
# Benchmarks by {harness}. Needs Python 3.11 or newer, and the hub, for the benchmarks' data.
# ENVIRONMENT=FOLDER names one environment for several such folders; else one is made in this.
# MODEL_API_KEY: of the model's server, if it wants one.{judges}
set -euo pipefail
model={model}
url={url}
environment=$(realpath -m "${{ENVIRONMENT:-$(dirname "$0")/.{harness}}}")
cd "$(dirname "$0")"
[ -e "$environment/.ready" ] || {{
    python3 -m venv "$environment"
    "$environment/bin/pip" install --quiet --require-hashes -r {harness}.txt
    touch "$environment/.ready"
}}
"""
_JUDGES: Final = """
# A judge is asked in {judged}.
# JUDGE_API_KEY, and JUDGE_URL (ending in /v1) and JUDGE_MODEL if it is not OpenAI's, name it:
# the same before and after, or the two do not compare."""
_WANTED: Final = """: "${JUDGE_API_KEY:?is not set, and a judge is asked}"
: "${JUDGE_URL:=https://api.openai.com/v1}" "${JUDGE_MODEL:=gpt-4o-2024-11-20}"
export OPENAI_API_KEY=$JUDGE_API_KEY MODEL_VERSION=$JUDGE_MODEL
"""

_LMMS: Final = """rm -rf unfinished # it would take a former run's verdicts for this one's
mkdir unfinished
run() {{ # as its benchmarks understand it, the judge's address; the benchmarks
    OPENAI_API_URL=$1 "$environment/bin/lmms-eval" eval \\
        --model openai \\
        --model_args \\
        "model_version=$model,base_url=$url,api_key=${{MODEL_API_KEY:-none}},num_concurrent={at_once}" \\
        --tasks "$2" --batch_size 1 --output_path unfinished --log_samples --seed 0 2>&1 |
        tee -a unfinished/log.txt
    # It ends well whatever happened: what was not answered is wrong, what was not judged is anything.
    if grep -E 'Error during|ttempts failed|API failed|judge failed|Proper Review' unfinished/log.txt; then
        echo "It failed, or some requests did (unfinished/log.txt): run it again."
        exit 1
    fi >&2
}}
{runs}
mkdir -p results
rm -rf results/lmms-eval
mv unfinished results/lmms-eval
"""
_VLMEVALKIT: Final = """\
# Sets that are named are answered and not scored, ours among them: put into $LMUData as gap_heldout.tsv,
# `bash vlmevalkit.sh gap_heldout` (gap-server evaluate scores).
mode=infer
[ $# -gt 0 ] || {{
    mode=all
    set -- {datasets}
}}
rm -rf unfinished
"$environment/bin/python" -m vlmeval.run --data "$@" --model "$model" --base-url "$url" \\
    --key "${{MODEL_API_KEY:-none}}" --temperature 0 --max-tokens 1024 --api-nproc {at_once} \\
    {judge}--mode "$mode" --work-dir unfinished
# It goes on where requests failed, and counts what was not answered as wrong.
"$environment/bin/python" - <<'PYTHON' || {{ echo "Some requests failed: run it again." >&2; exit 1; }}
import sys
from pathlib import Path
from vlmeval.smp.status_report import collect_run_benchmark_report
runs = [file.parent for file in Path("unfinished").rglob("status.json")]
told = [one for run in runs for one in collect_run_benchmark_report(run)]
bad = [one for one in told if one["infer_failed"] or one["judge_failed"] or one["eval_error"]]
print(bad, file=sys.stderr)
sys.exit(bool(bad) or not told)
PYTHON
mkdir -p results
rm -rf results/vlmevalkit
mv unfinished results/vlmevalkit
"""
_JUDGE: Final = """--judge "$JUDGE_MODEL" --judge-base-url "$JUDGE_URL" --judge-key "$JUDGE_API_KEY" """
_README: Final = """# Benchmarks of {model}

`bash lmms-eval.sh` asks the model at {url} and leaves its results in `results/`;
`bash vlmevalkit.sh` does the same by the other harness. Each makes an environment by its lock beside it.
Run one of them for the model before and for the one after tuning, the same both times, then

    gap-server benchmark table {model}=BEFORE/results,AFTER/results --out TABLE

| benchmark | lmms-eval | VLMEvalKit | marked by |
|---|---|---|---|
{rows}

lmms-eval's HallusionBench asks its judge for `gpt-4`, whatever JUDGE_MODEL is.
"""


@dataclass(frozen=True, slots=True)
class Launch:
    """`url`: of the server, ending in /v1. `at_once`: requests under way together.

    `locks`: by harness, the text of its environment's lock.
    """

    model: str
    url: str
    benchmarks: Sequence[Benchmark]
    locks: dict[str, str]
    at_once: int = 32

    def files(self) -> dict[str, str]:
        judged = ", ".join(one.name for one in self.benchmarks if one.judge is not None)
        told = {
            "model": quote(self.model),
            "url": quote(self.url),
            "at_once": self.at_once,
            "judges": _JUDGES.format(judged=judged) if judged else "",
            "judge": _JUDGE if judged else "",
            "runs": "\n".join(self._runs()),
            "datasets": " ".join(one.dataset for one in self.benchmarks),
            "rows": "\n".join(map(_row, self.benchmarks)),
        }
        wanted = _WANTED if judged else ""
        scripts = {
            f"{harness}.sh": _HEAD.format(harness=harness, **told) + wanted + rest.format(**told)
            for harness, rest in (("lmms-eval", _LMMS), ("vlmevalkit", _VLMEVALKIT))
        }
        locks = {f"{harness}.txt": lock for harness, lock in self.locks.items()}
        return {**scripts, **locks, "README.md": _README.format(**told)}

    def _runs(self) -> Iterator[str]:
        for asked, judge in (({None, Judge.SERVER}, Judge.SERVER), ({Judge.CHAT}, Judge.CHAT)):
            if tasks := ",".join(one.task for one in self.benchmarks if one.judge in asked):
                yield f'run "${{JUDGE_URL:-}}{judge}" {tasks}'

    def write(self, out: Path) -> None:
        """Raises EvaluationRefused where the folder is there already."""
        try:
            out.mkdir(parents=True)
            for name, text in self.files().items():
                (out / name).write_text(text, encoding="utf-8")
        except OSError as error:
            raise EvaluationRefused(f"{out} cannot be made: {error.strerror}.") from error


def _row(one: Benchmark) -> str:
    return f"| {one.name} | {one.task} | {one.dataset} | {'a judge' if one.judge is not None else 'rule'} |"
