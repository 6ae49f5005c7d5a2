"""Rounds of tuning for researchers: what was measured and decided, and nothing of where models are served."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from typer.testing import CliRunner

from gap_server.cli import app
from gap_server.errors import GapError
from gap_server.store.engine import Store
from gap_server.store.roles import GAME, with_login
from tests.cli.test_round import BETTER
from tests.doubles.faulty_model import FaultyModel
from tests.playing import BOT_TOKEN, new_player
from tests.research.test_hostile_sql import forget_that_we_asked
from tests.research.test_models_compared import asked
from tests.tuning.runs import finished_run
from tests.vlm.probe.test_run import obedient, playing


async def say(*arguments: object) -> int:
    result = await asyncio.to_thread(CliRunner().invoke, app, [str(argument) for argument in arguments])
    assert not isinstance(result.exception, GapError), result.exception
    return result.exit_code


@pytest.fixture
async def model(database_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[FaultyModel]:
    """What the operator's commands work with."""
    async with FaultyModel(answer=playing(obedient)) as model:
        monkeypatch.setenv("GAP_DATABASE_URL", with_login(database_url, GAME))
        monkeypatch.setenv("GAP_BOT_TOKEN", BOT_TOKEN)
        monkeypatch.setenv("GAP_EXPORT_DELAY_SECONDS", "0")
        monkeypatch.setenv("GAP_VLM_URLS", model.url)
        monkeypatch.setenv("GAP_VLM_MODEL", "m")
        yield model


async def test_what_a_round_was_made_of_measured_and_given(
    both: httpx.AsyncClient, researcher: httpx.AsyncClient, store: Store, model: FaultyModel, tmp_path: Path
) -> None:
    await (await new_player(both)).play_session()
    out = tmp_path / "set"
    assert await say("dataset", "export", "everything", "--format", "jsonl", "--out", out) == 0
    release = json.loads((out / "manifest.json").read_text())["release"]
    served = ("--url", f"{model.url}/secret-place")
    assert await say("round", "register", "tuned", "--base", "m", "--release", out, *served) == 0
    assert await say("round", "register", "never-gated") == 0
    await _at_the_gate(tmp_path)
    for share in (20, 35):
        assert await say("round", "promote", "tuned", "--share", share) == 0
    assert await say("round", "rollback", "--by", "eve-the-operator") == 0

    tuned, other = await asked(researcher, store, "select * from model_rounds order by registered_at")
    assert (tuned["model"], tuned["base"], tuned["release"]) == ("tuned", "m", release)
    assert (tuned["release_name"], tuned["release_rows"]) == ("everything", 5)
    assert (tuned["passed"], tuned["is_newest"]) == (True, True)
    assert tuned["score_after"] > tuned["score_before"]
    assert 0 < tuned["score_change_lower"] < tuned["score_change"] < tuned["score_change_upper"]
    assert tuned["score_change"] == pytest.approx(tuned["score_after"] - tuned["score_before"])
    assert {check["name"] for check in tuned["checks"]} >= {"held-out", "probe"}
    assert (other["model"], other["passed"], other["release_name"]) == ("never-gated", None, None)

    shares = await asked(researcher, store, "select * from model_shares order by set_at, model")
    told = [(row["action"], row["model"], row["share"], row["until"] is None) for row in shares]
    assert told == [
        ("promote", "tuned", 20, False),
        ("promote", None, 80, False),
        ("promote", "tuned", 35, False),
        ("promote", None, 65, False),
        ("rollback", "tuned", 20, True),
        ("rollback", None, 80, True),
    ]
    everything = json.dumps([tuned, other, shares])
    for secret in ("secret-place", "eve-the-operator", model.url):
        assert secret not in everything
    await _nobody_reads_where_it_is_served(researcher, store)


async def _at_the_gate(folder: Path) -> None:
    for name, model, right in (("before", "m", BETTER[0]), ("after", "tuned", BETTER[1])):
        await asyncio.to_thread(finished_run, folder / name, model, right)
    runs = ("--before", folder / "before" / "run", "--after", folder / "after" / "run")
    assert await say("round", "gate", "tuned", *runs, "--without-benchmarks", "--images", 3) in {0, 1}


async def _nobody_reads_where_it_is_served(researcher: httpx.AsyncClient, store: Store) -> None:
    for sql in (
        "select urls from app.model_revision",
        "select urls from model_rounds",
        "select v from model_rounds v, app.model_revision r",
        "select ids from app.data_release_rows",
        "select token_id, operator from app.data_release",
        "select * from app.model_standing",
    ):
        await forget_that_we_asked(store)
        answer: Any = await researcher.post("/research/sql", json={"sql": sql})
        assert answer.status_code == 422, sql
