"""What a training set asks: its categories, and the question that it asks most."""

from collections import Counter
from typing import Final

from gap_server.quality.questions.category import categorised
from gap_server.research.doctor.findings import Finding, Weight
from gap_server.research.doctor.scratch import Scratch

MUCH: Final = 0.05
"""A question that makes up more than this of a set is said to be common, where it is asked more than once."""

ONE_SIDED: Final = 0.5
"""So is a category above this."""


class Questions:
    """Counted as they come; their forms, which may be as many as the rows, in `scratch`."""

    def __init__(self, scratch: Scratch) -> None:
        self._scratch = scratch
        self._categories: Counter[str] = Counter()
        self._asked = 0

    def see(self, question: str, form: str) -> None:
        category = categorised(question).category
        self._categories[category.value if category else "unknown"] += 1
        self._scratch.put(form, (self._asked, question))
        self._asked += 1

    def categories(self) -> dict[str, float]:
        """Share of each category among the questions; `unknown` for languages without rules."""
        return {name: count / self._asked for name, count in self._categories.most_common()}

    def commonest(self) -> tuple[str, float] | None:
        """The one that is asked most, as its first asker worded it, and its share; None: none twice."""
        most, since, worded = 1, 0, ""
        for forms in self._scratch.buckets():
            for asked in forms.values():
                first, question = asked[0]
                if len(asked) > 1 and (len(asked), -first) > (most, -since):
                    most, since, worded = len(asked), first, question
        return (worded, most / self._asked) if most > 1 else None


def one_sidedness(categories: dict[str, float], commonest: tuple[str, float] | None) -> list[Finding]:
    found = [
        Finding(
            "one_sided",
            Weight.REPORTED,
            f"{share:.0%} of the questions are about {name}.",
            round(share * 100),
        )
        for name, share in categories.items()
        if share > ONE_SIDED
    ]
    if commonest is not None and commonest[1] > MUCH:
        sentence = f"{commonest[1]:.0%} of the questions are {commonest[0]!r}."
        found.append(Finding("common_question", Weight.REPORTED, sentence, round(commonest[1] * 100)))
    return found
