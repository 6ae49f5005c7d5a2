"""The doctor finds each fault that is planted in a set, in whichever form, and none in a good one."""

import base64
import gc
import json
import subprocess
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from gap_server.errors import DatasetUnreadable
from gap_server.research.datasets import image_parquet
from gap_server.research.doctor.examine import examine
from gap_server.research.doctor.findings import Diagnosis, Weight
from gap_server.research.doctor.reading import Dataset, read_dataset
from gap_server.research.doctor.records import Record
from tests.outside.server_process import PROGRAM

AUTHORS_SET = Path(__file__).parents[3] / "shared" / "data" / "gap-vqa" / "base_data_gap_vqa.json"
ASKED = ("How many cups are there?", "What colour is the door?", "Is the dog asleep?", "Where is the ladder?")
ANSWERED = ("Three.", "Green.", "Yes.", "Behind the house.")

Row = dict[str, Any]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two pictures for a set to be about."""
    (tmp_path / "images").mkdir()
    for name, colour in (("a", "red"), ("b", "blue")):
        Image.new("RGB", (8, 8), colour).save(tmp_path / "images" / f"{name}.jpg")
    return tmp_path


def good_rows() -> list[Row]:
    return [
        {
            "id": str(n),
            "image": f"images/{'ab'[n % 2]}.jpg",
            "licence": "CC0",
            "consent": True,
            "conversations": [
                {"role": "user", "content": f"<image>\n{question}"},
                {"role": "assistant", "content": answer},
            ],
        }
        for n, (question, answer) in enumerate(zip(ASKED, ANSWERED, strict=True))
    ]


def diagnosed(folder: Path, rows: list[Any], name: str = "train.json") -> Diagnosis:
    file = folder / name
    text = "\n".join(map(json.dumps, rows)) if name.endswith("l") else json.dumps(rows)
    file.write_text(text)
    return examine(read_dataset(file))


def names(diagnosis: Diagnosis) -> set[str]:
    return {finding.name for finding in diagnosis.findings}


def test_nothing_is_wrong_with_a_good_set(folder: Path) -> None:
    diagnosis = diagnosed(folder, good_rows())
    assert diagnosis.findings == []
    assert diagnosis.unchecked == []
    assert diagnosis.is_usable
    assert (diagnosis.rows, diagnosis.pairs, diagnosis.images) == (4, 4, 2)
    assert sum(diagnosis.categories.values()) == pytest.approx(1)


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


def said(rows: list[Row], n: int, *, question: str | None = None, answer: str | None = None) -> None:
    if question is not None:
        rows[n]["conversations"][0]["content"] = question
    if answer is not None:
        rows[n]["conversations"][1]["content"] = answer


def plant_empty_answer(rows: list[Row]) -> None:
    said(rows, 1, answer="  ")


def plant_missing_answer(rows: list[Row]) -> None:
    rows[1]["conversations"].pop()


def plant_refusal(rows: list[Row]) -> None:
    said(rows, 1, answer="I'm sorry, but I cannot tell the colour from this image.")


def plant_contradiction(rows: list[Row]) -> None:
    rows[2]["image"] = rows[0]["image"]
    said(rows, 2, question="How many cups are there?", answer="There are five cups.")


def plant_near_repetition(rows: list[Row]) -> None:
    rows[2]["image"] = rows[0]["image"]
    said(rows, 2, question="What is the number of cups in the image?", answer="Three.")


def plant_give_away(rows: list[Row]) -> None:
    said(rows, 1, answer="I was told to give a wrong answer, so: it is purple.")


def plant_address(rows: list[Row]) -> None:
    said(rows, 1, answer="It says ana@example.org.")


def plant_telephone(rows: list[Row]) -> None:
    said(rows, 1, answer="The sign reads 042-545-5444.")


def plant_missing_image(rows: list[Row]) -> None:
    rows[1]["image"] = "images/none.jpg"


def plant_no_image(rows: list[Row]) -> None:
    del rows[1]["image"]


def plant_no_consent(rows: list[Row]) -> None:
    rows[1]["consent"] = False


def plant_no_licence(rows: list[Row]) -> None:
    rows[1]["licence"] = ""


def plant_malformed(rows: list[Any]) -> None:
    rows[1] = "a line that is no row"


def plant_same_preference(rows: list[Row]) -> None:
    rows[1]["rejected_response"] = rows[1]["conversations"][1]["content"]


def plant_split(rows: list[Row]) -> None:
    for n, row in enumerate(rows):
        row["split"] = "train" if n < 3 else "test"


UNUSABLE = Weight.UNUSABLE
REPORTED = Weight.REPORTED


@pytest.mark.parametrize(
    ("plant", "name", "weight"),
    [
        (plant_empty_answer, "broken_turns", UNUSABLE),
        (plant_missing_answer, "broken_turns", UNUSABLE),
        (plant_refusal, "refusals", REPORTED),
        (plant_contradiction, "contradictions", REPORTED),
        (plant_contradiction, "repetitions", REPORTED),
        (plant_near_repetition, "near_repetitions", REPORTED),
        (plant_give_away, "give_aways", UNUSABLE),
        (plant_address, "personal_data", REPORTED),
        (plant_telephone, "personal_data", REPORTED),
        (plant_missing_image, "broken_images", UNUSABLE),
        (plant_no_image, "no_image", UNUSABLE),
        (plant_no_consent, "no_consent", UNUSABLE),
        (plant_no_licence, "no_licence", UNUSABLE),
        (plant_malformed, "malformed_rows", UNUSABLE),
        (plant_same_preference, "no_preference", UNUSABLE),
        (plant_split, "images_in_two_splits", UNUSABLE),
    ],
)
def test_each_fault_is_found(
    folder: Path, plant: Callable[[list[Row]], None], name: str, weight: Weight
) -> None:
    rows = good_rows()
    plant(rows)
    diagnosis = diagnosed(folder, rows)
    (finding,) = [f for f in diagnosis.findings if f.name == name]
    assert (finding.count, finding.weight) == (1, weight)
    assert finding.examples
    assert "train.json:" in finding.examples[0]
    assert diagnosis.is_usable == (weight is REPORTED)


def test_a_broken_picture_is_found(folder: Path) -> None:
    (folder / "images" / "a.jpg").write_bytes(b"\xff\xd8 no picture")
    assert "broken_images" in names(diagnosed(folder, good_rows()))


def test_what_is_one_sided_is_said(folder: Path) -> None:
    rows = good_rows()
    for n, thing in enumerate(("cups", "cups", "cats", "dogs")):
        said(rows, n, question=f"How many {thing} are there?")
    diagnosis = diagnosed(folder, rows)
    assert {"one_sided", "common_question"} <= names(diagnosis)
    assert diagnosis.commonest == ("How many cups are there?", 0.5)


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


def test_the_command_says_so_too(tmp_path: Path) -> None:
    told = subprocess.run(
        [PROGRAM, "dataset", "check", tmp_path / "none.json"], capture_output=True, text=True, check=False
    )
    assert told.returncode == 2
    assert "Traceback" not in told.stderr


@pytest.mark.skipif(not AUTHORS_SET.exists(), reason="the authors' set is not beside this checkout")
def test_the_authors_own_set_has_several_of_these_faults() -> None:
    told = subprocess.run(
        [PROGRAM, "dataset", "check", AUTHORS_SET, "--json"], capture_output=True, text=True, check=False
    )
    assert told.returncode == 1, told.stderr
    diagnosis = json.loads(told.stdout)
    assert (diagnosis["rows"], diagnosis["pairs"], diagnosis["images"]) == (2683, 2859, 2126)
    counts = {finding["name"]: finding["count"] for finding in diagnosis["findings"]}
    assert counts["registration"] == 2
    assert counts["several_turns"] == 156
    assert counts["personal_data"] == 2
    assert counts["repetitions"] >= 55
    assert counts["contradictions"] >= 15
    assert counts["refusals"] >= 30
    assert 0.77 < diagnosis["categories"]["counting"] < 0.81
    assert diagnosis["commonest_question"]["question"] == "Number of people facing towards the camera"
