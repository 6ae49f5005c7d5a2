"""What the documents say of the house is so: rooms, files, make targets, commands."""

import re
import shlex
import tomllib
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.core import TyperGroup

from gap_server import cli

ROOT = Path(__file__).parents[1]
HOUSE = ROOT / "src" / "gap_server"
DOCUMENTS = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "SECURITY.md",
    *(ROOT / "docs").glob("*.md"),
]
PATHS = re.compile(r"`((?:src|tests|bench|webapp|docs|migrations|requirements|\.github)/[\w./-]*)")


def _rooms() -> set[str]:
    return {p.name for p in HOUSE.iterdir() if p.is_dir() and (p / "__init__.py").exists()}


def _files() -> set[str]:
    return {p.stem for p in HOUSE.glob("*.py") if p.name != "__init__.py"}


def test_every_room_is_on_the_readmes_map_and_nothing_else() -> None:
    readme = (ROOT / "README.md").read_text()
    block = readme.split("src/gap_server/\n")[1].split("migrations/")[0]
    drawn = {line.split()[0].rstrip("/").removesuffix(".py") for line in block.splitlines() if line.strip()}
    assert drawn == _rooms() | _files()


def test_the_architectures_order_is_the_one_that_is_held() -> None:
    layers = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][0][
        "layers"
    ]
    held = [set(re.findall(r"\w+", re.sub(r"\(\w+\)", "", layer))) for layer in layers]
    page = (ROOT / "docs" / "architecture.md").read_text()
    block = page.split("fails where they do not:\n\n```\n")[1].split("```")[0]
    drawn = [set(re.findall(r"\w+", line.split("   ")[0])) for line in block.splitlines()]
    assert drawn == [layer for layer in held if layer]


def test_the_architecture_tells_of_every_room_and_of_no_other() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text()
    rows = page.split("| room | owns | never has |\n|---|---|---|\n")[1].split("\n\n")[0].splitlines()
    assert {room for row in rows for room in re.findall(r"`(\w+)`", row.split("|")[1])} == _rooms() | _files()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_file_that_is_named_is_there(document: Path) -> None:
    for path in PATHS.findall(document.read_text()):
        assert (ROOT / path).exists(), path


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_make_target_that_is_named_exists(document: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z]+)\b(?=[`\s]|$)", _code(document.read_text()))) <= targets


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_command_that_is_named_exists(document: Path) -> None:
    named = set(re.findall(r"gap-server ([a-z][a-z-]+)", _code(document.read_text())))
    group = typer.main.get_command(cli.app)
    assert isinstance(group, TyperGroup)
    assert named <= set(group.commands)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_command_line_in_a_block_is_one_that_the_program_takes(document: Path) -> None:
    """Parsed as the program does it, with its options, their kinds and choices; nothing is run."""
    blocks = re.findall(r"```sh\n(.*?)```", document.read_text(), re.DOTALL)
    for line in "\n".join(blocks).replace("\\\n", " ").splitlines():
        words = shlex.split(line, comments=True)
        if words[:1] == ["gap-server"]:
            _parse(words[1:])


def _parse(words: list[str]) -> None:
    """Raises click's UsageError."""
    command: Any = typer.main.get_command(cli.app)
    context = command.make_context("gap-server", list(words))
    while isinstance(command, TyperGroup):
        name, command, rest = command.resolve_command(context, [*context._protected_args, *context.args])
        assert command is not None
        context = command.make_context(name, rest, parent=context)


def _code(text: str) -> str:
    """What stands in code: blocks and single words, without the prose between."""
    return "\n".join(re.findall(r"```.*?```|`[^`]+`", text, re.DOTALL))
