"""The README's map of the house is the house."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
HOUSE = ROOT / "src" / "gap_server"


def test_every_room_is_on_the_map_and_nothing_else() -> None:
    readme = (ROOT / "README.md").read_text()
    block = readme.split("src/gap_server/\n")[1].split("migrations/")[0]
    drawn = {line.split()[0].rstrip("/") for line in block.splitlines() if line.strip()}
    rooms = {p.name for p in HOUSE.iterdir() if p.is_dir() and (p / "__init__.py").exists()}
    files = {p.name for p in HOUSE.glob("*.py") if p.name != "__init__.py"}
    assert drawn == rooms | files


def test_every_file_that_the_readme_names_is_there() -> None:
    readme = (ROOT / "README.md").read_text()
    for path in re.findall(r"`((?:src|tests|bench|webapp|docs)/[\w./-]+)`", readme):
        assert (ROOT / path).exists(), path
