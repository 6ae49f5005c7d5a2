"""gap-server bot."""

import asyncio
import logging
import signal
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any

import typer

from gap_server.cli.database import administered, for_game
from gap_server.logs import set_up_logs
from gap_server.settings import read_settings


def register(app: typer.Typer) -> None:
    app.command()(bot)


def bot() -> None:
    """The Telegram bot, by settings alone. One of it, please: Telegram talks to one at a time."""
    from gap_server.bot.app import check, run  # noqa: PLC0415  # half a second that no other command needs

    settings = read_settings()
    check(settings)
    set_up_logs(settings.log_format, settings.log_level)
    # the library logs with a traceback what we answer for ourselves: a Telegram that is away, or busy
    logging.getLogger("telegram").setLevel(logging.CRITICAL)
    with administered(settings) as url:
        asyncio.run(_until_told(run(for_game(settings, url))))


async def _until_told(work: Coroutine[Any, Any, None]) -> None:
    """Run until the process is told to end, and end in good order."""
    working = asyncio.create_task(work)
    loop = asyncio.get_running_loop()
    for told in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(told, working.cancel)
    with suppress(asyncio.CancelledError):
        await working
