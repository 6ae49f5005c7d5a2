"""A crowd plays a real server over HTTP, and its own count of what happened is the server's."""

import asyncio
import json
import re
from collections import Counter
from collections.abc import AsyncIterator

import pytest
from typer.testing import CliRunner

from gap_server.app import assemble
from gap_server.cli import app as command_line
from gap_server.demo.answerer import DemoModel
from gap_server.demo.crowd.gallery import Gallery, Known
from gap_server.demo.crowd.player import Record
from gap_server.demo.crowd.together import people, play_together
from gap_server.demo.miniature.crowd import KnownInMiniature
from gap_server.demo.scene.description import Scene
from gap_server.errors import CallFailed
from gap_server.game.state import Pool
from gap_server.operate import demo_scenes
from gap_server.operate.visiting_crowd import Visit
from gap_server.quality.crowd.policies import Behaviour
from gap_server.store.engine import Store
from tests.serving import serving
from tests.world import STOCK, administrator, make_deps

SCENES = """
select sha256, pool, scene, length(content) as size from app.image
join app.image_bytes on image_id = image.id
"""
FLAGS = """
select split_part(lower(name), ' ', 1) as behaviour, count(*) as flags
from app.round join app.session on session.id = session_id join app.player on player.id = session.player_id
where round.state = 'flagged' group by behaviour
"""
VERDICTS = "select count(*) from app.verdict where said is not null"


@pytest.fixture
async def url(store: Store) -> AsyncIterator[str]:
    async with serving(assemble(make_deps(store, DemoModel()))) as (host, port):
        yield f"http://{host}:{port}"


@pytest.fixture
async def gallery(store: Store) -> Gallery:
    async with administrator(store) as db:
        rows = await db.fetch(SCENES)
    return Gallery(
        Known(row["sha256"], row["size"], Pool(row["pool"]), Scene.from_json(json.loads(row["scene"])))
        for row in rows
    )


async def played(url: str, gallery: Gallery, mix: dict[Behaviour, float], players: int) -> list[Record]:
    everybody = people(players, mix, seed=1)
    together = play_together(url, everybody, gallery, sessions=1, verdicts=4, at_once=4)
    return [record async for record in together]


async def test_each_kind_plays_as_it_is_and_the_server_counts_the_same(
    url: str, gallery: Gallery, store: Store
) -> None:
    mix = {Behaviour.CAREFUL: 0.5, Behaviour.ALWAYS: 0.5}
    visit = Visit.of(await played(url, gallery, mix, 8))
    assert not visit.troubles
    assert not visit.unclear, "the demo answerer's sentences are all known"
    by_kind = {kind.behaviour: kind for kind in visit.kinds}
    careful, always = by_kind[Behaviour.CAREFUL], by_kind[Behaviour.ALWAYS]
    assert careful.sessions == careful.players > 0
    assert always.sessions == always.players > 0
    assert always.points > 90
    assert always.false_flags > 3 * careful.false_flags / careful.players
    assert careful.true_flags > careful.false_flags
    assert careful.corrections
    assert not always.corrections
    assert careful.verdicts + always.verdicts
    async with administrator(store) as db:
        flags = {row["behaviour"]: row["flags"] for row in await db.fetch(FLAGS)}
        verdicts = await db.fetchval(VERDICTS)
    assert flags["careful"] == careful.true_flags + careful.false_flags
    assert flags["always"] == always.true_flags + always.false_flags
    assert verdicts == careful.verdicts + always.verdicts


async def test_a_crowd_stops_where_the_server_has_no_more_pictures(url: str, gallery: Gallery) -> None:
    everybody = people(1, {Behaviour.NEVER: 1}, seed=2)
    together = play_together(url, everybody, gallery, sessions=9)
    [record] = [record async for record in together]
    assert record.enough == "not_enough_images"
    assert record.trouble is None
    assert 1 <= len(record.sessions) < 9


async def test_a_picture_that_nobody_knows_is_said_and_not_guessed_at(url: str, gallery: Gallery) -> None:
    one = next(iter(gallery._pictures.values()))
    [record] = await played(url, Gallery([one]), {Behaviour.COIN: 1}, 1)
    assert record.trouble is not None
    assert "none of the demo's scenes" in record.trouble


async def test_a_crowd_plays_the_miniature_in_its_few_words_and_who_does_not_look_types_a_guess(
    url: str, store: Store
) -> None:
    """Before the demo's answerer, which knows both worlds."""
    world, few = demo_scenes.World.MINIATURE, {Pool.SIMPLE: 12, Pool.COMPLEX: 12}
    async for _ in demo_scenes.stock_demo(store, world, few):
        pass
    async with administrator(store) as db:
        await db.execute("update app.image set retired_at = now() where source not like 'demo-miniature%'")
        rows = await db.fetch(f"{SCENES} where retired_at is null")
    miniature = Gallery(
        KnownInMiniature(
            row["sha256"], row["size"], Pool(row["pool"]), Scene.from_json(json.loads(row["scene"]))
        )
        for row in rows
    )
    records = await played(url, miniature, {Behaviour.CAREFUL: 0.5, Behaviour.ALWAYS: 0.5}, 4)
    visit = Visit.of(records)
    assert not visit.troubles
    assert len(rows) == sum(few.values())
    questions = {answer.question for record in records for one in record.sessions for answer in one.heard}
    assert {question.split()[0] for question in questions} <= {"How", "What", "Is"}
    by_kind = {kind.behaviour: kind for kind in visit.kinds}
    assert by_kind[Behaviour.CAREFUL].points > 60
    assert by_kind[Behaviour.ALWAYS].corrections, "a guess, which is no use to anybody"


async def test_the_command_draws_what_the_demo_shows_and_tells_what_happened(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(demo_scenes.DEMO_SCENES, demo_scenes.World.SCENES, STOCK)
    options = ["--players", "3", "--sessions", "1", "--verdicts", "2", "--mix", "careful=1"]
    command = ["simulate", "--url", url, *options]
    told = await asyncio.to_thread(CliRunner().invoke, command_line, command)
    assert told.exit_code == 0, told.output
    assert re.search(r"careful +3 +3 ", told.output), told.output


def test_a_server_that_is_not_there_is_one_sentence_and_nothing_is_drawn() -> None:
    told = CliRunner().invoke(command_line, ["simulate", "--url", "http://127.0.0.1:9"])
    assert isinstance(told.exception, CallFailed)


def test_the_same_seed_is_the_same_people_under_new_names() -> None:
    mix = {Behaviour.CAREFUL: 0.7, Behaviour.COIN: 0.3}
    once, again = people(20, mix, seed=4), people(20, mix, seed=4)
    assert [(one.behaviour, one.eyes) for one in once] == [(one.behaviour, one.eyes) for one in again]
    assert not {one.name for one in once} & {one.name for one in again}
    assert Counter(one.behaviour for one in once) != Counter(one.behaviour for one in people(20, mix, seed=5))
