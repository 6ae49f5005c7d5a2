"""The words of a Russian question, once they are English, put into the order in which English asks."""

import re

from gap_server.demo.answerer import patterns
from gap_server.demo.answerer.lexicon import NOUNS
from gap_server.demo.answerer.russian.qualities import ADJECTIVES, COLOURS
from gap_server.demo.scene.kinds import IN_THE_AIR, KINDS, members_of

PASSED_OVER = frozenset(
    {*COLOURS, *ADJECTIVES.values(), "biggest", "smallest", "tallest", "leftmost", "rightmost"}
)
UNHEARD = "whatsoever"  # stands for a word that is not known
_ASKING = re.compile(
    r"^(on what|what|which|who|where|how|list|describe|count|name|does|is|are|when|why|and|colours|written|"
    r"closer|anybody)\b"
)


def asked(text: str) -> str:
    """Yes-or-no questions begin with a verb in English."""
    text = _coloured_first(_posed_as_things_are(_written_first(text)))
    text = patterns.sub(r"^(what|who) (?:there |exactly )*(?=(?:left|right) of\b)", r"\1 is ", text)
    text = patterns.sub(r"^(.*\S) where is ?(.*)$", r"where is \1 \2", text)
    text = patterns.sub(
        r"^(.+?) (what colour is|same colour|different colour)$", lambda m: _colour_last(m[1], m[2]), text
    )
    text = patterns.sub(
        r"^(what|which|who) (there |lying |standing (?!above|below)|hanging |exactly )*"
        r"(?=(on|in|next|above|below|behind|between)\b)",
        r"\1 is ",
        text,
    )
    text = patterns.sub(
        r"^(which|what) (biggest|smallest|tallest|leftmost|rightmost|closest|furthest)",
        r"what is the \2",
        text,
    )
    text = _told_of_each(text)
    text = patterns.sub(
        r"^which way (pointing|looking|facing|flying|driving) (.+)$", r"which way is the \2 \1", text
    )
    ends = "leftmost|rightmost|closest|furthest"
    text = patterns.sub(
        rf"^what (?:is )?(?:the )?({ends}) (?=(?:on|in) the )", r"what is the \1 thing ", text
    )
    text = patterns.sub(rf"^which (\w+) ({ends}) (?=(?:on|in) the )", r"what is the \2 \1 ", text)
    text = _offered(text).replace("does of ", "does the ")
    text = _SIDED.sub(r"\1 the ", text)
    tints = "|".join(COLOURS)
    text = patterns.sub(rf"\b(?!(?:{tints}) )(\w+ (?:and|or|than)) ({tints})$", r"\1 the \2 one", text)
    text = patterns.sub(rf"\bbetween (\w+ )?({tints}) (\w+) and", r"between \1\2 \3 and", text)
    text = patterns.sub(
        rf"\bbetween ({tints}|left|right) and ({tints}|left|right) (\w+(?: \w+)?)$",
        lambda m: _between_two(m[1], m[2], m[3]),
        text,
    )
    text = patterns.sub(rf"\b(left|right) of (?=(?:{tints}) or )", r"furthest \1 ", text)
    text = patterns.sub(r"\b(left of \w+(?: \w+)?) or right of$", r"\1 or right of it", text)
    text = patterns.sub(r"\b(right of \w+(?: \w+)?) or left of$", r"\1 or left of it", text)
    text = patterns.sub(r"\b(left|right) of$", r"furthest \1", text)
    text = patterns.sub(rf"^which (\w+) ({tints}) (left|right) or (left|right)$", r"where is the \2 \1", text)
    text = patterns.sub(rf"^what ({tints})\b", r"what is the \1 thing", text)
    text = patterns.sub(rf"^which (\w+) ({tints})$", r"which \1 is \2", text)
    text = patterns.sub(r"^(.+?) ((?:more than|fewer than|exactly) \w+)$", r"are there \2 \1", text)
    text = patterns.sub(r"^anybody there (?=(?:on|in) the )", "is there anybody ", text)
    if _ASKING.match(text) or not text:
        return text
    text = patterns.sub(r"^((?:in|on) the \w+) there (.+)$", r"there \2 \1", text)
    text = patterns.sub(
        r"^there ((?:in the|on the|next to|behind|above|below|in front of|left of|right of) \w+) (\w.*)$",
        r"there \2 \1",
        text,
    )
    tint, upon = "|".join(COLOURS), r"(?:in|on) the \w+"
    placed = patterns.match(rf"^({upon})( \w+ing)? ((?:(?:{tint}) )?(\w+))$", text)
    if placed and (placed[4],) in NOUNS:  # `on the bench sitting frog`
        text = f"{placed[3]}{placed[2] or ''} {placed[1]}"
    if patterns.search(r"\bthere\b", text):
        return _coloured_first("is there " + patterns.sub(r" ?\bthere\b ?", " ", text).strip())
    if patterns.match(r"^(one|two|three|four|five|six|seven|eight|nine|ten|exactly|more than)\b", text):
        return f"are there {text}"
    if patterns.search(r"\b(more|fewer|as many)\b", text):
        return "are there " + patterns.sub(
            r"^(\w+) (more|fewer|as many as)",
            lambda m: f"as many {m[1]} as" if "as" in m[2] else f"{m[2]} {m[1]} than",
            text,
        )
    return "is " + patterns.sub(
        rf"^((?:\w+ ){{1,3}}){_POSED} (?=above|below|behind|between|in front of|next to|left of|right of)",
        r"\1",
        _coloured_first(text),
    )


def _between_two(first: str, second: str, named: str) -> str:
    """`between blue and red baskets`: each is one."""
    noun = NOUNS.get(tuple(named.split()))
    one = noun.one if noun else named
    return f"between {first} {one} and {second} {one}"


_WRITTEN = r"what is (?:the )?(?:written|title)(?: of)?(?: on(?: the)?)?(?: it)?"


def _written_first(text: str) -> str:
    """`on the sign what is written`: which word it is, is asked, and not whether there is one."""
    asks = patterns.match(rf"^(?!what|which)(.*?)(?:\bon the )?\b(\w.*?) {_WRITTEN}(?: written)*$", text)
    return f"what is written on the {asks[1]}{asks[2]}" if asks else text


def _posed_as_things_are(text: str) -> str:
    """`which instrument stands there` asks which there is: of things, to stand or hang is to be there."""
    asks = patterns.match(
        r"^(?:what|which) (?P<noun>\w+(?: \w+)?)(?P<posed> (?:standing|lying|hanging))(?= |$)", text
    )
    noun = NOUNS.get(tuple(asks["noun"].split())) if asks else None
    if asks is None or noun is None or noun.kinds & members_of("animal"):
        return text
    return text[: asks.start("posed")] + text[asks.end("posed") :]


def _told_of_each(text: str) -> str:
    """`which balloons in the sky` asks, by the plural, what they are like; `what is red`, for what is."""
    tints = "|".join(COLOURS)
    text = patterns.sub(
        rf"^(?:what|which|list)(?: (?:exactly|all|there))*(?: things)? ({tints})$", r"what is \1", text
    )
    asks = patterns.match(r"^which (?P<noun>\w+) (?P<upon>(?:on|in) the \w+)$", text)
    noun = NOUNS.get((asks["noun"],)) if asks else None
    if asks and noun and noun.plural and len(noun.kinds) == 1:
        return f"what colour is {asks['noun']} {asks['upon']}"
    return text


_POSED = r"(?:standing|lying|sitting|hanging|flying)"
_ATTRIBUTED = re.compile(
    r"\bthere\b|^(?:where|how many|what is (?:written|tied|reading)|which side|describe|count)\b|\bhow many$"
)


_BY = frozenset({"of", "to", "than", "above", "below", "behind", "from"})
_TINTED = [[tint] for tint in COLOURS]


def _coloured_first(text: str) -> str:
    """`is there bicycle purple`: where a thing is asked for, its colour stands before it."""
    words = text.split()
    asks_for = _ATTRIBUTED.search(text) is not None
    for at in range(len(words) - 1, 0, -1):
        start = next((at - n for n in (2, 1) if at >= n and tuple(words[at - n : at]) in NOUNS), None)
        if words[at] not in COLOURS or start is None:
            continue
        by_it = start > 0 and words[start - 1] in _BY  # `left of pumpkin white`: which one is meant
        if not (asks_for or by_it or at + 1 < len(words)):
            continue
        after, of_next = words[at + 1 : at + 2], tuple(words[at + 1 : at + 2]) in NOUNS
        own = NOUNS[tuple(words[start:at])].one == "thing" or words[max(start - 1, 0) : start] in _TINTED
        if not (own or of_next or after in (["or"], ["and"])):
            words.insert(start, words.pop(at))
    return " ".join(words)


# `за подарком справа`: of two it is the right one, as with `the` in English.
_SIDED = re.compile(
    r"\b(behind|in front of|above|below|next to) "
    r"(?=(?:left|right) (?!of)\w|\w+(?: \w+)? on the (?:left|right)$)"
)
_OFFERED = re.compile(
    r"^(?:what|which|who)(?: (?P<noun>(?!is)\w+(?: (?:light|bear|cone))?))?(?: of (?:the )?\w+)? "
    r"is (?P<how>closer|further|leftmost|rightmost|taller|shorter|bigger|wider|higher|lower) "
    r"(?P<first>.+?) or (?P<second>.+)$"
)
_HIGH_UP = re.compile(
    rf"\b({'|'.join(form for kind in sorted(IN_THE_AIR) for form in (kind, KINDS[kind].plural))})\b"
)
_ALOFT = re.compile(rf"{_HIGH_UP.pattern}|\b(suns?|moons?|clouds?|sky)\b")
_TALL = re.compile(
    r"\b(trees?|lights?|lamps?|houses?|buildings?|snowm[ae]n|penguins?|robots?|people|who|bears?)\b"
)


def _offered(text: str) -> str:
    """`who is closer, the white or the brown rabbit`: each by the noun that is told of one; of what is
    not tall, which is higher.
    """
    if not _TALL.search(text) or _ALOFT.search(text):
        text = patterns.sub(r" (?:is )?taller (?=than)", " higher ", text)
        text = patterns.sub(r" (?:is )?shorter (?=than)", " lower ", text)
        text = patterns.sub(r" is taller\b", " is higher", patterns.sub(r" is shorter\b", " is lower", text))
    if _HIGH_UP.search(text):
        text = text.replace("tallest", "highest").replace("shortest", "lowest")
    asks = _OFFERED.match(text)
    if asks is None:
        return text
    whose = [text.split(maxsplit=1) for text in (asks["first"], asks["second"])]
    noun = next(
        (words[1] for words in whose if len(words) > 1 and words[0] in PASSED_OVER), asks["noun"] or "thing"
    )
    first, second = (f"{words[0]} {noun}" if words[0] in PASSED_OVER else " ".join(words) for words in whose)
    return f"what is {asks['how']} {first} or {second}"


def _colour_last(named: str, asks: str) -> str:
    return f"what colour is {named}" if asks.startswith("what") else f"are {named} {asks}"
