"""A Russian question word by word in plain English, in the order in which English asks: for the one parser of
questions, never to be read.
"""

import unicodedata
from functools import lru_cache

from gap_server.demo.answerer import patterns
from gap_server.demo.answerer.english.spelling import one_apart
from gap_server.demo.answerer.russian.forms import CASES, agreeing
from gap_server.demo.answerer.russian.glossary import WORDS
from gap_server.demo.answerer.russian.ordering import PASSED_OVER, UNHEARD, asked
from gap_server.demo.answerer.russian.other_words import is_other
from gap_server.demo.answerer.russian.phrasebook import OF, PHRASES
from gap_server.demo.answerer.russian.qualities import ADJECTIVES, COLOUR_SYNONYMS, COLOURS
from gap_server.demo.answerer.russian.words import HEARD
from gap_server.demo.scene.details import PARTS
from gap_server.demo.scene.kinds import GROUPS, KINDS, plural_of
from gap_server.demo.scene.looks import READ_WORDS
from gap_server.demo.scene.sides import BODY

_OF_ONE = frozenset({"of", "to", "from", "than", "above", "below", OF})  # after these, `дома` is one house
_LETTERED = frozenset({"sign", "book", "mug", "cup", "bus", "truck"})


def plain(question: str) -> str:
    """Lower case, е for ё, no punctuation."""
    text = unicodedata.normalize("NFKC", question).casefold().replace("ё", "е")
    words = patterns.findall(r"[a-zа-я0-9]+", text)
    return " ".join(_HOW_MANY if _is_how_many(word) else word for word in words)


_HOW_MANY = "сколько"


def _is_how_many(word: str) -> bool:
    """`сколко`, `скока`: the word that asks for a number, with a letter missed, mistaken or swapped."""
    return word in {"скок", "скока", "скоко"} or (word != "столько" and one_apart(word, _HOW_MANY))


def english(question: str) -> str:
    """The question in plain English words; words that are not known are left out."""
    text = _counting_more(plain(question))
    for pattern, meaning in PHRASES:
        text = " ".join(patterns.sub(pattern, meaning, text).split())
    words: list[str] = []
    for word in _of_what_kind(text).split():
        before = next((said for said in reversed(words) if said not in PASSED_OVER), "")
        if word.upper() in READ_WORDS and words and words[-1] in _LETTERED:  # `кружка ROSE`
            words.insert(-1, word)
        else:
            words += _word(word, before).split()
    return asked(_of_or_beside(" ".join(words)))


def _of_what_kind(text: str) -> str:
    """`что за машина` asks what the car is like, `что за машиной` what is behind it: the case tells."""
    words = text.removeprefix("что за ").split()[:3] if text.startswith("что за ") else []
    noun = next((word for word in words if word in _nominatives()), None)
    if noun is None:
        return text
    if _forms()[noun] == "thing":
        return text.replace("что за", "what is the", 1)
    wide = _forms()[noun] in {form for group in GROUPS for form in (group, plural_of(group))}
    return text.replace("что за", "what" if wide else "describe the", 1)


def _of_or_beside(text: str) -> str:
    """`хвост у кошки` is the cat's, `дерево у дома` stands by the house."""
    text = patterns.sub(rf"\b(sitting|standing|lying) {OF}", r"\1 next to", text)
    text = patterns.sub(rf"^which {UNHEARD} {OF}", f"which {UNHEARD} of the", text)  # `какая начинка у торта`
    named = set(text.split())
    has = named & (PARTS | {plural_of(part) for part in PARTS} | {*BODY, "wearing"})
    return text.replace(OF, "of the" if has or "who" in named else "next to")


def _counting_more(text: str) -> str:
    """`кошек больше чем собак` counts, `кошка больше собаки` measures: the case tells."""
    if patterns.match(r"как(их|ого) \w+(?: \w+)? (больше|меньше) \w+ или ", text):
        return text
    text = patterns.sub(  # `красных машин больше чем синих`
        r"^(\w+[ыи]х) (\w+(?: \w+)?) (больше|меньше)(?: чем)? (\w+[ыи]х)$", r"\1 \2 \3 чем \4 \2", text
    )
    asks = patterns.match(r"(что|кто)( \w+)? (больше|крупнее|меньше) (\w+)", text)
    if asks and asks[4] not in _genitives() | {"всего", "всех", "чем"}:
        return text.replace(asks[0], f"что {'крупнее' if asks[3] != 'меньше' else 'мельче'} {asks[4]}")
    match = patterns.search(
        r"(\w+) (больше|меньше)( чем)? (?!всего|всех|одн|двух|трех|четырех|пяти)(?=\w)", text
    )
    if match and match[1] in _genitives() | {"хлеба", "сыра"}:
        more = "more" if match[2] == "больше" else "fewer"
        return text.replace(match[0], f"{match[1]} {more} ")
    return text


def _word(word: str, before: str) -> str:
    if patterns.fullmatch(r"[a-z0-9]+", word):
        return word if word != "here" else ""
    if before in _OF_ONE and word in _genitives_of_one():
        return _genitives_of_one()[word]
    slip_of_one = "" if before not in _OF_ONE else _mended(word, of_one=True)  # `у марковки`
    return WORDS.get(word) or _forms().get(word) or slip_of_one or _mended(word) or UNHEARD


_HEARD = str.maketrans("оея", "аии")
"""Vowels that sound alike where they are not stressed."""


@lru_cache(maxsize=4096)
def _mended(word: str, *, of_one: bool = False) -> str:
    """What the one known noun or adjective means in which a letter was missed, doubled or swapped, or a vowel
    written as it is heard (`чимодан`); else nothing. Short words are too much like others, and any other
    mistaken letter makes another word.
    """
    if len(word) < 6 or is_other(word):
        return ""
    near = {
        meaning
        for form, meaning in (_genitives_of_one() if of_one else _forms()).items()
        if form[0] == word[0]
        and one_apart(word, form)
        and (
            len(form) != len(word)
            or sorted(form) == sorted(word)
            or word.translate(_HEARD) == form.translate(_HEARD)
        )
    }
    several = {meaning for meaning in near if {meaning} != near and meaning in map(_many, near - {meaning})}
    near = several or near  # `черепашк` may be one and several: most ask for several
    return near.pop() if len(near) == 1 else ""


def _many(one: str) -> str:
    return KINDS[one].plural if one in KINDS else plural_of(one)


@lru_cache(maxsize=1)
def _genitives() -> frozenset[str]:
    return frozenset(_last(word.form("gen", many=True)) for _, word in HEARD)


@lru_cache(maxsize=1)
def _nominatives() -> frozenset[str]:
    return frozenset(_last(group[0]) for _, word in HEARD for group in (word.one, word.many))


@lru_cache(maxsize=1)
def _genitives_of_one() -> dict[str, str]:
    return {_last(word.form("gen")): name for name, word in HEARD}


@lru_cache(maxsize=1)
def _forms() -> dict[str, str]:
    """Every form of every noun and colour, without ё."""
    forms: dict[str, str] = {}
    for name, word in sorted(HEARD, key=lambda heard: heard[0] in KINDS):  # what is drawn comes first
        kind = KINDS.get(name)
        many = kind.plural if kind else plural_of(name)
        for group, meaning in ((word.many, many), (word.one, name)):
            forms |= {_last(form): meaning for form in group if _last(form) not in WORDS}
            forms |= {first: " " for form in group if (first := _first(form))}
    for name, word in sorted(
        HEARD, key=lambda heard: heard[0] in KINDS
    ):  # what the genitive of one and the nominative of many share is many
        kind = KINDS.get(name)
        forms[_last(word.many[0])] = kind.plural if kind else plural_of(name)
    colours = [(word, name) for name, word in COLOURS.items()]
    for adjective, meaning in (*colours, *COLOUR_SYNONYMS.items(), *ADJECTIVES.items()):
        for gender in ("m", "f", "n", "pl"):
            forms |= {
                _last(agreeing(adjective, case, gender, living=living)): meaning
                for case in CASES
                for living in (False, True)
            }
    return forms


def _first(form: str) -> str:
    """The adjective of a noun that brings one: understood by its noun."""
    return form.replace("ё", "е").split(" ", 1)[0] if " " in form else ""


def _last(form: str) -> str:
    return form.replace("ё", "е").rsplit(" ", 1)[-1]
