"""How well what shows before the end of a session tells the arms apart: whole games, over HTTP.

    python -m bench.deal [--rounds 300] [--seed 1] [--gullible 0.3]

A demo server of its own is played by fresh players, ten rounds each, a question a round. For each thing that
shows: the AUC for taint of the best side, printed and written with the command to bench/results/deal.json.
The pool alone tells with 0.6 exactly, by the deal; a sample of n rounds strays by some 0.6 / sqrt(n),
allowed on top. `--seed` is of the questions: the server deals by its own dice.

With `--gullible` a model at the wire answers that lies where told to and gives away so many of its lies. What
counts then is whether a question is refused and how long it takes: at most 0.55 each, and the same on top
(bench/results/deal_gullible.json).
"""

import argparse
import asyncio
import gzip
import io
import json
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg
import httpx
import numpy as np
from PIL import Image

from bench.demo_server import demo_server
from gap_server.game.rules import CONSENT_VERSION
from gap_server.store.embedded import embedded_postgres

RESULTS = Path(__file__).parent / "results"
MOST = 0.6
MOST_OF_GULLIBLE = 0.55
GULLIBLE_SECONDS = 0.05
"""That the gullible model thinks: a second try shows among all else that takes time."""
QUESTIONS = (
    "How many things are there?",
    "What is the largest thing?",
    "What colour is the largest thing?",
    "What is on the left?",
    "Is there an animal?",
    "Describe the picture.",
)
SCENES = "select sha256, scene from app.image where scene is not null"

Seen = dict[str, float]


class Visitor:
    """A fresh player of the demo, who notes how long each call took."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client
        self._headers: dict[str, str] = {}
        self.seconds = 0.0

    async def call(self, method: str, path: str, body: Any = None) -> httpx.Response:
        began = time.perf_counter()
        response = await self._client.request(method, path, json=body, headers=self._headers)
        self.seconds = time.perf_counter() - began
        return response.raise_for_status()

    async def sign_in(self) -> None:
        ticket = (await self.call("POST", "/auth/demo", {"name": f"Bench {uuid4().hex[:8]}"})).json()
        self._headers = {"Authorization": f"Bearer {ticket['token']}"}
        await self.call("PUT", "/me/consent", {"version": CONSENT_VERSION})


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--gullible", type=float)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="gap-bench-") as folder, _model(arguments.gullible) as model:
        seen, tainted = asyncio.run(
            _play(Path(folder), arguments.rounds // 10, random.Random(arguments.seed), model)
        )
    names = seen[0] if arguments.gullible is None else ("refused", "seconds of the answer")
    aucs = {name: round(auc([one[name] for one in seen], tainted), 3) for name in names}
    most = MOST if arguments.gullible is None else MOST_OF_GULLIBLE
    command = f"python -m bench.deal --rounds {arguments.rounds} --seed {arguments.seed}"
    result = {
        "what": f"AUC for taint of what shows before a session's end; wanted: at most {most}",
        "command": command + (f" --gullible {arguments.gullible}" if arguments.gullible is not None else ""),
        "at": f"{datetime.now(UTC):%Y-%m-%d}",
        "rounds": len(seen),
        "strays_by": round(0.6 / len(seen) ** 0.5, 3),
        "refused": round(sum(one["refused"] for one in seen) / len(seen), 3),
        "auc": aucs,
        "kept": max(aucs.values()) <= most + 0.6 / len(seen) ** 0.5,
    }
    RESULTS.mkdir(exist_ok=True)
    name = "deal.json" if arguments.gullible is None else "deal_gullible.json"
    (RESULTS / name).write_text(json.dumps(result, indent=2) + "\n")
    print(json.dumps(result, indent=2))
    sys.exit(0 if result["kept"] else 1)


@contextmanager
def _model(admits: float | None) -> Iterator[dict[str, str]]:
    """The settings of a server before a gullible model at the wire; none for the demo's own answerer."""
    if admits is None:
        yield {}
        return
    command = [sys.executable, "-m", "tests.doubles.gullible_model", "--admits", str(admits)]
    process = subprocess.Popen(
        [*command, "--seconds", str(GULLIBLE_SECONDS)], stdout=subprocess.PIPE, text=True
    )
    try:
        address = process.stdout.readline().strip() if process.stdout else ""
        yield {"GAP_VLM_URLS": address, "GAP_VLM_MODEL": "m"}
    finally:
        process.terminate()
        process.wait(20)


def auc(figures: list[float], tainted: list[bool]) -> float:
    """P(a tainted round's figure > another's), ties halved, whichever way round tells more."""
    figure, is_tainted = np.array(figures), np.array(tainted)
    of_tainted, of_others = figure[is_tainted][:, None], figure[~is_tainted][None, :]
    more = float(np.mean((of_tainted > of_others) + (of_tainted == of_others) / 2))
    return max(more, 1 - more)


async def _play(
    folder: Path, sessions: int, dice: random.Random, model: dict[str, str]
) -> tuple[list[Seen], list[bool]]:
    seen: list[Seen] = []
    tainted: list[bool] = []
    with embedded_postgres(folder) as database, demo_server(folder, model) as url:
        things = await _things(database)
        async with httpx.AsyncClient(base_url=f"{url}/api/v1", timeout=30) as client:
            for _ in range(sessions):
                of_session, arms = await _session(Visitor(client), things, dice)
                seen += of_session
                tainted += arms
    return seen, tainted


async def _things(database: str) -> dict[str, int]:
    """How many things the scene of each picture has, by the hash of the file."""
    db = await asyncpg.connect(database)
    rows = await db.fetch(SCENES)
    await db.close()
    return {row["sha256"]: len(json.loads(row["scene"])["things"]) for row in rows}


async def _session(
    visitor: Visitor, things: dict[str, int], dice: random.Random
) -> tuple[list[Seen], list[bool]]:
    await visitor.sign_in()
    session = (await visitor.call("POST", "/sessions")).json()
    seen = [await _round(visitor, session["id"], things, dice) for _ in range(10)]
    result = (await visitor.call("GET", f"/sessions/{session['id']}/result")).json()
    return seen, [bool(one["was_trap"]) for one in result["rounds"]]


async def _round(visitor: Visitor, session: str, things: dict[str, int], dice: random.Random) -> Seen:
    round_ = (await visitor.call("POST", f"/sessions/{session}/next")).json()
    times = {"seconds of next": visitor.seconds}
    picture = (await visitor.call("GET", f"/rounds/{round_['id']}/image")).content
    times["seconds of the picture"] = visitor.seconds
    path = f"/rounds/{round_['id']}/questions/{uuid4()}"
    question = (await visitor.call("PUT", path, {"text": dice.choice(QUESTIONS)})).json()
    times["seconds of the answer"] = visitor.seconds
    refused = question["state"] == "refused"
    if refused:
        await visitor.call("POST", f"/rounds/{round_['id']}/pass")
    else:
        await visitor.call("PUT", f"/questions/{question['id']}/judgement", {"judgement": "wrong"})
    times["seconds of the judgement"] = visitor.seconds
    told = {"refused": float(refused)}
    return _of_picture(picture, things) | _of_answer(str(question["answer"])) | times | told


def _of_picture(picture: bytes, things: dict[str, int]) -> Seen:
    with Image.open(io.BytesIO(picture)) as image:
        width, entropy = image.width, image.convert("L").entropy()
    return {
        "things": things[sha256(picture).hexdigest()],
        "bytes": len(picture),
        "width": width,
        "entropy": entropy,
        "gzip ratio": len(gzip.compress(picture, mtime=0)) / len(picture),
    }


def _of_answer(answer: str) -> Seen:
    return {
        "words": len(answer.split()),
        "letters": len(answer),
        "commas": answer.count(","),
        "sentences": len(re.findall(r"[.!?]+(?=\s|$)", answer)),
        "capitals": sum(map(str.isupper, answer)),
    }


if __name__ == "__main__":
    main()
