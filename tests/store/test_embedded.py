"""The embedded Postgres on machines that are not ours alone."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

START = """
import sys
from pathlib import Path
from gap_server.store.embedded import embedded_postgres
with embedded_postgres(Path(sys.argv[1])) as url:
    print(url)
"""


def start(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Start it in a process of its own, and stop it."""
    return subprocess.run(
        [sys.executable, "-c", START, str(folder)],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_files_that_another_user_left_in_tmp_are_in_nobodys_way() -> None:
    with tempfile.TemporaryDirectory() as folder:
        shared = Path(folder, "tmp")
        Path(shared, ".lockfile").mkdir(parents=True)  # as little to be opened as another's, also by root
        server = start(Path(folder, "data"), TMPDIR=str(shared))
        assert server.stderr == ""
        assert server.stdout.startswith("postgresql://")


def test_a_first_start_that_was_cut_short_is_begun_anew() -> None:
    with tempfile.TemporaryDirectory() as folder:
        half_made = Path(folder, "postgres-in-the-making")
        half_made.mkdir()
        Path(half_made, "PG_VERSION").write_text("18\n")
        Path(folder, "postgres").mkdir()
        Path(folder, "postgres", ".handle_pids.json").write_text("[12345]")
        for _ in range(2):
            server = start(Path(folder))
            assert server.stderr == ""
            assert server.stdout.startswith("postgresql://")
        assert not half_made.exists()


def test_a_folder_that_holds_something_else_is_left_alone() -> None:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "postgres").mkdir()
        Path(folder, "postgres", "letter.txt").write_text("Dear Ann")
        server = start(Path(folder))
        assert "StoreUnavailable: No database could be made in" in server.stderr
        assert Path(folder, "postgres", "letter.txt").read_text() == "Dear Ann"


def test_where_no_folder_can_be_made_one_sentence_says_so() -> None:
    server = start(Path("/proc/nowhere"))
    assert "StoreUnavailable: The folder /proc/nowhere cannot hold a database" in server.stderr
