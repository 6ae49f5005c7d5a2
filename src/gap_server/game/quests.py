"""Quests: what to look for this week. They steer questions away from counting, and never pay points.

Four in five of the paper's questions count things; a model that is tuned on them learns little else.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Final, Literal

from gap_server.game.outcome import RoundOutcome

Aim = Literal["catch", "find"]

CATCHES: Final = 3
"""Lies to catch by questions of one category."""
FINDS: Final = 1
"""Confirmed mistakes of the model: one is hard enough."""
UNSTEERED_SHARE: Final = 0.2
"""Of sessions, so many are played without quests: by them one sees what steering does to the questions."""


@dataclass(frozen=True, slots=True)
class Quest:
    """`category`: of the question that brings it further, as `quality` names them."""

    aim: Aim
    category: str

    @property
    def id(self) -> str:
        return f"{self.aim}_{self.category}"

    @property
    def goal(self) -> int:
        return CATCHES if self.aim == "catch" else FINDS

    @property
    def outcome(self) -> RoundOutcome:
        """What a round must come to."""
        return RoundOutcome.CAUGHT if self.aim == "catch" else RoundOutcome.FIND


_CATEGORIES: Final = ("colour", "position", "attribute", "existence", "action", "kind", "text")
"""What can be asked of nearly each picture, and not counting: that is what people ask anyway."""


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def of_week(monday: date) -> tuple[Quest, Quest, Quest]:
    """Three for everybody, of three categories: two to catch, one to find. The same week gives the same."""
    first, second, third = Random(monday.isoformat()).sample(_CATEGORIES, 3)  # noqa: S311  # no secret
    return Quest("catch", first), Quest("catch", second), Quest("find", third)


def advanced(quests: Iterable[Quest], played: Iterable[tuple[RoundOutcome, str | None]]) -> Mapping[str, int]:
    """How far rounds bring each quest, by its id; those that stay where they are left out.

    `played`: what each round came to, and the category of the question that counts.
    """
    rounds = list(played)
    further = {quest.id: rounds.count((quest.outcome, quest.category)) for quest in quests}
    return {quest_id: count for quest_id, count in further.items() if count}
