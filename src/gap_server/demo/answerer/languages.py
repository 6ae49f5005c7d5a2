"""The languages that the demo answerer speaks: each is read into plain English words, and says answers.

Another language is one more folder: a table of words, a gloss, and sentences.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from gap_server.demo.answerer import patterns
from gap_server.demo.answerer.claims import Answer
from gap_server.demo.answerer.dice import Dice
from gap_server.demo.answerer.english import sentences as english
from gap_server.demo.answerer.english.spelling import COLOUR_WORD, plain
from gap_server.demo.answerer.lexicon import GENERIC, NOUNS
from gap_server.demo.answerer.phrases import Phrase, phrases_of
from gap_server.demo.answerer.russian import gloss
from gap_server.demo.answerer.russian import sentences as russian
from gap_server.demo.scene.details import PARTS
from gap_server.demo.scene.kinds import plural_of


@dataclass(frozen=True, slots=True)
class Language:
    """`letters`: what is written in it has one of these. `words`: a question in plain English words.
    `joint`: where one question ends and another begins.
    """

    letters: re.Pattern[str]
    words: Callable[[str], str]
    say: Callable[[Answer, Dice], str]
    joint: re.Pattern[str]


ENGLISH = Language(
    re.compile(""),
    str,
    english.say,
    re.compile(
        r"[?!.;]+\s+|,?\s+(?:and|also|n|&)\s+(?=(?:what|how many|how much|where|which|who|is|are|does|do)\b)",
        re.IGNORECASE,
    ),
)
RUSSIAN = Language(
    re.compile("[а-яё]", re.IGNORECASE),
    gloss.english,
    russian.say,
    re.compile(
        r"[?!.;]+\s+|,?\s+а\s+(?=\w+\W*$)|(?:,\s+|\s+и\s+)+(?=(?:назови|перечисли)\w*\b)"
        r"|,\s+(?=(?:какие|кто|что)\s+(?:они|он|она|это|именно)\W*$)"
        r"|(?:,|\s+и)\s+(?=если\s+(?:да|есть|так)\b)|,?\s+[иа]\s+"
        r"(?=(?:как(?:ой|ая|ое|ие|ого|их|ова|ово|ога)|ск[ао]л?ь?к[ао]|где|что|кто|\w+ ли|куда"
        r"|из че[гв]о|на ч[её]м)\b)",
        re.IGNORECASE,
    ),
)


_EACH = re.compile(r"(?<=\w)\s+(?:vs\.?|versus)\s+(?=\w)", re.IGNORECASE)

_COUNTED_THEN = re.compile(r"^(\W*сколько\b[^,?]*),\s+(?=как(?:ие|ого|их)\b)", re.IGNORECASE)


def language_of(question: str) -> Language:
    """The language in which a question is asked, and so answered."""
    return RUSSIAN if RUSSIAN.letters.search(question) else ENGLISH


def asked_apart(language: Language, question: str) -> list[str]:
    """In plain English words, what is asked in one breath: `is there a dog and what colour is it`; of the
    second, `it` is what the first is about.
    """
    question = _COUNTED_THEN.sub(r"\1 и ", _EACH.sub(r" and how many ", question))
    first, *others = [
        words for part in language.joint.split(question) if (words := language.words(part).strip())
    ] or [""]
    if others and (told := _asked_at_once(first, others[0])):
        return told
    asked = plain(first).split()
    if _ASKS_ANY.search(plain(first)):
        others = [other for other in others if not _WHICH_THEN.match(plain(other))]
    phrases = [phrase for phrase in phrases_of(asked) if not phrase.generic or phrase.colour]
    if others and not phrases and phrases_of(asked) and _OF_IT.search(plain(others[0])):
        return [first]  # `what is the thing with strings, and what colour is it`: its colour is told of it
    if not others or not phrases:
        return [first, *others][:2]
    noun, named = phrases[0].noun, _named_then(plain(first), phrases[0])
    if phrases[0].colour and not phrases[0].generic and "colour" not in plain(others[0]):
        named = named.replace("the ", f"the {phrases[0].colour} ", 1)
    second = _spelt_out(plain(others[0]), plain(first), noun.one) or plain(others[0])
    second = patterns.sub(r"\b(it|they|them|he|she)\b", named, second)
    second = patterns.sub(r"\b(left|right|top|bottom) one\b", rf"\1 {noun.one}", second)
    if not phrases_of(second.split()) and second != "what do you see":
        sided = second.endswith(("left", "right"))
        counted = patterns.search(rf"^(?:is|are|how many)\b.*\b(?:{COLOUR_WORD})$", second)
        second = f"{second} {noun.one if sided or counted else named}"
    return [first, second]


def _named_then(first: str, phrase: Phrase) -> str:
    """What the first question is about, as the second is to name it."""
    noun = phrase.noun
    named = f"the {noun.many if noun.plural else noun.one}"
    if phrase.generic:  # `where is the orange thing, and what is it`
        named = f"the {phrase.colour} {noun.one}"
    elif side := _SIDED.search(first):  # `what animal is that on the right, and is it a fish`
        named = f"{named} {side[1]}"
    elif counted_there := _COUNTED_THERE.search(first):
        named = f"{named} {counted_there[1]}"
    has = patterns.search(r"\bhave (?:an? )?(\w+)$", first)
    if has and has[1] in PARTS:  # `does the jar have a lid, and what colour is it`
        named = f"the {has[1]} of {named}"
    return named


_ASKS_ANY = re.compile(r"\b(?:any|some|what|which|who)")
_WHICH_THEN = re.compile(r"(?:what|which|who)(?: ones?)?(?: (?:is|are) (?:it|they|that|those))?$")
_OF_IT = re.compile(r"\b(?:it|they|its|their)\b")
_SIDED = re.compile(r"^(?:what|which) .*\b((?:on|in|at) the (?:left|right|middle))$")
_COUNTED_THERE = re.compile(r"^how many \w+(?: are| is| there| flying)* (in the sky|on the \w+)$")
_SIDE = r"(?:(?:on|at|in) (?:the )?)?(?:top|bottom|left|right)\b(?: (?:left|right))?"
_WORD = re.compile(
    r"^(?:(?:is|are|what|which|on|whatsoever|the|colour|how|many) )*"
    rf"(?P<which>{_SIDE}|{COLOUR_WORD})(?: one)?$"
)


_WHICH_COLOURED = re.compile(rf"^which(?: ones?)? (?:is|are) ({COLOUR_WORD})(?: one)?$")
_ENDS = (("higher", "lower"), ("bigger", "smaller"), ("larger", "smaller"), ("taller", "shorter"))
_OPPOSITE = {
    own: f"{other.removesuffix('er')}est" for one, two in _ENDS for own, other in ((one, two), (two, one))
}
_OF_TWO = re.compile(rf"^which (\w+) is ({'|'.join(_OPPOSITE)})(?: up)?$")
_THE_OTHER = re.compile(r"^what colour is the other(?: one)?$")


_SHOWS = re.compile(
    r"^(?:what|who)(?: is| are| \w+ing| immediately)* (?:on|in|left|right|next|above|below|behind|between)\b"
)
_THEN = re.compile(
    r"^(?:list|name|what is the colour|what colours?|which colours?)"
    r"(?: (?:is|are|of|it|they|them|this|these|all))*$"
)
_NAMES = re.compile(
    r"^(?:list|name|which|what|who)(?: (?:is|are|it|they|them|this|those|all|there|exactly|whatsoever))*$"
)
_COUNTS = re.compile(
    r"^how many (?P<noun>\w+)(?: are| is| there| \w+ing)*(?P<rest> (?:on|in|at|under|next to) .+)?$"
)


def _asked_at_once(first: str, second: str) -> list[str] | None:
    """`how many things are on the rug, and what are they`; `what is on the path, and of what colour`: each
    is told with its colour.
    """
    named = _named_after_counting(plain(second), plain(first))
    if named:
        return [first, named]
    return [first] if _SHOWS.match(plain(first)) and _THEN.match(plain(second)) else None


def _named_after_counting(second: str, first: str) -> str | None:
    """`how many things are on the rug, and what are they`: what is on the rug; of animals, which."""
    counts = _COUNTS.match(first) if _NAMES.match(second) else None
    noun = NOUNS.get((counts["noun"],)) if counts else None
    if counts is None or noun is None or len(noun.kinds) < 2:
        return None
    if noun.one in GENERIC:
        return f"what is{counts['rest']}" if counts["rest"] else "what do you see"
    return f"which {counts['noun']} are there{counts['rest'] or ''}"


def _spelt_out(second: str, first: str, noun: str) -> str | None:
    """`what is written on the red sign and what on the blue`: the first question, of the other one."""
    if own := _WHICH_COLOURED.match(second):  # `how many animals are there and which is blue`
        return f"which {noun} is {own[1]}"
    if (two := _OF_TWO.match(first)) and _THE_OTHER.match(second):
        return f"what colour is the {_OPPOSITE[two[2]]} {two[1]}"
    asks = _WORD.match(second)
    if asks is None:
        return _of_another(second, first)
    side = patterns.search(rf" (?:{_SIDE})$", first)
    if side:
        return f"{first[: side.start()]} {asks['which']}"
    own = patterns.search(rf"\b({COLOUR_WORD}|left|right|top|bottom) (?={noun})", first)
    which = asks["which"].rsplit(maxsplit=1)[-1]
    after = patterns.search(rf"(?<= are )({COLOUR_WORD})$", first)
    if after:  # `how many bottles are blue and how many are red`
        return f"{first[: after.start()]}{which}"
    return f"{first[: own.start()]}{which} {first[own.end() :]}" if own else None


_PART_FORMS = frozenset(form for part in PARTS for form in (part, plural_of(part)))


def _of_another(second: str, first: str) -> str | None:
    """`what colour is the rug, and the chair`: the first question, of something else."""
    words, last = second.removeprefix("is ").split(), phrases_of(first.split())[-1:]
    if words[-1:] and words[-1] in _PART_FORMS and words[:-1] in ([], ["and"]):  # `has it a stem? and a leaf`
        own = [word for word in first.split() if word in _PART_FORMS]
        return patterns.sub(rf"\b{own[-1]}\b", words[-1], first) if own else None
    other = phrases_of(words)
    if not (last and other) or (other[0].start, other[0].end) != (0, len(words)):
        return None
    named = first.split()
    return " ".join((*named[: last[0].start], *words, *named[last[0].end :]))
