"""A data set on its way to a researcher: made as on the command line, then one file."""

import tarfile
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from anyio import to_thread

from gap_server.errors import StoreUnavailable
from gap_server.research.admission import admitted
from gap_server.research.datasets.export import Release, export
from gap_server.research.deps import ResearchDeps
from gap_server.research.spool import Spool


async def packed(deps: ResearchDeps, token_id: UUID, release: Release) -> Spool:
    """The folder of the data set as a tar file; whoever gets it sends it. It counts as a query.

    Raises DatasetRefused, ResultTooLarge, TooManyQueries, StoreUnavailable.
    """
    wanted = f"data set {release.name}: {release.filters}"
    async with admitted(deps.store, token_id, wanted, release.format) as query, deps.spools.take() as spool:
        with TemporaryDirectory(prefix="gap-dataset-") as folder:
            made = Path(folder) / release.name
            await export(deps.store, deps.delay_seconds, release, made)
            await to_thread.run_sync(_pack, made, spool)
        spool.rows = sum(release.rows.values())
        query.rows, query.size = spool.rows, spool.size
    return spool


def _pack(folder: Path, spool: Spool) -> None:
    """Raises ResultTooLarge, StoreUnavailable where the disk is full."""
    try:
        with tarfile.open(fileobj=spool.rewound(), mode="w") as packing:
            packing.add(folder, arcname=folder.name)
    except OSError as error:
        raise StoreUnavailable(f"There is no room for the data set: {error.strerror}.") from error
    spool.measure()
