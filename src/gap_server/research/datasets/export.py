"""A data set as a folder: streamed from the database, seen by the doctor, whole or not there at all."""

import json
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from tempfile import mkdtemp
from typing import Any
from uuid import UUID, uuid4

from anyio import to_thread

from gap_server.errors import DatasetRefused
from gap_server.research.datasets import card, image_parquet
from gap_server.research.datasets.formats import FORMS, Files, Format, check, registration
from gap_server.research.datasets.selection import Name, example_of
from gap_server.research.datasets.withdrawn import ROW_IDS, ids_in, since
from gap_server.research.doctor.examine import examine
from gap_server.research.doctor.findings import Diagnosis, Weight
from gap_server.research.doctor.reading import read_dataset
from gap_server.store import releases, research_tokens
from gap_server.store.engine import Db, Store
from gap_server.store.export import dataset_rows
from gap_server.store.export.dataset_rows import Filters
from gap_server.store.releases import Maker

VERSIONS = (
    *("model", "model_revision", "instruction_version", "rules_version", "consent_version"),
    *("estimator_version", "category_version"),
)


@dataclass(slots=True)
class Release:
    """What left: `rows` by split, `left_out` by reason, `versions` of all that the rows came about by.

    `after`: the release before it, the maker's last of the same where none is named. `withdrawn`: by reason,
    the ids of the rows that it had and this one has not.
    """

    name: Name
    format: Format
    filters: Filters
    maker: Maker
    after: UUID | None = None
    id: UUID = field(default_factory=uuid4)
    made_at: datetime | None = None
    rows: dict[str, int] = field(default_factory=dict)
    left_out: dict[str, int] = field(default_factory=dict)
    withdrawn: dict[str, list[str]] = field(default_factory=dict)
    versions: dict[str, set[str]] = field(default_factory=lambda: {what: set() for what in VERSIONS})

    @property
    def asked(self) -> dict[str, Any]:
        """The filters, as JSON has them."""
        return {name: _plain(value) for name, value in asdict(self.filters).items()}

    def manifest(self) -> dict[str, Any]:
        made_at = self.made_at.isoformat() if self.made_at else None
        return {
            "name": self.name,
            "release": str(self.id),
            "format": self.format,
            "made_at": made_at,
            "consent_cut_off": made_at,
            "filters": self.asked,
            "rows": self.rows,
            "row_ids": ROW_IDS,
            "after": str(self.after) if self.after else None,
            "withdrawn": self.withdrawn,
            "left_out": self.left_out,
            "versions": {what: sorted(values) for what, values in self.versions.items()},
        }


async def export(store: Store, delay_seconds: int, release: Release, out: Path) -> Diagnosis:
    """Write the data set to the folder `out`, which must not be there yet.

    Raises DatasetRefused (no row fits; the form does not; the doctor finds it unusable; there is no such
    release before it), StoreUnavailable.
    """
    check(release.name, release.format)
    aside = await to_thread.run_sync(_place_aside, out)
    try:
        await _write_rows(store, delay_seconds, release, aside)
        diagnosis = await to_thread.run_sync(_finish, release, aside)
        await _keep_record(store, release, aside)
        await to_thread.run_sync(aside.rename, out)
        return diagnosis
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _place_aside(out: Path) -> Path:
    """A folder beside the one that it will become. Raises DatasetRefused."""
    if out.exists():
        raise DatasetRefused(f"{out} is there already.")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        aside = Path(mkdtemp(prefix=f".{out.name}-", dir=out.parent))
        (aside / "images").mkdir()
    except OSError as error:
        raise DatasetRefused(f"{out} cannot be made: {error.strerror}.") from error
    return aside


async def _write_rows(store: Store, delay_seconds: int, release: Release, folder: Path) -> None:
    async with store.connection() as db:
        await research_tokens.set_delay(db, delay_seconds)
    async with store.transaction() as db:
        release.made_at = await dataset_rows.hold_still(db)
        release.after = await _before(db, release)
        release.left_out = await dataset_rows.count_left_out(db, release.name, release.filters)
        with Files(folder, FORMS[release.format]) as files:
            kept: set[str] = set()
            async for row in dataset_rows.stream(db, release.name, release.filters):
                example = example_of(release.name, row)
                if example.image not in kept:
                    kept.add(example.image)
                    content = await dataset_rows.picture(db, row["image_id"])
                    await to_thread.run_sync((folder / example.image).write_bytes, content)
                await to_thread.run_sync(files.add, example)
                _note_versions(release.versions, row)
        if release.after is not None:
            now = ids_in(folder)
            release.withdrawn = await since(db, release.after, release.name, release.filters, now)
    release.rows = files.rows
    if not files.rows:
        raise DatasetRefused(f"No row fits. Left out: {_counted(release.left_out)}.")


async def _before(db: Db, release: Release) -> UUID | None:
    """The release that this one comes after. Raises DatasetRefused."""
    if release.after is None:
        return await releases.last_of(db, release.maker, release.name, release.format, release.asked)
    name = await releases.name_of(db, release.after)
    if name is None:
        raise DatasetRefused(f"There is no release {release.after}.")
    if name != release.name:
        raise DatasetRefused(f"Release {release.after} is one of `{name}`, not of `{release.name}`.")
    return release.after


async def _keep_record(store: Store, release: Release, folder: Path) -> None:
    """By which the next release can tell what it no longer has."""
    made = releases.Made(
        *(release.id, release.made_at, release.name, release.format, release.asked),
        *(release.maker.token_id, release.maker.operator, release.after),
        row_count=sum(release.rows.values()),
        rows=release.rows,
        manifest_sha256=card.sha256(folder / card.MANIFEST),
    )
    async with store.transaction() as db:
        await releases.add(db, made, ids_in(folder))


def _note_versions(versions: Mapping[str, set[str]], row: Any) -> None:
    for what, values in versions.items():
        if row[what] is not None:
            values.add(str(row[what]))


def _finish(release: Release, folder: Path) -> Diagnosis:
    """All that follows from the rows. Raises DatasetRefused."""
    if release.format is Format.SHAREGPT:
        registered = json.dumps(registration(release.name, release.rows), indent=1)
        (folder / "dataset_info.json").write_text(registered + "\n", encoding="utf-8")
    diagnosis = examine(read_dataset(folder))
    if not diagnosis.is_usable:
        raise DatasetRefused(f"The doctor finds the set unusable: {_grave(diagnosis)}")
    match release.format:
        case Format.HF:
            _to_parquet(release, folder)
        case Format.VLMEVALKIT:
            shutil.rmtree(folder / "images")  # they stand in the table
    manifest = release.manifest()
    card.write_card(folder, manifest, diagnosis)
    card.write_manifest(folder, manifest)
    folder.chmod(0o755)
    return diagnosis


def _to_parquet(release: Release, folder: Path) -> None:
    (folder / "data").mkdir()
    for split in release.rows:
        lines = folder / f"{split}.jsonl"
        image_parquet.write(lines, folder, folder / "data" / f"{split}.parquet")
        lines.unlink()
    shutil.rmtree(folder / "images")


def _grave(diagnosis: Diagnosis) -> str:
    grave = (f for f in diagnosis.findings if f.weight is Weight.UNUSABLE)
    return " ".join(f"{f.name} ({f.count}): {f.sentence} {'; '.join(f.examples[:2])}" for f in grave)


def _counted(reasons: Mapping[str, int]) -> str:
    return ", ".join(f"{reason} {count}" for reason, count in reasons.items()) or "nothing was there"


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
