"""The report itself: everything counted at one moment, as figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from gap_server.operate.report.figure import Figure
from gap_server.operate.report.operators import operators_figures
from gap_server.operate.report.paper import paper_figures
from gap_server.research.admission import admitted
from gap_server.research.deps import ResearchDeps
from gap_server.store.engine import Store
from gap_server.store.report import read_counts

RESEARCHERS_SECONDS: Final = 60.0
"""The longest that one count may take for a researcher, who shares the database with who plays."""


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


async def read_for_researcher(deps: ResearchDeps, token_id: UUID, format_: str) -> Report:
    """The same under the limits of researchers' queries, and recorded like one; after the operator's delay.

    Raises TooManyQueries, ReportTimeout, StoreUnavailable.
    """
    async with admitted(deps.store, token_id, "report", format_) as query:
        delay = timedelta(seconds=deps.delay_seconds)
        report = await read_report(deps.counting, delay=delay, seconds=RESEARCHERS_SECONDS)
        query.rows = sum(len(figure.rows) for figure in report.figures)
    return report
