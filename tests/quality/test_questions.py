"""Categories and languages of questions, measured on labels made by hand."""

import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gap_server.quality.questions.category import Category, categorised

HERE = Path(__file__).parent
LABELLED = [line.split("\t") for line in (HERE / "questions.tsv").read_text("utf-8").splitlines()]
"""Language ("-": none of ours), category, question; labelled before the rules were tried on them."""


def _label(question: str) -> tuple[str, str]:
    found = categorised(question)
    return found.language or "-", found.category or "-"


@pytest.mark.parametrize("spoken", ["en", "ru", "-"])
def test_nine_in_ten_are_labelled_as_by_hand(spoken: str) -> None:
    labelled = [(language, category, text) for language, category, text in LABELLED if language == spoken]
    hits = [_label(text) == (language, category) for language, category, text in labelled]
    assert sum(hits) >= 0.9 * len(hits)


def test_there_are_enough_labels_to_say_so() -> None:
    assert len(LABELLED) >= 200
    per_category = Counter(category for language, category, _ in LABELLED if language == "en")
    assert all(count >= 4 for count in per_category.values())


AUTHORS = HERE.parents[2] / "shared/data/gap-vqa/base_data_gap_vqa.json"
"""The training set that the paper's authors published, as it is; not in this repository."""


@pytest.mark.skipif(
    not AUTHORS.exists(), reason="the paper's published training file is not beside this checkout"
)
def test_four_in_five_of_the_papers_questions_are_counting() -> None:
    records = json.loads(AUTHORS.read_text("utf-8"))
    asked = [
        turn["content"] for record in records for turn in record["conversations"] if turn["role"] == "user"
    ]
    found = Counter(categorised(text.removeprefix("<image>")).category for text in asked)
    assert found[Category.COUNTING] / len(asked) == pytest.approx(0.79, abs=0.015)


@pytest.mark.parametrize(
    "question", ["¿Cuántos perros hay?", "Скільки собак на картинці?", "有几只狗？", "42", ""]
)
def test_a_language_without_rules_has_no_category(question: str) -> None:
    found = categorised(question)
    assert found.language is None
    assert found.category is None


@given(st.text())
def test_any_text_has_a_language_and_a_category_or_neither(text: str) -> None:
    found = categorised(text)
    assert (found.language is None) == (found.category is None)
