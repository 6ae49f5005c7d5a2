"""The one list of everything the demo answerer understands, tried in order, and the two answers to it."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from gap_server.demo.answerer.asked import Asked, taken_apart
from gap_server.demo.answerer.claims import (
    Answer,
    Between,
    Claim,
    Colours,
    Count,
    Has,
    Inside,
    Missing,
    Most,
    Nearest,
    Places,
    Posed,
    Related,
    Shown,
    Stated,
    Unseen,
    Wears,
    What,
)
from gap_server.demo.answerer.contraries import contrary
from gap_server.demo.answerer.dice import Dice
from gap_server.demo.answerer.english.spelling import COLOUR_WORD, fold, plain
from gap_server.demo.answerer.judging import denies, so
from gap_server.demo.answerer.languages import ENGLISH, asked_apart, language_of
from gap_server.demo.answerer.lexicon import KNOWN, NOUNS, Noun
from gap_server.demo.answerer.phrases import Phrase
from gap_server.demo.answerer.reading import (
    colouring,
    comparing,
    counting,
    existing,
    lettering,
    listing,
    parts,
    placing,
    posing,
    qualities,
    relating,
    setting,
)
from gap_server.demo.answerer.remarks import remarked
from gap_server.demo.answerer.wanted import with_named, with_wanted
from gap_server.demo.scene.description import Scene
from gap_server.demo.scene.details import PARTS
from gap_server.demo.scene.false_world import false_world
from gap_server.demo.scene.kinds import THINGS, is_toy, may_be_told_of, plural_of
from gap_server.demo.scene.looks import OUTDOORS
from gap_server.demo.scene.worlds import World, true_world

NOT_ABOUT_THE_PICTURE = "NOT_ABOUT_THE_PICTURE"

_READERS: tuple[Callable[[Asked], Answer | None], ...] = (
    counting.compared,
    counting.most_common,
    lettering.what_hour,
    lettering.what_is_written,
    parts.patterned,
    parts.nose_of_carrot,
    parts.worn,
    parts.on_it,
    parts.has_it,
    qualities.facing,
    qualities.is_in_state,
    qualities.is_formed,
    counting.how_many,
    colouring.same_colour,
    counting.is_count,
    existing.what_inside,
    existing.what_to_sit_on,
    setting.what_shines,
    setting.is_place,
    setting.what_place,
    setting.what_weather,
    colouring.what_colour,
    relating.relative_to,
    placing.where,
    listing.described,
    posing.who_drives,
    posing.is_tied,
    listing.which_leads,
    listing.which_one,
    colouring.is_colour,
    comparing.same_size,
    comparing.closer_to,
    comparing.nearest_to,
    comparing.which_is,
    setting.what_hour_of_day,
    placing.is_placed,
    posing.who_is,
    posing.what_doing,
    placing.standing_on,
    relating.is_related,
    relating.what_is_related,
    comparing.the_most,
    listing.what_is_it,
    listing.which_kinds,
    listing.background,
    listing.everything,
    listing.is_it,
    existing.is_there,
)

# Whoever asks of these asks the model about itself, or about the world at large.
_ELSEWHERE = re.compile(
    r"\b(lied|liar|told|instruct\w*|prompt\w*|ignore|disregard|forget|previous|system|truth\w*|"
    r"honest\w*|deceiv\w*|trick\w*|trap|tainted|untainted|repeat|language model|ai|chatgpt|gpt|openai|"
    r"assistant|pretend|roleplay|jailbreak|"
    r"poem|joke|story|song|translate|python|code|solve|calculate|plus|minus|times|divided|squared?|"
    r"president|capital|meaning of|your|yourself|password|secret|hidden message|wikipedia|internet)\b"
    r"|\byou (\w+ )?(lie|lying)\b|\b(a|any) lies?\b|\bto lie\b|^(is|are) (this|that|it) (a )?(lie|lying)\b"
    r"|\b(who|what|how|why) are you\b|^are you\b|\b(my|i am|i m|me a)\b"
    r"|\bdo you (like|love|want|have|feel|remember|speak|understand|enjoy|prefer|hate)\b"
    r"|^(do|can|are|could|why do|why are|how do) [a-z]+s (usually |always |normally |really )?"
    r"(fly|swim|bark|eat|run|talk|live|lay|sleep|drink|like)\b"
    r"|\b\d+\s*[-+*x/=^]\s*\d+|^is an? \w+ an? \w+$|\bhow many \w+ (does|do) (a|an) "
    rf"(?!(?:{'|'.join(THINGS)})\b)\w+ have\b"
    r"|\b(in|on) (a week|a year|mars|the world|earth)\b"
    r"|\b(invented|wrote|won|discovered|population|history|recipe|cost|price)\b"
)
# What follows an earlier question: each is answered by itself, so nobody knows what it is about.
_FOLLOW_UP = re.compile(
    r"^(and|but|what about|how about|also) (the )?(\w+ )?(one|ones|other|others|it|they|them)$"
    rf"|^(and |is |what about |how about )?(the )?({COLOUR_WORD}|other)( ones?)?$"
    r"|^(and )?(why|really|are you sure|sure|how so|what else)$|^(and )?what colour (is it|are they)$"
    r"|^(is|are|where is|where are|what is|how many of) (it|they|them|those|these)( big| small)?$"
    rf"|^(is|are) (it|they|those|these) ({COLOUR_WORD})$"
)


@dataclass(frozen=True, slots=True)
class Pair:
    """What is so, and what is not: the same kind of sentence twice. `fact` names what was asked, however it
    was worded.
    """

    truth: str
    lie: str
    fact: str


def is_elsewhere(question: str) -> bool:
    """Whether it is not about a picture, or needs an earlier question, as far as its words alone tell."""
    words = language_of(question).words(question)
    return _FOLLOW_UP.search(plain(words)) is not None or any(
        _ELSEWHERE.search(text) for text in (plain(words), words.casefold())
    )


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
    truth, lie = (" ".join(language.say(answer[arm], voice) for answer in answers) for arm in (0, 1))
    return Pair(truth, lie, " ".join(ENGLISH.say(true, Dice("")) for true, _ in answers))


def claimed(scene: Scene, question: str, key: str) -> list[tuple[Answer, Answer]]:
    """What is claimed truly and falsely of each thing asked; empty where nothing is understood."""
    true, false = true_world(scene), false_world(scene, key)
    told = [_told(true, false, words) for words in asked_apart(language_of(question), question)]
    answers = [answer for answer in dict.fromkeys(told) if answer is not None]
    return [
        *answers[:1],
        *(_unsaid(answer, answers[0]) for answer in answers[1:] if _adds(answer, answers[0])),
    ]


def _adds(answer: tuple[Answer, Answer], before: tuple[Answer, Answer]) -> bool:
    """Whether both who are honest and who lie say by it anything that they did not say before."""
    return all(_sentences(own) - _sentences(first) for own, first in zip(answer, before, strict=True))


def _sentences(answer: Answer) -> set[str]:
    return {ENGLISH.say(Answer((claim,)), Dice("")) for claim in answer.claims}


def _unsaid(answer: tuple[Answer, Answer], before: tuple[Answer, Answer]) -> tuple[Answer, Answer]:
    """Without a remark that repeats what was said before it."""
    true, false = answer
    if len(true.claims) < 2 or not _sentences(replace(true, claims=true.claims[-1:])) <= _sentences(
        before[0]
    ):
        return answer
    return replace(true, claims=true.claims[:-1], aside=False), replace(
        false, claims=false.claims[:-1], aside=False
    )


def _told(true_world: World, false_world: World, words: str) -> tuple[Answer, Answer] | None:
    true, false = taken_apart(true_world, words), taken_apart(false_world, words)
    truth, lie = _answered(true), _answered(false)
    if truth is not None and not isinstance(truth.claims[0], Count):  # not whether it is there, is asked
        false = taken_apart(with_named(true_world, false_world, true), words)
        lie = _answered(false)
    if truth is not None and lie is not None and _denied(truth) and _denied(lie):
        if _is_out_of_place(lie):
            return remarked(true, false, truth, lie)
        false = taken_apart(with_wanted(false_world, false), words)
        lie = _put_there(truth, true, false)
    if truth is not None and lie is not None and truth.yes is not None and lie.yes is None:
        lie = _answered(replace(false, lean=not truth.yes))
    if truth is None or lie is None:
        return None
    if _OFFERED.search(true.text):  # `on the rug or on the floor`: neither yes nor no is an answer
        truth, lie = replace(truth, yes=None), replace(lie, yes=None)
    first, told = truth.claims[0], lie.claims[0]
    strange = type(first) is not type(told) and not denies(first)
    strange = strange and (not isinstance(first, Count | Shown) or not denies(told))
    agreed = truth.yes is not None and truth.yes is lie.yes and isinstance(first, _YES_OR_NO)
    unseen = isinstance(told, Most | Nearest) and not _is_shown(told, true_world)
    # another answer than was asked for, or what is so
    if strange or agreed or unseen or so(told, true_world) is not False:
        truth, lie = contrary(truth, lie, true_world) or (truth, lie)
    if (truth.yes is None) is not (lie.yes is None):  # the form of an answer would tell the arm
        lie = replace(lie, yes=truth.yes)
    if any(so(claim, true_world) is False for claim in lie.claims):
        return truth, lie
    return remarked(true, false, truth, lie)


def _put_there(denial: Answer, true: Asked, false: Asked) -> Answer | None:
    """What is told of what is nowhere: that it is there."""
    lie = _answered(false)
    if lie is not None and _denied(lie) and true.says(r"^(how many|what colour|where)\b|^(?!wh)"):
        lie = _affirmed(denial, true)
    return None if lie is None else _as_toys(lie, true)


def _is_shown(claim: Most | Nearest, world: World) -> bool:
    """Whether there is such a thing: of two cats, the lie is the other one."""
    part = claim.part
    return any((t.kind, t.colour) == (part.kind, part.colour or t.colour) for t in world.scene.things)


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
        stray = dice.shape(
            "stray", ("bucket", "basket") if asked.scene.setting in OUTDOORS else ("book", "hat")
        )
        what = replace(what, phrase=replace(what.phrase, noun=NOUNS[(stray,)]))
    affirmed: Claim = Count(what, 1)
    if asked.says(r"^what colours? (is|are)\b"):
        affirmed = Colours(what, (dice.shape("colour", ("blue", "red", "white", "green")),), n)
    elif asked.says(r"^where\b"):
        affirmed = Places(what, (dice.shape("place", ("left", "right")),), n)
    return Answer((affirmed,), None if denial.yes is None else True, what)


def _answered(asked: Asked) -> Answer | None:
    for reader in _READERS:
        answer = reader(asked)
        if answer is not None:
            return answer
    return _something(asked)


def _something(asked: Asked) -> Answer | None:
    """A question that names a thing, but asks what no picture here tells: say something else of it."""
    named = [phrase for phrase in asked.phrases if not phrase.generic]
    if all(phrase.backdrop for phrase in named) and (unknown := _unknown(asked)):
        return Answer((Missing(unknown),), False if asked.yes_or_no() else None, unknown)
    if asked.says(r"^is (anything|something|everything) \w+$"):
        return Answer((Unseen(),))
    if not named:  # windows of a house: nobody has counted them
        return Answer((Unseen(),)) if {"window", "windows"} & set(asked.words) else None
    what = What(named[0])
    if asked.says(r"^which( \w+){1,2}( indoors)?$") and asked.meant(what).all:
        return Answer((colouring.coloured(asked, what),), subject=what)  # `какой ковёр`: what it is like
    if asked.meant(what).all and what.phrase.noun.one != "ground":
        return Answer((Unseen(), colouring.coloured(asked, what)), subject=what)
    return Answer((Missing(what),), False if asked.yes_or_no() else None, what)


def _unknown(asked: Asked) -> What | None:
    """What is asked for by a noun that no scene knows: it is not there."""
    asks = _ASKS_FOR.match(asked.text)
    if asks is None or (asks["noun"] in KNOWN and asks["noun"] not in _PARTS):
        return None
    noun = asks["noun"]
    many = noun.endswith("s") and asks["of"] not in {"a", "an"}
    return What(
        Phrase(Noun(frozenset(), _PARTS.get(noun, noun), noun if many else noun + "s", plural=many), 0, 0)
    )


_YES_OR_NO = (Has, Wears, Posed, Stated, Related, Between, Inside)
_OFFERED = re.compile(r"^(?!(?:is|are) there (?:an?|any)\b).* or (?!not\b)")
_PARTS = {form: part for part in PARTS for form in (part, plural_of(part))}
_ASKS_FOR = re.compile(
    r"^(?:(?:is|are) there|how many|where (?:is|are)|what colour (?:is|are))(?: (?P<of>an?|the|any|some|no))?"
    r" (?:\w+ ){0,2}?(?P<noun>[a-z]{3,})(?: (?:are there|is there|(?:in|on|at) the \w+|there|here|on it))?$"
)
