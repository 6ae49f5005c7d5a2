"""What can be wrong between rows of a training set: contradictions, repetitions, images in two splits."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import combinations
from typing import Final

from gap_server.quality.agreement.rule import Verdict, agreement
from gap_server.quality.questions.category import categorised
from gap_server.quality.questions.commonness import question_form
from gap_server.research.doctor.findings import Finding, Weight, of_groups
from gap_server.research.doctor.records import Dataset, Record

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

MUCH: Final = 0.05
"""A question that makes up more than this of a set is said to be common, where it is asked more than once."""

ONE_SIDED: Final = 0.5
"""So is a category above this."""

_Asked = tuple[Record, str, str]


def _by_image(dataset: Dataset) -> dict[str, list[_Asked]]:
    asked: dict[str, list[_Asked]] = defaultdict(list)
    for record in dataset.records:
        for question, answer in record.pairs:
            for image in record.images:
                asked[image].append((record, question, answer))
    return asked


def contradictions(dataset: Dataset) -> list[Finding]:
    """The same image and question, and answers that cannot both be right."""
    return of_groups(
        "contradictions",
        Weight.REPORTED,
        "The same question about the same image, with answers that contradict each other.",
        _contradicting(dataset),
    )


def _contradicting(dataset: Dataset) -> Iterator[tuple[list[Record], str]]:
    for asked in _by_image(dataset).values():
        for same in _same_question(asked):
            for (_, question, one), (_, _, other) in combinations(same, 2):
                if agreement(one, other, question).verdict is Verdict.DIFFERENT:
                    yield [record for record, _, _ in same], f"{question!r}: {one!r} / {other!r}"
                    break


def repetitions(dataset: Dataset) -> list[Finding]:
    """One row said twice weighs double, and may stand in two splits."""
    return of_groups(
        "repetitions",
        Weight.REPORTED,
        "The same question about the same image more than once.",
        (
            ([record for record, _, _ in same], same[0][1])
            for asked in _by_image(dataset).values()
            for same in _same_question(asked)
        ),
    )


def _same_question(asked: list[_Asked]) -> list[list[_Asked]]:
    forms: dict[str, list[_Asked]] = defaultdict(list)
    for one in asked:
        forms[question_form(one[1])].append(one)
    return [same for same in forms.values() if len(same) > 1]


def near_repetitions(dataset: Dataset) -> list[Finding]:
    return of_groups(
        "near_repetitions",
        Weight.REPORTED,
        "Questions about the same image that ask for the same in other words.",
        _nearly_the_same(dataset),
    )


def _nearly_the_same(dataset: Dataset) -> Iterator[tuple[list[Record], str]]:
    for asked in _by_image(dataset).values():
        forms = {question_form(question): (record, question) for record, question, _ in asked}
        for one, other in combinations(forms, 2):
            if (about := _about(one)) and about == _about(other):
                (first, question), (second, again) = forms[one], forms[other]
                yield [first, second], f"{question!r} / {again!r}"


def _about(form: str) -> frozenset[str]:
    return frozenset(form.split()) - _FILLING


def split_images(dataset: Dataset) -> list[Finding]:
    """Splits are made by image: a picture that was trained on tells nothing in a test."""
    splits: dict[str, dict[str, Record]] = defaultdict(dict)
    for record in dataset.records:
        for image in record.images:
            splits[image].setdefault(record.split or record.file, record)
    return of_groups(
        "images_in_two_splits",
        Weight.UNUSABLE,
        "Images that stand in more than one split.",
        ((list(found.values()), image) for image, found in splits.items() if len(found) > 1),
    )


def categories(dataset: Dataset) -> dict[str, float]:
    """Share of each category among the questions; `unknown` for languages without rules."""
    counts = Counter(
        (category.value if (category := categorised(question).category) else "unknown")
        for record in dataset.records
        for question in record.questions
    )
    total = sum(counts.values())
    return {name: count / total for name, count in counts.most_common()}


def commonest(dataset: Dataset) -> tuple[str, float] | None:
    """The question that is asked most, in the words of its first asker, and its share; None: none twice."""
    forms: Counter[str] = Counter()
    worded: dict[str, str] = {}
    for record in dataset.records:
        for question in record.questions:
            form = question_form(question)
            forms[form] += 1
            worded.setdefault(form, question)
    form, count = max(forms.items(), key=lambda item: item[1], default=("", 0))
    return (worded[form], count / forms.total()) if count > 1 else None


def one_sidedness(dataset: Dataset) -> list[Finding]:
    found = [
        Finding(
            "one_sided",
            Weight.REPORTED,
            f"{share:.0%} of the questions are about {name}.",
            round(share * 100),
        )
        for name, share in categories(dataset).items()
        if share > ONE_SIDED
    ]
    most = commonest(dataset)
    if most is not None and most[1] > MUCH:
        sentence = f"{most[1]:.0%} of the questions are {most[0]!r}."
        found.append(Finding("common_question", Weight.REPORTED, sentence, round(most[1] * 100)))
    return found
