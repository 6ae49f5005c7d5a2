"""The jury: players judge other players' answers, not knowing whose they are nor what was said of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from random import SystemRandom
from uuid import UUID

from gap_server.errors import ConsentRequired, NotFound, Refused, TooMany
from gap_server.game.rules import CONSENT_VERSION
from gap_server.play import finds, metrics, sharpness
from gap_server.play.deps import GameDeps
from gap_server.play.limits import DAY, person_of
from gap_server.quality.evidence import Kind, Pool, known, of_one
from gap_server.quality.jury import (
    ENOUGH_VERDICTS,
    Juror,
    Outcome,
    Standing,
    Stratum,
    Verdict,
    next_stratum,
    rates,
    settles,
    standing,
)
from gap_server.store import jury, players
from gap_server.store.engine import Db
from gap_server.store.jury import JurorSaid, JuryAllowance, LockedCase, ShownCase
from gap_server.vlm.protocol import Picture

BEFORE: Mapping[Stratum, float] = {
    Stratum.LIE: 0.95,
    Stratum.HELD: 0.05,
    Stratum.FLAGGED: 0.5,
    Stratum.LET_GO: 0.15,
}
"""P(answer wrong) before any verdict, where nobody's trust was estimated yet."""

TRUTH: Mapping[Stratum, str] = {Stratum.LIE: "wrong", Stratum.HELD: "right"}

CORRECTION_WRONG = 0.3
"""The same of what players type as the right answer."""

NOTHING_KNOWN: Mapping[Kind, tuple[float, float]] = {known(Pool.SIMPLE, wrong=True): (0, 0)}

SITTING = 5
"""After so many verdicts a juror's sharpness moves."""

_chance = SystemRandom()


@dataclass(frozen=True, slots=True)
class Feedback:
    """`was_right`: of each answer, in the order shown, whether the juror was; None where nobody knows yet, or
    where the juror did not say."""

    known: bool
    was_right: list[bool | None]


async def next_case(deps: GameDeps, player_id: UUID) -> ShownCase:
    """The case to judge next: the one in hand, if any. Raises ConsentRequired, NotFound (no_cases),
    TooMany (too_many_cases)."""
    async with deps.store.transaction() as db:
        # held, or a session could be dealt the image at the same moment
        person = person_of(deps.bot_key, await players.hold(db, player_id))
        allowance = await jury.allowance(db, player_id, person)
        _require_consent(allowance)
        case_id = await jury.open_case(db, player_id)
        if case_id is None:
            _require_room(allowance, deps.cases_per_day)
            case_id = await _show_some(db, player_id, person, allowance.language)
        case = await jury.read(db, player_id, case_id) if case_id else None
    if case is None:
        raise NotFound("There is nothing to judge right now.", code="no_cases")
    return case


async def picture(deps: GameDeps, player_id: UUID, case_id: UUID) -> Picture:
    async with deps.store.connection() as db:
        case = await _read(db, player_id, case_id)
        return await deps.pictures.get(db, case.image_id)


async def judge(deps: GameDeps, player_id: UUID, case_id: UUID, said: Sequence[str]) -> Feedback:
    """Say of each answer, in the order shown, whether it is right. The same again is harmless.

    Raises ConsentRequired, NotFound, Refused (already_judged, another_number_of_answers).
    """
    async with deps.store.transaction() as db:
        person = person_of(deps.bot_key, await players.hold(db, player_id))
        _require_consent(await jury.allowance(db, player_id, person))
        case = await _read(db, player_id, case_id)
        of_answer, of_correction = _unordered(case, said)
        if await jury.say(db, player_id, case_id, of_answer, of_correction):
            if not case.of_settled:
                await _weigh(db, case_id)
            if await jury.verdicts_of(db, player_id) % SITTING == 0:
                await sharpness.refresh(db, player_id)
        elif (case.said, case.said_of_correction) != (of_answer, of_correction):
            raise Refused("You have said something else of this case.", code="already_judged")
    metrics.VERDICTS.inc()
    return _feedback(case, of_answer, of_correction)


async def _show_some(db: Db, player_id: UUID, person: bytes, language: str) -> UUID | None:
    """A case in the juror's language before any other; at last one that somebody holds at this moment."""
    for wait in (False, True):
        for wanted in (language, None):
            if (case_id := await _show_one(db, player_id, person, wanted, wait=wait)) is not None:
                return case_id
    return None


async def _show_one(
    db: Db, player_id: UUID, person: bytes, language: str | None, *, wait: bool
) -> UUID | None:
    """A case of a stratum drawn by lot, or of another."""
    left = dict.fromkeys(Stratum, 1)
    while (stratum := next_stratum(left, _chance.random())) is not None:
        case_id = await jury.show_next(db, player_id, person, stratum, language, wait=wait)
        if case_id is not None:
            return case_id
        del left[stratum]
    return None


async def _weigh(db: Db, case_id: UUID) -> None:
    """Let a new verdict count: the case may close by it, and a closed one may tell more than before."""
    case = await jury.lock(db, case_id)
    if case is None:
        return
    said = await jury.verdicts(db, case_id)
    of_answer = standing(before(case.stratum, case.trust), [(Verdict(v.said), _juror(v)) for v in said])
    of_correction = standing(
        CORRECTION_WRONG, [(Verdict(v.said_of_correction), _juror(v)) for v in said if v.said_of_correction]
    )
    found = case.outcome or _outcome(case, of_answer, len(said))
    settled = settles(of_answer.chance, Outcome(found or Outcome.OPEN), Pool[case.pool.upper()])
    await jury.weigh(
        db,
        case_id,
        p_wrong=of_answer.chance,
        p_correction_wrong=of_correction.chance if case.has_correction else None,
        outcome=found,
        settled=found if settled and Stratum(case.stratum) not in TRUTH else None,
    )
    if case.outcome is None and case.stratum == Stratum.FLAGGED and found == Outcome.WRONG:
        agreed = sum(v.said == Verdict.WRONG for v in said)
        await finds.confirm(db, case.player_id, category=case.category, agreed=agreed)


def before(stratum: str, trust: float | None) -> float:
    """P(answer wrong) before any juror has looked."""
    return BEFORE[Stratum(stratum)] if trust is None else trust


def _outcome(case: LockedCase, of_answer: Standing, verdicts: int) -> str | None:
    """A case whose truth is known tells of its jurors, not they of it: it goes when it was seen enough."""
    if (truth := TRUTH.get(Stratum(case.stratum))) is not None:
        return truth if verdicts >= ENOUGH_VERDICTS else None
    return None if of_answer.outcome is Outcome.OPEN else of_answer.outcome.value


def _juror(said: JurorSaid) -> Juror:
    """A juror's rates, on images of the case's pool, by the known cases so far."""
    found, pool = rates(of_one(said.known or NOTHING_KNOWN))[0], Pool[said.pool.upper()]
    return Juror(s=float(found[pool]), f=float(found[2 + pool]))


async def _read(db: Db, player_id: UUID, case_id: UUID) -> ShownCase:
    case = await jury.read(db, player_id, case_id)
    if case is None:
        raise NotFound("There is no such case here.")
    return case


def _unordered(case: ShownCase, said: Sequence[str]) -> tuple[str, str | None]:
    """What was said of the model's answer, and of the correction."""
    count = 1 if case.correction_first is None else 2
    if len(said) != count:
        raise Refused(f"This case has {count} answers.", code="another_number_of_answers")
    if case.correction_first is None:
        return said[0], None
    return (said[1], said[0]) if case.correction_first else (said[0], said[1])


def _feedback(case: ShownCase, of_answer: str, of_correction: str | None) -> Feedback:
    was_right = case.in_order(
        _was_right(of_answer, case.truth), _was_right(of_correction, case.correction_truth)
    )
    return Feedback(case.truth is not None, was_right)


def _was_right(said: str | None, truth: str | None) -> bool | None:
    return None if truth is None or said not in {"right", "wrong"} else said == truth


def _require_consent(allowance: JuryAllowance) -> None:
    if allowance.consent_version != CONSENT_VERSION:
        raise ConsentRequired("Judging needs your consent first.")


def _require_room(allowance: JuryAllowance, cases_per_day: int) -> None:
    if allowance.shown >= cases_per_day and allowance.first_at is not None:
        wait = allowance.first_at + DAY - allowance.now
        raise TooMany(
            f"{cases_per_day} cases a day are the limit.",
            code="too_many_cases",
            retry_after_seconds=max(1, ceil(wait.total_seconds())),
        )
