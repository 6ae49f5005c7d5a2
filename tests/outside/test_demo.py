"""`gap-server demo` as a newcomer meets it: started, played, stopped, started again."""

import asyncio
import re
import socket
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest

from gap_server.store.embedded import embedded_postgres
from tests.outside.server_process import ServerProcess, data_folder, postmaster_of, sql, until, visitor
from tests.playing import new_player, player_named, refusal

README = Path(__file__).parents[2] / "README.md"
BY_CURL = re.compile(r"## Play it with curl.*?```sh\n(.*?)```", re.DOTALL)
MADE = """
select number, created_at, (select system_identifier from pg_control_system()) from app.image order by number
"""


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with data_folder() as folder:
        yield folder


def demo(folder: Path, port: int = 0, **settings: object) -> ServerProcess:
    return ServerProcess("demo", "--port", str(port), "--data", str(folder), **settings)


async def test_a_first_start_that_is_told_to_stop_leaves_nothing_running(folder: Path) -> None:
    async def draws() -> bool:
        return postmaster_of(folder) is not None and len(server.children()) > 0

    with demo(folder) as server:
        server.start()
        await until(draws)
        await server.stop()
        assert "Traceback" not in server.output
        assert server.children() == []
    assert postmaster_of(folder) is None


async def test_the_demo_is_played_stopped_and_started_again(folder: Path) -> None:
    made: list[list[asyncpg.Record]] = []
    with demo(folder, demo_sign_in=True) as server:
        for nth in (1, 2):
            url = await server.start().ready()
            async with visitor(url) as client:
                player = await player_named(client, "Ada")
                assert (await player.play_session())["score"] == 100
                assert (await player.call("GET", "/me"))["stats"]["sessions"] == nth, "it was kept"
                assert (await client.get(f"{url}/readyz")).status_code == 200
            made.append(await what_was_made(folder))
            if nth == 2:
                await the_readmes_curl_lines_play_a_round(server.folder, url)
            assert await server.stop() == 0
            assert "Traceback" not in server.output
            assert postmaster_of(folder) is None, "no Postgres is left running"
    assert made[0]
    assert made[1] == made[0], "pictures and database are made once"


async def what_was_made(folder: Path) -> list[asyncpg.Record]:
    """The pictures, when each was taken in, and the name that Postgres gave the database's files."""
    with embedded_postgres(folder) as url:
        async with sql(url) as db:
            made: list[asyncpg.Record] = await db.fetch(MADE)
            return made


async def the_readmes_curl_lines_play_a_round(folder: Path, url: str) -> None:
    found = BY_CURL.search(README.read_text())
    assert found
    said = await _in_a_shell(folder, found[1].replace("http://127.0.0.1:8000", url))
    (folder / "picture.jpg").read_bytes().index(b"JFIF")
    answer, *states, result = said.strip().splitlines()
    assert answer.endswith(".")
    assert states == ["flagged", "flagged"], "after the judgement, and after the correction"
    assert "session_not_over" in result, "nine pictures are left"


async def test_a_port_in_use_is_told_in_a_sentence(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with demo(folder, port) as server:
            assert await server.start().ended() == 2
            said = server.output.strip().splitlines()
            assert len(said) == 1, said
            assert f"127.0.0.1:{port}" in said[0]
            assert "in use" in said[0]
    assert postmaster_of(folder) is None


async def test_all_who_use_a_folder_share_its_postgres_and_the_last_one_stops_it(folder: Path) -> None:
    with (
        demo(folder) as first,
        demo(folder) as second,
        ServerProcess("images", "list", data_dir=folder) as other,
    ):
        await lets_in_whom_telegram_vouches_for_and_nobody_by_name(await first.start().ready())
        await second.start().ready()
        assert "Another demo" not in first.output
        assert f"Another demo runs on the folder {folder}" in second.output
        assert await first.stop() == 0
        assert postmaster_of(folder) is not None, "the second goes on"
        assert await other.start().ended() == 0
        assert "demo-scene" in other.output
        assert postmaster_of(folder) is not None, "a command that came and went took it from nobody"
        assert await second.stop() == 0
    assert postmaster_of(folder) is None


async def lets_in_whom_telegram_vouches_for_and_nobody_by_name(url: str) -> None:
    """As it is where a bot's token is set."""
    async with visitor(url) as client:
        response = await client.post("/auth/demo", json={"name": "Ada"})
        assert refusal(response) == (404, "not_found")
        assert (await new_player(client, 31)).token


async def _in_a_shell(folder: Path, lines: str) -> str:
    """What the lines print. Fails where one of them does."""
    shell = await asyncio.create_subprocess_exec(
        "bash", "-euo", "pipefail", "-c", lines, cwd=folder, stdout=asyncio.subprocess.PIPE
    )
    output, _ = await shell.communicate()
    assert shell.returncode == 0, output
    return output.decode()
