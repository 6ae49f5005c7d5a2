"""Preparing a model's tuning out of what was exported: examined, written as a run folder, started."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from gap_server.errors import TuningRefused
from gap_server.research.datasets.release_folder import read_manifest
from gap_server.research.doctor.examine import examine
from gap_server.research.doctor.reading import read_dataset
from gap_server.tuning import run_folder
from gap_server.tuning.estimates import estimate
from gap_server.tuning.examples import Release, gathered, method_of, with_replay
from gap_server.tuning.kept_apart import KeptApart
from gap_server.tuning.recipes import Method, Plan, settings
from gap_server.tuning.run_folder import Run

TOLD: Final = ("name", "release", "made_at", "after", "consent_cut_off", "filters", "rows", "versions")
"""Of a release's manifest, what a run records."""


@dataclass(frozen=True, slots=True)
class Sources:
    """Folders of exported data sets. `held_out`: pictures that must not be trained on, named once more."""

    dataset: Path
    replay: Path | None
    held_out: Path | None
    replay_ratio: float


def method(dataset: Path) -> Method:
    """What a data set is for. Raises DatasetUnreadable, DatasetRefused, TuningRefused."""
    return method_of(_release(dataset))


def prepared(plan: Plan, sources: Sources, lock: str) -> Run:
    """Everything about the run but its folder.

    Raises DatasetUnreadable, DatasetRefused (tampered with), TuningRefused.
    """
    held_out = _kept_apart(sources.held_out)
    release = _release(sources.dataset)
    releases = [release]
    examples = gathered(release, held_out)
    if sources.replay is not None:
        replay = _replay(plan, sources.replay)
        releases.append(replay)
        examples = with_replay(examples, gathered(replay, held_out), sources.replay_ratio, plan.seed)
    chosen = settings(plan, validated=examples.validated)
    diagnosis = examine(read_dataset(sources.dataset))
    if not diagnosis.is_usable:
        raise TuningRefused(f"The doctor finds {sources.dataset} unusable: see `gap-server dataset check`.")
    return Run(
        plan=plan,
        settings=chosen,
        examples=examples,
        releases=[_told(one) for one in releases],
        replay_ratio=sources.replay_ratio if sources.replay else 0,
        estimate=estimate(plan.model, examples, chosen),
        diagnosis=diagnosis.as_json(),
        lock=lock,
    )


def written(run: Run, out: Path) -> bool:
    """Whether the folder was made now; False where it was there, the very same, as a run that goes on.

    Raises TuningRefused where something else is there.
    """
    if out.exists():
        run_folder.check(out, run)
        return False
    run_folder.write(run, out)
    return True


def _release(folder: Path) -> Release:
    return Release(folder, read_manifest(folder))


def _replay(plan: Plan, folder: Path) -> Release:
    release = _release(folder)
    if release.name != "replay" or release.manifest.get("format") != "swift":
        raise TuningRefused(f"{folder} is not the data set `replay` in ms-swift's form.")
    if plan.method is Method.DPO:
        raise TuningRefused("Replay has no rejected answers: preferences keep their own term of right ones.")
    return release


def _kept_apart(folder: Path | None) -> KeptApart:
    """The pictures of a held-out data set."""
    files = {} if folder is None else read_manifest(folder)["files"]
    images = ((name, digest) for name, digest in files.items() if name.startswith("images/"))
    return KeptApart((Path(folder or "") / name, digest) for name, digest in images)


def _told(release: Release) -> dict[str, Any]:
    return {name: release.manifest.get(name) for name in TOLD}
