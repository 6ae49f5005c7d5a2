"""How many players the server holds at a human pace, and what they cost.

    python -m bench.players [--players 500 1000 1500 2000] [--seconds 40]

`gap-server serve --workers 2` with Postgres beside it, a model at the wire that takes a second, and players
who ask every ten seconds, two questions an image, judge each answer and go on; this process is all of them.
They are held where 99 of 100 calls, the model's own second left out, take under 250 ms and none goes wrong or
is turned away. Results go to bench/results/.
"""

import argparse
import asyncio
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import psutil
import uvloop

from bench.crowd import newcomers, token_of
from bench.playing import BEAT_SECONDS, Player, Seen
from bench.programs import RESULTS, administer, circumstances, database_of, model_server
from bench.serving import GapServer, cpu_seconds, postmaster
from bench.wire import Client, Line
from gap_server.store.embedded import embedded_postgres
from gap_server.store.migrations import migrate

MODEL_SECONDS: Final = 1.0
PICTURES: Final = 400
HELD_P99_MS: Final = 250
IDLE_CONNECTIONS: Final = 1000
SPENDING: Final = ("server", "postgres", "load generator")
SETTLING_SECONDS: Final = 10.0
"""After the last player came: pictures are read, connections and plans made."""


@dataclass(frozen=True, slots=True)
class Game:
    """A server with a stocked database beside it."""

    server: GapServer
    postgres_pid: int
    database: str


@contextmanager
def game(players: int, *, pictures: int = PICTURES, model_seconds: float = MODEL_SECONDS) -> Iterator[Game]:
    """A game that nobody plays yet, with so many players who have a token."""
    with tempfile.TemporaryDirectory(prefix="gap-bench-") as name, embedded_postgres(Path(name)) as url:
        asyncio.run(administer(url, "create database bench"))
        database = database_of(url, "bench")
        migrate(database)
        asyncio.run(newcomers(database, players, pictures))
        with model_server(model_seconds) as model_url, GapServer(database, model_url) as server:
            yield Game(server, postmaster(Path(name)), database)


def main() -> None:
    arguments = _arguments()
    ready = os.getloadavg()[0]
    steps = []
    with game(max(arguments.players)) as held:
        per_connection = uvloop.run(_memory_of_connections(held.server))
        for players in arguments.players:
            step = uvloop.run(_hold(held, players, arguments.seconds))
            steps.append(step)
            print(json.dumps(step), flush=True)
            if not step["held"]:
                break
    _report(arguments, steps, per_connection, ready)


async def _hold(held: Game, players: int, seconds: float) -> dict[str, Any]:
    """Let so many play: a while unmeasured, then measured."""
    seen = Seen(model_seconds=MODEL_SECONDS, measuring=False)
    crowd = await gathered(held.server.port, players, seen)
    await asyncio.sleep(SETTLING_SECONDS)
    before, busy_before = spent(held), busy()
    seen.measuring = True
    seen.turned_away.clear()
    await asyncio.sleep(seconds)
    seen.measuring = False
    cores = [(after - earlier) / seconds for earlier, after in zip(before, spent(held), strict=True)]
    elsewhere = (busy() - busy_before) / seconds - sum(cores)
    memory = held.server.memory_mb()
    await dismissed(crowd)
    latencies = seen.percentiles_ms()
    errors = len(seen.errors) + sum(seen.turned_away.values())
    return {
        "players": players,
        "held": not errors and latencies["all"]["p99"] < HELD_P99_MS,
        "errors": errors,
        "turned_away": dict(seen.turned_away),
        "said": seen.errors[:3],
        "calls_per_second": round(seen.calls / seconds, 1),
        "questions_per_second": round(latencies["ask"]["calls"] / seconds, 1),
        "latencies_ms": latencies,
        "cores_per_thousand_players": {
            name: round(taken / players * 1000, 3) for name, taken in zip(SPENDING, cores, strict=True)
        },
        "cores_of_the_model_server_and_of_others": round(elsewhere, 2),
        "memory_mb_all_workers": round(memory, 1),
    }


async def gathered(port: int, players: int, seen: Seen) -> list[asyncio.Task[None]]:
    """Players who come one by one within a beat, so that they ask one by one from then on."""
    crowd = []
    for n in range(1, players + 1):
        crowd.append(asyncio.create_task(Player(port, token_of(n), seen, seed=n).play()))
        await asyncio.sleep(BEAT_SECONDS / players)
    return crowd


async def dismissed(crowd: list[asyncio.Task[None]]) -> None:
    for player in crowd:
        player.cancel()
    await asyncio.gather(*crowd, return_exceptions=True)


def spent(held: Game) -> tuple[float, float, float]:
    """Processor seconds so far: of the server, of Postgres, of this process."""
    return cpu_seconds(held.server.pid), cpu_seconds(held.postgres_pid), sum(os.times()[:2])


def busy() -> float:
    """Processor seconds so far that this machine was not idle, whoever had them."""
    times = psutil.cpu_times()
    return float(times.user + times.nice + times.system + times.irq + times.softirq + times.steal)


async def _memory_of_connections(server: GapServer) -> float:
    """KiB that a connection takes in the server once it has been used and is kept."""
    await asyncio.gather(*(Client(server.port, "none").call("GET", "/healthz") for _ in range(50)))
    before = server.memory_mb()
    loop = asyncio.get_running_loop()
    lines: list[Line] = []
    for _ in range(IDLE_CONNECTIONS):
        _, line = await loop.create_connection(Line, "127.0.0.1", server.port)
        await line.ask(b"GET /healthz HTTP/1.1\r\nHost: bench\r\n\r\n")
        lines.append(line)
    taken = (server.memory_mb() - before) * 1024 / sum(line.is_open for line in lines)
    for line in lines:
        line.close()
    return round(taken, 1)


def _report(
    arguments: argparse.Namespace, steps: list[dict[str, Any]], per_connection: float, ready: float
) -> None:
    result: dict[str, Any] = {
        "what": f"players held at a human pace, a model that takes {MODEL_SECONDS:.0f} s, two workers;"
        f" held: p99 without the model under {HELD_P99_MS} ms, nothing wrong, nobody turned away",
        "command": "python -m bench.players --players "
        + " ".join(map(str, arguments.players))
        + f" --seconds {arguments.seconds:g}",
        **circumstances(ready),
        "players_held": max((step["players"] for step in steps if step["held"]), default=0),
        "memory_kib_a_connection": per_connection,
        "steps": steps,
    }
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "players.json").write_text(json.dumps(result, indent=2) + "\n")
    print(json.dumps(result, indent=2))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--players", type=int, nargs="+", default=[500, 1000, 1500, 2000])
    parser.add_argument("--seconds", type=float, default=40.0)
    return parser.parse_args()


if __name__ == "__main__":
    main()
