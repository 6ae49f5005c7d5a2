"""The environments of other people's tools, and how to run a script of this folder in one."""

import os
import subprocess
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).parent
TRAINING: Final = HERE.parents[1] / "training/.venv"
"""By `make training`: what tunes a model."""

LLAMAFACTORY: Final = HERE.parents[1] / "training/.llamafactory"
"""By `make llamafactory`: what some people tune a model with instead."""

LMMS_EVAL: Final = HERE.parents[1] / "training/.lmms-eval"
VLMEVALKIT: Final = HERE.parents[1] / "training/.vlmevalkit"
"""By `make harnesses`: what benchmarks are run by."""

OFFLINE: Final = {"HF_HUB_OFFLINE": "1", "OMP_NUM_THREADS": "1"}


def run_in(environment: Path, script: str, *arguments: object) -> str:
    """What a script of this folder prints last."""
    ended = subprocess.run(
        [environment / "bin/python", HERE / script, *map(str, arguments)],
        env=os.environ | OFFLINE,
        check=False,
        capture_output=True,
        text=True,
    )
    assert ended.returncode == 0, ended.stderr[-2_000:]
    return (ended.stdout.splitlines() or [""])[-1]
