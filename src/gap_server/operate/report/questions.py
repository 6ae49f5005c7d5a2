"""Questions as they were counted, put together by what they have in common."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence

from gap_server.operate.report.figure import Value, share
from gap_server.store.report import QuestionCount

Row = tuple[Value, ...]


def arm(*, tainted: bool) -> str:
    return "tainted" if tainted else "untainted"


def sum_of(some: Iterable[QuestionCount], wanted: Callable[[QuestionCount], bool]) -> int:
    return sum(count.questions for count in some if wanted(count))


def by(
    some: Iterable[QuestionCount], key: Callable[[QuestionCount], Row]
) -> list[tuple[Row, list[QuestionCount]]]:
    """Counts with the same key together, in the keys' order; what is not known comes first."""
    found: defaultdict[Row, list[QuestionCount]] = defaultdict(list)
    for count in some:
        found[key(count)].append(count)
    return sorted(found.items(), key=lambda item: [str(part or "") for part in item[0]])


def flagged(some: Sequence[QuestionCount]) -> tuple[int, int, float | None]:
    """How many there are, how many were flagged, and their share."""
    seen, called_wrong = sum_of(some, lambda _: True), sum_of(some, lambda count: count.flagged)
    return seen, called_wrong, share(called_wrong, seen)


def shares(some: Sequence[QuestionCount], key: Callable[[QuestionCount], Row]) -> list[Row]:
    """Each key with its questions and their share, the commonest first."""
    found = Counter[Row]()
    for count in some:
        found[key(count)] += count.questions
    return [(*of, n, share(n, found.total())) for of, n in found.most_common()]


def of_answers(some: Sequence[QuestionCount], key: Callable[[QuestionCount], Value]) -> list[Row]:
    """Each key of answered questions with what `flagged` tells, the commonest first."""
    answers = [count for count in some if count.state == "answered"]
    rows = [(*of, *flagged(alike)) for of, alike in by(answers, lambda count: (key(count),))]
    return sorted(rows, key=lambda row: -sum_of(answers, lambda count: key(count) == row[0]))
