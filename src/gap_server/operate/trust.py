"""Trust, worked out anew: counts summed in the database, fitted beside the players, written down."""

import asyncio
import json
from array import array
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

import numpy as np
import structlog

from gap_server.play.background import repeat
from gap_server.quality import reliability
from gap_server.quality.evidence import Evidence, Kind
from gap_server.quality.reliability import Estimates, Fit
from gap_server.store import trust
from gap_server.store.engine import Store
from gap_server.store.evidence import HARVEST, LATER
from gap_server.store.trust import FlaggedAnswer, ModelError, NewFit, PlayerCount, Reliability

log = structlog.get_logger()

PAGE = 1000
"""Players whose rows are read, or written, in one statement: a second's work at most."""

NOBODY = UUID(int=0)
LEVEL = 0.9
"""Of the intervals, as the tables' comments have it."""

LOOK_EVERY_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Refit:
    """What a refit found. `trusted`: flagged answers that have a P(wrong) now."""

    fit_id: int
    players: int
    answers: int
    trusted: int
    models: list[ModelError]


async def keep_refitting(store: Store, *, minutes: int) -> None:
    """Refit every so many minutes until cancelled, in one process of all."""
    if minutes:
        every = timedelta(minutes=minutes)
        await repeat(
            "refitting trust", lambda _: refit_when_due(store, every), every_seconds=LOOK_EVERY_SECONDS
        )


async def refit_when_due(store: Store, every: timedelta) -> Refit | None:
    """Refit, in one process of all; None where it is not yet time, or another one is at it."""
    async with store.connection() as db:
        if not await trust.take_lease(db, "refit trust", every):
            return None
    return await refit(store)


async def refit(store: Store) -> Refit | None:
    """Fit everybody's reliability anew, and the trust in every flagged answer. None where nobody played."""
    counted_at = datetime.now(UTC)
    crowd = await _counted(store)
    if not crowd.players:
        return None
    fitted, estimates = await asyncio.to_thread(_fitted, crowd.evidence)
    models = _models(fitted)
    new = NewFit(
        kind="reliability",
        estimator_version=reliability.VERSION,
        players=len(crowd.players),
        answers=int(crowd.evidence.seen.sum()),
        counted_at=counted_at,
        details={"kinds": {kind.name: float(w) for kind, w in zip(fitted.kinds, fitted.wrong, strict=True)}},
    )
    async with store.transaction() as db:
        fit_id = await trust.add_fit(db, new)
        for one in models:
            await trust.write_model(db, fit_id, one)
    trusted = await _write(store, fit_id, crowd, estimates)
    log.info("trust was refitted", players=new.players, answers=new.answers, flagged=trusted)
    return Refit(fit_id, new.players, new.answers, trusted, models)


@dataclass(slots=True)
class _Tally:
    """Counts as they come in, page by page: numbers in columns, since there may be millions."""

    rows: dict[UUID, int] = field(default_factory=dict)
    columns: dict[Kind, int] = field(default_factory=dict)
    cells: "tuple[array[int], ...]" = field(default_factory=lambda: tuple(array("q") for _ in range(4)))

    def add(self, counts: Sequence[PlayerCount]) -> None:
        for count in counts:
            row = self.rows.setdefault(count.player_id, len(self.rows))
            column = self.columns.setdefault(count.kind, len(self.columns))
            for cell, value in zip(self.cells, (row, column, count.seen, count.flagged), strict=True):
                cell.append(value)

    def crowd(self) -> "_Crowd":
        rows, columns, seen, flagged = (np.asarray(cell) for cell in self.cells)
        tables = [np.zeros((len(self.rows), len(self.columns))) for _ in range(2)]
        for table, cells in zip(tables, (seen, flagged), strict=True):
            table[rows, columns] = cells
        return _Crowd(list(self.rows), Evidence(tuple(self.columns), *tables), self.columns)


@dataclass(frozen=True, slots=True)
class _Crowd:
    """Everybody's counts. `players[i]` is row i of the evidence; `columns`: which column is a kind's."""

    players: list[UUID]
    evidence: Evidence
    columns: dict[Kind, int]


def _fitted(evidence: Evidence) -> tuple[Fit, Estimates]:
    fitted = reliability.fit(evidence)
    return fitted, reliability.estimates(fitted, level=LEVEL)


async def _counted(store: Store) -> _Crowd:
    tally = _Tally()
    async for page in _pages(store):
        async with store.connection() as db:
            tally.add(await trust.counts(db, page))
    return tally.crowd()


async def _pages(store: Store) -> AsyncIterator[list[UUID]]:
    """Everybody whose consent is active, some at a time."""
    last = NOBODY
    while True:
        async with store.connection() as db:
            page = await trust.consenting(db, last, PAGE)
        if not page:
            return
        yield page
        last = page[-1]


async def _write(store: Store, fit_id: int, crowd: _Crowd, estimates: Estimates) -> int:
    """Page by page, each in a transaction of its own. Gives how many answers are trusted."""
    trusted = 0
    for start in range(0, len(crowd.players), PAGE):
        rows = range(start, min(start + PAGE, len(crowd.players)))
        page = {crowd.players[row]: row for row in rows}
        async with store.transaction() as db:
            flags = await trust.flagged_answers(db, list(page))
            trusts = [
                (flag, _trust(crowd, estimates, page, flag)) for flag in flags if flag.kind in crowd.columns
            ]
            await trust.write_players(db, fit_id, [_reliability(crowd, estimates, row) for row in rows])
            await trust.write_trust(db, fit_id, list(page), trusts)
        trusted += len(trusts)
    async with store.transaction() as db:
        await trust.forget_withdrawn(db)
    return trusted


def _trust(crowd: _Crowd, estimates: Estimates, page: dict[UUID, int], flag: FlaggedAnswer) -> float:
    trusted = float(estimates.trust[page[flag.player_id], crowd.columns[flag.kind]])
    return min(max(trusted, 0.0), 1.0)  # sums of single precision may end a hair beyond


def _reliability(crowd: _Crowd, estimates: Estimates, row: int) -> Reliability:
    rates = [
        float(table[row, pool])
        for tables in (
            (estimates.s, estimates.s_lower, estimates.s_upper),
            (estimates.f, estimates.f_lower, estimates.f_upper),
        )
        for pool in range(2)
        for table in tables
    ]
    return Reliability(crowd.players[row], *rates)


def _models(fitted: Fit) -> list[ModelError]:
    found = []
    for kind, *rates in zip(fitted.kinds, fitted.wrong, *fitted.wrong_within(LEVEL), strict=True):
        if kind.wrong is None and not kind.name.endswith(LATER):
            model, revision = json.loads(kind.name.removeprefix(HARVEST))
            found.append(ModelError(model, revision, *map(float, rates)))
    return found
