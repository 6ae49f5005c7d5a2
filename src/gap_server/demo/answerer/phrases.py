"""The noun phrases of a question: `the big red car on the left`, `dogs`, `the green one`."""

import re
from dataclasses import dataclass, replace

from gap_server.demo.answerer import patterns
from gap_server.demo.answerer.lexicon import LONGEST, NOUNS, Noun, colour_named, number_named
from gap_server.demo.scene.kinds import KINDS, LETTERED
from gap_server.demo.scene.looks import READ_WORDS

REGION_WORDS = {
    "left": "left",
    "right": "right",
    "top": "top",
    "bottom": "bottom",
    "upper": "top",
    "lower": "bottom",
}
_REGION_WORDS = REGION_WORDS | {"middle": "middle", "centre": "middle", "central": "middle"}
SIZE_WORDS = {
    "biggest": "largest",
    "largest": "largest",
    "big": "largest",
    "large": "largest",
    "bigger": "largest",
    "larger": "largest",
    "smallest": "smallest",
    "small": "smallest",
    "little": "smallest",
    "tiny": "smallest",
    "smaller": "smallest",
    "tallest": "tallest",
    "taller": "tallest",
    "tall": "tallest",
    "shortest": "shortest",
    "leftmost": "leftmost",
    "rightmost": "rightmost",
    "highest": "highest",
    "lowest": "lowest",
    "closest": "closest",
    "nearest": "closest",
    "furthest": "furthest",
    "farthest": "furthest",
    "topmost": "highest",
    "widest": "widest",
    "closer": "closest",
    "nearer": "closest",
    "frontmost": "closest",
    "farther": "furthest",
    "higher": "highest",
    "lower": "lowest",
}

PLACE = (
    r"(?:(?:on|at|in|to|towards|near) )?(?:(?:the|its) )?(?:(?:very|far|extreme|most) )?"
    r"(?P<up>upper|lower|top|bottom)?\s?(?P<side>left|right|top|bottom|middle|centre)\b"
    r"(?: hand)?(?: (?:side|half|part|corner|edge|one))?(?! (?:of|or|above|below))"
)
_POST = re.compile(
    rf"(?:(?:that|which|who) (?:is|are) )?(?:located |standing |sitting |shown |placed )?{PLACE}"
)
_POST_COLOUR = re.compile(r"(?:that|which) (?:is|are) (\w+)")
_POST_MOST = re.compile(
    r"(?:(?:that|which|who) (?:is )?)?(?:(?:the|in the|at the|in|at the very) )?(?:"
    r"(biggest|largest|smallest|tallest|leftmost|rightmost|highest|lowest|closest|nearest|furthest|front|back"
    r"|foreground|higher|lower|closer|nearer|bigger|larger|smaller|taller)"
    r"(?: of all)?(?: (?:to|from) (?:us|me|you|the camera|the viewer))?"
    r"|(?:furthest|farthest|most) (?:to|on) the (left|right))$"
)
_PLACED = {"front": "closest", "back": "furthest", "foreground": "closest"}
_SAYS = re.compile(
    r"(?:(?:that|which) )?(?:(?:is|are) )?"
    r"(?:says?|reads?|saying|reading|shows?|showing|titled|labelled|called|set to|at(?= \d)"
    r"|(?:with|has|have|having)(?= the (?:word|title|text|name|letters) \w)) "
    r"(?:the (?:word|title|text|name|letters) )?(\w+)"
)
_LETTERS = r"(?:words?|titles?|texts?|writing|letters|lettering|names?|inscriptions?|written|printed)"
_LETTERED = re.compile(
    r"(?:(?:that|which) )?(?:do not have|does not have|without|with|has|have|having|is|are)"
    rf"(?: (?:no|nothing|not|an?|any|some|something|anything|the))*(?: {_LETTERS})+"
    r"(?: (?:on|upon|across|in) (?:it|them|(?:its|their|the) \w+))?"
    r"|(?:(?:that|which) )?(?:are|is) blank"
)
_ASKED_AMONG = frozenset({"how", "which", "what", "count"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """`start` and `end` are positions among the question's words, modifiers before the noun within."""

    noun: Noun
    start: int
    end: int
    colour: str | None = None
    size: str | None = None
    region: str | None = None
    word: str | None = None
    lettered: bool | None = None  # with something written on it; False: with nothing
    definite: bool = False
    placed_after: bool = False  # the region stood after the noun: it may be what is asked, not who is meant

    @property
    def kinds(self) -> frozenset[str]:
        return self.noun.kinds

    @property
    def backdrop(self) -> bool:
        return bool(self.kinds) and all(KINDS[kind].backdrop for kind in self.kinds)

    @property
    def generic(self) -> bool:
        return self.noun.one in {"thing", "object", "item"}

    def without_region(self) -> "Phrase":
        return replace(self, region=None)

    def without_word(self) -> "Phrase":
        return replace(self, word=None)

    def without_size(self) -> "Phrase":
        return replace(self, size=None)


def region_of(match: re.Match[str]) -> str:
    """`top left`, `left`, `middle` ... as `gap_server.scene.relations.lies` takes it."""
    side, up = match["side"], match["up"]
    names = [REGION_WORDS[up]] if up else []
    side = _REGION_WORDS[side]
    if side not in names:
        names.append(side)
    return " ".join(names)


def phrases_of(words: list[str]) -> tuple[Phrase, ...]:
    """All noun phrases in the order of the question; `one` stands for the noun before it."""
    found: list[Phrase] = []
    at = 0
    while at < len(words):
        phrase = _phrase_at(words, at, found)
        if phrase is None:
            at += 1
            continue
        found.append(phrase)
        at = max(phrase.end, at + 1)
    return tuple(found)


def _phrase_at(words: list[str], at: int, before: list[Phrase]) -> Phrase | None:
    for length in range(LONGEST, 0, -1):
        noun = NOUNS.get(tuple(words[at : at + length]))
        if noun is None or at + length > len(words):
            continue
        if _a_verb(words, at, noun, before) or _a_name(words, at):
            return None
        return _with_modifiers(words, noun, at, at + length, before)
    if words[at] in {"one", "ones"} and before and _described(words, at):
        return _with_modifiers(words, before[-1].noun, at, at + 1, before)
    return None


def _a_verb(words: list[str], at: int, noun: Noun, before: list[Phrase]) -> bool:
    """`is a dog present`, `the sign`, `can you sign`: some nouns are other words too."""
    if words[at] == "present":
        return bool(before) and before[-1].end == at
    if words[at] in {"fly", "can", "sign"}:
        before_it = words[at - 1] if at else ""
        nearer = at > 1 and words[at - 2] in {"closer", "closest", "nearer", "nearest", "next", "relative"}
        return noun.one == "fly" or before_it == "you" or (before_it == "to" and not nearer)
    return False


def _a_name(words: list[str], at: int) -> bool:
    """`the pizza sign` is the one that says so."""
    bearer = NOUNS.get(tuple(words[at + 1 : at + 2]))
    return words[at].upper() in READ_WORDS and bearer is not None and bool(bearer.kinds & LETTERED)


def _described(words: list[str], at: int) -> bool:
    if (
        at + 1 < len(words)
        and words[at + 1] in {"of", "or"}
        and words[at - 1] in {"is", "are", "there", "exactly", "only"}
    ):
        return False
    before = words[at - 1] if at else ""
    return bool(colour_named(before)) or before in _REGION_WORDS or before in SIZE_WORDS


def _with_modifiers(words: list[str], noun: Noun, start: int, end: int, before: list[Phrase]) -> Phrase:
    floor = before[-1].end if before else 0
    phrase = Phrase(noun, start, end)
    while phrase.start > floor:
        wider = _wider(phrase, words[phrase.start - 1])
        if wider is None:
            break
        phrase = wider
    if phrase.start > 0 and words[phrase.start - 1] in {
        "the",
        "this",
        "that",
        "these",
        "those",
        "both",
        "all",
    }:
        phrase = replace(phrase, definite=True)
    return _with_what_follows(phrase, words)


def _wider(phrase: Phrase, word: str) -> Phrase | None:
    """The phrase with one more modifier in front, or None where the word is none."""
    colour = colour_named(word)
    if colour and phrase.colour is None:
        return replace(phrase, colour=colour, start=phrase.start - 1)
    if word in SIZE_WORDS and phrase.size is None:
        return replace(phrase, size=SIZE_WORDS[word], start=phrase.start - 1)
    if word in _REGION_WORDS and phrase.region is None:
        return replace(phrase, region=_REGION_WORDS[word], start=phrase.start - 1)
    if word.upper() in READ_WORDS and phrase.word is None and phrase.kinds & LETTERED:
        return replace(phrase, word=word, start=phrase.start - 1)
    if word in {"coloured", "nice", "cute", "little", "lovely", "different", "pretty", "wooden", "other"}:
        return replace(phrase, start=phrase.start - 1)
    return None


def _with_what_follows(phrase: Phrase, words: list[str]) -> Phrase:
    rest = " ".join(words[phrase.end :])
    if (
        words[phrase.start : phrase.end] in (["anything"], ["something"])
        and rest
        and colour_named(rest.split()[0])
    ):
        return replace(phrase, colour=colour_named(rest.split()[0]), end=phrase.end + 1)
    colour = _POST_COLOUR.match(rest)
    if colour and colour_named(colour[1]) and phrase.colour is None:
        phrase = replace(phrase, colour=colour_named(colour[1]), end=phrase.end + 3)
        rest = " ".join(words[phrase.end :])
    most = _POST_MOST.match(rest)
    of_ground = most is not None and most[1] in _PLACED and phrase.backdrop  # `on the snow in front`
    if most and not (of_ground or phrase.size or phrase.noun.plural or _is_predicate(most, words)):
        order = most[1] or f"{most[2]}most"
        return replace(
            phrase,
            size=_PLACED.get(order) or SIZE_WORDS[order],
            definite=True,
            end=phrase.end + len(most[0].split()),
        )
    if lettered := _lettering(phrase, words, rest):
        return lettered
    says = _SAYS.match(rest)
    if says and says[1] not in {"the", "in", "to", "on", "what"}:
        hour = number_named(says[1]) if phrase.kinds == {"clock"} else None
        return replace(phrase, word=str(hour or says[1]), end=phrase.end + len(says[0].split()))
    placed = _POST.match(rest)
    if placed and phrase.region is None:
        region = region_of(placed)
        return replace(phrase, region=region, end=phrase.end + len(placed[0].split()), placed_after=True)
    return phrase


def _is_predicate(most: re.Match[str], words: list[str]) -> bool:
    """`is the cat in front`, `is the cat closer`: what is asked of it, and not who is meant."""
    relative = most[0].startswith(("that", "which", "who"))
    compares = (most[1] or "").endswith(("er", "front", "foreground", "back"))
    return compares and not relative and (words[0] in {"is", "are"} or most[0].endswith("er"))


def _lettering(phrase: Phrase, words: list[str], rest: str) -> Phrase | None:
    """`books without a title`; `does the book have a title` asks it and does not narrow."""
    found = _LETTERED.match(rest) if phrase.kinds & LETTERED and not phrase.generic else None
    if found is None or not (found[0].startswith("with") or words[0] in _ASKED_AMONG):
        return None
    word = rest[found.end() :].split()[:1]
    if (word and word[0].upper() in READ_WORDS) or (words[0] in {"which", "what"} and not phrase.noun.plural):
        return None
    so = patterns.search(r"\b(no|nothing|not|without|blank)\b", found[0]) is None
    return replace(phrase, lettered=so, end=phrase.end + len(found[0].split()))
