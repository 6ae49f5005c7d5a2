"""Ten times as many calls as usual, for two minutes: what is turned away and how, and how the rest fares.

    python -m bench.overload [--players 1000] [--times 10] [--seconds 120] [--clients 400]

A crowd plays at a human pace, and is measured alone, under the flood, and after it. The flood is calls of all
kinds by other players, sent at their rate whatever becomes of them. It comes from a process of its own, which
has what of the processors the others leave it, as if it came from elsewhere: its rate is told. It is of few
clients, each of whom calls faster than anybody plays, or with `--clients 4000` of many. Wanted: only 503 and
429 with Retry-After; p95 of what is admitted at most 1.5 times the usual, the model's time left out; memory
flat; as usual within ten seconds. Results: bench/results/.
"""

import argparse
import asyncio
import json
import os
import sys
from collections import Counter, deque
from dataclasses import dataclass, field
from itertools import cycle
from time import perf_counter
from typing import Any, Final

import uvloop

from bench.crowd import token_of
from bench.players import (
    MODEL_SECONDS,
    SETTLING_SECONDS,
    SPENDING,
    Game,
    busy,
    dismissed,
    game,
    gathered,
    spent,
)
from bench.playing import Seen, percentile
from bench.programs import RESULTS, circumstances
from bench.wire import LOST, Client

USUAL_SECONDS: Final = 30.0
BACK_SECONDS: Final = 10.0
WINDOW_SECONDS: Final = 1.0
STEP_SECONDS: Final = 0.002
FEW: Final = 400
"""Players that the flood's calls are of; each asks for one thing at a time."""

CALLS: Final = (
    ("GET", "/me"),
    ("POST", "/sessions"),
    ("GET", "/sessions/current"),
    ("GET", "/leaderboard"),
    ("GET", "/me/sessions"),
)


@dataclass(slots=True)
class Flood:
    """What became of its calls. `wrong`: neither admitted, nor turned away as it should be."""

    admitted_seconds: list[float] = field(default_factory=list)
    statuses: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    unsent: int = 0
    """Calls that came due while all players of the flood still waited for an answer."""
    cores: float = 0.0
    """What it took to send them."""


async def flood(  # noqa: PLR0917  # where to, by whom, how much
    port: int, first: int, clients: int, per_second: float, seconds: float, seen: Flood
) -> None:
    """Send so many calls a second for so long, every `STEP_SECONDS` what is due. Clients take their turn."""
    free = deque(Client(port, token_of(first + n)) for n in range(clients))
    calls = cycle(CALLS)
    under_way: set[asyncio.Task[None]] = set()
    began, sent = perf_counter(), 0

    async def one(client: Client, method: str, path: str) -> None:
        await _call(client, method, path, seen)
        free.append(client)

    while (now := perf_counter() - began) < seconds:
        while sent < now * per_second:
            sent += 1
            if not free:
                seen.unsent += 1
                continue
            task = asyncio.create_task(one(free.popleft(), *next(calls)))
            under_way.add(task)
            task.add_done_callback(under_way.discard)
        await asyncio.sleep(STEP_SECONDS)
    await asyncio.gather(*under_way)
    for client in free:
        client.close()


async def _flood_from_elsewhere(*asked: float) -> Flood:
    """The same in another process."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bench.overload", "--flood", *map(str, asked), stdout=asyncio.subprocess.PIPE
    )
    said, _ = await process.communicate()
    found = json.loads(said)
    return Flood(**(found | {"statuses": Counter(found["statuses"])}))


def _flood(port: str, first: str, clients: str, per_second: str, seconds: str) -> None:
    """What the other process does: flood, and print what became of it."""
    os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
    seen = Flood()
    uvloop.run(flood(int(port), int(first), int(clients), float(per_second), float(seconds), seen))
    seen.cores = round(sum(os.times()[:2]) / float(seconds), 3)
    print(json.dumps({name: getattr(seen, name) for name in Flood.__slots__}))


async def _call(client: Client, method: str, path: str, seen: Flood) -> None:
    began = perf_counter()
    try:
        reply = await client.call(method, path)
    except LOST as error:
        seen.wrong.append(type(error).__name__)
        return
    seen.statuses[str(reply.status)] += 1
    if reply.status in {429, 503} and reply.retry_after:
        return
    if reply.status >= 500 or reply.status in {429, 401}:
        seen.wrong.append(f"{method} {path}: {reply.status} {reply.body[:120].decode(errors='replace')}")
    seen.admitted_seconds.append(perf_counter() - began)


async def _measured(held: Game, arguments: argparse.Namespace) -> dict[str, Any]:
    seen = Seen(model_seconds=MODEL_SECONDS, measuring=False)
    crowd = await gathered(held.server.port, arguments.players, seen)
    await asyncio.sleep(SETTLING_SECONDS)
    usual = await _phase(held, seen, USUAL_SECONDS)
    before = held.server.memory_mb()
    rate = (arguments.times - 1) * usual["calls_per_second"]
    flooding = asyncio.create_task(
        _flood_from_elsewhere(
            held.server.port, arguments.players + 1, arguments.clients, rate, arguments.seconds
        )
    )
    early = asyncio.create_task(_memory_after(held, min(20.0, arguments.seconds / 3)))
    under = await _phase(held, seen, arguments.seconds)
    flooded = await flooding
    after = [await _phase(held, seen, WINDOW_SECONDS) for _ in range(int(BACK_SECONDS / WINDOW_SECONDS))]
    later = await _phase(held, seen, BACK_SECONDS)
    errors = seen.errors + flooded.wrong
    memory = {"before": before, "early": await early, "after": held.server.memory_mb()}
    await dismissed(crowd)
    of_flood = percentile(flooded.admitted_seconds, 95)
    return {
        "flood_calls_per_second": round(sum(flooded.statuses.values()) / arguments.seconds, 1),
        "flood_calls_that_found_no_free_connection": flooded.unsent,
        "flood_cores": flooded.cores,
        "flood_statuses": dict(flooded.statuses),
        "flood_admitted_p95_ms": of_flood,
        "wrong": len(errors),
        "said": errors[:5],
        "usual": usual,
        "under_the_flood": under,
        "p95_ratio": round(under["p95_ms"] / usual["p95_ms"], 2),
        "memory_mb": {name: round(value, 1) for name, value in memory.items()},
        "seconds_until_nobody_was_turned_away": _back(after, usual["p95_ms"]),
        "afterwards": later,
    }


async def _phase(held: Game, seen: Seen, seconds: float) -> dict[str, Any]:
    """What the crowd met in the next so many seconds, and who had the processors."""
    seen.seconds.clear()
    seen.turned_away.clear()
    before = (*spent(held), busy())
    seen.measuring = True
    each_second = [await _second(seen) for _ in range(round(seconds / WINDOW_SECONDS))]
    seen.measuring = False
    after = (*spent(held), busy())
    latencies = seen.percentiles_ms()
    together = latencies.get("all", {"p50": 0.0, "p95": 0.0, "p99": 0.0})
    return {
        "calls_per_second": round(seen.calls / seconds, 1),
        "turned_away": dict(seen.turned_away),
        **{f"p{p}_ms": together[f"p{p}"] for p in (50, 95, 99)},
        "p95_ms_each_second": each_second,
        "cores": {
            name: round((late - early) / seconds, 2)
            for name, early, late in zip((*SPENDING, "of all"), before, after, strict=True)
        },
        "p95_ms_by_call": {name: of_one["p95"] for name, of_one in latencies.items() if name != "all"},
    }


async def _second(seen: Seen) -> float:
    """The p95 in milliseconds of what was answered in the next second."""
    before = {name: len(of_one) for name, of_one in seen.seconds.items()}
    await asyncio.sleep(WINDOW_SECONDS)
    return percentile((s for name, of_one in seen.seconds.items() for s in of_one[before.get(name, 0) :]), 95)


async def _memory_after(held: Game, seconds: float) -> float:
    await asyncio.sleep(seconds)
    return held.server.memory_mb()


def _back(windows: list[dict[str, Any]], usual_p95: float) -> float | None:
    """Seconds until all was as usual: nobody turned away, p95 within 1.5 times. None: it never was."""
    for n, window in enumerate(windows):
        if not window["turned_away"] and window["p95_ms"] <= 1.5 * usual_p95:
            return n * WINDOW_SECONDS
    return None


def main() -> None:
    arguments = _arguments()
    if arguments.flood:
        _flood(*arguments.flood)
        return
    ready = os.getloadavg()[0]
    with game(arguments.players + arguments.clients) as held:
        found = uvloop.run(_measured(held, arguments))
    result: dict[str, Any] = {
        "what": f"{arguments.times} times the calls of {arguments.players} players"
        f" for {arguments.seconds:g} s by {arguments.clients} clients; p95 without the model's time",
        "command": f"python -m bench.overload --players {arguments.players} --times {arguments.times}"
        f" --seconds {arguments.seconds:g} --clients {arguments.clients}",
        **circumstances(ready),
        **found,
    }
    RESULTS.mkdir(exist_ok=True)
    name = "overload.json" if arguments.clients == FEW else "overload_by_many.json"
    (RESULTS / name).write_text(json.dumps(result, indent=2) + "\n")
    print(json.dumps(result, indent=2))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--players", type=int, default=1000)
    parser.add_argument("--times", type=int, default=10)
    parser.add_argument("--seconds", type=float, default=120.0)
    parser.add_argument("--clients", type=int, default=FEW)
    parser.add_argument("--flood", nargs=5, help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
