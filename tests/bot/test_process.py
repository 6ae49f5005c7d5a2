"""`gap-server bot` as operators run it: a process, a wire, signals."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import uvicorn

from gap_server.game.rules import NUMBERS
from gap_server.i18n import LANGUAGES
from gap_server.store.roles import GAME, with_login
from tests.command_line import tried_in_turn
from tests.doubles.fake_bot_api import FakeBotApi
from tests.playing import BOT_TOKEN

GAP_SERVER = Path(sys.executable).parent / "gap-server"
ENOUGH_SECONDS = 240


async def start(folder: Path, **settings: str) -> Process:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GAP_")}
    return await asyncio.create_subprocess_exec(
        GAP_SERVER, "bot", cwd=folder, env={**environment, **settings}, stdout=PIPE, stderr=PIPE
    )


async def end(process: Process) -> tuple[int, str]:
    """Tell it to end, and give its exit status and all that it said."""
    if process.returncode is None:
        process.send_signal(signal.SIGTERM)
    async with asyncio.timeout(ENOUGH_SECONDS):
        out, err = await process.communicate()
    return process.returncode or 0, (out + err).decode()


async def heard(process: Process, words: str) -> str:
    """Wait until it says them; all that it said until then."""
    assert process.stderr is not None
    said = ""
    async with asyncio.timeout(ENOUGH_SECONDS):
        while words not in said:
            line = (await process.stderr.readline()).decode()
            assert line, f"it ended: {said}"
            said += line
    return said


@asynccontextmanager
async def on_the_wire(telegram: FakeBotApi, port: int) -> AsyncIterator[None]:
    config = uvicorn.Config(
        telegram.app, port=port, log_config=None, lifespan="off", timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    try:
        yield
    finally:
        server.should_exit = True
        await serving


async def test_the_bot_waits_for_telegram_answers_and_ends_in_good_order(
    telegram: FakeBotApi, database_url: str, free_port: int, tmp_path: Path
) -> None:
    process = await start(
        tmp_path,
        GAP_DATABASE_URL=with_login(database_url, GAME),
        GAP_BOT_TOKEN=BOT_TOKEN,
        GAP_BOT_API_URL=f"http://127.0.0.1:{free_port}",
        GAP_PUBLIC_URL="https://play.test",
        GAP_LOG_FORMAT="json",
    )
    try:
        first_words = await heard(process, "Telegram does not answer")  # nobody listens there yet
        async with on_the_wire(telegram, free_port):
            await telegram.say(5, "/play", language="ru")
            assert (await telegram.answered(5))["text"] == LANGUAGES["ru"].ready.format(**NUMBERS)
        async with on_the_wire(telegram, free_port):  # Telegram was away for a moment
            await telegram.say(5, "/play")
            assert (await telegram.answered(5, 2))["text"] == LANGUAGES["en"].ready.format(**NUMBERS)
            status, said = await end(process)
    finally:
        if process.returncode is None:
            process.kill()
    assert status == 0, said
    for words in (first_words, said):
        assert "Traceback" not in words
        assert BOT_TOKEN not in words


MISSING = [
    ("GAP_BOT_TOKEN", {"GAP_PUBLIC_URL": "https://play.test"}),
    ("GAP_PUBLIC_URL", {"GAP_BOT_TOKEN": BOT_TOKEN}),
    ("GAP_PUBLIC_URL", {"GAP_BOT_TOKEN": BOT_TOKEN, "GAP_PUBLIC_URL": "http://play.test"}),
    (
        "GAP_BOT_WEBHOOK_SECRET",
        {
            "GAP_BOT_TOKEN": BOT_TOKEN,
            "GAP_PUBLIC_URL": "https://play.test",
            "GAP_BOT_WEBHOOK_URL": "https://bot.test/hook",
        },
    ),
]


def test_what_is_missing_stops_the_start_with_a_sentence(tmp_path: Path) -> None:
    outcomes = tried_in_turn(tmp_path, *[(["bot"], settings) for _, settings in MISSING])
    for (missing, settings), (status, said) in zip(MISSING, outcomes, strict=True):
        assert status == 2, settings
        assert missing in said, settings
        assert "Traceback" not in said, settings
    assert not list(tmp_path.iterdir()), "nothing was begun"
