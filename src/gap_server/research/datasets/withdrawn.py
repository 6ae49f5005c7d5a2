"""Rows that a release before had and this one has not: each by its id, with a reason that may be said.

Of who took the consent back, and of who left, no more is told than that the row is withdrawn.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final
from uuid import UUID

from anyio import to_thread

from gap_server.store import releases
from gap_server.store.engine import Db
from gap_server.store.export import dataset_rows
from gap_server.store.export.dataset_rows import Filters

WITHDRAWN: Final = "withdrawn"
"""Its player took the consent back, or left: which of them is not told."""

ROW_IDS: Final = "row_ids.txt"


def ids_in(folder: Path) -> Iterator[UUID]:
    """The ids of the rows that were written to a data set, in their order."""
    with (folder / ROW_IDS).open(encoding="utf-8") as lines:
        for line in lines:
            yield UUID(line.strip())


async def since(
    db: Db, before: UUID, name: str, filters: Filters, now: Iterator[UUID]
) -> dict[str, list[str]]:
    """By reason, what release `before` had and `now` does not; within the transaction that `now` is of.

    Both are in the order of their ids, so that only what is missing is kept in memory.
    """
    beside, missing = _Beside(now), list[UUID]()
    async for part in releases.row_ids(db, before):
        missing += await to_thread.run_sync(beside.missing, part)
    found: defaultdict[str, list[str]] = defaultdict(list)
    for start in range(0, len(missing), releases.PART):
        some = missing[start : start + releases.PART]
        reasons = await dataset_rows.why_not(db, name, filters, some)
        for one in some:
            found[reasons.get(one, WITHDRAWN)].append(str(one))
    return dict(sorted(found.items()))


class _Beside:
    """Ids in their order, gone through once."""

    def __init__(self, ids: Iterator[UUID]) -> None:
        self._ids, self._ahead = ids, next(ids, None)

    def missing(self, part: Iterable[UUID]) -> list[UUID]:
        """Those of a part that are not among them. Parts come in order, too."""
        found = []
        for one in part:
            while self._ahead is not None and self._ahead < one:
                self._ahead = next(self._ids, None)
            if self._ahead != one:
                found.append(one)
        return found


def counted(reasons: Iterable[tuple[str, list[str]]]) -> str:
    return ", ".join(f"{reason} {len(ids)}" for reason, ids in reasons) or "none"
