"""How answers sound: short, one sentence, the same for what is so and what is not."""

from collections.abc import Sequence

from gap_server.demo.answerer.lexicon import NUMBERS, number_named
from gap_server.demo.answerer.phrases import Phrase
from gap_server.demo.scene import relations
from gap_server.demo.scene.description import Thing
from gap_server.demo.scene.kinds import KINDS, article_of

_GROUNDS = {"sky": "in the sky", "air": "in the air", "sea": "in the water"}
GRID = (
    "left",
    "right",
    "centre",
    "top left",
    "top right",
    "bottom left",
    "bottom right",
    "top centre",
    "bottom centre",
)


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
    kind = KINDS.get(noun)
    return noun if kind and kind.mass else f"{article_of(noun)} {noun}"


def noun_of(phrase: Phrase, count: int = 1) -> str:
    """`red car`, `red cars`: the asker's own noun and what colour or word singled it out."""
    noun = phrase.noun.one if count == 1 else phrase.noun.many
    colour = f"{phrase.colour} " if phrase.colour else ""
    return f"{colour}{noun}{_saying(phrase)}"


def _saying(phrase: Phrase) -> str:
    if not phrase.word:
        return ""
    hour = number_named(phrase.word)
    return (
        f" that shows {number(hour)} o'clock" if hour is not None else f' that says "{phrase.word.upper()}"'
    )


def the(phrase: Phrase, count: int = 1) -> str:
    size = f"{phrase.size} " if phrase.size else ""
    where = f" {region(phrase.region)}" if phrase.region else ""
    return f"the {size}{noun_of(phrase, count)}{where}"


def none(phrase: Phrase, where: str = " in the picture") -> str:
    """The claim that there is none: `there are no red cars in the picture`, `there is nothing blue on the
    road`.
    """
    where = f" {region(phrase.region)}" if phrase.region else where
    if phrase.generic:
        return f"there is nothing{' ' + phrase.colour if phrase.colour else ''}{_saying(phrase)}{where}"
    if phrase.noun.plural and phrase.noun.many != phrase.noun.one:
        return f"there are no {noun_of(phrase, 2)}{where}"
    return f"there is no {noun_of(phrase)}{where}"


def of_kind(thing: Thing) -> str:
    return f"{thing.colour} {thing.kind}"


def some(kind: str, count: int) -> str:
    """`two dogs`, `a dog`"""
    known = KINDS[kind]
    if known.mass:
        return known.name
    return a(known.name) if count == 1 else f"{number(count)} {known.plural}"


def region(name: str) -> str:
    """A region of the picture with its preposition."""
    if name in {"centre", "middle"}:
        return "in the middle"
    if name in {"left", "right"}:
        return f"on the {name}"
    if name.endswith(" centre"):
        return f"in the middle at the {name.split(maxsplit=1)[0]}"
    return f"at the {name}"


def nominal(thing: Thing) -> str:
    """The region of GRID in which a thing is seen, rather than any other."""
    low, high = relations.MIDDLE
    across = "left" if thing.box.x < low else ("right" if thing.box.x > high else "centre")
    down = "top" if thing.box.y < 0.3 else ("bottom" if thing.box.y > 0.75 else "")
    return f"{down} {across}".strip()


def ground(thing: Thing) -> str:
    """`on the grass`; empty for what is itself part of the backdrop."""
    return _GROUNDS.get(thing.ground, f"on the {thing.ground}") if thing.ground else ""


def place(thing: Thing) -> str:
    return region(nominal(thing))


def false_regions(thing: Thing) -> list[str]:
    """Regions of GRID in which nobody would look for it."""
    return [name for name in GRID if relations.lies(thing, name) is False and _other_side(thing, name)]


def _other_side(thing: Thing, name: str) -> bool:
    """Wrong from left to right, which is what people look at."""
    across = name.rsplit(maxsplit=1)[-1]
    return relations.lies(thing, across) is False
