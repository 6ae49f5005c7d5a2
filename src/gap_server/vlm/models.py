"""The models in the field: which of them a new session gets, and who answers in one that is under way."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from gap_server.errors import NotFound
from gap_server.vlm.answerer import Answerer
from gap_server.vlm.protocol import Model, ModelId


@dataclass(frozen=True, slots=True)
class FieldedModel:
    """`weight`: its share of new sessions beside the others'. At 0 it only answers in those it has."""

    model: Model
    answerer: Answerer
    weight: int = 1


class Models:
    """One or several. A session is given one at its start and keeps it: none mixes revisions."""

    def __init__(self, fielded: Sequence[FieldedModel]) -> None:
        """Raises ValueError where no model takes new sessions, or two have one name and revision."""
        self._by_id = {one.model.id: one for one in fielded}
        if len(self._by_id) < len(fielded):
            raise ValueError("two models in the field have the same name and revision")
        if sum(one.weight for one in fielded) <= 0:
            raise ValueError("no model in the field takes new sessions")

    @classmethod
    def of(cls, model: Model, *, gated: bool = False) -> "Models":
        """This one alone."""
        return cls([FieldedModel(model, Answerer(model, gated=gated))])

    def assigned(self, random: Random) -> ModelId:
        """The model of a new session, drawn by weight."""
        weights = [one.weight for one in self._by_id.values()]
        (drawn,) = random.choices(list(self._by_id), weights)
        return drawn

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
        await asyncio.gather(*(one.model.ready() for one in self._by_id.values() if one.weight))

    async def aclose(self) -> None:
        for one in self._by_id.values():
            await one.model.aclose()
