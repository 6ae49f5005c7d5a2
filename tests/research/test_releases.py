"""Releases of data sets: the next one names, by id, the rows that the one before had and it has not."""

import asyncio
import io
import json
import tarfile
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from typer.testing import CliRunner, Result

from gap_server.cli import app
from gap_server.store.engine import Store
from gap_server.store.roles import GAME, with_login
from tests.cli.test_dataset_export import CLOSE_CASES, ids
from tests.playing import BOT_TOKEN, Player, new_player, refusal
from tests.research.test_hostile_sql import forget_that_we_asked
from tests.world import administrator

SECRET = "a zebra that nobody else would speak of"  # a player's words

EVERYWHERE = """
select table_schema, table_name from information_schema.tables
where table_schema in ('app', 'export') and table_type in ('BASE TABLE', 'VIEW') order by 1, 2
"""


@pytest.fixture
def command(database_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    monkeypatch.setenv("GAP_DATABASE_URL", with_login(database_url, GAME))
    monkeypatch.setenv("GAP_BOT_TOKEN", BOT_TOKEN)
    monkeypatch.setenv("GAP_EXPORT_DELAY_SECONDS", "0")

    async def command(*options: str, name: str = "everything") -> tuple[Result, Path]:
        out = tmp_path / str(uuid4())
        given = ["dataset", "export", name, "--format", "jsonl", "--out", str(out), *options]
        return await asyncio.to_thread(CliRunner().invoke, app, given), out

    return command


async def made(command: Any, *options: str) -> Any:
    result, out = await command(*options)
    assert result.exit_code == 0, (result.output, result.exception)
    return json.loads((out / "manifest.json").read_text())


async def play(player: Player, text: str = "How many things are there?") -> None:
    session = await player.start()
    for _ in range(10):
        round_ = await player.next(session)
        await player.judge(await player.ask(round_, text), "wrong")
        await player.call("PUT", f"/rounds/{round_['id']}/correction", {"text": f"{text} Three."})


@pytest.fixture
async def players(client: httpx.AsyncClient) -> list[Player]:
    """Four: one stays, one withdraws, one is erased, one leaves the games to research."""
    found = [await new_player(client, number) for number in range(1, 5)]
    for player in found:
        await play(player, f"Is there {SECRET}?" if player.telegram_id in {2, 3} else "How many things?")
    return found


async def of_players(store: Store, *players: Player) -> set[str]:
    whose = [UUID(player.me["id"]) for player in players]
    return await ids(store, "not r.tainted and q.player_id = any($1::uuid[])", whose)


async def test_the_next_release_names_what_is_gone_and_says_no_more(
    players: list[Player], command: Any, store: Store
) -> None:
    stays, withdraws, erased, leaves = players
    gone = await of_players(store, withdraws, erased, leaves)
    first = await made(command)
    assert (first["after"], first["withdrawn"]) == (None, {})
    assert (await withdraws.call_("DELETE", "/me/consent")).status_code == 204
    assert (await erased.call_("DELETE", "/me?contributions=erase")).status_code == 204
    assert (await leaves.call_("DELETE", "/me?contributions=keep")).status_code == 204
    second = await made(command)
    assert second["after"] == first["release"]
    assert {reason: set(named) for reason, named in second["withdrawn"].items()} == {"withdrawn": gone}
    assert SECRET not in json.dumps(second)
    third = await made(command)
    assert (third["after"], third["withdrawn"]) == (second["release"], {}), "it was named once"
    again = await made(command, "--after", first["release"])
    assert again["withdrawn"] == second["withdrawn"]
    assert await of_players(store, stays)


async def test_of_who_is_erased_nothing_but_bare_ids_is_anywhere(
    players: list[Player], command: Any, store: Store
) -> None:
    first = await made(command)
    for player in players[1:3]:
        assert (await player.call_("DELETE", "/me?contributions=erase")).status_code == 204
    second = await made(command, "--after", first["release"])
    assert len(second["withdrawn"]["withdrawn"]) == 10
    async with administrator(store) as db:
        for schema, table in await db.fetch(EVERYWHERE):
            found = await db.fetchval(
                f'select count(*) from {schema}."{table}" t where strpos(t::text, $1) > 0',  # noqa: S608  # catalogue's names
                SECRET,
            )
            assert not found, (schema, table)
            for named in second["withdrawn"]["withdrawn"]:
                if table != "data_release_rows":
                    text = f'select count(*) from {schema}."{table}" t where strpos(t::text, $1) > 0'  # noqa: S608  # the same
                    assert not await db.fetchval(text, named), (schema, table)


async def test_who_is_no_longer_trusted_is_named_with_the_reason(
    players: list[Player], command: Any, store: Store
) -> None:
    async with administrator(store) as db:
        await db.execute(CLOSE_CASES)
    first = await made(command, "--confirmed-only")
    some = await of_players(store, players[0])
    banned = await of_players(store, players[1])
    async with administrator(store) as db:
        await db.execute(
            "update app.jury_case set outcome = null, closed_at = null, p_wrong = null"
            " where player_id = $1::uuid",
            players[0].me["id"],
        )
        await db.execute("update app.player set banned_at = now() where id = $1::uuid", players[1].me["id"])
    second = await made(command, "--confirmed-only")
    assert second["after"] == first["release"]
    assert {reason: set(named) for reason, named in second["withdrawn"].items()} == {
        "not_confirmed": some,
        "player_banned": banned,
    }


@pytest.mark.usefixtures("players")
async def test_only_a_release_of_the_same_set_comes_before(command: Any) -> None:
    first = await made(command)
    assert (await made(command, "--category", "counting"))["after"] is None, "other filters"
    for after, said in ((str(uuid4()), "There is no release"), (first["release"], "is one of `everything`")):
        result, out = await command("--after", after, name="replay")
        assert said in str(result.exception)
        assert not out.exists()


async def test_over_http_each_token_follows_its_own_releases(
    both: httpx.AsyncClient, researcher: httpx.AsyncClient, store: Store, command: Any
) -> None:
    stays, goes = await new_player(both, 1), await new_player(both, 2)
    for player in (stays, goes):
        await play(player)
    gone = await of_players(store, goes)
    by_operator = await made(command)

    async def got(**query: str) -> Any:
        await forget_that_we_asked(store)
        answer = await researcher.get("/research/datasets/everything", params={"format": "jsonl", **query})
        assert answer.status_code == 200, answer.text
        with tarfile.open(fileobj=io.BytesIO(answer.content)) as packed:
            manifest = packed.extractfile("everything/manifest.json")
            assert manifest is not None
            return json.loads(manifest.read())

    first = await got()
    assert first["after"] is None
    assert (await goes.call_("DELETE", "/me/consent")).status_code == 204
    second = await got()
    assert (second["after"], set(second["withdrawn"]["withdrawn"])) == (first["release"], gone)
    assert set((await got(after=by_operator["release"]))["withdrawn"]["withdrawn"]) == gone
    await forget_that_we_asked(store)
    unknown = await researcher.get(
        "/research/datasets/everything", params={"format": "jsonl", "after": str(uuid4())}
    )
    assert refusal(unknown) == (422, "dataset_refused")
    await forget_that_we_asked(store)
    listed = await researcher.post(
        "/research/sql", json={"sql": "select * from releases order by made_at", "format": "jsonl"}
    )
    rows = [json.loads(line) for line in listed.text.splitlines()]
    assert [row["id"] for row in rows[:3]] == [by_operator["release"], first["release"], second["release"]]
    assert rows[2]["after_id"] == first["release"]
    assert (rows[0]["row_count"], rows[2]["row_count"]) == (10, 5)
    assert "operator" not in rows[0]
