"""Counts of everybody, taken page by page beside the players: what the fit of trust starts from."""

import asyncio
from array import array
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

import numpy as np

from gap_server.quality import reliability
from gap_server.quality.evidence import Evidence, Kind, Pool, judged
from gap_server.quality.jury import Juror, Verdict, weight
from gap_server.quality.player_types import PRIOR, TYPES
from gap_server.quality.reliability import Estimates
from gap_server.store import judgements
from gap_server.store.engine import Db, Store
from gap_server.store.judgements import JudgedAnswer, PlayerCount

PAGE = 1000
"""Players whose rows are read, or written, in one statement: a second's work at most."""

NOBODY = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Crowd:
    """Everybody's counts. `rows`: which row of the evidence is whose; `columns`: which column a kind has."""

    rows: dict[UUID, int]
    columns: dict[Kind, int]
    evidence: Evidence


@dataclass(slots=True)
class _Tally:
    """Counts as they come in: numbers in columns, since there may be millions."""

    rows: dict[UUID, int] = field(default_factory=dict)
    columns: dict[Kind, int] = field(default_factory=dict)
    cells: "tuple[array[int], ...]" = field(default_factory=lambda: tuple(array("q") for _ in range(4)))

    def add(self, counts: Sequence[PlayerCount]) -> None:
        for count in counts:
            row = self.rows.setdefault(count.player_id, len(self.rows))
            column = self.columns.setdefault(count.kind, len(self.columns))
            for cell, value in zip(self.cells, (row, column, count.seen, count.flagged), strict=True):
                cell.append(value)

    def crowd(self) -> Crowd:
        rows, columns, seen, flagged = (np.asarray(cell, np.intp) for cell in self.cells)
        tables = [np.zeros((len(self.rows), len(self.columns))) for _ in range(2)]
        for table, cells in zip(tables, (seen, flagged), strict=True):
            np.add.at(table, (rows, columns), cells)
        np.clip(tables[0], 0, None, out=tables[0])  # who left between two statements is in one of them alone
        np.clip(tables[1], 0, tables[0], out=tables[1])
        return Crowd(self.rows, self.columns, Evidence(tuple(self.columns), *tables))


@dataclass(frozen=True, slots=True)
class Jurors:
    """How well each juror judges, by cases whose truth was known: fitted together, and apart from play."""

    rows: dict[UUID, int]
    estimates: Estimates | None

    def heard(self, answer: JudgedAnswer) -> float:
        """What the verdicts on an answer say: the log likelihood ratio, wrong against right."""
        return sum(self.said(answer.jurors, answer.said_wrong, answer.pool).values())

    def said(self, jurors: Sequence[UUID], said_wrong: Sequence[bool], pool: Pool) -> dict[UUID, float]:
        """The same of each of these, about a picture of the pool."""
        return {
            juror: weight(Verdict.WRONG if wrong else Verdict.RIGHT, self._juror(juror, pool))
            for juror, wrong in zip(jurors, said_wrong, strict=True)
        }

    def _juror(self, juror: UUID, pool: Pool) -> Juror:
        row = self.rows.get(juror)
        if row is None or self.estimates is None:
            return Juror(float(STRANGER[pool]), float(STRANGER[2 + pool]))
        return Juror(float(self.estimates.s[row, pool]), float(self.estimates.f[row, pool]))


STRANGER = PRIOR @ TYPES
"""The rates of somebody who has judged no known case yet."""


async def jurors(store: Store) -> Jurors:
    tally = _Tally()
    async for page in players(store):
        async with store.connection() as db:
            tally.add(await judgements.counts_of_jurors(db, page))
    known = tally.crowd()
    if not known.rows:
        return Jurors({}, None)
    return Jurors(known.rows, await asyncio.to_thread(_estimated, known.evidence))


def _estimated(known: Evidence) -> Estimates:
    return reliability.estimates(reliability.fit(known))


async def crowd(store: Store, jury: Jurors) -> Crowd:
    """What all players did with the answers that they saw, those apart that the jury has spoken of."""
    tally = _Tally()
    async for page in players(store):
        async with store.connection() as db:
            tally.add(await judgements.counts(db, page))
            for answer in await judgements.judged(db, page):
                tally.add(_apart(answer, jury.heard(answer)))
    return tally.crowd()


def _apart(answer: JudgedAnswer, heard: float) -> list[PlayerCount]:
    """Take an answer out of its kind, and count it with those of which jurors said about as much."""
    one = (1, int(answer.flagged))
    return [
        PlayerCount(answer.player_id, answer.kind, *(-n for n in one)),
        PlayerCount(answer.player_id, judged(answer.kind, heard), *one),
    ]


def players(store: Store) -> AsyncIterator[list[UUID]]:
    """Everybody whose consent is active, some at a time."""
    return pages(store, judgements.consenting, PAGE)


async def pages(
    store: Store, ids: Callable[[Db, UUID, int], Awaitable[list[UUID]]], size: int
) -> AsyncIterator[list[UUID]]:
    last = NOBODY
    while True:
        async with store.connection() as db:
            page = await ids(db, last, size)
        if not page:
            return
        yield page
        last = page[-1]
