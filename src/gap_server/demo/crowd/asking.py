"""What players ask about a picture that they have before them."""

from collections import Counter
from random import Random
from typing import Final

from gap_server.demo.scene.description import Scene
from gap_server.demo.scene.kinds import KINDS, THINGS, article_of
from gap_server.demo.scene.looks import COLOURS

COMMONPLACE: Final = (
    "Is there a spaceship?",
    "Are there more than 200 things?",
    "Is there a dinosaur?",
    "Is this picture completely black?",
)
"""Whoever asks so need not look: everybody knows the answer."""


def ask_about(scene: Scene, random: Random) -> str:
    """A question as people ask who look: how many, what colour, where, is there, what place."""
    counts = Counter(thing.kind for thing in scene.things)
    kind = KINDS[random.choice(sorted(counts))]
    several = [
        f"How many {kind.plural} are there?",
        "How many things are there?",
        f"Is there {article_of(kind.name)} {kind.name}?",
        _of_one_that_may_be_there(random),
        "What place is this?",
    ]
    if counts[kind.name] == 1:
        several += [
            f"What colour is the {kind.name}?",
            f"Is the {kind.name} {random.choice(COLOURS)}?",
            f"Where is the {kind.name}?",
        ]
    return random.choice(several)


def ask_the_commonplace(random: Random) -> str:
    return random.choice(COMMONPLACE)


def _of_one_that_may_be_there(random: Random) -> str:
    name = random.choice(THINGS)
    return f"Is there {article_of(name)} {name}?"
