"""The models in the field: which of them a new session gets, and who answers in one that is under way."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any, TypeAlias

from gap_server.errors import NotFound
from gap_server.vlm.answerer import Answerer
from gap_server.vlm.protocol import Model, ModelId


@dataclass(frozen=True, slots=True)
class FieldedModel:
    """`weight`: its share of new sessions beside the others'. At 0 it only answers in those it has."""

    model: Model
    answerer: Answerer
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A model that was registered while servers ran. Without `urls` and `dialect`: as the settings say."""

    id: ModelId
    urls: Sequence[str] = ()
    dialect: str | None = None
    extra_body: Mapping[str, Any] = field(default_factory=dict)


Enlist: TypeAlias = Callable[[Newcomer], FieldedModel | None]
"""How a newcomer comes to be asked; None where nobody serves it."""


class Models:
    """One or several. A session is given one at its start and keeps it: none mixes revisions.

    The settings say who is in the field from the start. Newcomers join while it runs, with a share of new
    sessions that comes before the others' weights, and stay when they have none any more: sessions that
    began with them are played to their end.
    """

    def __init__(self, fielded: Sequence[FieldedModel], enlist: Enlist | None = None) -> None:
        """Raises ValueError where no model takes new sessions, or two have one name and revision."""
        self._enlist = enlist
        self._shares: Mapping[ModelId, float] = {}
        self._by_id = {one.model.id: one for one in fielded}
        if len(self._by_id) < len(fielded):
            raise ValueError("two models in the field have the same name and revision")
        if sum(one.weight for one in fielded) <= 0:
            raise ValueError("no model in the field takes new sessions")

    @classmethod
    def of(cls, model: Model, *, gated: bool = False, enlist: Enlist | None = None) -> "Models":
        """This one alone, until others join."""
        return cls([FieldedModel(model, Answerer(model, gated=gated))], enlist)

    def knows(self, one: ModelId) -> bool:
        return one in self._by_id

    def join(self, newcomer: Newcomer) -> None:
        """Let it answer; it takes new sessions only by a share. Nothing happens where nobody serves it."""
        if not self.knows(newcomer.id) and self._enlist and (fielded := self._enlist(newcomer)):
            self._by_id[newcomer.id] = replace(fielded, weight=0)

    def share_out(self, shares: Mapping[ModelId, float]) -> None:
        """Percent of new sessions by model, from now on. What is left is for the others, by their weights."""
        self._shares = {one: share for one, share in shares.items() if self.knows(one)}

    def assigned(self, random: Random) -> ModelId:
        """The model of a new session, drawn by share, else by weight."""
        (drawn,) = random.choices(list(self._by_id), self._chances())
        return drawn

    def _chances(self) -> list[float]:
        """Of each model, in order."""
        weights = {one: fielded.weight for one, fielded in self._by_id.items() if one not in self._shares}
        rest = 100 - sum(self._shares.values())
        whole = sum(weights.values())
        if not whole:  # nobody is left to take the rest
            return [self._shares.get(one, 0) for one in self._by_id]
        return [self._shares.get(one, rest * weights.get(one, 0) / whole) for one in self._by_id]

    def answerer(self, assigned: ModelId | None) -> Answerer | None:
        """Who answers; None where the session's model has left the field.

        A session that began before models were assigned has none, and any will do.
        """
        if assigned is None:
            return max(self._by_id.values(), key=lambda one: one.weight).answerer
        fielded = self._by_id.get(assigned)
        return fielded.answerer if fielded else None

    def named(self, name: str | None) -> Model:
        """The model of this name; without a name, the first. Raises NotFound."""
        for one in self._by_id.values():
            if name in {None, one.model.id.name}:
                return one.model
        raise NotFound(f"No model in the field is called {name!r}.")

    async def ready(self) -> None:
        """Raises ModelFailed or ModelBusy where one that takes new sessions does not answer."""
        takers = [
            one for one, chance in zip(self._by_id.values(), self._chances(), strict=True) if chance > 0
        ]
        await asyncio.gather(*(one.model.ready() for one in takers))

    async def aclose(self) -> None:
        for one in self._by_id.values():
            await one.model.aclose()
