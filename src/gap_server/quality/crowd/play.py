"""A crowd plays in memory: either deal, round by round, with the truth of every answer known."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from gap_server.quality.crowd.policies import (
    Behaviour,
    Eyes,
    Policy,
    Sight,
    accusal_chance,
    asks_the_commonplace,
    drawn,
    flag_chance,
)
from gap_server.quality.evidence import (
    CONTROL,
    TRAP_COMPLEX,
    TRAP_SIMPLE,
    Bools,
    Evidence,
    Floats,
    Ints,
    Kind,
    Pool,
    harvest,
    joined,
)

REVISION: Final = "simulated"
FIRST, LATER = harvest(REVISION), harvest(REVISION, first=False)
KINDS: Final = (TRAP_SIMPLE, TRAP_COMPLEX, CONTROL, FIRST, LATER)
MOST_ANSWERS: Final = 5
"""Answers that a player hears in one round, at most."""


@dataclass(frozen=True, slots=True)
class Deal:
    """Rounds of a session: traps (simple, complex), controls, harvest; and what tells the pools apart.

    `small_file`, `listed`: P(small file) and P(on somebody's list of traps), simple and complex.
    """

    rounds: tuple[int, int, int, int]
    small_file: tuple[float, float]
    listed: tuple[float, float]


BALANCED: Final = Deal((3, 2, 2, 3), small_file=(0.55, 0.45), listed=(3 / 5, 2 / 5))
PAPER: Final = Deal((5, 0, 1, 4), small_file=(0.9, 0.1), listed=(5 / 6, 0.0))


@dataclass(frozen=True, slots=True)
class World:
    """What is true of the model. `wrong`: how often its answers are, in the order of a deal's rounds.

    `images_alike`: the smaller, the more pictures of the harvest differ in how often it errs. `asks_on`:
    P(another question in the round) after an answer that was let go. `common_wrong`: of
    commonplace questions, after they were asked on so many pictures that what a player makes of their answers
    shows nothing (`questions/commonness.py`).
    """

    wrong: tuple[float, float, float, float] = (0.97, 0.97, 0.03, 0.3)
    images_alike: float = 3.0
    asks_on: float = 0.35
    common_wrong: tuple[float, float, float, float] = (0.99, 0.99, 0.002, 0.01)


AS_IT_IS: Final = World()

WORST: Final[Mapping[Behaviour, float]] = {
    Behaviour.CAREFUL: 0.33,
    Behaviour.SLOPPY: 0.12,
    Behaviour.ALWAYS: 0.2,
    Behaviour.POISONER: 0.2,
    Behaviour.COIN: 0.03,
    Behaviour.NEVER: 0.02,
    Behaviour.BY_FILE_SIZE: 0.02,
    Behaviour.BY_LOOK: 0.02,
    Behaviour.COMMON_KNOWLEDGE: 0.02,
    Behaviour.COPIER: 0.02,
    Behaviour.FATIGUE: 0.02,
}
"""One always-flagger and one poisoner in five each, and some of everybody else."""


def with_poisoner(kind: Behaviour) -> Mapping[Behaviour, float]:
    """The same, the poisoners being of another kind."""
    return {
        kind if behaviour is Behaviour.POISONER else behaviour: share for behaviour, share in WORST.items()
    }


@dataclass(frozen=True, slots=True)
class Crowd:
    """`s[i, pool]`, `f[i, pool]`: what player i truly does. Of each flag n of the harvest: whose, when.

    `juror_s`, `juror_f`: the same of what they call wrong as jurors.

    `worth[i]`: how much an answer to player i counts as evidence. `flag_late[n]`: the answer was not the
    first of its round.
    """

    behaviours: list[Behaviour]
    worth: Floats
    evidence: Evidence
    s: Floats
    f: Floats
    juror_s: Floats
    juror_f: Floats
    flag_player: Ints
    flag_wrong: Bools
    flag_late: Bools

    def trust(self, of_kinds: Floats) -> Floats:
        """Each flag's trust, out of each player's for each kind of answer."""
        kind = np.where(self.flag_late, KINDS.index(LATER), KINDS.index(FIRST))
        return np.asarray(of_kinds[self.flag_player, kind])

    @property
    def sharpness(self) -> Floats:
        """What each player's sharpness would be if it could be seen: s - f, the mean over both pools."""
        return np.asarray((self.s - self.f).mean(axis=1))


def played(
    players: int,
    sessions: int,
    *,
    deal: Deal = BALANCED,
    mix: Mapping[Behaviour, float] = WORST,
    world: World = AS_IT_IS,
    seed: int = 0,
) -> Crowd:
    """`players` of the mix, each playing `sessions` sessions. In the order of their behaviours."""
    random = np.random.default_rng(seed)
    shares = np.array(list(mix.values()))
    sizes = random.multinomial(players, shares / shares.sum())
    seeds = np.random.SeedSequence(seed).spawn(len(mix))
    parts = [
        _Group(behaviour, int(size), sessions, deal=deal, world=world, seed=own_seed).play()
        for behaviour, size, own_seed in zip(mix, sizes, seeds, strict=True)
        if size
    ]
    starts = np.cumsum([0, *(len(part.behaviours) for part in parts[:-1])])
    counts = [part.evidence for part in parts]
    return Crowd(
        [behaviour for part in parts for behaviour in part.behaviours],
        np.concatenate([part.worth for part in parts]),
        Evidence(KINDS, np.vstack([c.seen for c in counts]), np.vstack([c.flagged for c in counts])),
        np.vstack([part.s for part in parts]),
        np.vstack([part.f for part in parts]),
        np.vstack([part.juror_s for part in parts]),
        np.vstack([part.juror_f for part in parts]),
        np.concatenate([part.flag_player + start for part, start in zip(parts, starts, strict=True)]),
        np.concatenate([part.flag_wrong for part in parts]),
        np.concatenate([part.flag_late for part in parts]),
    )


@dataclass(frozen=True, slots=True)
class _Heard:
    """Answers: who heard each, whether it is wrong, whether it was flagged."""

    player: Ints
    wrong: Bools
    flagged: Bools


def _both(*parts: _Heard) -> _Heard:
    return _Heard(
        np.concatenate([part.player for part in parts]),
        np.concatenate([part.wrong for part in parts]),
        np.concatenate([part.flagged for part in parts]),
    )


class _Group:
    """Players of one behaviour."""

    def __init__(
        self,
        behaviour: Behaviour,
        size: int,
        sessions: int,
        *,
        deal: Deal,
        world: World,
        seed: np.random.SeedSequence,
    ) -> None:
        self.behaviour, self.size, self.sessions = behaviour, size, sessions
        self.deal, self.world, self.random = deal, world, np.random.default_rng(seed)
        self.eyes = drawn(behaviour, size, self.random)
        common = asks_the_commonplace(behaviour)
        self.wrong = world.common_wrong if common else world.wrong
        self.worth = 0.0 if common else 1.0

    def play(self) -> Crowd:
        columns: list[tuple[Floats, Floats]] = []
        flags = [(np.zeros(0, np.intp), np.zeros(0, np.bool_))]
        for index, kind in enumerate(KINDS[:-1]):
            first, later = self._rounds(kind, self.deal.rounds[index], self.wrong[index])
            if kind is FIRST:
                columns += [self._counted(first), self._counted(later)]
                flags = [(part.player[part.flagged], part.wrong[part.flagged]) for part in (first, later)]
            else:
                columns.append(self._counted(_both(first, later)))
        return Crowd(
            [self.behaviour] * self.size,
            np.full(self.size, self.worth),
            joined(KINDS, columns),
            self._true_rates(flag_chance, wrong=True),
            self._true_rates(flag_chance, wrong=False),
            self._true_rates(accusal_chance, wrong=True),
            self._true_rates(accusal_chance, wrong=False),
            np.concatenate([player for player, _ in flags]),
            np.concatenate([wrong for _, wrong in flags]),
            np.repeat([False, True][: len(flags)], [len(player) for player, _ in flags]),
        )

    def _counted(self, heard: _Heard) -> tuple[Floats, Floats]:
        seen = np.bincount(heard.player, minlength=self.size)
        flagged = np.bincount(heard.player[heard.flagged], minlength=self.size)
        return np.asarray(seen * self.worth), np.asarray(flagged * self.worth)

    def _rounds(self, kind: Kind, rounds: int, wrong_chance: float) -> tuple[_Heard, _Heard]:
        """The first answers of all rounds of a kind, and the later ones."""
        player, session = self._turns(rounds)
        chance = (
            np.full(len(player), wrong_chance)
            if kind is not FIRST
            else self._uneven(wrong_chance, len(player))
        )
        small = self.random.random(len(player)) < self.deal.small_file[kind.pool]
        listed = self.random.random(len(player)) < self.deal.listed[kind.pool]
        heard = []
        for _ in range(MOST_ANSWERS):
            wrong = self.random.random(len(player)) < chance
            eyes = Eyes(np.asarray(self.eyes.hit)[player], np.asarray(self.eyes.slip)[player])
            complex_picture = np.full(len(player), kind.pool is Pool.COMPLEX)
            sight = Sight(wrong, complex_picture, small, listed, session)
            flagged = self.random.random(len(player)) < flag_chance(self.behaviour, eyes, sight)
            heard.append(_Heard(player, wrong, flagged))
            on = ~flagged & (self.random.random(len(player)) < self.world.asks_on)
            player, session, chance = player[on], session[on], chance[on]
            small, listed = small[on], listed[on]
        return heard[0], _both(*heard[1:])

    def _turns(self, rounds: int) -> tuple[Ints, Ints]:
        """Each round's player, and how many sessions that player had finished before."""
        player = np.repeat(np.arange(self.size), rounds * self.sessions)
        session = np.tile(np.repeat(np.arange(self.sessions), rounds), self.size)
        return player, session

    def _uneven(self, mean: float, rounds: int) -> Floats:
        """On some pictures the model errs more than on others."""
        alike = self.world.images_alike
        return np.asarray(self.random.beta(alike * mean, alike * (1 - mean), size=rounds))

    def _true_rates(self, chance_of: Policy, *, wrong: bool) -> Floats:
        """P(wrong is said) of each player in each pool, over everything else that there may be in sight."""
        rates = np.zeros((self.size, 2))
        for pool in Pool:
            for small, listed in ((a, b) for a in (True, False) for b in (True, False)):
                odds = (self.deal.small_file[pool], self.deal.listed[pool])
                weight = np.prod(
                    [p if there else 1 - p for p, there in zip(odds, (small, listed), strict=True)]
                )
                for session in range(self.sessions):
                    sight = Sight(wrong, pool is Pool.COMPLEX, small, listed, session)
                    chance = chance_of(self.behaviour, self.eyes, sight)
                    rates[:, pool] += weight * chance / self.sessions
        return rates
