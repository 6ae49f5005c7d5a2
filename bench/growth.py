"""What the store's calls take as the game grows: medians with few questions stored and with many.

    python -m bench.growth [--few 10000] [--many 1000000] [--images 118000]

One connection, each call for many players in turn, against a throw-away Postgres; few and many take turns, so
that a busy machine harms both. A tenth of the players shows on the leaderboards, and at least a hundred.
Ten million questions take some eight gigabytes. Results go to bench/results/.
"""

import argparse
import asyncio
import json
import os
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeAlias
from uuid import UUID

import asyncpg

from bench.filling import fill
from bench.programs import RESULTS, administer, circumstances, database_of
from gap_server.game.state import Pool
from gap_server.play.sign_in import SLIDING
from gap_server.store import game_read, images, leaderboard, players, sessions
from gap_server.store.board import BOARDS, Board
from gap_server.store.embedded import embedded_postgres
from gap_server.store.engine import Db, Store
from gap_server.store.migrations import migrate
from gap_server.store.rank_marks import count_anew
from gap_server.store.roles import GAME, with_login

TURNS: Final = 5
CALLS_A_TURN: Final = 40
SOME: Final = """
select p.id as player_id, r.session_id, r.id as round_id, sha256(p.telegram_id::text::bytea) as token
from (select * from app.player where show_on_leaderboard order by random() limit $1) p
join app.round r on r.player_id = p.id and r.position = 1
"""


@dataclass(frozen=True, slots=True)
class Playing:
    """One player, and what calls about them name."""

    player_id: UUID
    session_id: UUID
    round_id: UUID
    token: bytes


Call: TypeAlias = Callable[[Db, Playing], Awaitable[Any]]
Latencies: TypeAlias = dict[str, list[float]]


def _top(board: Board) -> Call:
    return lambda db, p: leaderboard.top(db, board, p.player_id, 50)


def _around(board: Board) -> Call:
    return lambda db, p: leaderboard.around(db, board, p.player_id, 5)


CALLS: Final[dict[str, Call]] = {
    "who calls": lambda db, p: players.find_by_token(db, p.token, SLIDING),
    "a round": lambda db, p: game_read.read_round(db, p.player_id, p.round_id),
    "a session": lambda db, p: game_read.read_session(db, p.player_id, p.session_id),
    "a result": lambda db, p: sessions.result(db, p.player_id, p.session_id),
    "past sessions": lambda db, p: sessions.history(db, p.player_id, after=None, limit=20),
    "me": lambda db, p: players.read_me(db, p.player_id),
    "a deal": lambda db, p: images.pick(db, p.player_id, b"", Pool.COMPLEX, 5),
    **{f"the top, {board.name}": _top(board) for board in BOARDS},
    **{f"around me, {board.name}": _around(board) for board in BOARDS},
}


def main() -> None:
    arguments = _arguments()
    ready = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="gap-bench-") as folder, embedded_postgres(Path(folder)) as url:
        few = _filled(url, "few", arguments.few, arguments.images)
        many = _filled(url, "many", arguments.many, arguments.images)
        medians = asyncio.run(_medians([few, many]))
        sizes = [asyncio.run(_gigabytes(database)) for database in (few, many)]
    _report(arguments, medians, sizes, ready)


def _filled(url: str, name: str, questions: int, in_catalogue: int) -> str:
    asyncio.run(administer(url, f"create database {name}"))
    database = database_of(url, name)
    migrate(database)
    began = time.monotonic()
    asyncio.run(fill(database, questions, in_catalogue))
    asyncio.run(_count_ranks(database))
    print(f"{questions} questions are stored after {time.monotonic() - began:.0f} s", flush=True)
    return database


async def _gigabytes(database: str) -> float:
    db = await asyncpg.connect(database)
    size: int = await db.fetchval("select pg_database_size(current_database())")
    await db.close()
    return round(size / 1e9, 2)


async def _count_ranks(database: str) -> None:
    """What the sweeper does every now and then."""
    store = Store(database, size=1)
    await store.open()
    for board in BOARDS:
        async with store.transaction() as db:
            await count_anew(db, board)
    await store.close()


async def _medians(databases: list[str]) -> list[dict[str, float]]:
    """In milliseconds, by call, for each database."""
    stores = [Store(with_login(database, GAME), size=1) for database in databases]
    crowds = [await _some(database) for database in databases]
    latencies: list[Latencies] = [{name: [] for name in CALLS} for _ in databases]
    for store in stores:
        await store.open()
    for turn in range(TURNS + 1):  # the first warms up
        for store, crowd, of_one in zip(stores, crowds, latencies, strict=True):
            took = await _turn(store, crowd)
            for name, seconds in took.items() if turn else ():
                of_one[name] += seconds
    for store in stores:
        await store.close()
    return [{name: round(statistics.median(all_) * 1000, 2) for name, all_ in o.items()} for o in latencies]


async def _turn(store: Store, crowd: list[Playing]) -> Latencies:
    latencies: Latencies = {name: [] for name in CALLS}
    async with store.connection() as db:
        for name, call in CALLS.items():
            for playing in crowd:
                began = time.perf_counter()
                await call(db, playing)
                latencies[name].append(time.perf_counter() - began)
    return latencies


async def _some(database: str) -> list[Playing]:
    db = await asyncpg.connect(database)
    rows = await db.fetch(SOME, CALLS_A_TURN)
    await db.close()
    return [Playing(**row) for row in rows]


def _report(
    arguments: argparse.Namespace, medians: list[dict[str, float]], sizes: list[float], ready: float
) -> None:
    few, many = medians
    result: dict[str, Any] = {
        "what": "median of each call in ms, with few questions stored and with many",
        "command": f"python -m bench.growth --few {arguments.few} --many {arguments.many}"
        f" --images {arguments.images}",
        **circumstances(ready),
        "gigabytes": dict(zip(("few", "many"), sizes, strict=True)),
        "calls": {
            name: {"few_ms": few[name], "many_ms": many[name], "ratio": round(many[name] / few[name], 2)}
            for name in CALLS
        },
    }
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "growth.json").write_text(json.dumps(result, indent=2) + "\n")
    print(json.dumps(result, indent=2))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--few", type=int, default=10_000)
    parser.add_argument("--many", type=int, default=1_000_000)
    parser.add_argument("--images", type=int, default=118_000)
    return parser.parse_args()


if __name__ == "__main__":
    main()
