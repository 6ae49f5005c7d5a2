"""The one sentence for each claim: each kind of claim brings its own."""

from functools import singledispatch

from gap_server.demo.answerer.claims import Claim, What
from gap_server.demo.answerer.english.nouns import noun_of, number
from gap_server.demo.scene.kinds import UNCOUNTED


def is_or_are(n: int) -> str:
    return "is" if n == 1 else "are"


def many_of(what: What, n: int) -> str:
    if what.phrase.noun.one in UNCOUNTED or (
        what.phrase.noun.many == what.phrase.noun.one and what.phrase.backdrop
    ):
        if what.phrase.backdrop:
            return noun_of(what)
        if n == 1 and not what.phrase.kinds:
            return f"some {noun_of(what)}"
        return f"{number(n)} {'piece' if n == 1 else 'pieces'} of {noun_of(what)}"
    return f"{number(n)} {noun_of(what, n)}"


@singledispatch
def told(claim: Claim) -> str:
    raise TypeError(claim)
