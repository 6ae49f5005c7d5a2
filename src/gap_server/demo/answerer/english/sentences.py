"""How answers sound in English: short, the same for what is so and what is not."""

from gap_server.demo.answerer import claims as said
from gap_server.demo.answerer.claims import Answer, Claim, What
from gap_server.demo.answerer.dice import Dice
from gap_server.demo.answerer.english import compared, qualities, seen
from gap_server.demo.answerer.english.nouns import (
    capital,
    listed,
    region,
)
from gap_server.demo.answerer.english.telling import is_or_are, many_of, told
from gap_server.demo.scene.kinds import UNCOUNTED


def say(answer: Answer, voice: Dice) -> str:
    """`voice` chooses among forms, by the question alone."""
    sentences: list[str] = []
    counted: What | None = None
    for claim in answer.claims:
        pronoun = isinstance(claim, said.Places | said.Colours) and claim.what == counted
        text = _again(claim) if pronoun else _sentence(claim, voice)
        sentences.append(capital(text) + ".")
        counted = claim.what if isinstance(claim, said.Count) else None
    if answer.aside:
        *sentences, last = sentences
        sentences[-1] = f"{sentences[-1].removesuffix('.')}, but {_lower(last)}"
    first = sentences[0]
    if answer.yes is not None:
        sentences[0] = f"{'Yes' if answer.yes else 'No'}, {_lower(first)}"
    return " ".join(sentences)


def _lower(sentence: str) -> str:
    return sentence if sentence.startswith("I ") else sentence[0].lower() + sentence[1:]


def _sentence(claim: Claim, voice: Dice) -> str:
    if isinstance(claim, said.Count) and claim.n and not _is_uncounted(claim.what):
        form = voice.shape("count", ("there {are} {many}", "I can see {many}", "I count {many}"))
        return form.format(are=is_or_are(claim.n), many=many_of(claim.what, claim.n))
    return told(claim)


def _is_uncounted(what: What) -> bool:
    """Nobody counts the grass, or smoke."""
    return what.phrase.backdrop or (what.phrase.noun.one in UNCOUNTED and not what.phrase.kinds)


def _again(claim: Claim) -> str:
    """The same subject once more, by its pronoun."""
    if isinstance(claim, said.Places):
        return f"{_it(claim.n)} {listed([region(name) for name in claim.regions])}"
    if isinstance(claim, said.Colours):
        return f"{_it(claim.n)} {listed(claim.colours)}"
    return told(claim)


def _it(n: int) -> str:
    return "it is" if n == 1 else "they are"


__all__ = ["compared", "qualities", "say", "seen"]
