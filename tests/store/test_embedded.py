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


def test_files_that_another_user_left_in_tmp_are_in_nobodys_way() -> None:
    with tempfile.TemporaryDirectory() as folder:
        shared = Path(folder, "tmp")
        Path(shared, ".lockfile").mkdir(parents=True)  # as little to be opened as another's, also by root
        server = subprocess.run(
            [sys.executable, "-c", START, f"{folder}/data"],
            env={**os.environ, "TMPDIR": str(shared)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert server.stderr == ""
        assert server.stdout.startswith("postgresql://")
