"""A data set that left, read again: is it what was exported?"""

import json
from pathlib import Path
from typing import Any

from gap_server.errors import DatasetRefused, DatasetUnreadable
from gap_server.research.datasets.card import MANIFEST, checksums


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest, with every file as it says.

    Raises DatasetUnreadable where there is none, DatasetRefused where a file is another than was exported.
    """
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        promised = dict(manifest["files"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DatasetUnreadable(f"{folder} is no exported data set: it has no good {MANIFEST}.") from error
    found = {name: digest for name, digest in checksums(folder).items() if name != MANIFEST}
    if changed := sorted(name for name, _ in set(promised.items()) ^ set(found.items())):
        raise DatasetRefused(
            f"{folder} is not as it was exported: {changed[0]} was changed, added or taken away."
        )
    return manifest
