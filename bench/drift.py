"""What is seen of a server while it is played on: whether anything grows that should not, or gets stuck."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from statistics import linear_regression, mean
from typing import Any, Final

import asyncpg
import psutil

from gap_server.store.roles import GAME

EARLY: Final = (0.15, 0.3)
LATE: Final = (0.85, 1.0)
"""Shares of the run that are compared; before the first, code and pictures are still being read."""

SAMPLE_SECONDS: Final = 2.0
LEFT_SECONDS: Final = 30
"""A question whose process died fails after 25 seconds, and a sweep comes every second."""

MOST_GROWTH: Final = 0.05
"""Of memory, between the two shares."""

STUCK: Final = """
select (select count(*) from app.round where state = 'open' and deadline_at < now() - $1::interval)
     + (select count(*) from app.question where state = 'pending' and asked_at < now() - $1::interval)
     + (select count(*) from app.session where state = 'open' and expires_at < now() - $1::interval)
"""
UNEQUAL: Final = """
select count(*) from app.session s
where score <> (select coalesce(sum(points), 0) from app.points p where p.session_id = s.id)
"""
PLAYED: Final = """
select (select count(*) from app.question) as questions, (select count(*) from app.round
        where state not in ('dealt', 'open')) as rounds,
       (select count(*) from app.session where state = 'finished') as sessions_finished,
       (select count(*) from app.session where state = 'expired') as sessions_expired
"""


@dataclass(frozen=True, slots=True)
class Sample:
    """`at`: the share of the run. Memory (MB), files and sockets are those of the worker that lives on."""

    at: float
    memory_mb: float
    files: int
    database_connections: int
    stuck: int


@dataclass(frozen=True, slots=True)
class Drift:
    """Of one run. `hours`: how long it is, as players live it; `pool`: connections that a worker may open."""

    database: str
    hours: float
    pool: int
    samples: list[Sample] = field(default_factory=list)

    async def watch(self, eldest: psutil.Process, at: Callable[[], float]) -> None:
        """Until it is cancelled. `eldest`: the worker that lives on; `at`: how far the run is."""
        while True:
            with suppress(OSError, asyncpg.PostgresError, asyncpg.InterfaceError):  # it is dead just now
                self.samples.append(await self._sample(eldest, at()))
            await asyncio.sleep(SAMPLE_SECONDS)

    async def _sample(self, eldest: psutil.Process, at: float) -> Sample:
        connections, stuck = await self._asked()
        return Sample(at, eldest.memory_info().rss / 2**20, eldest.num_fds(), connections, stuck)

    async def _asked(self) -> tuple[int, int]:
        db = await asyncpg.connect(self.database, timeout=5)
        try:
            used = await db.fetchval("select count(*) from pg_stat_activity where usename = $1", GAME)
            return used, await db.fetchval(STUCK.replace("$1", f"'{LEFT_SECONDS} s'"))
        finally:
            await db.close()

    async def afterwards(self) -> dict[str, Any]:
        """What is left once everything had the time to end; `kept` where all is well."""
        await asyncio.sleep(LEFT_SECONDS + 5)
        db = await asyncpg.connect(self.database)
        left = await db.fetchval(STUCK.replace("$1", "'5 s'"))
        unequal = await db.fetchval(UNEQUAL)
        played = dict(await db.fetchrow(PLAYED))
        await db.close()
        memory = self._memory()
        most = max(sample.database_connections for sample in self.samples)
        most_stuck = max(sample.stuck for sample in self.samples)
        return {
            "kept": memory["growth"] <= MOST_GROWTH
            and most <= 2 * self.pool
            and not (most_stuck or left or unequal),
            "played": played,
            "memory_of_the_eldest_worker": memory,
            "files_and_sockets_of_the_eldest_worker": self._early_and_late("files"),
            "connections_to_postgres": self._early_and_late("database_connections") | {"most": most},
            "stuck": {"most_at_once": most_stuck, "at_the_end": left},
            "sessions_whose_points_are_not_their_score": unequal,
            "samples": [{k: round(v, 3) for k, v in asdict(s).items()} for s in self.samples[::10]],
        }

    def _memory(self) -> dict[str, float]:
        mb = self._early_and_late("memory_mb")
        settled = [sample for sample in self.samples if sample.at >= EARLY[0]]
        slope, _ = linear_regression([s.at * self.hours for s in settled], [s.memory_mb for s in settled])
        return {
            "early_mb": mb["early"],
            "late_mb": mb["late"],
            "growth": round(mb["late"] / mb["early"] - 1, 4),
            "mb_a_simulated_hour": round(slope, 3),
        }

    def _early_and_late(self, what: str) -> dict[str, float]:
        return {name: self._mean(share, what) for name, share in (("early", EARLY), ("late", LATE))}

    def _mean(self, share: tuple[float, float], what: str) -> float:
        within = (sample for sample in self.samples if share[0] <= sample.at <= share[1])
        return float(round(mean(getattr(sample, what) for sample in within), 1))
