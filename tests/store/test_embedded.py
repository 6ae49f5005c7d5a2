"""The embedded Postgres on machines that are not ours alone."""

import asyncio
import json
import os
import pwd
import signal
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from structlog.testing import capture_logs

from gap_server.store import embedded, postgres_programs
from gap_server.store.embedded import CHECK_EVERY_SECONDS, embedded_postgres

START = """
import asyncio, json, os, sys
from pathlib import Path
import asyncpg
from gap_server.store.embedded import embedded_postgres

async def seen(url):
    db = await asyncpg.connect(url)
    methods = await db.fetch("select distinct type, auth_method from pg_hba_file_rules")
    version = await db.fetchval("show server_version_num")
    await db.close()
    return {"methods": [tuple(row) for row in methods], "version": int(version)}

with embedded_postgres(Path(sys.argv[1])) as url:
    number = Path(sys.argv[1], "postgres", "postmaster.pid").read_text().split()[0]
    told = {"url": url, "environment": Path("/proc", number, "environ").read_text().split(chr(0))}
    print(json.dumps(told | asyncio.run(seen(url))))
"""


def start(folder: Path, *, user: str | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    """Start it in a process of its own, and stop it."""
    return subprocess.run(
        [sys.executable, "-c", START, str(folder)],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
        user=user,
        cwd=folder.parent if folder.parent.exists() else None,
    )


def told(server: subprocess.CompletedProcess[str]) -> Any:
    assert server.stderr == ""
    return json.loads(server.stdout)


@pytest.fixture
def folder() -> Iterator[Path]:
    """A short path: pytest's own are not."""
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


def test_files_that_another_user_left_in_tmp_are_in_nobodys_way(folder: Path) -> None:
    shared = Path(folder, "tmp")
    Path(shared, ".lockfile").mkdir(parents=True)  # as little to be opened as another's, also by root
    assert told(start(Path(folder, "data"), TMPDIR=str(shared)))["version"] >= 180000


def test_no_secret_of_ours_and_no_setting_of_this_machine_reaches_postgres(folder: Path) -> None:
    around = {"GAP_BOT_TOKEN": "12345:secret", "PGPORT": "1", "PGDATA": "/nowhere", "LC_ALL": "de_DE.UTF-8"}
    del around["PGPORT"]  # our side's own client would follow it
    environment = told(start(Path(folder, "data"), **around))["environment"]
    assert not [line for line in environment if "secret" in line or "nowhere" in line or "de_DE" in line]


def test_the_kernel_says_who_comes_in_whatever_an_earlier_version_let_in(folder: Path) -> None:
    first = told(start(folder))
    rules = Path(folder, "postgres", "pg_hba.conf")
    rules.write_text("local all all trust\n")
    assert first["methods"] == told(start(folder))["methods"] == [["local", "peer"]]


def test_a_long_path_puts_no_socket_where_others_are(folder: Path) -> None:
    shared = Path(folder, "tmp")
    shared.mkdir(mode=0o777)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tempfile, "tempdir", str(shared))
        with embedded_postgres(Path(folder, "long" * 30, "it's data")) as url:
            asyncio.run(_answers(url))
            sockets = [file for file in folder.rglob("*") if file.is_socket()]
            assert len(sockets) == 1
            assert sockets[0].parent.name == "postgres"
            assert sockets[0].parent.stat().st_mode & 0o777 == 0o700
            assert [path.stat().st_mode & 0o777 for path in shared.iterdir()] == [0o700]
    assert list(shared.iterdir()) == []


async def _answers(url: str) -> None:
    connection = await asyncpg.connect(url)
    assert await connection.fetchval("select 1") == 1
    await connection.close()


def test_the_folders_above_stay_as_they_are(folder: Path) -> None:
    parents = [folder, folder / "a", folder / "a" / "b"]
    for parent in parents[1:]:
        parent.mkdir(mode=0o700)
    site = [Path(sysconfig.get_path("purelib")), *Path(sysconfig.get_path("purelib")).parents]
    before = [path.stat().st_mode for path in (*parents, *site)]
    told(start(parents[-1] / "data"))
    assert [path.stat().st_mode for path in (*parents, *site)] == before
    assert (parents[-1] / "data").stat().st_mode & 0o777 == 0o700


def test_who_leaves_waits_for_no_start_that_cannot_succeed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded, "START_SECONDS", 3600)
    with capture_logs() as lines, embedded_postgres(folder / "data"):
        pgdata = folder / "data" / "postgres"
        (pgdata / "PG_VERSION").write_text("1\n")
        os.kill(int((pgdata / "postmaster.pid").read_text().split()[0]), signal.SIGINT)
        while "embedded Postgres has died, starting it again" not in [line["event"] for line in lines]:
            time.sleep(0.05)


needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root may become somebody else")


@needs_root
def test_nobody_else_on_this_machine_comes_in(folder: Path) -> None:
    folder.chmod(0o755)
    (folder / "data").mkdir(mode=0o755)
    knock = "import socket, sys; socket.socket(socket.AF_UNIX).connect(sys.argv[1])"
    with embedded_postgres(folder / "data"):
        socket_path = folder / "data" / "postgres" / ".s.PGSQL.5432"
        assert socket_path.is_socket()
        command = ["/usr/bin/env", "python3", "-c", knock, str(socket_path)]
        stranger = subprocess.run(
            command, user="nobody", capture_output=True, text=True, check=False, cwd="/"
        )
    assert "PermissionError" in stranger.stderr


@needs_root
def test_an_ordinary_user_needs_no_root(folder: Path) -> None:
    try:
        subprocess.run([sys.executable, "-c", ""], user="nobody", check=True, cwd="/")
    except (PermissionError, subprocess.CalledProcessError):
        pytest.skip("nobody but root can run this Python")
    os.chown(folder, pwd.getpwnam("nobody").pw_uid, -1)
    assert told(start(folder / "data", user="nobody"))["methods"] == [["local", "peer"]]


@needs_root
def test_programs_in_a_home_of_roots_are_copied_to_where_they_can_be_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, copies = folder / "home", folder / "copies"
    installed = postgres_programs.programs_for(folder / "data").folder
    package = home / postgres_programs.PACKAGE
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / postgres_programs.INSTALLED).symlink_to(installed)
    (home / postgres_programs.LIBRARIES).symlink_to(installed.parents[1] / postgres_programs.LIBRARIES)
    home.chmod(0o700)
    folder.chmod(0o755)
    monkeypatch.syspath_prepend(str(home))
    monkeypatch.setattr(postgres_programs, "COPIES", copies)
    with embedded_postgres(folder / "data") as url:
        asyncio.run(_answers(url))
    assert [path.name.partition("-")[0] for path in copies.iterdir()] == ["postgres"]
    assert home.stat().st_mode & 0o777 == 0o700


def test_a_first_start_that_was_cut_short_is_begun_anew(folder: Path) -> None:
    half_made = Path(folder, "postgres-in-the-making")
    half_made.mkdir()
    Path(half_made, "PG_VERSION").write_text("18\n")
    Path(folder, "postgres").mkdir()
    Path(folder, "postgres", ".handle_pids.json").write_text("[12345]")
    for _ in range(2):
        assert told(start(folder))["url"].startswith("postgresql://")
    assert not half_made.exists()


def test_a_folder_that_holds_something_else_is_left_alone(folder: Path) -> None:
    Path(folder, "postgres").mkdir()
    Path(folder, "postgres", "letter.txt").write_text("Dear Ann")
    server = start(folder)
    assert "StoreUnavailable: No database could be made in" in server.stderr
    assert Path(folder, "postgres", "letter.txt").read_text() == "Dear Ann"


def test_a_look_that_fails_does_not_end_the_watch(folder: Path) -> None:
    with embedded_postgres(folder):
        lock = folder / "postgres" / "postmaster.pid"
        first = lock.read_text().split()[0]
        away = lock.rename(lock.with_suffix(".away"))
        lock.mkdir()  # even root cannot read that
        time.sleep(2 * CHECK_EVERY_SECONDS)
        lock.rmdir()
        away.rename(lock)
        os.kill(int(first), signal.SIGKILL)
        give_up_at = time.monotonic() + 240
        while _postmaster(lock) in ("", first) and time.monotonic() < give_up_at:
            time.sleep(0.05)
        assert _postmaster(lock) not in ("", first)


def _postmaster(lock: Path) -> str:
    """Its process number, where the file that holds it is whole."""
    try:
        words = lock.read_text().split()
    except FileNotFoundError:
        return ""
    return words[0] if words[-1:] == ["ready"] else ""


def test_where_no_folder_can_be_made_one_sentence_says_so() -> None:
    server = start(Path("/proc/nowhere"))
    assert "StoreUnavailable: The folder /proc/nowhere cannot hold a database" in server.stderr
