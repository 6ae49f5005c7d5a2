"""Questions answered per second over HTTP: gap-server against a bare Starlette + asyncpg program, same SQL.

    python -m bench.questions [--players 1500] [--connections 32] [--turns 5]

Both in turn in one run, each turn on a fresh copy of the same database, with a model that answers at once, in
the process itself, and at the wire: a server of its own that gap-server asks by its real client, once for the
answer alone, once for the gate, too, as it does by default. Medians and ratios are printed, and written with
the machine, the versions and the command to bench/results/.
"""

import argparse
import asyncio
import json
import os
import statistics
import tempfile
from pathlib import Path
from typing import Any, TypeAlias

from bench.crowd import Asking, gather
from bench.programs import (
    RESULTS,
    TEMPLATE,
    Turn,
    administer,
    circumstances,
    copy_of_template,
    database_of,
    model_server,
    turn,
)
from bench.statements import per_question
from gap_server.store.embedded import embedded_postgres
from gap_server.store.migrations import migrate

OURS, PEER = "gap-server", "bare Starlette + asyncpg"
PROGRAMS = {
    "in the process": {OURS: "bench.instant:app", PEER: "bench.peer:app"},
    "at the wire": {OURS: "bench.instant:wire_app", PEER: "bench.peer:wire_app"},
    "at the wire, with the gate": {OURS: "bench.instant:gated_wire_app", PEER: "bench.peer:gated_wire_app"},
}
"""By where the model is."""

Turns: TypeAlias = dict[str, dict[str, list[Turn]]]


def main() -> None:
    arguments = _arguments()
    ready = os.getloadavg()[0]  # more than none: others had part of the machine
    with tempfile.TemporaryDirectory(prefix="gap-bench-") as folder, embedded_postgres(Path(folder)) as url:
        asyncio.run(administer(url, f"create database {TEMPLATE}"))
        template = database_of(url, TEMPLATE)
        migrate(template)
        askings = gather(template, arguments.players)
        with copy_of_template(url) as database:
            statements = asyncio.run(per_question(database, askings[0]))
        with model_server() as model_url:
            turns = _turns(url, model_url, askings, arguments)
    _report(arguments, turns, statements, ready)


def _turns(url: str, model_url: str, askings: list[Asking], arguments: argparse.Namespace) -> Turns:
    turns: Turns = {where: {name: [] for name in programs} for where, programs in PROGRAMS.items()}
    for n in range(arguments.turns):
        for where, programs in PROGRAMS.items():
            for name, program in programs.items():
                took = turn(url, model_url, program, askings, arguments.connections)
                turns[where][name].append(took)
                rate, cost = f"{took.load.per_second:.0f} questions/s", f"{took.cpu_ms:.2f} ms"
                print(f"turn {n + 1}, model {where}: {name}: {rate}, {cost} each", flush=True)
    return turns


def _report(arguments: argparse.Namespace, turns: Turns, statements: float, ready: float) -> None:
    result: dict[str, Any] = {
        "what": "questions answered per second over HTTP, with a model that answers at once",
        "command": f"python -m bench.questions --players {arguments.players}"
        f" --connections {arguments.connections} --turns {arguments.turns}",
        **circumstances(ready),
        "statements_per_question": statements,
        "model": {where: _compared(of_programs) for where, of_programs in turns.items()},
    }
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "questions.json").write_text(json.dumps(result, indent=2) + "\n")
    print(json.dumps(result, indent=2))


def _compared(turns: dict[str, list[Turn]]) -> dict[str, Any]:
    pairs = list(zip(turns[OURS], turns[PEER], strict=True))
    rates = [ours.load.per_second / peer.load.per_second for ours, peer in pairs]
    costs = [peer.cpu_ms / ours.cpu_ms for ours, peer in pairs]
    return {
        "programs": {name: _medians(of_one) for name, of_one in turns.items()},
        "ratio": {"median": round(statistics.median(rates), 3), "all": [round(r, 3) for r in rates]},
        "ratio_of_processor_time": {
            "median": round(statistics.median(costs), 3),
            "all": [round(r, 3) for r in costs],
        },
    }


def _medians(turns: list[Turn]) -> dict[str, float]:
    def median(values: list[float], digits: int) -> float:
        return round(statistics.median(values), digits)

    return {
        "questions_per_second": median([t.load.per_second for t in turns], 1),
        "p50_ms": median([t.load.percentile(0.5) * 1000 for t in turns], 2),
        "p99_ms": median([t.load.percentile(0.99) * 1000 for t in turns], 2),
        "server_cpu_ms_per_question": median([t.cpu_ms for t in turns], 3),
        "memory_mb": median([t.memory_mb for t in turns], 1),
    }


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--players", type=int, default=1500)
    parser.add_argument("--connections", type=int, default=32)
    parser.add_argument("--turns", type=int, default=5)
    return parser.parse_args()


if __name__ == "__main__":
    main()
