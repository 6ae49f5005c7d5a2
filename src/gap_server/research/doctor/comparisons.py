"""What can be wrong between rows of a training set: contradictions, repetitions, images in two splits."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Any, Final, NamedTuple

from gap_server.quality.agreement.rule import Sameness, agreement
from gap_server.research.doctor.findings import Tally, Weight

_FILLING: Final = frozenset(
    word
    for row in (
        "how many much number amount count of what which is are was were the a an there in on at to do does",
        "can you see tell me visible seen shown displayed present appear image picture photo",
        "сколько число какой какая какое какие на в и ли есть видно изображено картинке фото",
    )
    for word in row.split()
)
"""Words that may be left out or exchanged without asking for anything else."""


class Asked(NamedTuple):
    """What one row says about an image. `form`: the question's, None for a row without question and answer.

    `split`: the row's own, or its file's name. `place`: file and row.
    """

    form: str | None
    question: str
    answer: str
    split: str
    place: str


class Comparisons:
    """What is found between the rows about one image, image by image."""

    def __init__(self) -> None:
        self.contradictions = Tally(
            "contradictions",
            Weight.REPORTED,
            "The same question about the same image, with answers that contradict each other.",
        )
        self.repetitions = Tally(
            "repetitions", Weight.REPORTED, "The same question about the same image more than once."
        )
        self.near_repetitions = Tally(
            "near_repetitions",
            Weight.REPORTED,
            "Questions about the same image that ask for the same in other words.",
        )
        self.split_images = Tally(
            "images_in_two_splits", Weight.UNUSABLE, "Images that stand in more than one split."
        )

    @property
    def tallies(self) -> tuple[Tally, ...]:
        return self.contradictions, self.repetitions, self.near_repetitions, self.split_images

    def see(self, image: str, rows: Iterable[list[Any]]) -> None:
        asked = [Asked(*row) for row in rows]
        for same in _same_question(asked):
            self.repetitions.note(f"{_places(same)} {same[0].question}")
            if (pair := _contradicting(same)) is not None:
                one, other = pair
                shown = f"{one.question!r}: {one.answer!r} / {other.answer!r}"
                self.contradictions.note(f"{_places(same)} {shown}")
        for first, second in _nearly_the_same(asked):
            places = _places([first, second])
            self.near_repetitions.note(f"{places} {first.question!r} / {second.question!r}")
        first_of = {one.split: one for one in reversed(asked)}
        if len(first_of) > 1:
            self.split_images.note(f"{_places(list(first_of.values()))} {image}")


def _places(rows: list[Asked]) -> str:
    return ", ".join(one.place for one in rows[:4])


def _same_question(asked: list[Asked]) -> list[list[Asked]]:
    """One row said twice weighs double, and may stand in two splits."""
    forms: dict[str, list[Asked]] = defaultdict(list)
    for one in asked:
        if one.form is not None:
            forms[one.form].append(one)
    return [same for same in forms.values() if len(same) > 1]


def _contradicting(same: list[Asked]) -> tuple[Asked, Asked] | None:
    """Two answers to the same question that cannot both be right."""
    answers = {one.answer: one for one in reversed(same)}
    for one, other in combinations(answers.values(), 2):
        if agreement(one.answer, other.answer, one.question).sameness is Sameness.DIFFERENT:
            return one, other
    return None


def _nearly_the_same(asked: list[Asked]) -> Iterator[tuple[Asked, Asked]]:
    about: dict[frozenset[str], dict[str, Asked]] = defaultdict(dict)
    for one in asked:
        if one.form is not None and (words := frozenset(one.form.split()) - _FILLING):
            about[words].setdefault(one.form, one)
    for forms in about.values():
        yield from combinations(forms.values(), 2)
