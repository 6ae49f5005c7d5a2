"""How things stand to one another, as Russian tells it."""

from gap_server.demo.answerer import claims as said
from gap_server.demo.answerer.claims import What
from gap_server.demo.answerer.russian.forms import agreeing
from gap_server.demo.answerer.russian.nouns import (
    adjectives_of,
    counted,
    listed,
    noun_of,
    number,
    part,
    related,
    word_of,
)
from gap_server.demo.answerer.russian.qualities import COLOURS
from gap_server.demo.answerer.russian.telling import subject_of, told, towards
from gap_server.demo.answerer.russian.turns import (
    MOST,
    SHARES,
    SIZED,
)
from gap_server.demo.answerer.russian.words import SAID

_ALIKE = {
    "size": ("они примерно одного размера", "они разного размера"),
    "height": ("они примерно одного роста", "они разного роста"),
    "level": ("они примерно на одной высоте", "они на разной высоте"),
    "distance": ("они примерно на одном расстоянии", "они на разном расстоянии"),
}


@told.register
def _(claim: said.More) -> str:
    first, second = (noun_of(what, "gen", many=True) for what in (claim.first, claim.second))
    numbers = f": {_several(claim.first, claim.n)} и {_several(claim.second, claim.m)}"
    counts = numbers if claim.counted else ""
    if claim.sign == 0:
        return f"{first} столько же, сколько {second}{counts}"
    more, less = (first, second) if claim.sign > 0 else (second, first)
    return f"{more} больше, чем {less}{counts}"


def _several(what: What, n: int) -> str:
    word = word_of(what.phrase)
    return (
        counted(what, n)
        if n
        else f"{'ни одной' if word.gender == 'f' else 'ни одного'} {noun_of(what, 'gen')}"
    )


@told.register
def _(claim: said.Sized) -> str:
    first, second = (
        subject_of(what, 2 if what.phrase.noun.plural else 1) for what in (claim.first, claim.second)
    )
    if claim.to is not None:
        return f"{first} ближе {towards(claim.to)}, чем {second}"
    if claim.first.phrase.noun.kinds == claim.second.phrase.noun.kinds and claim.second.phrase.colour:
        second = adjectives_of(claim.second)  # `белый кролик правее, чем коричневый`
    return f"{first} {SIZED[claim.order]} {second}"


@told.register
def _(claim: said.Spans) -> str:
    return f"{subject_of(claim.what, claim.n)} высотой примерно в {SHARES[claim.share]} картинки"


@told.register
def _(claim: said.Most) -> str:
    if claim.order == "most common":
        word = SAID[claim.part.kind]
        return f"чаще всего встречается {word.form('nom')}: {number(claim.part.count, word.gender)}"
    return f"{MOST[claim.order]} — {part(claim.part, claim.phrase)}"


@told.register
def _(claim: said.Nearest) -> str:
    if claim.far:
        return f"дальше всего от {noun_of(claim.to, 'gen')} {part(claim.part, claim.phrase)}"
    return f"ближе всего {towards(claim.to)} {part(claim.part, claim.phrase)}"


@told.register
def _(claim: said.Related) -> str:
    where = f"{'целиком ' if claim.wholly else ''}{related(claim.relation, (claim.second,))}"
    where = "рядом друг с другом" if claim.first == claim.second else where
    no = "" if claim.so else "не "
    if claim.every and claim.n > 1:
        return f"{no}все {subject_of(claim.first, claim.n)} {where}"
    return f"{subject_of(claim.first, claim.n)} {no}{where}"


_WAYS = {"left": "слева направо", "right": "справа налево"}


@told.register
def _(claim: said.Row) -> str:
    if claim.what and len({one.kind for one in claim.parts}) == 1:
        gender = word_of(claim.what.phrase).gender
        tints = listed([agreeing(COLOURS[str(one.colour)], "nom", gender) for one in claim.parts])
        return f"{_WAYS[claim.side]} {subject_of(claim.what, len(claim.parts))}: {tints}"
    return f"{_WAYS[claim.side]}: {listed([part(one) for one in claim.parts])}"


@told.register
def _(claim: said.First) -> str:
    on = f"{related('on', (claim.ground,))} " if claim.ground else ""
    return f"{on}{_WAYS[claim.side]} сначала {part(claim.part)}"


@told.register
def _(claim: said.Between) -> str:
    no = "" if claim.so else "не "
    return f"{subject_of(claim.first, 1)} {no}{related('between', claim.outer)}"


@told.register
def _(claim: said.Alike) -> str:
    if claim.of != "colour":
        return _ALIKE[claim.of][not claim.so]
    return "они одного цвета" if claim.so else "они разных цветов"
