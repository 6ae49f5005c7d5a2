"""Starting a run where the framework is installed, and what is written down when it is through."""

import json
import os
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import Any, Final

from gap_server.errors import TuningRefused
from gap_server.tuning.run_folder import OUTPUT, RESULT, sha256

PROGRAM: Final = "swift"


def launch(folder: Path, environment: Path | None) -> dict[str, Any]:
    """Run it to its end, or on from where it stopped; what came of it, which stands in the folder too.

    `environment`: the framework's own, made by `python -m venv`; without one what the shell finds.
    Raises TuningRefused where the framework is not installed, or fails.
    """
    if (folder / RESULT).exists():
        done: dict[str, Any] = json.loads((folder / RESULT).read_text(encoding="utf-8"))
        return done
    path = os.environ.get("PATH", os.defpath)
    if environment is not None:
        path = f"{(environment / 'bin').resolve()}{os.pathsep}{path}"
    if shutil.which(PROGRAM, path=path) is None:
        raise TuningRefused("ms-swift is not installed here: `make training`, or name its --environment.")
    started = monotonic()
    ended = subprocess.run([folder.resolve() / "launch.sh"], env={**os.environ, "PATH": path}, check=False)  # noqa: S603  # the folder's own script, whose checksum was held
    if ended.returncode:
        raise TuningRefused(
            f"The run ended with exit status {ended.returncode}; it goes on when started again."
        )
    result = _result(folder, monotonic() - started)
    (folder / RESULT).write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    return result


def _result(folder: Path, seconds: float) -> dict[str, Any]:
    """Raises TuningRefused where the framework left nothing."""
    checkpoints = sorted((folder / OUTPUT).glob("checkpoint-*"), key=lambda one: int(one.name.split("-")[1]))
    if not checkpoints:
        raise TuningRefused(f"The framework left no checkpoint in {folder / OUTPUT}.")
    last = checkpoints[-1]
    return {
        "adapter": str(last.relative_to(folder)),
        "files": {file.name: sha256(file) for file in sorted(last.glob("adapter_*"))},
        "seconds": round(seconds, 1),
        "finished_at": datetime.now(UTC).isoformat(),
    }
