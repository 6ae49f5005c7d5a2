"""`gap-server demo` as a newcomer meets it: started, played, stopped, started again."""

import asyncio
import re
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.outside.server_process import ServerProcess, data_folder, postmaster_of, until, visitor
from tests.playing import Player, new_player, refusal

README = Path(__file__).parents[2] / "README.md"
BY_CURL = re.compile(r"## Play it with curl.*?```sh\n(.*?)```", re.DOTALL)
FIRST_START_SECONDS = 240
"""Drawing 240 images takes some 15 seconds of a machine that has nothing else to do."""


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with data_folder() as folder:
        yield folder


def demo(folder: Path, port: int = 0, **settings: object) -> ServerProcess:
    return ServerProcess("demo", "--port", str(port), "--data", str(folder), **settings)


async def sign_in_by_name(client: httpx.AsyncClient, name: str) -> Player:
    ticket = (await client.post("/auth/demo", json={"name": name})).raise_for_status().json()
    player = Player(client, token=ticket["token"], me=ticket["player"])
    return await player.consent()


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
    scores: list[int] = []
    seconds: list[float] = []
    for _ in range(2):
        with demo(folder, demo_sign_in=True) as server:
            began = time.monotonic()
            url = await server.start().ready(FIRST_START_SECONDS)
            seconds.append(time.monotonic() - began)
            async with visitor(url) as client:
                player = await sign_in_by_name(client, "Ada")
                result = await player.play_session()
                scores.append(result["score"])
                assert (await player.call("GET", "/me"))["stats"]["sessions"] == len(scores), "it was kept"
                assert (await client.get(f"{url}/readyz")).status_code == 200
            assert await server.stop() == 0
            assert "Traceback" not in server.output
        assert postmaster_of(folder) is None, "no Postgres is left running"
    assert scores == [100, 100]
    assert seconds[1] < seconds[0], "pictures and database are made once"


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


async def test_two_commands_share_one_folder_and_the_last_one_stops_postgres(folder: Path) -> None:
    with demo(folder) as server, ServerProcess("images", "list", data_dir=folder) as other:
        await server.start().ready(FIRST_START_SECONDS)
        assert await other.start().ended() == 0
        assert "demo-scene" in other.output
        assert postmaster_of(folder) is not None
        assert await server.stop() == 0
    await asyncio.sleep(0)
    assert postmaster_of(folder) is None


async def test_a_second_demo_on_a_folder_says_whom_it_shares_it_with(folder: Path) -> None:
    with demo(folder) as first, demo(folder) as second:
        await first.start().ready(FIRST_START_SECONDS)
        await second.start().ready(FIRST_START_SECONDS)
        assert "Another demo" not in first.output
        assert f"Another demo runs on the folder {folder}" in second.output
        assert await first.stop() == 0
        assert postmaster_of(folder) is not None, "the second goes on"
        assert await second.stop() == 0
    assert postmaster_of(folder) is None


async def test_a_demo_with_a_bot_lets_in_whom_telegram_vouches_for_and_nobody_by_name(folder: Path) -> None:
    with demo(folder) as server:
        async with visitor(await server.start().ready(FIRST_START_SECONDS)) as client:
            response = await client.post("/auth/demo", json={"name": "Ada"})
            assert refusal(response) == (404, "not_found")
            assert (await new_player(client, 31)).token
        assert await server.stop() == 0


async def test_the_readmes_curl_lines_play_a_round(folder: Path) -> None:
    found = BY_CURL.search(README.read_text())
    assert found
    with demo(folder, demo_sign_in=True) as server:
        url = await server.start().ready(FIRST_START_SECONDS)
        said = await _in_a_shell(server.folder, found[1].replace("http://127.0.0.1:8000", url))
        (server.folder / "picture.jpg").read_bytes().index(b"JFIF")
    answer, *states, result = said.strip().splitlines()
    assert answer.endswith(".")
    assert states == ["flagged", "flagged"], "after the judgement, and after the correction"
    assert "session_not_over" in result, "nine pictures are left"


async def _in_a_shell(folder: Path, lines: str) -> str:
    """What the lines print. Fails where one of them does."""
    shell = await asyncio.create_subprocess_exec(
        "bash", "-euo", "pipefail", "-c", lines, cwd=folder, stdout=asyncio.subprocess.PIPE
    )
    output, _ = await shell.communicate()
    assert shell.returncode == 0, output
    return output.decode()
