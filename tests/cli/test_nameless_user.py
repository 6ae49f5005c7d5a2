"""Commands under a number that no account has, as containers are often run."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.playing import BOT_TOKEN

NUMBER = 12345
PROGRAM = Path(sys.executable).parent / "gap-server"

pytestmark = pytest.mark.skipif(
    os.geteuid() != 0 or not shutil.which("setpriv"), reason="only root may become somebody else"
)


@pytest.fixture
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="gap-tests-") as name:
        os.chown(name, NUMBER, NUMBER)
        yield Path(name)


def nameless(folder: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """One command under that number, which may read whatever root may: the program can be in root's home."""
    may_read = ("--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search")
    become = ("setpriv", f"--reuid={NUMBER}", f"--regid={NUMBER}", "--clear-groups", *may_read)
    return subprocess.run(
        [*become, PROGRAM, *arguments],
        cwd=folder,
        env={"PATH": os.defpath, "GAP_BOT_TOKEN": BOT_TOKEN} | settings,
        capture_output=True,
        text=True,
        check=False,
    )


def test_an_embedded_postgres_needs_a_name_and_says_so(folder: Path) -> None:
    done = nameless(folder, "migrate")
    assert done.returncode == 2
    (said,) = done.stderr.strip().splitlines()
    assert f"number {NUMBER}" in said
    assert "GAP_DATABASE_URL" in said


def test_a_deed_needs_no_name_of_who_does_it(folder: Path) -> None:
    away = "postgresql://gap_game:the-password-91c2@127.0.0.1:1/gap"
    done = nameless(folder, "players", "show", "4711", GAP_DATABASE_URL=away)
    assert done.returncode == 2
    assert done.stderr.strip() == "gap-server: The database is away: Connection refused."
