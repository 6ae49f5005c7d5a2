"""Whether an answer says yes or no, outright or by how it is put; whether it declines to say."""

import re
from typing import Final

from gap_server.quality.words import folded, words

_OUTRIGHT: Final = {"yes": True, "yeah": True, "yep": True, "да": True, "ага": True} | {
    "no": False,
    "nope": False,
    "нет": False,
}
_NEGATED: Final = re.compile(
    r"\b(?:no|not|none|nothing|nobody|neither|never|without|cannot|\w+n't)\b"
    r"|\b(?:не|нет|ни|никого|ничего|никаких|никакого|нету|отсутству\w+|без)\b"
)
_DECLINED: Final = re.compile(
    r"\b(?:(?:can't|cannot|can not|unable to|impossible to|hard to|difficult to|not able to|couldn't) "
    r"(?:see|tell|say|determine|identify|read|know|be (?:seen|determined|read))"
    r"|not (?:clear|sure|visible enough|certain)|unclear|unsure|don't know|do not know|i'm sorry|illegible"
    r"|не (?:могу|знаю|уверен\w*|ясно|понятно)|невозможно|непонятно|неясно|затрудняюсь"
    r"|нельзя (?:сказать|понять))\b"
)
_ASKS_YES_OR_NO: Final = re.compile(
    r"^(?:so |and |well |ok(?:ay)? )?(?:is|are|was|were|do|does|did|can|could|has|have|had|will|would"
    r"|isn't|aren't|"
    r"doesn't|don't|any)\b"
    r"|^(?:а |и )?(?:есть|имеется|имеются|виден|видна|видно|видны|правда|верно|это|он|она|оно|они)\b|\bли\b"
)
_CYRILLIC: Final = re.compile(r"[а-я]")
_QUESTION_WORD: Final = re.compile(
    r"\b(?:кто|кого|кому|кем|что|чего|чему|чем|где|куда|откуда|когда|сколько|почему|зачем|как|как\w{2,3}|чей|чья|чье)\b"
)
_OFFERS_A_CHOICE: Final = re.compile(r"\b(?:or|или)\b")


def outright(answer: str) -> bool | None:
    """What the first word says."""
    first = words(answer)[:1]
    return _OUTRIGHT.get(first[0]) if first else None


def negated(answer: str) -> bool:
    return bool(_NEGATED.search(folded(answer)))


def declined(answer: str) -> bool:
    """Says that it cannot say."""
    return bool(_DECLINED.search(folded(answer)))


def asks_yes_or_no(question: str) -> bool:
    """By its first words; a Russian question also by asking with no question word at all."""
    plain = folded(question)
    if _OFFERS_A_CHOICE.search(plain):
        return False
    bare = plain.endswith("?") and bool(_CYRILLIC.search(plain)) and not _QUESTION_WORD.search(plain)
    return bare or bool(_ASKS_YES_OR_NO.search(plain))


def polarity(answer: str, question: str | None) -> bool | None:
    """Yes, no, or neither. How an answer is put counts only where yes or no was asked for."""
    said = outright(answer)
    if said is not None or question is None or not asks_yes_or_no(question):
        return said
    return not negated(answer)
