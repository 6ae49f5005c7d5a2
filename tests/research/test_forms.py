"""A row in the forms of the trade: nothing of it is lost on what reads them."""

from pathlib import Path
from uuid import UUID

from PIL import Image

from gap_server.research.datasets.formats import FORMS, Files, Format
from gap_server.research.datasets.selection import Example
from tests.cli import loading


def test_an_answer_that_reads_as_missing_is_an_answer_in_the_table(tmp_path: Path) -> None:
    """Two rows about one picture, the right answer to one of which is that there is none."""
    (tmp_path / "images").mkdir()
    Image.new("RGB", (8, 8)).save(tmp_path / "images/1.png")
    with Files(tmp_path, FORMS[Format.VLMEVALKIT]) as files:
        for number, answer in enumerate(("None", "2")):
            facts = {"category": None}
            files.add(Example(UUID(int=number), "heldout", "images/1.png", "How many?", answer, None, facts))
    table = loading.vlmevalkit(tmp_path / "heldout.tsv")
    assert [row["answer"] for row in table] == ["None.", "2"]
