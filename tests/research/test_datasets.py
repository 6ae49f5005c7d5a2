"""Data sets over HTTP: what is on offer, one of them whole, and what is refused."""

import hashlib
import io
import json
import tarfile
from pathlib import Path

import httpx

from gap_server.research.doctor.examine import examine
from gap_server.research.doctor.reading import read_dataset
from gap_server.store.engine import Store
from tests.cli.test_dataset_export import CLOSE_CASES, CORRECTION, FILTERED, ids, make_different, play
from tests.playing import new_player, refusal
from tests.world import administrator


async def test_what_is_on_offer_comes_whole_and_usable(
    both: httpx.AsyncClient, researcher: httpx.AsyncClient, store: Store, tmp_path: Path
) -> None:
    await play(await new_player(both))
    async with administrator(store) as db:
        await db.execute(CLOSE_CASES)
    offered = (await researcher.get("/research/datasets")).json()["datasets"]
    assert {"swift", "sharegpt", "jsonl"} <= set(
        next(entry["formats"] for entry in offered if entry["name"] == "preferences")
    )
    answer = await researcher.get("/research/datasets/everything", params={"format": "jsonl"})
    assert answer.status_code == 200, answer.text
    assert answer.headers["x-content-sha256"] == hashlib.sha256(answer.content).hexdigest()
    with tarfile.open(fileobj=io.BytesIO(answer.content)) as packed:
        packed.extractall(tmp_path, filter="data")
    folder = tmp_path / "everything"
    diagnosis = examine(read_dataset(folder))
    assert diagnosis.is_usable
    assert diagnosis.pairs == int(answer.headers["x-row-count"]) == 5
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["left_out"]["tainted"] == 5
    assert CORRECTION in "".join(file.read_text() for file in folder.glob("*.jsonl"))


async def test_filters_let_through_what_they_say(
    both: httpx.AsyncClient, researcher: httpx.AsyncClient, store: Store
) -> None:
    await play(await new_player(both))
    await play(await new_player(both, 2))
    async with administrator(store) as db:
        await db.execute(CLOSE_CASES)
    await make_different(store)
    everything = await ids(store, "not r.tainted")
    for options, condition in FILTERED.items():
        asked = {"format": "jsonl"} | as_query(options)
        answer = await researcher.get("/research/datasets/everything", params=asked)
        assert answer.status_code == 200, answer.text
        with tarfile.open(fileobj=io.BytesIO(answer.content)) as packed:
            listed = packed.extractfile("everything/row_ids.txt")
            assert listed is not None
            found = set(listed.read().decode().split())
        assert found == await ids(store, f"not r.tainted and {condition}"), options
        assert found < everything


def as_query(options: tuple[str, ...]) -> dict[str, str]:
    """The command line's options as query parameters: times with their zone, flags as true."""
    query = {}
    for n, option in enumerate(options):
        if option.startswith("--"):
            value = options[n + 1] if n + 1 < len(options) else "true"
            is_time = option in {"--since", "--until"}
            query[option[2:].replace("-", "_")] = f"{value}T00:00:00Z" if is_time else value
    return query


async def test_what_fits_nobody_and_who_may_not_ask(
    both: httpx.AsyncClient, researcher: httpx.AsyncClient
) -> None:
    assert refusal(await both.get("/research/datasets"))[0] == 401
    of_nobody = await researcher.get("/research/datasets/everything", params={"format": "jsonl"})
    assert refusal(of_nobody) == (422, "dataset_refused")
    no_such_form = await researcher.get("/research/datasets/everything", params={"format": "swift"})
    assert refusal(no_such_form) == (422, "dataset_refused")
    assert refusal(await researcher.get("/research/datasets/everything")) == (422, "invalid_request")
    for filter_ in ("category=%00", "language=%00", "model=a%00b", "trust_at_leats=0.9"):
        refused = await researcher.get(f"/research/datasets/everything?format=jsonl&{filter_}")
        assert refusal(refused) == (422, "invalid_request"), filter_
    unknown = await researcher.get("/research/datasets/all", params={"format": "jsonl"})
    assert refusal(unknown) == (422, "invalid_request")
