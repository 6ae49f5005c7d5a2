"""What can be wrong with single rows of a training set."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from gap_server.quality.agreement.polarity import declined
from gap_server.research.doctor.findings import Finding, Tally, Weight
from gap_server.research.doctor.records import Record, Role
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


Troubles = Callable[[Record], Iterator[str]]
"""What is wrong with a row, as it stands there; nothing where all is well."""


@dataclass(frozen=True, slots=True)
class RowCheck:
    """`tells`: whether a row says anything of it; where none of a set does, nothing is held against any."""

    name: str
    weight: Weight
    sentence: str
    troubles: Troubles
    tells: Callable[[Record], bool] = lambda _: True


class CheckedRows:
    """One check, going through a set."""

    def __init__(self, check: RowCheck) -> None:
        self._check = check
        self._tally = Tally(check.name, check.weight, check.sentence)
        self._told = False

    def see(self, record: Record) -> None:
        self._told = self._told or self._check.tells(record)
        for n, trouble in enumerate(self._check.troubles(record)):
            note = self._tally.show if n else self._tally.note  # a row counts once
            note(f"{record.place} {trouble}")

    def findings(self) -> list[Finding]:
        return self._tally.findings() if self._told else []


def _turn_troubles(record: Record) -> Iterator[str]:
    spoken = [turn for turn in record.turns if turn.role is not Role.SYSTEM]
    if not spoken or len(spoken) % 2:
        yield "a question without an answer" if spoken else "no turns"
    elif [turn.role for turn in spoken] != [Role.USER, Role.ASSISTANT] * (len(spoken) // 2):
        yield "turns out of order"
    else:
        yield from (f"an empty turn of the {turn.role}" for turn in spoken if not turn.text.strip())


def _refusals(record: Record) -> Iterator[str]:
    return (answer for answer in record.answers if _APOLOGY.search(answer) or declined(answer))


def _give_aways(record: Record) -> Iterator[str]:
    return (answer for answer in record.answers if gives_away(answer))


def _no_preference(record: Record) -> Iterator[str]:
    """A pair whose two answers are the same prefers nothing."""
    if record.rejected is not None:
        rejected = record.rejected.strip()
        if not rejected or rejected in {answer.strip() for answer in record.answers}:
            yield record.rejected


def _personal_data(record: Record) -> Iterator[str]:
    for turn in record.turns:
        yield from (
            f"{what}: {turn.text}" for what, pattern in _PERSONAL.items() if pattern.search(turn.text)
        )


def _several_turns(record: Record) -> Iterator[str]:
    if (count := len(record.questions)) > 1:
        yield f"{count} questions"


def _unless(holds: Callable[[Record], bool]) -> Troubles:
    return lambda record: iter(() if holds(record) else ("",))


ROW_CHECKS: Final = (
    RowCheck(
        "broken_turns",
        Weight.UNUSABLE,
        "Turns that are empty, missing or out of order.",
        _turn_troubles,
    ),
    RowCheck(
        "refusals",
        Weight.REPORTED,
        "Answers that decline: they teach the model to decline.",
        _refusals,
    ),
    RowCheck(
        "give_aways",
        Weight.UNUSABLE,
        "Answers that speak of the model's instructions instead of the picture.",
        _give_aways,
    ),
    RowCheck(
        "no_preference",
        Weight.UNUSABLE,
        "Pairs whose preferred and rejected answers are the same, or of which one is empty.",
        _no_preference,
    ),
    RowCheck(
        "personal_data",
        Weight.REPORTED,
        "Texts with something that may be about a person: look at each.",
        _personal_data,
    ),
    RowCheck(
        "no_consent",
        Weight.UNUSABLE,
        "Rows of people who have not agreed, or not any more.",
        _unless(lambda record: record.consent is True),
        tells=lambda record: record.consent is not None,
    ),
    RowCheck(
        "no_licence",
        Weight.UNUSABLE,
        "Rows whose picture has no licence.",
        _unless(lambda record: bool(record.licence)),
        tells=lambda record: record.licence is not None,
    ),
    RowCheck(
        "several_turns",
        Weight.REPORTED,
        "Conversations of several turns: later questions may lean on earlier answers.",
        _several_turns,
    ),
    RowCheck(
        "no_image",
        Weight.UNUSABLE,
        "Rows without an image.",
        _unless(lambda record: bool(record.images)),
    ),
)
