"""`gap-server` told one thing after the other in one process: what takes long is to import a server."""

import json
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

TRIED_IN_TURN = """
import contextlib, io, json, os, sys
from gap_server.cli import main
outcomes = []
for arguments, settings in json.load(sys.stdin):
    for name in [name for name in os.environ if name.startswith("GAP_")]:
        del os.environ[name]
    os.environ.update(settings)
    sys.argv = ["gap-server", *arguments]
    with contextlib.redirect_stderr(io.StringIO()) as said, contextlib.redirect_stdout(said):
        try:
            main()
            status = 0
        except SystemExit as ended:
            status = ended.code
    outcomes.append((status, said.getvalue()))
json.dump(outcomes, sys.stdout)
"""


class Outcome(NamedTuple):
    status: int
    said: str


def tried_in_turn(folder: Path, *tried: tuple[list[str], dict[str, str]]) -> list[Outcome]:
    """How each ends that ends by itself: its arguments and its settings, by the names of the environment."""
    done = subprocess.run(
        [sys.executable, "-c", TRIED_IN_TURN],
        input=json.dumps(tried),
        capture_output=True,
        text=True,
        check=True,
        cwd=folder,
    )
    return [Outcome(*outcome) for outcome in json.loads(done.stdout)]
