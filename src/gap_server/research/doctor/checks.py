"""What can be wrong with single rows of a training set."""

import re
from collections.abc import Iterator
from typing import Final

from gap_server.quality.agreement.polarity import declined
from gap_server.research.doctor.findings import Finding, Weight, of_rows
from gap_server.research.doctor.records import Dataset, Record, Role
from gap_server.vlm.screen.leaks import gives_away

_APOLOGY: Final = re.compile(
    r"^\W*(i'?m sorry|sorry|i apologi[sz]e|as an ai|i (can(no|')t|am unable to)|unfortunately|"
    r"извините|к сожалению|я не могу|как (ии|искусственный))",
    re.IGNORECASE,
)
_PERSONAL: Final = {
    "an e-mail address": re.compile(r"\b[\w.+-]+@[\w-]+(\.[\w-]+)+\b"),
    "a telephone number": re.compile(
        r"(?<![\w.:/-])(\+\d{1,3}[ -]?)?(\(\d{2,4}\)[ -]?)?\d{3}[ -]\d{3,4}[ -]\d{2,4}([ -]\d{2})?\b"
    ),
    "a link": re.compile(r"\b(https?://|www\.)\S+", re.IGNORECASE),
    "a Telegram name": re.compile(r"(?<![\w@.])@[A-Za-z]\w{4,31}\b"),
    "a card number": re.compile(r"\b\d{4}([ -]?)\d{4}\1\d{4}\1\d{4}\b"),
}


def malformed(dataset: Dataset) -> list[Finding]:
    if not dataset.malformed:
        return []
    examples = [f"{file}:{row} {reason}"[:200] for file, row, reason in dataset.malformed[:5]]
    sentence = "Rows that are no record."
    return [Finding("malformed_rows", Weight.UNUSABLE, sentence, len(dataset.malformed), examples)]


def registration(dataset: Dataset) -> list[Finding]:
    if not dataset.trouble:
        return []
    sentence = "The registration for LLaMA-Factory does not fit the data: loading by it fails."
    return [Finding("registration", Weight.UNUSABLE, sentence, len(dataset.trouble), dataset.trouble[:5])]


def broken_turns(dataset: Dataset) -> list[Finding]:
    """Empty turns, a question without an answer, two of the same in a row."""
    return of_rows(
        "broken_turns",
        Weight.UNUSABLE,
        "Turns that are empty, missing or out of order.",
        ((record, trouble) for record in dataset.records if (trouble := _turn_trouble(record))),
    )


def _turn_trouble(record: Record) -> str | None:
    spoken = [turn for turn in record.turns if turn.role is not Role.SYSTEM]
    if not spoken or len(spoken) % 2:
        return "a question without an answer" if spoken else "no turns"
    expected = [Role.USER, Role.ASSISTANT] * (len(spoken) // 2)
    if [turn.role for turn in spoken] != expected:
        return "turns out of order"
    return next((f"an empty turn of the {turn.role}" for turn in spoken if not turn.text.strip()), None)


def refusals(dataset: Dataset) -> list[Finding]:
    return of_rows(
        "refusals",
        Weight.REPORTED,
        "Answers that decline: they teach the model to decline.",
        (
            (record, answer)
            for record in dataset.records
            for answer in record.answers
            if _APOLOGY.search(answer) or declined(answer)
        ),
    )


def give_aways(dataset: Dataset) -> list[Finding]:
    return of_rows(
        "give_aways",
        Weight.UNUSABLE,
        "Answers that speak of the model's instructions instead of the picture.",
        ((r, answer) for r in dataset.records for answer in r.answers if gives_away(answer)),
    )


def preferences(dataset: Dataset) -> list[Finding]:
    """A pair whose two answers are the same prefers nothing."""
    return of_rows(
        "no_preference",
        Weight.UNUSABLE,
        "Pairs whose preferred and rejected answers are the same, or of which one is empty.",
        (
            (record, record.rejected)
            for record in dataset.records
            if record.rejected is not None
            and (
                not record.rejected.strip() or record.rejected.strip() in {a.strip() for a in record.answers}
            )
        ),
    )


def personal_data(dataset: Dataset) -> list[Finding]:
    return of_rows(
        "personal_data",
        Weight.REPORTED,
        "Texts with something that may be about a person: look at each.",
        (
            (record, f"{what}: {turn.text}")
            for record in dataset.records
            for turn in record.turns
            for what in _personal(turn.text)
        ),
    )


def _personal(text: str) -> Iterator[str]:
    return (what for what, pattern in _PERSONAL.items() if pattern.search(text))


def rights(dataset: Dataset) -> list[Finding]:
    """Where the form tells of consent and licence, every row must have both."""
    tells_consent = any(record.consent is not None for record in dataset.records)
    tells_licence = any(record.licence is not None for record in dataset.records)
    without_consent = (r for r in dataset.records if tells_consent and r.consent is not True)
    without_licence = (r for r in dataset.records if tells_licence and not r.licence)
    return [
        *of_rows(
            "no_consent",
            Weight.UNUSABLE,
            "Rows of people who have not agreed, or not any more.",
            ((record, "") for record in without_consent),
        ),
        *of_rows(
            "no_licence",
            Weight.UNUSABLE,
            "Rows whose picture has no licence.",
            ((record, "") for record in without_licence),
        ),
    ]


def several_turns(dataset: Dataset) -> list[Finding]:
    return of_rows(
        "several_turns",
        Weight.REPORTED,
        "Conversations of several turns: later questions may lean on earlier answers.",
        ((r, f"{len(r.questions)} questions") for r in dataset.records if len(r.questions) > 1),
    )
