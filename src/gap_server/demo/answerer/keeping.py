"""Whether an answer keeps to what was asked: a colour that the question names is not dropped."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from gap_server.demo.answerer.asked import Asked
from gap_server.demo.answerer.claims import (
    Answer,
    Colours,
    Facing,
    FacingOnes,
    Has,
    Mostly,
    Palette,
    Stated,
)
from gap_server.demo.answerer.lexicon import colour_named

_OF_COLOURS = (Colours, Palette, Mostly, Has, Facing, FacingOnes, Stated)
"""What tells the colours themselves, of a part, or to which side something looks."""


def keeps(asked: Asked, answer: Answer) -> bool:
    """Whether each colour that was named is spoken of, or colours are what is told."""
    colours = {tint for word in asked.words if (tint := colour_named(word))}
    if (
        not colours
        or asked.says(r"\b(not|neither)\b")
        or any(isinstance(claim, _OF_COLOURS) for claim in answer.claims)
    ):
        return True
    return not colours.isdisjoint(word for claim in answer.claims for word in _words(claim))


def _words(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _words(one)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _words(getattr(value, field.name))
