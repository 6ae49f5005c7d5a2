"""How answers sound in Russian: short, the same for what is so and what is not."""

from gap_server.demo.answerer import claims as said
from gap_server.demo.answerer.claims import Answer, Claim, What
from gap_server.demo.answerer.dice import Dice
from gap_server.demo.answerer.russian import compared, having, seen
from gap_server.demo.answerer.russian.nouns import (
    capital,
    counted,
    is_named,
    listed,
    region,
    word_of,
)
from gap_server.demo.answerer.russian.telling import tints, told

_PRONOUNS = {"m": "он", "f": "она", "n": "оно", "pl": "они"}


def say(answer: Answer, voice: Dice) -> str:
    """`voice` chooses among forms, by the question alone."""
    sentences: list[str] = []
    numbered: What | None = None
    for claim in answer.claims:
        pronoun = isinstance(claim, said.Places | said.Colours) and claim.what == numbered
        sentences.append(_again(claim) if pronoun else _sentence(claim, voice))
        numbered = claim.what if isinstance(claim, said.Count) else None
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
        many = counted(claim.what, claim.n)
        if claim.what.relation or claim.what.phrase.region:
            return f"здесь {many}"
        return voice.shape("count", ("здесь {}", "на картинке {}", "тут {}")).format(many)
    return told(claim)


def _again(claim: Claim) -> str:
    if not isinstance(claim, said.Places | said.Colours):
        return told(claim)
    word = word_of(claim.what.phrase)
    pronoun = _PRONOUNS[word.gender if claim.n == 1 else "pl"]
    if isinstance(claim, said.Places):
        return f"{pronoun} {listed([region(name) for name in claim.regions])}"
    return f"{pronoun} {tints(claim.colours, word.gender if claim.n == 1 else 'pl')}"


__all__ = ["compared", "having", "say", "seen"]
