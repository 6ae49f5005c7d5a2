"""Models compared while the game runs: what players flagged, counted, fitted beside them, written down."""

import asyncio
from array import array
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import permutations
from typing import Final

import numpy as np
import structlog

from gap_server.operate.tally import pages
from gap_server.quality import models_compared
from gap_server.quality.models_compared import Answers, Comparison, Effects, compared
from gap_server.store import comparisons, judgements, trust
from gap_server.store.comparisons import AnswerCount, ComparedFit, ModelDifference, ModelStanding
from gap_server.store.engine import Store
from gap_server.store.trust import NewFit

log = structlog.get_logger()

LEVEL: Final = 0.95
"""Of the intervals, as the tables' comments have it."""

DAYS: Final = 180
"""Older sessions do not count: models are compared that were drawn by lot about the same time."""

MOST_COUNTS: Final = 300_000
"""Where there are more, some players stand for all: ids are random, so the first of them are a sample."""

PAGE: Final = 200
"""Players whose counts are read in one statement."""

KEPT_DAYS: Final = 7
"""Fits older than this are thinned out to one a day."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the newest fit says of the models. `differences`: each against each, both ways."""

    fit: ComparedFit
    standings: Sequence[ModelStanding]
    differences: Sequence[ModelDifference]


async def newest(store: Store) -> Found | None:
    async with store.connection() as db:
        fit = await comparisons.newest(db)
        if fit is None:
            return None
        return Found(fit, await comparisons.standings(db, fit.id), await comparisons.differences(db, fit.id))


async def compare(store: Store) -> None:
    """Fit all models anew, unless nothing was played since the last time."""
    counted_at = datetime.now(UTC)
    heard = await _heard(store)
    if not heard.seen:
        return
    answers = heard.answers()
    told = _described(heard, answers, counted_at)
    async with store.connection() as db:
        before = await comparisons.newest(db)
    if before is not None and _said(before) == _said(told):
        return
    found = await asyncio.to_thread(compared, answers)
    models = sorted(heard.models, key=heard.models.__getitem__)
    async with store.transaction() as db:
        fit_id = await trust.add_fit(db, told)
        standings, differences = _standings(models, answers, found), list(_differences(models, found))
        await comparisons.write(db, fit_id, standings, differences)
        await comparisons.thin_out(db, KEPT_DAYS)
    log.info("models were compared", models=len(models), answers=told.answers, players=told.players)


@dataclass(slots=True)
class _Heard:
    """Counts as they come in. Each factor: the number that each of its levels has."""

    players: dict[Hashable, int] = field(default_factory=dict)
    images: dict[Hashable, int] = field(default_factory=dict)
    categories: dict[Hashable, int] = field(default_factory=dict)
    models: dict[tuple[str, str], int] = field(default_factory=dict)
    levels: "tuple[array[int], ...]" = field(default_factory=lambda: tuple(array("q") for _ in range(4)))
    seen: "array[int]" = field(default_factory=lambda: array("q"))
    flagged: "array[int]" = field(default_factory=lambda: array("q"))

    def add(self, count: AnswerCount) -> None:
        model = count.model, count.revision
        self.levels[0].append(self.players.setdefault(count.player_id, len(self.players)))
        self.levels[1].append(self.images.setdefault(count.image_id, len(self.images)))
        self.levels[2].append(self.categories.setdefault(count.category, len(self.categories)))
        self.levels[3].append(self.models.setdefault(model, len(self.models)))
        self.seen.append(count.seen)
        self.flagged.append(count.flagged)

    def answers(self) -> Answers:
        columns = (*self.levels, self.seen, self.flagged)
        return Answers(*(np.asarray(column, np.intp) for column in columns))


async def _heard(store: Store) -> _Heard:
    heard = _Heard()
    async for players in pages(store, judgements.consenting, PAGE):
        async with store.connection() as db:
            for count in await comparisons.counts(db, players, DAYS):
                heard.add(count)
        if len(heard.seen) >= MOST_COUNTS:
            break
    return heard


def _described(heard: _Heard, answers: Answers, counted_at: datetime) -> NewFit:
    seen = {"/".join(model): int(answers.seen[answers.model == n].sum()) for model, n in heard.models.items()}
    return NewFit(
        kind="joint",
        estimator_version=models_compared.VERSION,
        players=len(heard.players),
        answers=int(answers.seen.sum()),
        counted_at=counted_at,
        details={"images": len(heard.images), "flagged": int(answers.flagged.sum()), "answers": seen},
    )


def _said(fit: NewFit | ComparedFit) -> tuple[object, ...]:
    """Two fits that agree in this were made of the same answers."""
    return fit.estimator_version, fit.players, fit.answers, dict(fit.details)


def _standings(models: Sequence[tuple[str, str]], answers: Answers, found: Comparison) -> list[ModelStanding]:
    standings = []
    for number, model in enumerate(models):
        own = answers.model == number
        rate, *ends = _with_ends(found.flag_rates, number)
        standings.append(
            ModelStanding(
                *(*model, *_with_ends(found.truthfulness, number)),
                *(rate, max(ends[0], 0.0), min(ends[1], 1.0)),
                players=len(np.unique(answers.player[own])),
                answers=int(answers.seen[own].sum()),
                flagged=int(answers.flagged[own].sum()),
            )
        )
    return standings


def _differences(models: Sequence[tuple[str, str]], found: Comparison) -> Iterator[ModelDifference]:
    for (one, named), (other, against) in permutations(enumerate(models), 2):
        odds, rate = (_with_ends(of(one, other)) for of in (found.difference, found.rate_difference))
        yield ModelDifference(*named, *against, *odds, found.more_truthful(one, other), *rate)


def _with_ends(of: Effects, number: int = 0) -> tuple[float, float, float]:
    """One of the effects, and the lower and upper end of its interval."""
    lower, upper = of.within(LEVEL)
    return float(of.effect[number]), float(lower[number]), float(upper[number])
