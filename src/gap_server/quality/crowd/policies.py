"""How players of each kind decide what to flag, from what they have before them.

The same function serves one answer (a player over HTTP) and millions (arrays). Nobody here is told the arm:
whether an answer is wrong is on the picture, for who looks.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias

import numpy as np

from gap_server.quality.evidence import Bools, Floats, Ints


class Behaviour(StrEnum):
    """The kinds of player."""

    CAREFUL = "careful"
    SLOPPY = "sloppy"
    ALWAYS = "always_flag"
    NEVER = "never_flag"
    COIN = "coin"
    BY_FILE_SIZE = "by_file_size"
    """Flags what is on a picture with a small file."""
    BY_LOOK = "by_look"
    """Flags what is on a picture that looks simple."""
    POISONER = "poisoner"
    """Honest on simple pictures, where it can be checked, and flags everything on complex ones."""
    COMMON_KNOWLEDGE = "common_knowledge"
    """Asks what everybody knows without looking: tells the arm, and never finds a mistake."""
    COPIER = "copier"
    """Flags by somebody else's list of traps."""
    FATIGUE = "fatigue"
    """Careful in the first session, ever nearer to a coin after it."""
    ACCUSER = "accuser"
    """Plays carefully; as a juror honest on simple pictures, calls every answer about a complex one wrong."""
    EXCUSER = "excuser"
    """The mirror: calls every answer about a complex picture right."""


Flag: TypeAlias = bool | Bools


@dataclass(frozen=True, slots=True)
class Sight:
    """What is before a player who judges an answer: one value of each, or an array of many.

    `wrong`: the answer does not fit the picture. `listed`: by somebody's list it was a trap.
    `sessions_before`: how many the player has finished.
    """

    wrong: Flag
    complex_picture: Flag
    small_file: Flag
    listed: Flag
    sessions_before: int | Ints


@dataclass(frozen=True, slots=True)
class Eyes:
    """How often somebody flags: what their behaviour calls for (`hit`), and what it does not (`slip`)."""

    hit: float | Floats
    slip: float | Floats


TYPICAL: Final[Mapping[Behaviour, Eyes]] = {
    Behaviour.CAREFUL: Eyes(0.9, 0.05),
    Behaviour.SLOPPY: Eyes(0.65, 0.2),
    Behaviour.ALWAYS: Eyes(0.99, 0.99),
    Behaviour.NEVER: Eyes(0.02, 0.02),
    Behaviour.COIN: Eyes(0.5, 0.5),
    Behaviour.BY_FILE_SIZE: Eyes(0.97, 0.03),
    Behaviour.BY_LOOK: Eyes(0.97, 0.03),
    Behaviour.POISONER: Eyes(0.9, 0.05),
    Behaviour.COMMON_KNOWLEDGE: Eyes(0.98, 0.01),
    Behaviour.COPIER: Eyes(0.95, 0.05),
    Behaviour.FATIGUE: Eyes(0.9, 0.05),
    Behaviour.ACCUSER: Eyes(0.9, 0.05),
    Behaviour.EXCUSER: Eyes(0.9, 0.05),
}

ALIKE: Final = 40.0
"""How like each other players of one behaviour are: their rates are Beta with so many pseudo-answers."""

POISON: Final = 0.98
"""How often a poisoner flags what is on a complex picture, and an accuser calls it wrong."""

RESTED: Final = 0.8
"""What is left of somebody's attention after each session."""


def drawn(behaviour: Behaviour, players: int, random: np.random.Generator) -> Eyes:
    """`players` of the behaviour, no two quite alike."""
    hit, slip = (
        random.beta(ALIKE * centre + 0.05, ALIKE * (1 - centre) + 0.05, size=players)
        for centre in (TYPICAL[behaviour].hit, TYPICAL[behaviour].slip)
    )
    return Eyes(hit, hit if behaviour in _BLIND else slip)


Policy: TypeAlias = Callable[[Behaviour, Eyes, Sight], Floats]
"""P(somebody of a kind says that the answer is wrong)."""

_BLIND: Final = (Behaviour.ALWAYS, Behaviour.NEVER, Behaviour.COIN)


def flag_chance(behaviour: Behaviour, eyes: Eyes, sight: Sight) -> Floats:
    """P(the player flags the answer)."""
    looked = np.where(sight.wrong, eyes.hit, eyes.slip)
    match behaviour:
        case Behaviour.BY_FILE_SIZE:
            return np.where(sight.small_file, eyes.hit, eyes.slip)
        case Behaviour.BY_LOOK:
            return np.where(sight.complex_picture, eyes.slip, eyes.hit)
        case Behaviour.COPIER:
            return np.where(sight.listed, eyes.hit, eyes.slip)
        case Behaviour.POISONER:
            return np.where(sight.complex_picture, POISON, looked)
        case Behaviour.FATIGUE:
            rested = RESTED ** np.asarray(sight.sessions_before, np.float64)
            return np.asarray(rested * looked + (1 - rested) * 0.5)
        case _:
            return looked


def accusal_chance(behaviour: Behaviour, eyes: Eyes, sight: Sight) -> Floats:
    """P(the same player, as a juror, calls the answer wrong). Most judge as they play."""
    looked = np.where(sight.wrong, eyes.hit, eyes.slip)
    match behaviour:
        case Behaviour.ACCUSER:
            return np.where(sight.complex_picture, POISON, looked)
        case Behaviour.EXCUSER:
            return np.where(sight.complex_picture, 1 - POISON, looked)
        case _:
            return flag_chance(behaviour, eyes, sight)


def asks_the_commonplace(behaviour: Behaviour) -> bool:
    """Whether the player's questions are those that everybody could answer without the picture."""
    return behaviour is Behaviour.COMMON_KNOWLEDGE
