"""The wheel, installed into an empty environment without the embedded Postgres, serves the whole product."""

import os
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests.outside.server_process import ServerProcess, until

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`gap-server` of that environment."""
    folder = tmp_path_factory.mktemp("wheel")
    run(BIN / "python", "-m", "hatchling", "build", "-t", "wheel", "-d", folder)
    (wheel,) = folder.glob("*.whl")
    environment = folder / "empty"
    run(BIN / "python", "-m", "venv", "--without-pip", environment)
    install: list[str | Path] = [
        BIN / "uv",
        "pip",
        "install",
        "--quiet",
        "--python",
        environment / "bin" / "python",
    ]
    run(*install, "--require-hashes", "-r", ROOT / "requirements" / "server.txt")
    run(*install, "--no-deps", wheel)
    return environment / "bin" / "gap-server"


def run(*command: str | Path, **settings: str) -> str:
    done = subprocess.run(
        command, cwd=ROOT, check=False, capture_output=True, text=True, env=os.environ | settings
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


async def test_it_migrates_and_serves_the_api_and_the_mini_app(program: Path, database_url: str) -> None:
    run(program, "migrate", GAP_DATABASE_URL=database_url)
    with ServerProcess(
        "serve",
        "--port",
        "0",
        database_url=database_url,
        vlm_urls="http://127.0.0.1:9",
        vlm_model="m",
    ) as server:
        server.program = program
        url = await server.start().ready()
        async with httpx.AsyncClient(base_url=url, timeout=60) as client:
            page = await client.get("/")
            assert page.status_code == 200
            assert "<title>Catch the Lie</title>" in page.text
            script = page.text.partition('src="/assets/')[2].partition('"')[0]
            assert (await client.get(f"/assets/{script}")).status_code == 200
            await until(lambda: lives(client))
        assert await server.stop() == 0


async def lives(client: httpx.AsyncClient) -> bool:
    return (await client.get("/healthz")).status_code == 200


async def test_without_a_database_it_says_what_to_install(program: Path) -> None:
    with ServerProcess("serve", vlm_urls="http://127.0.0.1:9", vlm_model="m") as server:
        server.program = program
        assert await server.start().ended() == 2
        assert "pip install 'gap-server[embedded]'" in server.output
        assert "Traceback" not in server.output
