"""The commands' table: whole, true, and cheap to start from."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from gap_server import __version__, cli
from gap_server.cli.commands import MODULES, Commands

MODULE = re.compile(r"^(?:app = typer\.Typer\(|def register\(app: typer\.Typer\))", re.MULTILINE)


def test_every_command_is_where_the_table_says_and_none_is_left_out() -> None:
    folder = Path(cli.__file__).parent
    with_commands = {path.stem for path in folder.glob("[a-z]*.py") if MODULE.search(path.read_text())}
    assert with_commands == set(MODULES.values())
    commands = Commands().commands
    assert {name: commands[name].name for name in MODULES} == {name: name for name in MODULES}


@pytest.mark.parametrize("command", ["token", "migrate"])
def test_a_command_starts_without_what_it_does_not_use(command: str) -> None:
    heavy = ("fastapi", "uvicorn", "aiohttp", "numpy", "matplotlib", "telegram")
    program = f"""
import sys
from gap_server.cli.commands import Commands
Commands().commands[{command!r}]
print([name for name in {heavy!r} if name in sys.modules])
"""
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert told.stdout == "[]\n"


def test_it_says_which_version_it_is() -> None:
    told = CliRunner().invoke(cli.app, ["--version"])
    assert (told.exit_code, told.stdout) == (0, f"gap-server {__version__}\n")


def test_an_argument_that_is_no_text_is_one_sentence() -> None:
    command: list[str | bytes] = [
        sys.executable,
        "-c",
        "from gap_server.cli import main; main()",
        "token",
        "revoke",
        b"a\xffb",
    ]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    assert told.returncode == 2
    assert told.stderr == "gap-server: 'a\\udcffb' is not written in UTF-8.\n"
