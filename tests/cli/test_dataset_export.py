"""gap-server dataset export: what is in a set, what is not, and that it loads."""

import asyncio
import hashlib
import io
import json
import os
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest
from PIL import Image
from typer.testing import CliRunner, Result

from gap_server.cli import app
from gap_server.research.doctor.examine import examine
from gap_server.research.doctor.reading import read_dataset
from gap_server.store.engine import Store
from gap_server.store.roles import GAME, with_login
from tests.cli import loading
from tests.playing import BOT_TOKEN, Player, new_player
from tests.world import administrator

CORRECTION = "There are three things in the picture."

CLOSE_CASES = """
insert into app.jury_case (player_id, question_id, image_id, language, stratum, correction, outcome, p_wrong,
                           p_correction_wrong, closed_at)
select q.player_id, q.id, r.image_id, 'en', 'flagged', r.correction, o.outcome, o.p_wrong, 0.02, now()
from app.question q join app.round r on r.player_id = q.player_id and r.id = q.round_id
join app.session s on s.player_id = r.player_id and s.id = r.session_id
cross join lateral (select case when q.judgement = 'wrong' then 'wrong' else 'right' end as outcome,
                           case when q.judgement = 'wrong' then 0.99 else 0.01 end as p_wrong) o
on conflict (player_id, question_id) do update set outcome = excluded.outcome, p_wrong = excluded.p_wrong,
    correction = excluded.correction, p_correction_wrong = excluded.p_correction_wrong, closed_at = now()
"""
"""Jurors agree with every player: of lies as well, so that only the arm keeps these out."""

SPREAD_OVER_THE_SPLITS = """
update app.image i set source_sha256 = lpad(to_hex(dealt.number), 8, '0') || substr(i.source_sha256, 9)
from (
    select image_id, row_number() over (partition by judgement order by image_id) - 1 as number
    from (
        select r.image_id, max(q.judgement::text) as judgement
        from app.round r join app.question q on q.player_id = r.player_id and q.round_id = r.id
        where not r.tainted group by r.image_id
    ) honest
) dealt
where i.id = dealt.image_id
"""
"""The hash draws the split: among few pictures, chance alone may leave one empty."""


IMAGE_OF = """
select r.image_id from app.question q join app.round r on r.player_id = q.player_id and r.id = q.round_id
where q.id = $1
"""

NUMBERED = """(
    select q.id, row_number() over (order by q.id) as row from app.question q
    join app.round r on r.player_id = q.player_id and r.id = q.round_id where not r.tainted
) n"""
MAKE_DIFFERENT = """
update app.question q set category = case when n.row % 3 = 0 then 'colour' else q.category end,
    language = case when n.row % 5 = 0 then 'ru' else q.language end,
    asked_at = case when n.row % 4 = 0 then timestamptz '2020-01-01 12:00' else q.asked_at end
from NUMBERED where q.id = n.id
""".replace("NUMBERED", NUMBERED)
UNCONFIRM = "delete from app.jury_case using NUMBERED where question_id = n.id and n.row % 2 = 0".replace(
    "NUMBERED", NUMBERED
)
CONFIRMED = "exists (select from app.jury_case j where j.question_id = q.id and j.outcome is not null)"


@pytest.fixture
def command(database_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    monkeypatch.setenv("GAP_DATABASE_URL", with_login(database_url, GAME))
    monkeypatch.setenv("GAP_BOT_TOKEN", BOT_TOKEN)
    monkeypatch.setenv("GAP_EXPORT_DELAY_SECONDS", "0")

    async def command(name: str, form: str, *options: str, folder: str = "") -> tuple[Result, Path]:
        out = tmp_path / (folder or f"{name}-{form}")
        given = ["dataset", "export", name, "--format", form, "--out", str(out), *options]
        return await asyncio.to_thread(CliRunner().invoke, app, given), out

    return command


async def made(command: Any, name: str, form: str, *options: str) -> Path:
    result, out = await command(name, form, *options)
    assert result.exit_code == 0, (result.output, result.exception)
    folder: Path = out
    return folder


async def play(player: Player) -> None:
    """Half of the rounds flagged and corrected, the other half let go."""
    session = await player.start()
    for number in range(10):
        round_ = await player.next(session)
        question = await player.ask(round_)
        await player.judge(question, "wrong" if number % 2 else "right")
        if number % 2:
            await player.call("PUT", f"/rounds/{round_['id']}/correction", {"text": CORRECTION})
        else:
            await player.pass_(round_)


@pytest.fixture
async def players(client: httpx.AsyncClient, store: Store) -> list[Player]:
    found = [await new_player(client, telegram_id) for telegram_id in (1, 2)]
    for player in found:
        await play(player)
        await play(player)
    async with administrator(store) as db:
        await db.execute(SPREAD_OVER_THE_SPLITS)
        await db.execute(CLOSE_CASES)
    return found


async def ids(store: Store, condition: str, *arguments: Any) -> set[str]:
    async with administrator(store) as db:
        rows = await db.fetch(
            "select q.id::text from app.question q join app.round r on r.player_id = q.player_id"  # noqa: S608  # the test's own words
            f" and r.id = q.round_id where {condition}",
            *arguments,
        )
    return {row[0] for row in rows}


def row_ids(folder: Path) -> set[str]:
    return set((folder / "row_ids.txt").read_text().split())


async def test_sets_hold_what_they_say_and_never_a_lie_nor_who_withdrew(
    players: list[Player], store: Store, command: Any
) -> None:
    folders = {name: await made(command, name, "jsonl") for name in ("corrections", "replay", "everything")}
    folders |= {name: await made(command, name, "swift") for name in ("preferences", "heldout")}
    lies = await ids(store, "r.tainted")
    found = {name: row_ids(folder) for name, folder in folders.items()}
    assert lies
    assert all(rows and not rows & lies for rows in found.values())
    assert found["everything"] == await ids(store, "not r.tainted")
    assert found["corrections"] == found["preferences"]
    assert found["corrections"] <= await ids(store, "q.judgement = 'wrong'")
    assert found["replay"] <= await ids(store, "q.judgement = 'right'")
    trained = found["corrections"] | found["replay"]
    assert not trained & found["heldout"]
    assert trained | found["heldout"] == found["everything"]
    for line in (folders["corrections"] / "train.jsonl").read_text().splitlines():
        assert json.loads(line)["answer"] == CORRECTION
    manifest = json.loads((folders["corrections"] / "manifest.json").read_text())
    assert manifest["left_out"]["tainted"] == len(lies)
    assert sum(manifest["rows"].values()) == len(found["corrections"])

    assert (await players[0].call_("DELETE", "/me/consent")).status_code == 204
    result, later = await command("everything", "jsonl", folder="later")
    assert result.exit_code == 0, result.output
    assert row_ids(later) == await ids(store, "not r.tainted and q.player_id = $1::uuid", players[1].me["id"])


@pytest.mark.usefixtures("players")
async def test_what_is_trained_on_neither_is_nor_looks_like_what_is_held_out(
    store: Store, command: Any
) -> None:
    """A copy that was played with before pictures were compared is in no set, nor is what it looks like."""
    folders = {name: await made(command, name, "jsonl") for name in ("corrections", "heldout")}
    pictures = {
        name: {file.name for file in (folder / "images").iterdir()} for name, folder in folders.items()
    }
    assert all(pictures.values())
    assert not pictures["corrections"] & pictures["heldout"]
    torn = {name: min(row_ids(folder)) for name, folder in folders.items()}
    async with administrator(store) as db:
        of = {name: await db.fetchval(IMAGE_OF, UUID(row)) for name, row in torn.items()}
        content = await db.fetchval("select content from app.image_bytes where image_id = $1", of["heldout"])
        copy = smaller(content)
        await db.execute(
            "update app.image_bytes set content = $2 where image_id = $1", of["corrections"], copy
        )
        await db.execute("update app.image set look = null where id = any ($1)", list(of.values()))
    compared = await asyncio.to_thread(CliRunner().invoke, app, ["images", "compare"])
    assert compared.exit_code == 0, compared.output
    assert not set(torn.values()) & row_ids(await made(command, "everything", "jsonl"))


def smaller(content: bytes) -> bytes:
    """A copy of half the size."""
    out = io.BytesIO()
    with Image.open(io.BytesIO(content)) as picture:
        picture.resize((picture.width // 2, picture.height // 2)).save(out, "JPEG")
    return out.getvalue()


@pytest.mark.usefixtures("players")
async def test_what_is_no_longer_trusted_is_left_out_though_it_was_confirmed(
    store: Store, command: Any
) -> None:
    """As by a refit that found out who had confirmed it."""
    async with administrator(store) as db:
        await db.execute("update app.jury_case set p_wrong = 0.5 where outcome = 'wrong'")
    result, _ = await command("corrections", "jsonl")
    assert "trust_too_low" in str(result.exception)


FILTERED = {
    ("--category", "colour"): "q.category = 'colour'",
    ("--language", "ru"): "q.language = 'ru'",
    ("--since", "2020-01-02"): "q.asked_at >= '2020-01-02'",
    ("--until", "2020-01-02"): "q.asked_at < '2020-01-02'",
    ("--since", "2020-01-01", "--until", "2020-01-02"): "q.asked_at < '2020-01-02'",
    ("--confirmed-only",): CONFIRMED,
    ("--category", "colour", "--confirmed-only"): f"q.category = 'colour' and {CONFIRMED}",
}


async def make_different(store: Store) -> None:
    """Let honest answers differ in all that may be asked for."""
    async with administrator(store) as db:
        await db.execute("set local timezone = 'UTC'")
        await db.execute(MAKE_DIFFERENT)
        await db.execute(UNCONFIRM)


@pytest.mark.usefixtures("players")
@pytest.mark.parametrize("options", FILTERED)
async def test_filters_let_through_what_they_say(
    store: Store, command: Any, options: tuple[str, ...]
) -> None:
    await make_different(store)
    wanted = await ids(store, f"not r.tainted and {FILTERED[options]}")
    everything = await ids(store, "not r.tainted")
    assert wanted
    assert wanted < everything
    assert row_ids(await made(command, "everything", "jsonl", *options)) == wanted


@pytest.mark.usefixtures("players")
async def test_every_form_is_usable_and_whole(command: Any) -> None:
    forms = [(name, form) for name in ("corrections", "replay") for form in ("minicpm", "sharegpt", "swift")]
    forms += [("preferences", form) for form in ("sharegpt", "swift", "jsonl")]
    forms += [("heldout", "vlmevalkit")]
    for name, form in forms:
        folder = await made(command, name, form)
        assert examine(read_dataset(folder)).is_usable, (name, form)
        files = json.loads((folder / "manifest.json").read_text())["files"]
        there = {str(f.relative_to(folder)) for f in folder.rglob("*") if f.is_file()}
        assert there == {*files, "manifest.json"}
        assert all(hashlib.sha256((folder / f).read_bytes()).hexdigest() == files[f] for f in files)
        if form == "sharegpt":
            registered = json.loads((folder / "dataset_info.json").read_text())
            assert all(
                entry.get("ranking", False) is (name == "preferences") for entry in registered.values()
            )
        if form == "vlmevalkit":
            table = loading.vlmevalkit(folder / "heldout.tsv")
            assert {row["id"] for row in table} == row_ids(folder)


FOR_HUGGING_FACE = (
    *(("corrections", form) for form in ("minicpm", "sharegpt", "swift", "jsonl")),
    *(("preferences", form) for form in ("hf", "sharegpt", "swift", "jsonl")),
    *(("everything", form) for form in ("hf", "jsonl")),
    *(("heldout", form) for form in ("hf", "swift", "vlmevalkit")),
)


@pytest.mark.usefixtures("players")
async def test_hugging_face_datasets_loads_every_form_by_its_folder_alone(
    command: Any, tmp_path: Path
) -> None:
    for name, form in FOR_HUGGING_FACE:
        folder = await made(command, name, form)
        loaded = await asyncio.to_thread(loading.hugging_face, folder, tmp_path / "cache")
        rows = json.loads((folder / "manifest.json").read_text())["rows"]
        assert {split: len(table) for split, table in loaded.items()} == rows, (name, form)
        if form == "hf":
            found = [row for table in loaded.values() for row in table]
            assert {row["id"] for row in found} == row_ids(folder)
            assert all(min(row["image"].size) > 0 for row in found), "pictures, not paths"
            assert all(row["split"] in rows and row["consent"] is True for row in found)


@pytest.mark.usefixtures("players")
async def test_what_cannot_be_made_is_refused_and_leaves_nothing(command: Any, tmp_path: Path) -> None:
    refused = (
        ("corrections", "vlmevalkit"),
        ("preferences", "minicpm"),
        ("everything", "swift"),
        ("corrections", "jsonl", "--model", "another"),
    )
    for name, form, *options in refused:
        result, _ = await command(name, form, *options)
        assert getattr(result.exception, "code", None) == "dataset_refused"
    assert not await asyncio.to_thread(os.listdir, tmp_path)
