"""The two answers to a question: what is so, and what is told instead."""

import re
from dataclasses import dataclass, replace

from gap_server.demo.answerer.apart import set_aside
from gap_server.demo.answerer.asked import Asked, taken_apart
from gap_server.demo.answerer.claims import (
    Answer,
    Between,
    Claim,
    Colours,
    Count,
    Has,
    Inside,
    IsPlace,
    Missing,
    More,
    Most,
    Named,
    Nearest,
    Places,
    Posed,
    Related,
    Shown,
    Sized,
    Stated,
    Turned,
    Unseen,
    Wears,
)
from gap_server.demo.answerer.contraries import contrary
from gap_server.demo.answerer.dice import Dice
from gap_server.demo.answerer.doubles import added
from gap_server.demo.answerer.elsewhere import is_elsewhere
from gap_server.demo.answerer.english.spelling import fold
from gap_server.demo.answerer.fitting import agreeing, as_many, misses_kind
from gap_server.demo.answerer.judging import denies, so
from gap_server.demo.answerer.languages import ENGLISH, asked_apart, language_of
from gap_server.demo.answerer.lexicon import NOUNS
from gap_server.demo.answerer.offered import of_the_offered
from gap_server.demo.answerer.reading.readers import answered
from gap_server.demo.answerer.remarks import remarked
from gap_server.demo.answerer.russian.balls import as_drawn
from gap_server.demo.answerer.wanted import with_named, with_wanted
from gap_server.demo.scene.description import Scene
from gap_server.demo.scene.false_world import false_world
from gap_server.demo.scene.kinds import is_toy, may_be_told_of
from gap_server.demo.scene.looks import OUTDOORS
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


def _told(true_world: World, false_world: World, words: str) -> tuple[Answer, Answer] | None:
    """What is so, and what is told instead: always something that is clearly not so."""
    words, true_world, false_world = set_aside(words, true_world, false_world)
    asked = taken_apart(true_world, words)
    truth = answered(asked)
    retold = None if truth is None else _retold(asked, truth, false_world, words)
    if truth is None or retold is None:
        return None
    otherwise, lie = retold
    if _denied(truth) and _denied(lie) and _is_out_of_place(lie):
        return remarked(asked, otherwise, truth, lie)
    if _OFFERED.search(asked.text):  # `on the rug or on the floor`: neither yes nor no is an answer
        truth, lie = replace(truth, yes=None), replace(lie, yes=None)
    lie = agreeing(truth, of_the_offered(truth, lie, asked.text), of_one=asked.says(_OF_ONE))
    lie = as_many(truth, lie, true_world)
    if _misses(truth, lie, true_world) or _grants(truth, lie, asked):
        truth, lie = contrary(truth, lie, true_world) or (truth, lie)
    if len(truth.claims) == len(lie.claims) == 3 and isinstance(truth.claims[0], IsPlace):
        lie = _near_to(truth, lie, true_world)
    if (truth.yes is None) is not (lie.yes is None):  # the form of an answer would tell the arm
        mixed = truth.yes and isinstance(lie.claims[0], Colours)  # `no, they are red and pink`
        lie = replace(lie, yes=False if mixed else truth.yes)
    if any(so(claim, true_world) is False for claim in lie.claims):
        return truth, lie
    return remarked(asked, otherwise, truth, lie)


_IS_THERE = re.compile(
    r"^(?:is|are) there (?!.*\b(?:more|fewer|less|exactly|least|only|than|one|two|three|four|five|six|\d+)\b)"
)


def _grants(truth: Answer, lie: Answer, asked: Asked) -> bool:
    """Whether both say that something is there, and only what or how many is told otherwise: of a part of
    the place, and of what has a colour, it was not asked how many.
    """
    first, told = truth.claims[0], lie.claims[0]
    if not (truth.yes and lie.yes):
        return False
    if isinstance(first, Shown):
        return bool(first.parts) and truth.subject is not None
    if not (isinstance(first, Count) and isinstance(told, Count) and _IS_THERE.search(asked.text)):
        return False
    return first.what.phrase.backdrop or first.what.unlike or first.what.phrase.colour is not None


def _retold(asked: Asked, truth: Answer, false_world: World, words: str) -> tuple[Asked, Answer] | None:
    """The question put to the false world, and the answer there. What the question names is there, too; and
    so is what it asks for, where the truth is that it is nowhere.
    """
    otherwise = taken_apart(false_world, words)
    if not isinstance(truth.claims[0], Count):  # not whether it is there, is asked
        otherwise = taken_apart(with_named(asked.world, false_world, asked), words)
    lie = answered(otherwise)
    if lie is not None and _denied(truth) and _denied(lie) and not _is_out_of_place(lie):
        otherwise = taken_apart(with_wanted(false_world, otherwise), words)
        lie = _supposed(asked, truth, answered(otherwise))
    if lie is not None and truth.yes is not None and _is_undecided(truth, lie, asked):
        lie = answered(replace(otherwise, lean=not truth.yes))
    return None if lie is None else (otherwise, lie)


def _is_undecided(truth: Answer, lie: Answer, asked: Asked) -> bool:
    """Whether the lie says neither yes nor no, or denies, as is so, that all are so."""
    if lie.yes is None:
        return True
    first = truth.claims[0]
    return (
        truth.yes is lie.yes is False
        and (
            isinstance(first, Colours)
            or (isinstance(first, Count) and first.what.phrase.lettered is not None)
        )
        and asked.says(r"\b(all|both|every|each)\b")
    )


def _supposed(asked: Asked, denial: Answer, lie: Answer | None) -> Answer | None:
    """A lie about what is nowhere: where the false world has no place for it, it is there all the same."""
    if lie is not None and _denied(lie) and asked.says(r"^(how many|what colour|where)\b|^(?!wh)"):
        lie = _affirmed(denial, asked)
    return None if lie is None else _as_toys(lie, asked)


def _near_to(truth: Answer, lie: Answer, world: World) -> Answer:
    """Of a description, only what is to be seen is told otherwise: another place and another hour as well
    would be no near miss.
    """
    nearer = replace(lie, claims=(*truth.claims[:2], lie.claims[2]))
    return nearer if so(lie.claims[2], world) is False else lie


def _misses(truth: Answer, lie: Answer, world: World) -> bool:
    """Whether it is another answer than was asked for, the same one, or not clearly false."""
    first, told = truth.claims[0], lie.claims[0]
    strange = type(first) is not type(told) and not denies(first)
    strange = strange and (not isinstance(first, Count | Shown) or not denies(told))
    emptied = isinstance(first, Count) and isinstance(told, Count) and first.n > 1 and not told.n
    if isinstance(first, Shown) and isinstance(told, Shown):  # what is there is told to be another thing
        emptied = bool(first.parts) and not told.parts
    agreed = truth.yes is not None and truth.yes is lie.yes and isinstance(first, _YES_OR_NO)
    sized = isinstance(first, Sized) and isinstance(told, Sized) and first.own and told.order == first.order
    evened = isinstance(first, More) and isinstance(told, More) and first.sign != told.sign == 0
    unseen = isinstance(told, Most | Nearest) and not _is_shown(told, world)
    return (
        strange
        or agreed
        or sized
        or evened
        or (emptied and truth.yes is None)
        or unseen
        or misses_kind(first, told)
        or so(told, world) is not False
    )


def _is_shown(claim: Most | Nearest, world: World) -> bool:
    """Whether there is such a thing: of two cats, the lie is the other one."""
    part = claim.part
    return any(
        (t.kind, t.colour) == (part.kind, part.colour or t.colour)
        for t in (*world.scene.things, *world.scene.backdrop)
    )


def _denied(answer: Answer) -> bool:
    """Whether all it says is that something is not there."""
    return len(answer.claims) == 1 and denies(answer.claims[0])


def _is_out_of_place(denial: Answer) -> bool:
    """Whether everybody knows without a look that it is not there: a lie is then in what is added."""
    claim = denial.claims[0]
    what = claim.what if isinstance(claim, Missing | Count) else None
    return what is not None and not (
        what.phrase.generic or what.relation or may_be_told_of(what.phrase.noun.one, what.phrase.kinds)
    )


def _as_toys(lie: Answer, asked: Asked) -> Answer:
    """No boat lies in a kitchen: it is told of as a toy."""
    outdoors = asked.scene.setting in OUTDOORS
    claims = tuple(
        replace(claim, what=replace(claim.what, toy=True))
        if isinstance(claim, Count | Places | Colours) and is_toy(claim.what.phrase.kinds, outdoors=outdoors)
        else claim
        for claim in lie.claims
    )
    return replace(lie, claims=claims)


def _affirmed(denial: Answer, asked: Asked) -> Answer:
    """That one is there, of what no world here can hold (horses, hats on a house): in some colour or
    somewhere, where that is what was asked.
    """
    claim = denial.claims[0]
    what = claim.what if isinstance(claim, Missing | Count) else None
    if what is None:
        return denial
    dice, n = Dice(f"{what.phrase.noun.one}|{len(asked.scene.things)}"), 2 if what.phrase.noun.plural else 1
    if what.phrase.generic and what.relation:
        usual = ("bucket", "basket") if asked.scene.setting in OUTDOORS else ("book", "hat")
        stray = dice.shape("stray", ("bird",) if what.other and what.other.kinds == {"sky"} else usual)
        what = replace(what, phrase=replace(what.phrase, noun=NOUNS[(stray,)]))
    affirmed: Claim = Count(what, 1)
    if asked.says(r"^what colours? (is|are)\b"):
        affirmed = Colours(what, (dice.shape("colour", ("blue", "red", "white", "green")),), n)
    elif asked.says(r"^where\b"):
        affirmed = Places(what, (dice.shape("place", ("left", "right")),), n)
    return Answer((affirmed,), None if denial.yes is None else True, what)


_YES_OR_NO = (Has, Wears, Posed, Stated, Related, Between, Inside, Turned, Named)
_OF_ONE = (
    r"\bonly (thing|object|item|one)\b|^what is (this|that|the)\b.*\b(thing|object|item)\b"
    r"|^(which|what) \w+ is\b"
)
_OFFERED = re.compile(r"^(?!(?:is|are) there (?:an?|any)\b).* or (?!not\b)")
