"""The deal: which rounds of a session are tainted, and which pool each image comes from (section 3)."""

from dataclasses import dataclass
from random import Random

from gap_server.game.rules import ROUNDS_TOTAL, TAINTED_ROUNDS, Rules
from gap_server.game.state import Pool


@dataclass(frozen=True, slots=True)
class DealtRound:
    """One round before it has an image. An untainted one from the simple pool is a control."""

    position: int
    tainted: bool
    pool: Pool


def deal(rules: Rules, random: Random) -> tuple[DealtRound, ...]:
    """Ten rounds in random order: five tainted ones from the simple pool, five untainted ones."""
    untainted = ROUNDS_TOTAL - TAINTED_ROUNDS
    kinds = (
        [(True, Pool.SIMPLE)] * TAINTED_ROUNDS
        + [(False, Pool.SIMPLE)] * rules.control_rounds
        + [(False, Pool.COMPLEX)] * (untainted - rules.control_rounds)
    )
    random.shuffle(kinds)
    return tuple(DealtRound(n, tainted, pool) for n, (tainted, pool) in enumerate(kinds, start=1))


def images_needed(rules: Rules) -> dict[Pool, int]:
    complex_ones = ROUNDS_TOTAL - TAINTED_ROUNDS - rules.control_rounds
    return {Pool.SIMPLE: ROUNDS_TOTAL - complex_ones, Pool.COMPLEX: complex_ones}
