"""Work beside the players: what goes wrong with it is told by its cause, and told when it is over."""

import asyncio

from structlog.testing import capture_logs

from gap_server.errors import GapError, StoreUnavailable
from gap_server.play.background import repeat


async def fails(error: Exception) -> None:
    raise error


async def test_what_goes_wrong_in_one_of_several_tasks_is_told_as_what_it_is() -> None:
    worked = asyncio.Event()

    async def work(n: int) -> None:
        if n:
            worked.set()
            return
        async with asyncio.TaskGroup() as group:
            group.create_task(fails(StoreUnavailable("The database is away.")))

    with capture_logs() as lines:
        task = asyncio.create_task(repeat("checking", work, every_seconds=60, after_trouble=0))
        await worked.wait()
        await asyncio.sleep(0)
        task.cancel()
    told, mended = lines
    assert told == {
        "event": "checking failed, it is tried again",
        "log_level": "warning",
        "error": "The database is away.",
        "times": 1,
    }
    assert mended["event"] == "checking works again"


async def test_an_error_that_nobody_foresaw_is_told_before_one_of_our_own() -> None:
    told = asyncio.Event()

    async def work(n: int) -> None:
        if n:
            told.set()
        raise ExceptionGroup("two tasks", [GapError("busy"), ExceptionGroup("more", [KeyError("x")])])

    with capture_logs() as lines:
        task = asyncio.create_task(repeat("checking", work, every_seconds=60, after_trouble=0))
        await told.wait()
        task.cancel()
    assert {line["error"] for line in lines} == {"KeyError"}
