"""Trust, worked out anew: counts summed in the database, fitted beside the players, written down."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby
from uuid import UUID

import structlog

from gap_server.operate import commonness, comparing, settling, tally
from gap_server.operate.tally import PAGE, Crowd, Jurors, pages
from gap_server.play.background import repeat
from gap_server.quality import reliability
from gap_server.quality.evidence import Evidence, judged
from gap_server.quality.reliability import Estimates, Fit
from gap_server.quality.trust import Told, chance_of, log_odds, of_several
from gap_server.store import judgements, trust
from gap_server.store.engine import Store
from gap_server.store.evidence import HARVEST, LATER
from gap_server.store.judgements import JudgedAnswer
from gap_server.store.trust import ModelError, NewFit, Reliability, TrustedAnswer

log = structlog.get_logger()

IMAGES = 10
"""Images of which all flagged answers are read, and their trust written, at once."""

LEVEL = 0.9
"""Of the intervals, as the tables' comments have it."""

LOOK_EVERY_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Refit:
    """What a refit found. `trusted`: flagged answers that have a P(wrong) now."""

    fit_id: int
    players: int
    answers: int
    trusted: int
    models: list[ModelError]


async def keep_refitting(store: Store, *, minutes: int) -> None:
    """Refit every so many minutes until cancelled, in one process of all."""
    if minutes:
        every = timedelta(minutes=minutes)
        await repeat(
            "refitting trust", lambda _: refit_when_due(store, every), every_seconds=LOOK_EVERY_SECONDS
        )


async def refit_when_due(store: Store, every: timedelta) -> Refit | None:
    """Refit, in one process of all; None where it is not yet time, or another one is at it."""
    async with store.connection() as db:
        if not await trust.take_lease(db, "refit trust", every):
            return None
    return await refit(store)


async def refit(store: Store) -> Refit | None:
    """Count how common questions are, fit everybody's reliability anew, and the trust in every flagged
    answer; then compare the models.

    None where nobody played.
    """
    await commonness.count(store)
    found = await _refit_reliability(store)
    await comparing.compare(store)
    return found


async def _refit_reliability(store: Store) -> Refit | None:
    """Fit reliability anew, the trust in every flagged answer, and which cases are settled."""
    counted_at = datetime.now(UTC)
    jury = await tally.jurors(store)
    crowd = await tally.crowd(store, jury)
    if not crowd.rows:
        return None
    fitted, estimates = await asyncio.to_thread(_fitted, crowd.evidence)
    models = _models(fitted)
    new = NewFit(
        kind="reliability",
        estimator_version=reliability.VERSION,
        players=len(crowd.rows),
        answers=int(crowd.evidence.seen.sum()),
        counted_at=counted_at,
        details={"kinds": {kind.name: float(w) for kind, w in zip(fitted.kinds, fitted.wrong, strict=True)}},
    )
    async with store.transaction() as db:
        fit_id = await trust.add_fit(db, new)
        for one in models:
            await trust.write_model(db, fit_id, one)
    trusted = await _write(store, fit_id, crowd, _Found(crowd, jury, fitted, estimates))
    await settling.settle(store, jury)
    log.info("trust was refitted", players=new.players, answers=new.answers, flagged=trusted)
    return Refit(fit_id, new.players, new.answers, trusted, models)


def _fitted(evidence: Evidence) -> tuple[Fit, Estimates]:
    fitted = reliability.fit(evidence)
    return fitted, reliability.estimates(fitted, level=LEVEL)


async def _write(store: Store, fit_id: int, crowd: Crowd, found: "_Found") -> int:
    """Page by page, each in a transaction of its own. Gives how many answers are trusted."""
    players, trusted = list(crowd.rows), 0
    for start in range(0, len(players), PAGE):
        page = [
            _reliability(player, found.estimates, start + n)
            for n, player in enumerate(players[start : start + PAGE])
        ]
        async with store.transaction() as db:
            await trust.write_players(db, fit_id, page)
    async for images in pages(store, judgements.images, IMAGES):
        async with store.transaction() as db:
            answers = found.trusted(await judgements.claims(db, images))
            await trust.write_trust(db, fit_id, images, answers)
        trusted += len(answers)
    async with store.transaction() as db:
        await trust.forget_withdrawn(db)
    return trusted


@dataclass(frozen=True, slots=True)
class _Found:
    """What is known of everybody, with which any answer is judged."""

    crowd: Crowd
    jury: Jurors
    fitted: Fit
    estimates: Estimates

    def trusted(self, answers: Sequence[JudgedAnswer]) -> list[TrustedAnswer]:
        """Of each flagged one how sure it is to be wrong. `answers`: whole claims, one after the other."""
        of_claims = (list(claim) for _, claim in groupby(answers, key=lambda answer: answer.claim))
        return [answer for claim in of_claims for answer in self._of_claim(claim)]

    def _of_claim(self, claim: Sequence[JudgedAnswer]) -> list[TrustedAnswer]:
        """Everybody who judged it counts once, by the flag if there was one; and so does each juror."""
        people = {answer.player_id: answer for answer in sorted(claim, key=lambda answer: answer.flagged)}
        told = {player: said for player, answer in people.items() if (said := self._told(answer))}
        if not told:
            return []
        verdicts = {
            juror: said
            for answer in claim
            for juror, said in self.jury.said(answer.jurors, answer.said_wrong, answer.pool).items()
        }
        unjudged = of_several(list(told.values()))
        chance = chance_of(log_odds(unjudged) + sum(verdicts.values()))
        return [
            TrustedAnswer(player, answer.question_id, chance, unjudged, len(told) - 1, len(verdicts))
            for player, answer in people.items()
            if answer.flagged and player in told
        ]

    def _told(self, answer: JudgedAnswer) -> Told | None:
        """None of whoever, or whatever, was not there yet when the counts were taken."""
        row, usual = self.crowd.rows.get(answer.player_id), self.crowd.columns.get(answer.kind)
        if row is None or usual is None:
            return None
        column = self.crowd.columns.get(judged(answer.kind, self.jury.heard(answer)), usual)
        after = self.estimates.trust if answer.flagged else self.estimates.doubt
        return Told(self.fitted.wrong[usual], self.fitted.wrong[column], float(after[row, column]))


def _reliability(player_id: UUID, estimates: Estimates, row: int) -> Reliability:
    rates = [
        float(table[row, pool])
        for tables in (
            (estimates.s, estimates.s_lower, estimates.s_upper),
            (estimates.f, estimates.f_lower, estimates.f_upper),
        )
        for pool in range(2)
        for table in tables
    ]
    return Reliability(player_id, *rates)


def _models(fitted: Fit) -> list[ModelError]:
    found = []
    for kind, *rates in zip(fitted.kinds, fitted.wrong, *fitted.wrong_within(LEVEL), strict=True):
        if kind.wrong is None and kind.among is None and not kind.name.endswith(LATER):
            model, revision = json.loads(kind.name.removeprefix(HARVEST))
            found.append(ModelError(model, revision, *map(float, rates)))
    return found
