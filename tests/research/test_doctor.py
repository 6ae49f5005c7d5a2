"""The doctor finds each fault that is planted in a set, and none in a good one."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gap_server.research.doctor.findings import Weight
from tests.outside.server_process import PROGRAM
from tests.research.examining import Row, diagnosed, good_rows, names, plant_contradiction, said

AUTHORS_SET = Path(__file__).parents[3] / "shared" / "data" / "gap-vqa" / "base_data_gap_vqa.json"


def test_nothing_is_wrong_with_a_good_set(folder: Path) -> None:
    diagnosis = diagnosed(folder, good_rows())
    assert diagnosis.findings == []
    assert diagnosis.unchecked == []
    assert diagnosis.is_usable
    assert (diagnosis.rows, diagnosis.pairs, diagnosis.images) == (4, 4, 2)
    assert sum(diagnosis.categories.values()) == pytest.approx(1)


def plant_empty_answer(rows: list[Row]) -> None:
    said(rows, 1, answer="  ")


def plant_missing_answer(rows: list[Row]) -> None:
    rows[1]["conversations"].pop()


def plant_refusal(rows: list[Row]) -> None:
    said(rows, 1, answer="I'm sorry, but I cannot tell the colour from this image.")


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
