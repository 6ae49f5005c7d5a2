"""Does a model play its part? Asked of real pictures in both arms, before any player meets it."""

import asyncio
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from gap_server.errors import ModelBusy, ModelFailed
from gap_server.vlm.instructions import instruction
from gap_server.vlm.probe.plain_rule import refusal_in
from gap_server.vlm.probe.questions import OFF_TOPIC, QUESTIONS, Kind
from gap_server.vlm.probe.report import ProbeAnswer, ProbeReport, judged
from gap_server.vlm.protocol import Completion, Model, Picture


@dataclass(frozen=True, slots=True)
class _Task:
    picture: Picture
    question: str
    kind: Kind
    tainted: bool
    again: bool = False


async def run_probe(
    model: Model,
    pictures: Sequence[Picture],
    *,
    at_once: int = 8,
    limit_seconds: float = 60.0,
    progress: Callable[[int, int], None] | None = None,
) -> ProbeReport:
    """Ask every question of every picture: honestly, honestly again, and falsely.

    And of each picture two of the questions that are not about it, in both arms. Raises ValueError where
    there is none. `at_once`: requests under way together. `progress` hears (done, all) after each answer.
    """
    if not pictures:
        raise ValueError("a probe needs pictures")
    tasks = list(_tasks(pictures))
    heard: list[ProbeAnswer] = []
    places = asyncio.Semaphore(at_once)

    async def one(task: _Task) -> None:
        async with places:
            heard.append(await _ask(model, task, limit_seconds))
        if progress is not None:
            progress(len(heard), len(tasks))

    async with asyncio.TaskGroup() as group:
        for task in tasks:
            group.create_task(one(task))
    return judged(heard)


def _tasks(pictures: Sequence[Picture]) -> Iterator[_Task]:
    """The arms alternate, so that neither has the warmer caches or the quieter minutes."""
    questions = [(kind, question) for kind, of_kind in QUESTIONS.items() for question in of_kind]
    for number, picture in enumerate(pictures):
        for slot, (kind, question) in enumerate(questions):
            arms = [(False, False), (True, False), (False, True)]
            turned = arms[(number + slot) % 3 :] + arms[: (number + slot) % 3]
            for tainted, again in turned:
                yield _Task(picture, question, kind, tainted=tainted, again=again)
        for slot in range(2):
            question = OFF_TOPIC[(2 * number + slot) % len(OFF_TOPIC)]
            for tainted in (False, True):
                yield _Task(picture, question, "off topic", tainted=tainted)


async def _ask(model: Model, task: _Task, limit_seconds: float) -> ProbeAnswer:
    began = time.monotonic()
    text, completion, failure = "", None, None
    try:
        async with asyncio.timeout(limit_seconds):
            completion = await _complete(model, task)
        text = completion.text.strip()
        failure = None if text else "empty"
    except TimeoutError:
        failure = "timeout"
    except ModelFailed as failed:
        failure = failed.reason
    except ModelBusy:
        failure = "busy"
    return ProbeAnswer(
        key=(task.picture.sha256, task.question),
        tainted=task.tainted,
        kind=task.kind,
        again=task.again,
        text=text,
        refusal=refusal_in(text),
        failure=failure,
        seconds=completion.latency_ms / 1000 if completion else time.monotonic() - began,
        prompt_tokens=completion.prompt_tokens if completion else None,
        completion_tokens=completion.completion_tokens if completion else None,
    )


async def _complete(model: Model, task: _Task) -> Completion:
    slot = model.reserve(task.picture.sha256)
    try:
        return await slot.complete(task.picture, instruction(tainted=task.tainted), task.question)
    finally:
        slot.release()
