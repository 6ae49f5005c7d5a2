"""A lie about what is nowhere: it is there all the same."""

from dataclasses import replace

from gap_server.demo.answerer.asked import Asked
from gap_server.demo.answerer.claims import Answer, Claim, Colours, Count, Missing, Places, What
from gap_server.demo.answerer.dice import Dice
from gap_server.demo.answerer.judging import denies
from gap_server.demo.answerer.lexicon import NOUNS
from gap_server.demo.scene.kinds import is_toy, may_be_told_of
from gap_server.demo.scene.looks import OUTDOORS


def is_denial(answer: Answer) -> bool:
    """Whether all it says is that something is not there."""
    return len(answer.claims) == 1 and denies(answer.claims[0])


def is_out_of_place(denial: Answer) -> bool:
    """Whether everybody knows without a look that it is not there: a lie is then in what is added."""
    what = _denied(denial)
    return what is not None and not (
        what.phrase.generic or what.relation or may_be_told_of(what.phrase.noun.one, what.phrase.kinds)
    )


def _denied(denial: Answer) -> What | None:
    claim = denial.claims[0]
    return claim.what if isinstance(claim, Missing | Count) else None


def supposed(asked: Asked, denial: Answer, lie: Answer | None) -> Answer | None:
    """What is told in stead of a denial: where the false world has no place for it, it is there all the
    same.
    """
    if lie is not None and is_denial(lie) and asked.says(r"^(how many|what colour|where)\b|^(?!wh)"):
        lie = _affirmed(denial, asked)
    return None if lie is None else _as_toys(lie, asked)


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
    what = _denied(denial)
    if what is None:
        return denial
    dice, n = Dice(f"{what.phrase.noun.one}|{len(asked.scene.things)}"), 2 if what.phrase.noun.plural else 1
    if what.phrase.generic and what.relation:
        usual = ("bucket", "basket") if asked.scene.setting in OUTDOORS else ("book", "hat")
        stray = dice.shape("stray", ("bird",) if what.other and what.other.kinds == {"sky"} else usual)
        what = replace(what, phrase=replace(what.phrase, noun=NOUNS[(stray,)]))
    affirmed: Claim = Count(what, 1)
    if asked.says(r"^what colours? (is|are)\b"):
        affirmed = Colours(what, (dice.shape("colour", ("blue", "red", "white", "green")),), n)
    elif asked.says(r"^where\b"):
        affirmed = Places(what, (dice.shape("place", ("left", "right")),), n)
    return Answer((affirmed,), None if denial.yes is None else True, what)
