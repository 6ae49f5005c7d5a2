"""The doctor reads a set in whichever form it comes, and says in one sentence what it cannot read."""

import base64
import gc
import json
import subprocess
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from gap_server.errors import DatasetUnreadable
from gap_server.research.datasets import image_parquet
from gap_server.research.doctor.examine import examine
from gap_server.research.doctor.reading import Dataset, read_dataset
from gap_server.research.doctor.records import Record
from tests.outside.server_process import PROGRAM
from tests.research.examining import ANSWERED, ASKED, Row, diagnosed, good_rows, names, plant_contradiction


@pytest.mark.parametrize("packed", [False, True])
def test_a_set_in_parquet_is_examined_pictures_and_all(folder: Path, *, packed: bool) -> None:
    """As we export it, which is as Hugging Face has it: in a folder, or in the API's tar file."""
    lines = folder / "lines"
    rows = [
        {"image": f"images/{'ab'[n % 2]}.jpg", "question": q, "answer": a, "licence": "CC0", "consent": True}
        for n, (q, a) in enumerate(zip(ASKED, ANSWERED, strict=True))
    ]
    (folder / "images" / "b.jpg").write_bytes(b"no picture" * 100)
    lines.write_text("\n".join(map(json.dumps, rows)))
    made = folder / "made"
    (made / "data").mkdir(parents=True)
    image_parquet.write(lines, folder, made / "data" / "train.parquet")
    if packed:
        with tarfile.open(folder / "made.tar", "w") as packing:
            packing.add(made, "made")
    given = folder / "made.tar" if packed else made
    ran = subprocess.run(
        [PROGRAM, "dataset", "check", given, "--json"], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 1, ran.stderr
    found = json.loads(ran.stdout)
    assert (found["rows"], found["images"]) == (4, 2)
    assert {finding["name"]: finding["count"] for finding in found["findings"]} == {"broken_images": 2}


@pytest.mark.parametrize("content", [b"", b"no table", b"PAR1 cut short", b"PAR1 broken inside PAR1"])
def test_what_is_no_parquet_is_said_to_be_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "train.parquet").write_bytes(content)
    with pytest.raises(DatasetUnreadable, match=r"train\.parquet (is no|cannot be read as) Parquet"):
        examine(read_dataset(tmp_path))


def as_messages(row: Row) -> Row:
    return {"messages": row["conversations"], "images": [row["image"]]}


def as_sharegpt(row: Row) -> Row:
    turns = [
        {"from": {"user": "human", "assistant": "gpt"}[turn["role"]], "value": turn["content"]}
        for turn in row["conversations"]
    ]
    return {"conversations": turns, "images": [row["image"]]}


def as_plain(row: Row) -> Row:
    asked, answered = (turn["content"] for turn in row["conversations"])
    return {"image": row["image"], "question": asked, "answer": answered}


@pytest.mark.parametrize("form", [as_messages, as_sharegpt, as_plain])
@pytest.mark.parametrize("file_name", ["train.json", "train.jsonl"])
def test_the_forms_of_the_trade_are_understood(
    folder: Path, form: Callable[[Row], Row], file_name: str
) -> None:
    rows = good_rows()
    plant_contradiction(rows)
    diagnosis = diagnosed(folder, [form(row) for row in rows], file_name)
    assert {"contradictions", "repetitions"} == names(diagnosis) - {"common_question"}
    assert diagnosis.pairs == 4


def test_tables_with_pictures_inside_are_understood(folder: Path) -> None:
    picture = base64.b64encode((folder / "images" / "a.jpg").read_bytes()).decode()
    lines = ["index\timage\tquestion\tanswer", f"1\t{picture}\tHow many?\tThree.", "2\tAAAA\tWhere?\tThere."]
    (folder / "test.tsv").write_text("\n".join(lines))
    diagnosis = examine(read_dataset(folder / "test.tsv"))
    assert names(diagnosis) == {"broken_images"}
    assert diagnosis.pairs == 2


def test_a_folder_is_one_set_of_several_splits(folder: Path) -> None:
    rows = good_rows()
    (folder / "train.json").write_text(json.dumps([rows[0], rows[2]]))
    (folder / "test.json").write_text(json.dumps([rows[1], rows[3]]))
    assert "images_in_two_splits" not in names(examine(read_dataset(folder)))
    (folder / "test.json").write_text(json.dumps([rows[1], rows[0]]))
    assert "images_in_two_splits" in names(examine(read_dataset(folder)))


@pytest.mark.parametrize("content", ["", "{", "[1, 2", '{"a": 1}', "\ud800"])
def test_what_cannot_be_read_is_one_sentence(folder: Path, content: str) -> None:
    (folder / "train.json").write_bytes(content.encode("utf-16", "surrogatepass"))
    with pytest.raises(DatasetUnreadable):
        examine(read_dataset(folder / "train.json"))


def test_no_row_is_kept_once_it_was_seen(folder: Path) -> None:
    """A set may be larger than memory (what a million rows take is in bench/results/exports.json)."""
    rows, most = 600, 0
    with (folder / "train.jsonl").open("w") as lines:
        for n in range(rows):
            row = {"question": f"What does sign number {n} say?", "answer": "Bread.", "image": f"{n}.jpg"}
            lines.write(json.dumps(row) + "\n")

    class Watched(Dataset):
        def records(self) -> Iterator[Record]:
            nonlocal most
            for n, record in enumerate(super().records()):
                if n % 100 == 0:
                    most = max(most, sum(isinstance(held, Record) for held in gc.get_objects()))
                yield record

    diagnosis = examine(Watched(folder, [folder / "train.jsonl"]))
    assert (diagnosis.rows, diagnosis.images) == (rows, rows)
    assert 1 <= most <= 3
