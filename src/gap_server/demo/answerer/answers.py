"""The two answers to a question: what is so, and what is told instead."""

import re
from dataclasses import dataclass, replace

from gap_server.demo.answerer.apart import set_aside
from gap_server.demo.answerer.asked import Asked, taken_apart
from gap_server.demo.answerer.claims import Answer, Unseen
from gap_server.demo.answerer.dice import Dice
from gap_server.demo.answerer.doubles import added
from gap_server.demo.answerer.elsewhere import is_elsewhere
from gap_server.demo.answerer.english.spelling import fold
from gap_server.demo.answerer.judging import so
from gap_server.demo.answerer.languages import ENGLISH, asked_apart, language_of
from gap_server.demo.answerer.lying import (
    Case,
    contrary,
    fitted_to_truth,
    in_form_of_truth,
    is_told_of_each,
    keeps_what_is_named,
    misses_the_question,
)
from gap_server.demo.answerer.lying.nowhere import is_denial, is_out_of_place, supposed
from gap_server.demo.answerer.reading.readers import answered
from gap_server.demo.answerer.remarks import remarked
from gap_server.demo.answerer.russian.balls import as_drawn
from gap_server.demo.answerer.wanted import with_named, with_wanted
from gap_server.demo.scene.description import Scene
from gap_server.demo.scene.false_world import false_world
from gap_server.demo.scene.worlds import World, true_world

NOT_ABOUT_THE_PICTURE = "NOT_ABOUT_THE_PICTURE"


@dataclass(frozen=True, slots=True)
class Pair:
    """What is so, and what is not: the same kind of sentence twice. `fact` names what was asked, however it
    was worded.
    """

    truth: str
    lie: str
    fact: str


SLIPPED = "slipped"
"""Who is honestly mistaken: the same for everybody."""


def liar(talk: str) -> str:
    """Who lies in one round: each has a false world of its own."""
    return f"told|{talk}"


def answers_to(scene: Scene, question: str, picture: str, role: str) -> Pair | None:
    """What is so and what is not, or None where the question is not about the picture.

    `picture` names the picture, `role` whoever would be wrong: each has one false world a picture. Of what is
    asked in one breath, two things are answered.
    """
    if is_elsewhere(question):
        return None
    answers = claimed(scene, question, f"{picture}|{role}")
    if not answers:
        return None
    language, voice = language_of(question), Dice(f"{picture}|{fold(question)}")
    truth, lie = (
        " ".join(language.say(answer[arm], voice) for answer in answers if answer[arm].claims)
        for arm in (0, 1)
    )
    fact = " ".join(ENGLISH.say(true, Dice("")) for true, _ in answers if true.claims)
    return Pair(truth, lie, fact)


def claimed(scene: Scene, question: str, key: str) -> list[tuple[Answer, Answer]]:
    """What is claimed truly and falsely of each thing asked; empty where nothing is understood."""
    true, false = true_world(scene), false_world(scene, key)
    question = as_drawn(question, scene)
    told = [_told(true, false, words) for words in asked_apart(language_of(question), question)]
    answers = [(truth, _as_sure(lie, truth)) for truth, lie in filter(None, dict.fromkeys(told))]
    seconds = (added(answer, answers[0]) for answer in answers[1:])
    return [*answers[:1], *(answer for answer in seconds if answer is not None)]


def _as_sure(lie: Answer, truth: Answer) -> Answer:
    """A lie which says that no picture tells it only where the truth says so, too: how sure an answer is must
    not tell the arm."""
    if any(isinstance(claim, Unseen) for claim in truth.claims):
        return lie
    said = tuple(claim for claim in lie.claims if not isinstance(claim, Unseen))
    return replace(lie, claims=said) if said else lie


def _told(true: World, false: World, words: str) -> tuple[Answer, Answer] | None:
    """What is so, and what is told instead: always something that is clearly not so."""
    words, true, false = set_aside(words, true, false)
    asked = taken_apart(true, words)
    truth = answered(asked)
    retold = None if truth is None else _retold(asked, truth, false, words)
    if truth is None or retold is None:
        return None
    otherwise, lie = retold
    if is_denial(truth) and is_denial(lie) and is_out_of_place(lie):
        return remarked(asked, otherwise, truth, lie)
    if _OFFERED.search(asked.text):  # `on the rug or on the floor`: neither yes nor no is an answer
        truth, lie = replace(truth, yes=None), replace(lie, yes=None)
    case = fitted_to_truth(Case(asked, truth, lie))
    if misses_the_question(case):
        case = contrary(case)
    case = in_form_of_truth(case)
    if any(so(claim, true) is False for claim in case.lie.claims):
        return case.truth, case.lie
    return remarked(asked, otherwise, case.truth, case.lie)


_OFFERED = re.compile(r"^(?!(?:is|are) there (?:an?|any)\b).* or (?!not\b)")


def _retold(asked: Asked, truth: Answer, false: World, words: str) -> tuple[Asked, Answer] | None:
    """The question put to the false world, and the answer there. What the question names is there, too; and
    so is what it asks for, where the truth is that it is nowhere.
    """
    otherwise = taken_apart(false, words)
    if keeps_what_is_named(truth.claims[0]):
        otherwise = taken_apart(with_named(asked.world, false, asked), words)
    lie = answered(otherwise)
    if lie is not None and is_denial(truth) and is_denial(lie) and not is_out_of_place(lie):
        otherwise = taken_apart(with_wanted(false, otherwise), words)
        lie = supposed(asked, truth, answered(otherwise))
    if lie is not None and truth.yes is not None and _is_undecided(truth, lie, asked):
        lie = answered(replace(otherwise, lean=not truth.yes))
    return None if lie is None else (otherwise, lie)


def _is_undecided(truth: Answer, lie: Answer, asked: Asked) -> bool:
    """Whether the lie says neither yes nor no, or denies, as is so, that all are so."""
    if lie.yes is None:
        return True
    denied = truth.yes is lie.yes is False and is_told_of_each(truth.claims[0])
    return denied and asked.says(r"\b(all|both|every|each)\b")
