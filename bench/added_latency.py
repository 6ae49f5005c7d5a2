"""What the server adds to a question's latency: many under way, over a model that takes a second for each.

    python -m bench.added_latency [--at-once 200] [--each 4] [--turns 3]

gap-server and the bare peer in turn, each on a fresh copy of the same database. So many questions are under
way at any moment, and come one by one, as players send them: the one whose answer came is followed by the
next. Wanted: 15 ms in the median, 100 ms for 99 of 100. Results go to bench/results/.
"""

import argparse
import asyncio
import json
import os
import statistics
import tempfile
from pathlib import Path
from typing import Any

from bench.crowd import gather
from bench.programs import (
    RESULTS,
    TEMPLATE,
    Turn,
    administer,
    circumstances,
    database_of,
    model_server,
    turn,
)
from gap_server.store.embedded import embedded_postgres
from gap_server.store.migrations import migrate

PROGRAMS = {"gap-server": "bench.instant:wide_app", "bare Starlette + asyncpg": "bench.peer:wire_app"}
MODEL_SECONDS = 1.0
WARMING = 50
"""Players whose questions warm a program up, and are not counted."""


def main() -> None:
    arguments = _arguments()
    ready = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="gap-bench-") as folder, embedded_postgres(Path(folder)) as url:
        asyncio.run(administer(url, f"create database {TEMPLATE}"))
        template = database_of(url, TEMPLATE)
        migrate(template)
        askings = gather(template, WARMING + arguments.at_once * arguments.each)
        turns: dict[str, list[Turn]] = {name: [] for name in PROGRAMS}
        with model_server(MODEL_SECONDS) as model_url:
            for _ in range(arguments.turns):
                for name, program in PROGRAMS.items():
                    turns[name].append(
                        turn(url, model_url, program, askings, arguments.at_once, MODEL_SECONDS)
                    )
    _report(arguments, turns, ready)


def _report(arguments: argparse.Namespace, turns: dict[str, list[Turn]], ready: float) -> None:
    result: dict[str, Any] = {
        "what": f"latency added to a question over a model that takes {MODEL_SECONDS:.0f} s,"
        f" {arguments.at_once} under way, spread evenly",
        "command": f"python -m bench.added_latency --at-once {arguments.at_once} --each {arguments.each}"
        f" --turns {arguments.turns}",
        **circumstances(ready),
        "programs": {name: _added(of_one) for name, of_one in turns.items()},
    }
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "added_latency.json").write_text(json.dumps(result, indent=2) + "\n")
    print(json.dumps(result, indent=2))


def _added(turns: list[Turn]) -> dict[str, float]:
    """Medians over the turns, in milliseconds."""

    def at(share: float) -> float:
        return round(statistics.median((t.load.percentile(share) - MODEL_SECONDS) * 1000 for t in turns), 1)

    cpu = round(statistics.median(t.cpu_ms for t in turns), 2)
    return {"p50_ms": at(0.5), "p99_ms": at(0.99), "server_cpu_ms_per_question": cpu}


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--at-once", type=int, default=200)
    parser.add_argument("--each", type=int, default=4, help="players one after the other, on one connection")
    parser.add_argument("--turns", type=int, default=3)
    return parser.parse_args()


if __name__ == "__main__":
    main()
