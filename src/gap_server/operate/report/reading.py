"""The report itself: everything counted at one moment, as figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from gap_server.operate.report.figure import Figure
from gap_server.operate.report.operators import operators_figures
from gap_server.operate.report.paper import paper_figures
from gap_server.store.engine import Store
from gap_server.store.report import read_counts


@dataclass(frozen=True, slots=True)
class Report:
    taken_at: datetime
    figures: Sequence[Figure]


async def read_report(store: Store, *, delay: timedelta = timedelta(), seconds: float) -> Report:
    """What was played until `delay` ago. No count may take longer than `seconds`.

    Only sessions that are over: while one runs, a number that moves with it would tell its player the arm.
    Raises ReportTimeout, StoreUnavailable.
    """
    async with store.connection() as db, db.transaction(isolation="repeatable_read", readonly=True):
        counts = await read_counts(db, delay, seconds)
    return Report(counts.taken_at, [*paper_figures(counts), *operators_figures(counts)])
