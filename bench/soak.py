"""A day of play in twenty minutes, with deaths: does anything grow that should not, does any round get stuck?

    python -m bench.soak [--minutes 20] [--players 20]

24 hours at a human pace, compressed into so many minutes: rounds, thinking, the model's second are all
shorter by the same factor. Regulars play session after session; passers-by open a round, ask once and never
come back. In turn a worker, the model server and Postgres are killed and come back; one worker lives all
through, and is watched: its memory, files and sockets, the connections to Postgres, and whatever is still
open half a minute after its time was over. Half a minute after the last player left it ends by itself; the
exit status is 1 where something drifted or got stuck. Results go to bench/results/.
"""

import argparse
import asyncio
import json
import os
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count, cycle
from pathlib import Path
from time import monotonic
from typing import Any, Final

import psutil
import uvloop

from bench.crowd import newcomers, token_of
from bench.drift import Drift
from bench.playing import BEAT_SECONDS, QUESTIONS_AN_IMAGE, ROUNDS, GaveUp, Player, Seen
from bench.programs import RESULTS, administer, circumstances, database_of, model_server
from bench.serving import GapServer, free_port, postmaster
from bench.wire import LOST
from gap_server.store.embedded import embedded_postgres
from gap_server.store.migrations import migrate

SIMULATED_HOURS: Final = 24
ROUND_SECONDS: Final = 120
MODEL_SECONDS: Final = 1.0
PASSING_BY_EVERY_SECONDS: Final = 300.0
"""These four as people have them; the bench divides them by how much faster its day goes."""

SESSION_MINUTES: Final = 2
"""As they are: of a run of five minutes, too, most sessions that were left alone run out within it."""

MOST_DEATHS: Final = 12
DEATH_EVERY_SECONDS: Final = 15
"""At most: a worker takes some seconds to come back."""

DEATHS_BETWEEN: Final = (0.1, 0.8)
"""Shares of the run: it begins and ends without."""

POOL: Final = 10
PICTURES: Final = 400
ALL_SEEN: Final = "start: not_enough_images"
SEEN_AFTER_SESSIONS: Final = 40


@dataclass(slots=True)
class Watched:
    """All that is run, what players met, and what was seen of it."""

    folder: Path
    database: str
    server: GapServer
    model: "MortalModel"
    drift: Drift
    seen: Seen = field(default_factory=Seen)
    met: Counter[str] = field(default_factory=Counter)
    people: Iterator[int] = field(default_factory=lambda: count(1))
    deaths: Counter[str] = field(default_factory=Counter)


class MortalModel:
    """A model server at one port, which can be killed and comes back there."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._port = free_port()
        self._life = ExitStack()

    def __enter__(self) -> str:
        return self._begin()

    def __exit__(self, *_: object) -> None:
        self._life.close()

    def die(self) -> None:
        self._life.close()
        self._begin()

    def _begin(self) -> str:
        return self._life.enter_context(model_server(self._seconds, self._port))


class Regular(Player):
    """Plays on whatever happens, until all pictures were seen; what went wrong is counted by its kind."""

    met: Counter[str]

    async def play(self) -> None:
        while not self.met[ALL_SEEN]:
            try:
                await self._session()
            except GaveUp as error:
                self.met[_kind(str(error))] += 1
            except LOST:
                self.met["connection lost"] += 1
            await asyncio.sleep(self._beat)
        self._client.close()

    async def pass_by(self) -> None:
        """Open a round, ask once, and never come back."""
        with suppress(GaveUp, *LOST):
            session = (await self.call("start", "POST", "/sessions"))["id"]
            round_ = await self.call("next", "POST", f"/sessions/{session}/next")
            await self._question(round_["id"], is_last=False)
        self._client.close()


def _kind(said: str) -> str:
    """Of what a player gave up at: the call, and the code of the problem or the state of the question."""
    name, _, problem = said.partition(": ")
    with suppress(ValueError):
        return f"{name}: {json.loads(problem.partition(' ')[2])['code']}"
    return said[:60]


@contextmanager
def _watched(minutes: float, players: int) -> Iterator[Watched]:
    faster = SIMULATED_HOURS * 60 / minutes
    model = MortalModel(MODEL_SECONDS / faster)
    with tempfile.TemporaryDirectory(prefix="gap-bench-") as name, embedded_postgres(Path(name)) as url:
        asyncio.run(administer(url, "create database bench"))
        database = database_of(url, "bench")
        migrate(database)
        asyncio.run(newcomers(database, players, PICTURES))
        settings = {
            "round_seconds": max(1, round(ROUND_SECONDS / faster)),
            "session_minutes": SESSION_MINUTES,
            "sessions_per_day": 10_000,
            "trust_refit_minutes": 1,
            "database_pool": POOL,
        }
        with model as model_url, GapServer(database, model_url, **settings) as server:
            yield Watched(Path(name), database, server, model, Drift(database, SIMULATED_HOURS, POOL))


async def _soak(here: Watched, minutes: float, players: int) -> dict[str, Any]:
    seconds, faster = minutes * 60, SIMULATED_HOURS * 60 / minutes
    beat = BEAT_SECONDS / faster
    ends_at = monotonic() + seconds

    def at() -> float:
        return 1 - (ends_at - monotonic()) / seconds

    async with asyncio.TaskGroup() as going_on:
        work = [_seat(here, beat) for _ in range(players)]
        work += [_passing_by(here, beat, faster), here.drift.watch(here.server.workers()[0], at)]
        tasks = [going_on.create_task(each) for each in work]
        await _dying(here, seconds, at)
        await asyncio.sleep(ends_at - monotonic())
        for task in tasks:
            task.cancel()
    return {
        "deaths": dict(here.deaths),
        "turned_away": dict(here.seen.turned_away),
        "given_up": dict(here.met),
        **await here.drift.afterwards(),
    }


def _newcomer(here: Watched, beat: float) -> Regular:
    n = next(here.people)
    player = Regular(here.server.port, token_of(n), here.seen, beat=beat, seed=n)
    player.met = Counter()
    return player


async def _seat(here: Watched, beat: float) -> None:
    """One who plays, and another one when they have seen all pictures."""
    while True:
        player = _newcomer(here, beat)
        try:
            await player.play()
        finally:
            here.met += player.met


async def _passing_by(here: Watched, beat: float, faster: float) -> None:
    while True:
        await asyncio.sleep(PASSING_BY_EVERY_SECONDS / faster)
        await _newcomer(here, beat).pass_by()


async def _dying(here: Watched, seconds: float, at: Callable[[], float]) -> None:
    first, last = DEATHS_BETWEEN
    deaths = min(MOST_DEATHS, int((last - first) * seconds / DEATH_EVERY_SECONDS))
    moments = [first + (last - first) * n / deaths for n in range(deaths)]
    for moment, who in zip(moments, cycle(("worker", "model server", "worker", "Postgres")), strict=False):
        await asyncio.sleep(max(0.0, (moment - at()) * seconds))
        match who:
            case "worker":
                (await _both_workers(here))[1].send_signal(signal.SIGKILL)
            case "model server":
                await asyncio.to_thread(here.model.die)
            case _:
                os.kill(postmaster(here.folder), signal.SIGKILL)
        here.deaths[who] += 1


async def _both_workers(here: Watched) -> list[psutil.Process]:
    """The eldest first, which is watched, and must not be the one that dies."""
    while len(workers := here.server.workers()) < 2:  # noqa: ASYNC110  # processes have no events
        await asyncio.sleep(0.1)
    return workers


def main() -> None:
    arguments = _arguments()
    ready = os.getloadavg()[0]
    passers_by = round(SIMULATED_HOURS * 3600 / PASSING_BY_EVERY_SECONDS)
    sessions = SIMULATED_HOURS * 3600 / BEAT_SECONDS / QUESTIONS_AN_IMAGE / ROUNDS
    people = passers_by + arguments.players * (2 + round(sessions / SEEN_AFTER_SESSIONS))
    with _watched(arguments.minutes, people) as here:
        found = uvloop.run(_soak(here, arguments.minutes, arguments.players))
    result: dict[str, Any] = {
        "what": f"{SIMULATED_HOURS} simulated hours in {arguments.minutes:g} minutes: drift, what got stuck",
        "command": f"python -m bench.soak --minutes {arguments.minutes:g} --players {arguments.players}",
        **circumstances(ready),
        "load_average_after": round(os.getloadavg()[0], 1),
        **found,
    }
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "soak.json").write_text(json.dumps(result, indent=2) + "\n")
    print(json.dumps({name: value for name, value in result.items() if name != "samples"}, indent=2))
    sys.exit(0 if found["kept"] else 1)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minutes", type=float, default=20.0)
    parser.add_argument("--players", type=int, default=20)
    return parser.parse_args()


if __name__ == "__main__":
    main()
