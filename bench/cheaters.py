"""What cheating brings: whole games over HTTP, and what the board says of them in the end.

    python -m bench.cheaters [--players 3] [--sessions 8] [--seed 1]

So many players of each kind play so many sessions each at a demo server of their own: who flags everything,
who goes by the size of the file, by how many things are shown, by four questions that everybody can answer,
and the careful. Wanted: no cheater's sharpness above 10 and none of them first; the careful at least 70 in
the mean (the least is shown), and above all others on the board.

Then, by the rules alone, 200 pairs of today's ten: whoever is told all of another's result flags where the
other's traps were. Wanted: no more points than somebody has who flags as many of either pool without being
told, within twice the standard error. All is written to bench/results/cheaters.json.
"""

import argparse
import asyncio
import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from statistics import fmean, stdev
from typing import Any, Final

import asyncpg
import httpx

from bench.demo_server import demo_server
from gap_server.demo.crowd.gallery import Gallery, Known
from gap_server.demo.crowd.player import Person, Record
from gap_server.demo.crowd.together import play_together
from gap_server.demo.scene.description import Scene
from gap_server.game.daily import net_points
from gap_server.game.deal import DealtRound, deal, deal_onto
from gap_server.game.outcome import RoundFacts, outcome_of
from gap_server.game.rules import CONSENT_VERSION, Rules
from gap_server.game.state import Judgement, Pool, RoundState
from gap_server.quality.crowd.policies import TYPICAL, Behaviour
from gap_server.store.embedded import embedded_postgres

RESULTS = Path(__file__).parent / "results"
CHEATERS: Final = {
    Behaviour.ALWAYS: "flags everything",
    Behaviour.BY_FILE_SIZE: "by the size of the file",
    Behaviour.BY_LOOK: "by how many things are shown",
    Behaviour.COMMON_KNOWLEDGE: "four questions that everybody can answer",
}
AT_MOST: Final = 10
"""Sharpness of a cheater, of 100."""

AT_LEAST: Final = 70
PAIRS: Final = 200
SCENES = """
select sha256, pool, scene, length(content) as size from app.image
join app.image_bytes on image_id = image.id where scene is not null
"""


@dataclass(frozen=True, slots=True)
class Told:
    """Net points a game, of those who know another's traps and of those who do not."""

    told: float
    untold: float
    error: float  # standard error of the difference

    @property
    def gain(self) -> float:
        return self.told - self.untold


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--players", type=int, default=3)
    parser.add_argument("--sessions", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="gap-bench-") as folder:
        records, board = asyncio.run(_played(Path(folder), arguments))
    daily = told_of_another(PAIRS, Random(arguments.seed))
    result = _result(records, board, daily)
    command = f"python -m bench.cheaters --players {arguments.players} --sessions {arguments.sessions}"
    result = {"command": f"{command} --seed {arguments.seed}", "at": f"{datetime.now(UTC):%Y-%m-%d}"} | result
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "cheaters.json").write_text(json.dumps(result, indent=2) + "\n")
    print(json.dumps(result, indent=2))
    sys.exit(0 if result["kept"] else 1)


async def _played(folder: Path, arguments: argparse.Namespace) -> tuple[list[Record], list[Any]]:
    everybody = [
        Person(f"{kind} {n}", kind, TYPICAL[kind], Random(f"{arguments.seed}:{kind}:{n}"))
        for kind in (*CHEATERS, Behaviour.CAREFUL)
        for n in range(1, arguments.players + 1)
    ]
    with embedded_postgres(folder) as database, demo_server(folder, {}) as url:
        gallery = await _gallery(database)
        playing = play_together(url, everybody, gallery, sessions=arguments.sessions, at_once=4)
        records = [record async for record in playing]
        return records, await _board(url)


async def _gallery(database: str) -> Gallery:
    db = await asyncpg.connect(database)
    rows = await db.fetch(SCENES)
    await db.close()
    return Gallery(
        Known(row["sha256"], row["size"], Pool(row["pool"]), Scene.from_json(json.loads(row["scene"])))
        for row in rows
    )


async def _board(url: str) -> list[Any]:
    """The board's first view, as anybody sees it."""
    async with httpx.AsyncClient(base_url=f"{url}/api/v1", timeout=30) as client:
        signed_in = (await client.post("/auth/demo", json={"name": "Onlooker"})).raise_for_status()
        client.headers["Authorization"] = f"Bearer {signed_in.json()['token']}"
        (await client.put("/me/consent", json={"version": CONSENT_VERSION})).raise_for_status()
        board = (await client.get("/leaderboard", params={"period": "all", "limit": 100})).raise_for_status()
    return list(board.json()["entries"])


def _result(records: list[Record], board: list[Any], daily: Told) -> dict[str, Any]:
    kinds = [_kind(kind, records, board) for kind in (*CHEATERS, Behaviour.CAREFUL)]
    *cheaters, careful = kinds
    troubles = [record.trouble for record in records if record.trouble]
    kept = {
        "no cheater's sharpness above 10": max(kind["most"] for kind in cheaters) <= AT_MOST,
        "careful at least 70": careful["sharpness"] >= AT_LEAST,
        "the careful stand first": max(careful["ranks"], default=0)
        < min(rank for kind in cheaters for rank in kind["ranks"]),
        "nothing is gained by being told": daily.gain <= 2 * daily.error,
        "nobody had trouble": not troubles,
    }
    return {
        "kinds": kinds,
        "daily": {
            "pairs": PAIRS,
            "net points, told of another's traps": round(daily.told, 2),
            "net points, told of none": round(daily.untold, 2),
            "gain": round(daily.gain, 2),
            "standard error": round(daily.error, 2),
        },
        "troubles": troubles,
        "wanted": kept,
        "kept": all(kept.values()),
    }


def _kind(kind: Behaviour, records: list[Record], board: list[Any]) -> dict[str, Any]:
    mine = [record for record in records if record.behaviour is kind]
    sessions = [session for record in mine for session in record.sessions]
    last = [record.sessions[-1].sharpness for record in mine if record.sessions]
    return {
        "kind": CHEATERS.get(kind, "careful (0.9, 0.05)"),
        "players": len(mine),
        "sessions": len(sessions),
        "points a session": round(fmean(session.score for session in sessions), 1),
        "sharpness": round(fmean(last), 1),
        "least": min(last),
        "most": max(last),
        "ranks": sorted(entry["rank"] for entry in board if entry["name"].startswith(f"{kind} ")),
    }


def told_of_another(pairs: int, random: Random) -> Told:
    """Each pair plays one day's ten; the second flags where the first's traps were, a third where those of
    some other deal would be.
    """
    pools = [dealt.pool for dealt in deal(Rules(), random)]
    told, untold = [], []
    for _ in range(pairs):
        random.shuffle(pools)
        first, second, stranger = (deal_onto(pools, random) for _ in range(3))
        told.append(_net(second, first))
        untold.append(_net(second, stranger))
    differences = [a - b for a, b in zip(told, untold, strict=True)]
    return Told(fmean(told), fmean(untold), stdev(differences) / pairs**0.5)


def _net(played: Sequence[DealtRound], flagged_where: Sequence[DealtRound]) -> int:
    """Net points of whoever flags exactly where another deal has its traps."""
    return net_points(
        outcome_of(
            RoundFacts(
                state=RoundState.FLAGGED if flag.tainted else RoundState.PASSED,
                tainted=dealt.tainted,
                pool=dealt.pool,
                judgement=Judgement.WRONG if flag.tainted else Judgement.RIGHT,
            )
        )
        for dealt, flag in zip(played, flagged_where, strict=True)
    )


if __name__ == "__main__":
    main()
