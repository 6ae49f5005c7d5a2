"""How answers sound in Russian: short, the same for what is so and what is not."""

from gap_server.demo.answerer import claims as said
from gap_server.demo.answerer.claims import Answer, Claim
from gap_server.demo.answerer.dice import Dice
from gap_server.demo.answerer.russian import compared, having, seen
from gap_server.demo.answerer.russian.nouns import (
    bare,
    capital,
    counted,
    is_named,
    listed,
    narrowing,
    piece_of,
    region,
)
from gap_server.demo.answerer.russian.telling import gender_of, tints, told

_PRONOUNS = {"m": "он", "f": "она", "n": "оно", "pl": "они"}


def say(answer: Answer, voice: Dice) -> str:
    """`voice` chooses among forms, by the question alone."""
    sentences: list[str] = []
    before: Claim | None = None
    for claim in answer.claims:
        sentences.append(_again(claim, before) if _is_named_again(claim, before) else _sentence(claim, voice))
        before = claim
    if answer.aside:
        sentences[-2:] = [f"{sentences[-2]}, но есть {_instead(answer.claims[-1])}"]
    if answer.yes is not None:
        sentences[0] = f"{'да' if answer.yes else 'нет'}, {sentences[0]}"
    return " ".join(f"{capital(sentence)}." for sentence in sentences)


def _instead(claim: Claim) -> str:
    return counted(claim.what, claim.n) if isinstance(claim, said.Count) else told(claim)


def _sentence(claim: Claim, voice: Dice) -> str:
    unknown = isinstance(claim, said.Count) and not is_named(claim.what)
    if isinstance(claim, said.Count) and claim.n and not claim.what.phrase.backdrop and not unknown:
        if (claim.what.relation or claim.what.phrase.region) and claim.what.relation != "off":
            return f"{narrowing(claim.what).strip()} {counted(bare(claim.what), claim.n)}"
        many = counted(claim.what, claim.n)
        return voice.shape("count", ("здесь {}", "на картинке {}", "тут {}")).format(many)
    return told(claim)


def _is_named_again(claim: Claim, before: Claim | None) -> bool:
    """Whether it speaks of what was counted, or of what was told its colour."""
    if isinstance(claim, said.Places):
        return isinstance(before, said.Count | said.Colours) and claim.what == before.what
    return isinstance(claim, said.Colours) and isinstance(before, said.Count) and claim.what == before.what


def _again(claim: Claim, before: Claim | None) -> str:
    if not isinstance(claim, said.Places | said.Colours):
        return told(claim)
    alone = claim.n == 1 or (isinstance(before, said.Count) and before.n == 1)
    gender = gender_of(claim.what, 1 if alone else 2)
    if isinstance(before, said.Count) and alone:  # `одна буханка хлеба`: she is spoken of, not the bread
        gender = piece_of(claim.what).gender
    if isinstance(claim, said.Places):
        return f"{_PRONOUNS[gender]} {listed([region(name) for name in claim.regions])}"
    return f"{_PRONOUNS[gender]} {tints(claim.colours, gender)}"


__all__ = ["compared", "having", "say", "seen"]
