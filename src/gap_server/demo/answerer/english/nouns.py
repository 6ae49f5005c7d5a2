"""How English names things: articles, numbers, regions, what narrows a noun."""

from collections.abc import Sequence

from gap_server.demo.answerer.claims import Part, What, Where
from gap_server.demo.answerer.lexicon import LIVING, NUMBERS, number_named
from gap_server.demo.answerer.phrases import Phrase
from gap_server.demo.scene.kinds import KINDS, UNCOUNTED, article_of

IN = frozenset({"sky", "sea", "air", "water", "ocean", "snow"})
HOLLOW = frozenset(
    {"jar", "vase", "cup", "bucket", "basket", "suitcase", "barrel", "bottle", "tent", "house", "car"}
)
BETWEEN = "between"
SAID = {
    "left of": "to the left of",
    "right of": "to the right of",
    "above": "above",
    "below": "below",
    "beside": "next to",
    "in front of": "in front of",
    "behind": "behind",
    "between": BETWEEN,
}


def number(n: int) -> str:
    return NUMBERS[n] if 0 <= n < len(NUMBERS) else str(n)


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def listed(parts: Sequence[str], joint: str = "and") -> str:
    """`a, b and c`"""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {joint} {parts[-1]}"


def a(noun: str) -> str:
    """With its article, if it takes one."""
    kind = KINDS.get(noun.rsplit(maxsplit=1)[-1])
    if kind and kind.name == "bread":
        return f"some {noun}"
    return noun if kind and kind.mass else f"{article_of(noun)} {noun}"


def noun_of(what: What, count: int = 1) -> str:
    """`red car`, `cars that say "TAXI"`, `ducks in the water`: the asker's own noun and what narrows it."""
    phrase = what.phrase
    noun = phrase.noun.one if count == 1 else phrase.noun.many
    tint = phrase.colour or (None if what.unlike else what.colour)
    size = f"{phrase.size} " if phrase.size else ""
    noun = f"toy {noun}" if what.toy else noun
    unlike = f" that {'is' if count == 1 else 'are'} not {what.colour}" if what.unlike else ""
    doing = f" {what.pose}" if what.pose else ""
    doing += f" {turning(what)} to the {what.facing}" if what.facing else ""
    return f"{size}{f'{tint} ' if tint else ''}{noun}{_saying(phrase, count)}{unlike}{doing}{narrowing(what)}"


def turning(what: What) -> str:
    """A bus has no eyes."""
    return "looking" if what.phrase.kinds <= LIVING else "pointing"


def narrowing(what: What) -> str:
    """` on the left`, ` next to the house`, after a space."""
    where = f" {region(what.phrase.region)}" if what.phrase.region else ""
    if what.relation and what.other:
        others = (what.other,) if what.last is None else (what.other, what.last)
        where += f" {related(what.relation, [What(other) for other in others])}"
    return where


def related(relation: str, others: Sequence[What]) -> str:
    """`next to the house`, `on the road`, `in the sky`, `between the dog and the cat`"""
    if relation == "off":
        return f"not {related('on', others)}"
    if relation == "on":
        phrase = others[0].phrase
        within = phrase.noun.one in IN or phrase.kinds & HOLLOW
        return f"{'in' if within else 'on'} {the(others[0])}"
    if relation == "behind" and others[0].phrase.kinds == {"window"}:
        return f"outside {the(others[0])}"
    many = 2 if relation == BETWEEN and len(others) == 1 else None
    return f"{SAID[relation]} {listed([the(other, many) for other in others])}"


def _saying(phrase: Phrase, count: int) -> str:
    if phrase.lettered is not None:
        words = "something" if phrase.lettered else "nothing"
        return f" with {words} written on {'it' if count == 1 else 'them'}"
    if not phrase.word:
        return ""
    hour, s = number_named(phrase.word), "s" if count == 1 else ""
    if hour is not None:
        return f" that show{s} {number(hour)} o'clock"
    return f' that say{s} "{phrase.word.upper()}"'


def the(what: What, count: int | None = None) -> str:
    """`count` where it is known; else as the asker said it."""
    many = what.phrase.noun.plural if count is None else count != 1
    return f"the {noun_of(what, 2 if many else 1)}"


def none(what: What) -> str:
    """`there are no red cars`, `there is nothing blue on the road`"""
    phrase = what.phrase
    if phrase.generic:
        tint = phrase.colour or what.colour
        return f"there is nothing{f' {tint}' if tint else ''}{_saying(phrase, 1)}{narrowing(what)}"
    if phrase.noun.one == "person" and not phrase.noun.plural:
        return f"there is nobody{narrowing(what)}"
    if phrase.noun.plural and phrase.noun.many != phrase.noun.one:
        return f"there are no {noun_of(what, 2)}"
    return f"there is no {noun_of(what)}"


def part(one: Part) -> str:
    """`a red car`, `two dogs`, `chairs`"""
    kind = KINDS[one.kind]
    tint = f"{one.colour} " if one.colour else ""
    if kind.mass:
        return f"{tint}{kind.name}"
    if one.count == 0:
        return f"{tint}{kind.plural}"
    if one.count == 1:
        return f"one {tint}{kind.name}" if one.only else a(f"{tint}{kind.name}")
    if kind.name in UNCOUNTED:
        return f"{number(one.count)} pieces of {tint}{kind.name}"
    return f"{number(one.count)} {tint}{kind.plural}"


def region(name: str) -> str:
    """A region of the picture with its preposition."""
    if name in {"centre", "middle"}:
        return "in the middle"
    if name == "background":
        return "in the background"
    if name in {"left", "right"}:
        return f"on the {name}"
    if name.endswith(" centre"):
        return f"in the middle at the {name.split(maxsplit=1)[0]}"
    return f"at the {name}"


def place(where: Where) -> str:
    """After a space; empty for the whole picture."""
    if where.region == "middle" and where.others:
        return f" {region(where.region)} of {the(where.others[0])}"
    doing = f" {where.pose}" if where.pose else ""
    stands = f" {related(where.relation, where.others)}" if where.relation else ""
    return doing + stands + (f" {region(where.region)}" if where.region else "")
