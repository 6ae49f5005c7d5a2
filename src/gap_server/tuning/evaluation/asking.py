"""Every question of a held-out set asked of a model, so many at once, and none that was answered before."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from gap_server.errors import EvaluationRefused, GapError, ModelBusy, ModelFailed
from gap_server.tuning.evaluation.held_out import HeldOutRow
from gap_server.tuning.evaluation.journal import Journal
from gap_server.tuning.evaluation.pictures import Pictures
from gap_server.vlm.client.server import Throttled
from gap_server.vlm.instructions import HONEST
from gap_server.vlm.protocol import Completion, Model

ANSWERS: Final = ("id", "time")
"""What an answer stands in the journal by: the row, and the how manyeth time it was asked."""

TRIES: Final = 4
FIRST_PAUSE_SECONDS: Final = 1.0
ITS_OWN_FAULT: Final = frozenset({"empty", "bad_request"})
"""Failures that asking again would repeat: the model has no answer to this row, which is an answer, wrong."""

Progress = Callable[[int, int], None]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Asking:
    """How a set is asked. `times`: 2 asks everything again, for the noise that no tuning made."""

    model: Model
    pictures: Pictures
    at_once: int = 8
    times: int = 1


async def ask(rows: Sequence[HeldOutRow], asking: Asking, journal: Journal, heard: Progress) -> int:
    """Ask what is not in the journal. How many got no answer: a next run asks them again.

    Raises EvaluationRefused where a picture is missing.
    """
    wanted = [(row, str(time)) for time in range(1, asking.times + 1) for row in rows]
    to_do = [(row, time) for row, time in wanted if (row.id, time) not in journal]
    if missing := asking.pictures.missing(row for row, _ in to_do):
        raise EvaluationRefused(f"{len(missing)} pictures are not there, the first: {missing[0]}.")
    failed = 0

    async def one(task: tuple[HeldOutRow, str]) -> None:
        nonlocal failed
        row, time = task
        answer = await _answer(row, asking)
        if answer is None:
            failed += 1
        else:
            journal.add({"id": row.id, "time": time, **answer})
        heard(len(journal.lines) + failed, len(wanted))

    await side_by_side(to_do, one, asking.at_once)
    return failed


def record(rows: Sequence[HeldOutRow], journal: Journal) -> None:
    """Take the answers that stand in the set's own file. Raises EvaluationRefused where one has none."""
    for row in rows:
        if row.recorded is None:
            raise EvaluationRefused(f"Row {row.id} has no recorded answer.")
        if (row.id, "1") not in journal:
            journal.add({"id": row.id, "time": "1", "answer": row.recorded, "failure": None})


async def side_by_side(tasks: Sequence[T], act: Callable[[T], Awaitable[None]], at_once: int) -> None:
    """All of them, `at_once` at a time, begun in their order. The first trouble ends it."""
    left: Iterator[T] = iter(tasks)

    async def worker() -> None:
        for task in left:
            await act(task)

    try:
        async with asyncio.TaskGroup() as group:
            for _ in range(min(at_once, len(tasks))):
                group.create_task(worker())
    except* GapError as several:
        raise several.exceptions[0] from None


async def persistently(ask_once: Callable[[], Awaitable[T]]) -> T:
    """Ask again, after longer and longer pauses, what failed for a reason that may pass.

    Who says how long to wait is waited for as long. Raises ModelFailed.
    """
    for tried in range(1, TRIES + 1):
        pause = FIRST_PAUSE_SECONDS * 2 ** (tried - 1)
        try:
            return await ask_once()
        except ModelBusy as busy:
            failure = ModelFailed(str(busy), reason="busy")
        except Throttled as throttled:
            failure, pause = throttled, max(pause, throttled.retry_after_seconds)
        except ModelFailed as failed:
            if failed.reason in ITS_OWN_FAULT:
                raise
            failure = failed
        if tried < TRIES:
            await asyncio.sleep(pause)
    raise failure


async def _answer(row: HeldOutRow, asking: Asking) -> dict[str, Any] | None:
    picture = await asking.pictures.of(row)

    async def once() -> Completion:
        slot = asking.model.reserve(picture.sha256)
        try:
            return await slot.complete(picture, HONEST, row.question)
        finally:
            slot.release()

    try:
        said = await persistently(once)
    except ModelFailed as failure:
        if failure.reason in ITS_OWN_FAULT:
            return {"answer": "", "failure": failure.reason}
        return None
    return {
        "answer": said.text.strip(),
        "failure": None,
        "finish_reason": said.finish_reason,
        "served_model_sha256": said.served.sha256,
        "root": said.served.root,
        "latency_ms": said.latency_ms,
        "prompt_tokens": said.prompt_tokens,
        "completion_tokens": said.completion_tokens,
    }
