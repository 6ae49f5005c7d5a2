"""gap-server round: registered, through the gate, a share of sessions, taken back, all of it told."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from typer.testing import CliRunner

from gap_server.cli import app
from gap_server.errors import GapError
from gap_server.store.engine import Store
from gap_server.store.releases import Made, add
from gap_server.store.roles import GAME, with_login
from tests.doubles.faulty_model import FaultyModel
from tests.playing import BOT_TOKEN
from tests.tuning.runs import finished_run
from tests.vlm.probe.test_run import obedient, playing

BETTER = ({"counting": 10, "colour": 50}, {"counting": 40, "colour": 50})


@pytest.fixture(autouse=True)
async def model(database_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[FaultyModel]:
    async with FaultyModel(answer=playing(obedient)) as model:
        monkeypatch.setenv("GAP_DATABASE_URL", with_login(database_url, GAME))
        monkeypatch.setenv("GAP_BOT_TOKEN", BOT_TOKEN)
        monkeypatch.setenv("GAP_VLM_URLS", model.url)
        monkeypatch.setenv("GAP_VLM_MODEL", "m")
        yield model


async def say(*arguments: object) -> tuple[int, str]:
    """The command's exit status and words; of what is refused, its sentence."""
    result = await asyncio.to_thread(CliRunner().invoke, app, ["round", *map(str, arguments)])
    if isinstance(result.exception, GapError):
        return 2, str(result.exception)
    return result.exit_code, result.output


async def gate(folder: Path, before: dict[str, int], after: dict[str, int]) -> tuple[int, str]:
    await asyncio.to_thread(finished_run, folder / "before", "m", before)
    await asyncio.to_thread(finished_run, folder / "after", "tuned", after)
    runs = ("--before", folder / "before" / "run", "--after", folder / "after" / "run")
    return await say("gate", "tuned", *runs, "--without-benchmarks", "--images", 3)


async def made(store: Store, name: str) -> str:
    """The id of a release of this data set that left here."""
    release = uuid4()
    of = Made(release, datetime.now(UTC), name, "swift", {}, None, "a test", None, 0, {}, "0" * 64)
    async with store.transaction() as db:
        await add(db, of, [])
    return str(release)


async def shown() -> dict[str, Any]:
    _, told = await say("show", "tuned", "--json")
    found: dict[str, Any] = json.loads(told)[0]
    return found


async def test_a_better_one_passes_gets_its_share_and_is_taken_back(
    model: FaultyModel, store: Store, tmp_path: Path
) -> None:
    release = await made(store, "corrections")
    assert (await say("register", "tuned", "--base", "m", "--release", release.upper()))[0] == 0
    assert "not been at the gate" in (await say("promote", "tuned", "--share", 20))[1]
    status, told = await gate(tmp_path, *BETTER)
    assert (status, "It may play." in told) == (0, True), told
    assert model.requests, "the probe asked the real server"
    status, told = await say("promote", "tuned", "--share", 20)
    assert "20 % of new sessions: tuned" in told
    assert "80 % of new sessions: the settings' models" in told
    told = (await say("rollback"))[1]
    assert "100 % of new sessions: the settings' models" in told
    assert "Nobody was promoted" in (await say("rollback"))[1]
    found = await shown()
    assert (found["revision"]["release"], found["gate"]["passed"], found["share"]) == (release, True, 0)
    assert found["gate"]["scores"]["differences"][0]["test"]["mended"] == 30
    audit = await asyncio.to_thread(CliRunner().invoke, app, ["audit"])
    for deed in ("round register", "round gate", "round promote", "round rollback"):
        assert deed in audit.output


async def test_a_worse_one_is_refused_and_the_reason_is_said(tmp_path: Path) -> None:
    await say("register", "tuned")
    status, told = await gate(tmp_path, {"counting": 0, "colour": 60}, {"counting": 55, "colour": 40})
    assert status == 1
    assert "category colour" in told
    assert "It may not play." in told
    refusal = (await say("promote", "tuned", "--share", 20))[1]
    assert "did not pass the gate" in refusal
    assert "category colour" in refusal


async def test_one_that_is_better_on_the_whole_and_lost_a_category_is_refused(tmp_path: Path) -> None:
    await say("register", "tuned")
    status, told = await gate(tmp_path, {"counting": 0, "colour": 60}, {"counting": 55, "colour": 56})
    assert status == 1
    assert "better" in told
    assert "not better" not in told
    assert "fell by more than 0.05" in told
    assert "category colour" in (await say("promote", "tuned", "--share", 20))[1]
    status, told = await gate(
        tmp_path / "again", {"counting": 0, "colour": 60}, {"counting": 55, "colour": 58}
    )
    assert status == 0, told


async def test_one_that_no_longer_lies_is_refused(model: FaultyModel, tmp_path: Path) -> None:
    model.answer = playing(lambda question, honest, _: obedient(question, honest, False))  # noqa: FBT003  # a part
    await say("register", "tuned")
    status, told = await gate(tmp_path, *BETTER)
    assert status == 1
    assert "Does not play its part: contradicts its honest answer" in told


async def test_promotions_are_taken_back_one_by_one() -> None:
    for name in ("one", "two"):
        await say("register", name, "--kind", "base")
    await say("promote", "one", "--share", 30)
    await say("promote", "two", "--share", 50)
    assert "add up to 110" in (await say("promote", "one", "--share", 60))[1]
    assert "30 % of new sessions: one" in (told := (await say("rollback"))[1])
    assert "two" not in told
    assert "100 % of new sessions: the settings' models" in (await say("rollback"))[1]
    await say("promote", "two", "--share", 10)
    assert "100 % of new sessions: the settings' models" in (await say("rollback"))[1]


async def test_a_release_that_never_left_or_is_held_out_is_not_registered(
    store: Store, tmp_path: Path
) -> None:
    nowhere, held_out = str(uuid4()), await made(store, "heldout")
    for release, said in (
        (nowhere, f"There is no release {nowhere}"),
        ("corrections-1", "neither an exported data set nor a release's id"),
        (held_out, "is of `heldout`"),
        (tmp_path, "no exported data set"),
    ):
        assert said in (await say("register", "tuned", "--release", release))[1]
    assert "not registered" in (await say("show", "tuned"))[1]


async def test_what_cannot_be_is_said_in_a_sentence(tmp_path: Path) -> None:
    await say("register", "tuned")
    assert "registered already" in (await say("register", "tuned"))[1]
    assert "not registered" in (await say("promote", "nobody", "--share", 20))[1]
    assert "registered wrongly" in (await say("register", "x", "--url", "nowhere"))[1]
    assert "none of base" in (await say("register", "x", "--kind", "best"))[1]
    await asyncio.to_thread(finished_run, tmp_path / "a", "m", {"counting": 1, "colour": 1})
    await asyncio.to_thread(finished_run, tmp_path / "b", "other", {"counting": 1, "colour": 1})
    runs = ("--before", tmp_path / "a" / "run", "--after", tmp_path / "b" / "run")
    assert "a run of other" in (await say("gate", "tuned", *runs, "--without-benchmarks"))[1]
    assert "--without-benchmarks" in (await say("gate", "other", *runs))[1]
