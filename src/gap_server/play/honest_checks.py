"""Compliance checks: after a session, the model is asked again, honestly, what it was asked in it.

A trap whose answer says the same as the honest one was none. Nothing is asked before the session is over, nor
while a player would wait because of it.
"""

import asyncio
from datetime import timedelta

import structlog

from gap_server.errors import ModelBusy, ModelFailed
from gap_server.play import metrics
from gap_server.play.assignment import answerer_by_id
from gap_server.play.background import repeat
from gap_server.play.deps import GameDeps
from gap_server.quality.agreement.rule import VERSION, Sameness, agreement
from gap_server.store import honest_checks
from gap_server.store.honest_checks import CheckResult, DueCheck, NewCorrection
from gap_server.vlm.answerer import AnswerRecord, ScreenedAnswer
from gap_server.vlm.protocol import ModelId, Picture

log = structlog.get_logger()

LEASE = timedelta(minutes=2)
BUSY_WAIT = timedelta(seconds=20)
FIRST_WAIT = timedelta(minutes=1)
MOST_ATTEMPTS = 5
AT_ONCE = 8
"""Checks under way in one process, however fast they may begin."""

IDLE_SECONDS = 1.0
CORRECTIONS_AT_ONCE = 50

LIE_SHARE = 0.15
"""Of confirmed lies, so many become known cases of the jury: about as many as there are unknown ones."""


async def keep_checking(deps: GameDeps, *, per_minute: int) -> None:
    """Check until cancelled, beginning `per_minute` checks at most."""
    if per_minute:
        await repeat("honest checks", lambda _: _check_due(deps, per_minute), every_seconds=IDLE_SECONDS)


async def _check_due(deps: GameDeps, per_minute: int) -> None:
    """Check until nothing is due."""
    room = asyncio.Semaphore(AT_ONCE)
    async with asyncio.TaskGroup() as group:
        while True:
            await room.acquire()
            check = await next_due(deps)
            if check is None:
                await verify_corrections(deps)
                return
            under_way = group.create_task(make(deps, check))
            under_way.add_done_callback(lambda _: room.release())
            await asyncio.sleep(60 / per_minute)


async def next_due(deps: GameDeps) -> DueCheck | None:
    async with deps.store.transaction() as db:
        due = await honest_checks.claim(db, lease=LEASE, limit=1)
    return due[0] if due else None


async def make(deps: GameDeps, check: DueCheck) -> None:
    """Ask, compare, write down; what cannot be asked now is put off, and given up after some attempts."""
    try:
        asked = await _ask(deps, check)
    except ModelBusy:
        await _put_off(deps, check, BUSY_WAIT, counts=False)
    except ModelFailed as failure:
        log.info("an honest check failed", reason=failure.reason, attempts=check.attempts)
        wait = FIRST_WAIT * 4 ** (check.attempts - 1) if check.attempts < MOST_ATTEMPTS else None
        await _put_off(deps, check, wait, counts=True)
    else:
        await (_settle(deps, check, *asked) if asked else _put_off(deps, check, None, counts=True))


async def verify_corrections(deps: GameDeps) -> int:
    """Compare corrections that came after the check. Gives how many there were."""
    async with deps.store.connection() as db:
        found = await honest_checks.new_corrections(db, CORRECTIONS_AT_ONCE)
    for new in found:
        holds = await _holds(deps, new)
        async with deps.store.connection() as db:
            await honest_checks.verify_correction(db, new, holds=holds)
    return len(found)


async def _ask(deps: GameDeps, check: DueCheck) -> tuple[Picture, ScreenedAnswer, AnswerRecord] | None:
    """None where the model that answered has left the field: another would tell nothing of this one."""
    async with deps.store.connection() as db:
        own = ModelId(check.model, check.model_revision) if check.model else None
        answerer = await answerer_by_id(db, deps, own)
        if answerer is None:
            return None
        picture = await deps.pictures.get(db, check.image_id)
    slot = answerer.reserve(picture.sha256, background=True)
    try:
        record = answerer.record(slot, tainted=False)
        return picture, await answerer.ask(slot, picture, check.question, record, seen=False), record
    finally:
        slot.release()


async def _settle(
    deps: GameDeps, check: DueCheck, picture: Picture, said: ScreenedAnswer, record: AnswerRecord
) -> None:
    agrees, by = (None, None) if said.refusal else await _agree(deps, check.question, check.shown, said.text)
    holds = None
    if check.correction and not said.refusal:
        holds = await _correction_holds(deps, check.question, check.shown, said.text, check.correction)
    result = CheckResult(
        answer=said.text,
        agrees=agrees,
        agrees_by=by,
        agreement_version=VERSION,
        correction=check.correction,
        correction_holds=holds,
        truth=deps.oracle(picture, check.question) if deps.oracle else None,
        instruction_sha256=record.instruction.sha256,
        served_model_sha256=record.trace.served.sha256,
        replica=record.trace.replica,
    )
    async with deps.store.transaction() as db:
        await deps.origins.write_down(db, record)
        if await honest_checks.settle(db, check, result):
            await honest_checks.add_known_case(db, check, lie_share=LIE_SHARE)
    _count(check, agrees=agrees)


def _count(check: DueCheck, *, agrees: bool | None) -> None:
    if check.tainted:
        outcome = {None: "unclear", True: "void", False: "lied"}[agrees]
        metrics.TRAPS_CHECKED.labels(outcome).inc()


async def _put_off(deps: GameDeps, check: DueCheck, wait: timedelta | None, *, counts: bool) -> None:
    async with deps.store.connection() as db:
        await honest_checks.put_off(db, check, wait, counts=counts)


async def _holds(deps: GameDeps, new: NewCorrection) -> bool | None:
    return await _correction_holds(deps, new.question, new.shown, new.honest, new.correction)


async def _correction_holds(
    deps: GameDeps, question: str, shown: str, honest: str, correction: str
) -> bool | None:
    """Whether a correction agrees with the honest answer and not with the one shown; None: it is unclear."""
    with_honest, _ = await _agree(deps, question, honest, correction)
    with_shown, _ = await _agree(deps, question, shown, correction)
    if with_honest is False or with_shown:
        return False
    return True if with_honest and with_shown is False else None


async def _agree(deps: GameDeps, question: str, one: str, other: str) -> tuple[bool | None, str | None]:
    """Whether two answers say the same, and what decided: the rule, or the judge where it cannot tell."""
    sameness = agreement(one, other, question).sameness
    if sameness is not Sameness.UNCLEAR:
        return sameness is Sameness.SAME, "rule"
    if deps.judge is None:
        return None, None
    same = await deps.judge.says_the_same(question, one, other)
    return same, None if same is None else "judge"
