"""The one sentence for each claim: each kind of claim brings its own."""

from functools import singledispatch

from gap_server.demo.answerer.claims import Claim, What
from gap_server.demo.answerer.russian.forms import agreeing
from gap_server.demo.answerer.russian.nouns import colour_of, listed, noun_of, word_of


def tints(colours: tuple[str, ...], gender: str, of: frozenset[str] = frozenset()) -> str:
    """`of`: the kinds that have these colours."""
    return listed([agreeing(colour_of(colour, of), "nom", gender) for colour in colours])


def gender_of(what: What, n: int) -> str:
    return word_of(what.phrase).gender if n == 1 else "pl"


def subject_of(what: What, n: int) -> str:
    return noun_of(what, many=n != 1)


@singledispatch
def told(claim: Claim) -> str:
    raise TypeError(claim)


def towards(what: What) -> str:
    return f"к {noun_of(what, 'dat', many=what.phrase.noun.plural)}"
