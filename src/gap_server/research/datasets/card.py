"""What goes along with a data set: the manifest for programs, the data card for people."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from gap_server.research.datasets.selection import MEANINGS, Name
from gap_server.research.datasets.withdrawn import counted
from gap_server.research.doctor.findings import Diagnosis

MANIFEST: Final = "manifest.json"


def checksums(folder: Path) -> dict[str, str]:
    """SHA-256, hex, of each file in the folder."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): sha256(path) for path in files}


def write_manifest(folder: Path, manifest: Mapping[str, Any]) -> None:
    """Last of all, since it holds the checksums of the others."""
    complete = {**manifest, "files": checksums(folder)}
    text = json.dumps(complete, indent=1, ensure_ascii=False)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")


def write_card(folder: Path, manifest: Mapping[str, Any], diagnosis: Diagnosis) -> None:
    (folder / "README.md").write_text("\n".join(_card(folder, manifest, diagnosis)) + "\n", encoding="utf-8")


def _card(folder: Path, manifest: Mapping[str, Any], diagnosis: Diagnosis) -> Iterator[str]:
    yield from _front_matter(folder, manifest["rows"])
    name = Name(manifest["name"])
    yield f"# {name}\n\n{MEANINGS[name]}. Release {manifest['release']}, made {manifest['made_at']}."
    yield (
        "\nFrom the game of Gamified Adversarial Prompting (arXiv:2410.04038): players ask a model about a"
        " picture, and say where it is wrong. No answer here was given under the instruction to lie.\n"
    )
    yield "## Rows"
    yield from (f"- {split}: {count}" for split, count in manifest["rows"].items())
    yield "\nA split is drawn from the image's hash, the same in every release. Left out:"
    yield from (f"- {reason}: {count}" for reason, count in manifest["left_out"].items())
    if manifest["after"]:
        gone = counted(manifest["withdrawn"].items())
        yield f"\nOf the rows of release {manifest['after']} are gone, by their ids in the manifest: {gone}."
    yield f"\n## Made of\nFilters: `{json.dumps(manifest['filters'])}`"
    yield from (f"- {what}: {', '.join(values) or '-'}" for what, values in manifest["versions"].items())
    yield f"\n## The doctor's diagnosis\n{'Usable' if diagnosis.is_usable else 'Unusable'}:"
    yield (
        f"{diagnosis.rows} rows, {diagnosis.pairs} questions with answers, {diagnosis.images} images."
        " Categories: " + ", ".join(f"{name} {share:.0%}" for name, share in diagnosis.categories.items())
    )
    yield from (f"- {f.name} ({f.count}): {f.sentence}" for f in diagnosis.findings)
    yield from (f"- Not checked: {sentence}" for sentence in diagnosis.unchecked)
    yield (
        "\n## Rights\nOnly answers of players whose consent was active at"
        f" {manifest['consent_cut_off']}; whoever withdraws is in no later"
        " release. Each picture keeps the licence of its source."
    )


def _front_matter(folder: Path, splits: Iterable[str]) -> Iterator[str]:
    """By which the hub and `datasets` find the files of each split, and take no other file for rows."""
    yield "---\nconfigs:\n- config_name: default\n  data_files:"
    for split in splits:
        (file,) = [*folder.glob(f"{split}.*"), *folder.glob(f"data/{split}.parquet")]
        yield f"  - split: {split}\n    path: {file.relative_to(folder)}"
    yield "---\n"


def sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
