"""The deal: which rounds of a session are tainted, and which pool each image comes from (section 3).

In the paper every tainted image is simple and every untainted one complex, so that the picture tells what the
answer is worth. The balanced deal takes both arms from both pools: as in every session three of the five
tainted images are simple and two of the five untainted ones, no rule that goes by the picture, whatever it
looks at, tells the arms apart with an AUC of more than 0.6 = (1 + 3/5 - 2/5) / 2.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from gap_server.game.rules import BALANCED_TAINTED_SIMPLE, ROUNDS_TOTAL, TAINTED_ROUNDS, Rules
from gap_server.game.state import Pool


@dataclass(frozen=True, slots=True)
class DealtRound:
    """One round before it has an image. An untainted one from the simple pool is a control."""

    position: int
    tainted: bool
    pool: Pool


def deal(rules: Rules, random: Random) -> tuple[DealtRound, ...]:
    """Ten rounds in random order: five tainted ones and five untainted ones."""
    kinds = [
        *[(True, Pool.SIMPLE)] * rules.tainted_simple_rounds,
        *[(True, Pool.COMPLEX)] * (TAINTED_ROUNDS - rules.tainted_simple_rounds),
        *[(False, Pool.SIMPLE)] * rules.control_rounds,
        *[(False, Pool.COMPLEX)] * (ROUNDS_TOTAL - TAINTED_ROUNDS - rules.control_rounds),
    ]
    random.shuffle(kinds)
    return tuple(DealtRound(n, tainted, pool) for n, (tainted, pool) in enumerate(kinds, start=1))


def deal_onto(pools: Sequence[Pool], random: Random) -> tuple[DealtRound, ...]:
    """The arms anew onto pictures whose order is given: whoever played them before cannot tell theirs.

    Where both pools have five, the arms are the balanced deal's. Otherwise, as where pictures that were dealt
    as in the paper are dealt again, each picture is as likely to be tainted as the next.
    """
    if Counter(pools) == {Pool.SIMPLE: 5, Pool.COMPLEX: 5}:
        tainted = {
            *_drawn(pools, Pool.SIMPLE, BALANCED_TAINTED_SIMPLE, random),
            *_drawn(pools, Pool.COMPLEX, TAINTED_ROUNDS - BALANCED_TAINTED_SIMPLE, random),
        }
    else:
        tainted = set(random.sample(range(len(pools)), TAINTED_ROUNDS))
    return tuple(DealtRound(n + 1, n in tainted, pool) for n, pool in enumerate(pools))


def _drawn(pools: Sequence[Pool], pool: Pool, count: int, random: Random) -> list[int]:
    return random.sample([n for n, other in enumerate(pools) if other is pool], count)


def images_needed(rules: Rules) -> dict[Pool, int]:
    simple = rules.tainted_simple_rounds + rules.control_rounds
    return {Pool.SIMPLE: simple, Pool.COMPLEX: ROUNDS_TOTAL - simple}
