"""Numbers about the game as a whole, kept for whoever watches it: every process tells the same ones."""

import asyncio
from typing import Final

from prometheus_client import Gauge, Histogram

from gap_server.play.background import repeat
from gap_server.store import comparisons
from gap_server.store.comparisons import ModelStanding
from gap_server.store.engine import Store
from gap_server.store.gauges import read_gauges

EVERY_SECONDS: Final = 15.0
TICK_SECONDS: Final = 0.5

ENDS: Final = ("estimate", "lower", "upper")

OPEN_SESSIONS = Gauge(
    "gap_open_sessions", "Sessions that are being played.", multiprocess_mode="livemostrecent"
)
PENDING_QUESTIONS = Gauge(
    "gap_pending_questions", "Questions without an answer yet.", multiprocess_mode="livemostrecent"
)
OVERDUE_SECONDS = Gauge(
    "gap_overdue_seconds",
    "How long ago the oldest round that is still open ran out; up to 27 are usual.",
    multiprocess_mode="livemostrecent",
)
UNSENT_MESSAGES = Gauge(
    "gap_unsent_messages", "What the bot still has to tell.", multiprocess_mode="livemostrecent"
)
BOT_SILENT_SECONDS = Gauge(
    "gap_bot_silent_seconds",
    "How long ago Telegram last did what the bot asked; up to 65 are usual, and infinite is never.",
    multiprocess_mode="livemostrecent",
)
MODEL_TRUTHFULNESS = Gauge(
    "gap_model_truthfulness",
    "How much less it is flagged than the mean model, in log odds; with the ends of its 95 % interval.",
    ["model", "revision", "end"],
    multiprocess_mode="livemostrecent",
)
MODEL_FLAG_RATE = Gauge(
    "gap_model_flag_rate",
    "Share of its untainted answers that the same players would flag; with the ends of its 95 % interval.",
    ["model", "revision", "end"],
    multiprocess_mode="livemostrecent",
)
LOOP_LAG_SECONDS = Histogram(
    "gap_loop_lag_seconds",
    "How late a process comes to what it wanted to do: above 0.1 its players wait for each other.",
    buckets=(0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5),
)


async def keep_measuring(store: Store) -> None:
    """Until cancelled. A database that is away leaves the numbers as they were."""
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(
            repeat(
                "reading the game's numbers",
                lambda _: read(store),
                every_seconds=EVERY_SECONDS,
                after_trouble=EVERY_SECONDS,
            )
        )
        tasks.create_task(_keep_ticking())


async def read(store: Store) -> None:
    """The numbers as they are now. A model that is in no newer comparison keeps what the last one said."""
    async with store.connection() as db:
        now = await read_gauges(db)
        fit = await comparisons.newest(db)
        models = await comparisons.standings(db, fit.id) if fit else []
    OPEN_SESSIONS.set(now.open_sessions)
    PENDING_QUESTIONS.set(now.pending_questions)
    OVERDUE_SECONDS.set(now.overdue_seconds)
    UNSENT_MESSAGES.set(now.unsent_messages)
    BOT_SILENT_SECONDS.set(now.bot_silent_seconds)
    for one in models:
        _tell(MODEL_TRUTHFULNESS, one, one.truthfulness, one.truthfulness_lower, one.truthfulness_upper)
        _tell(MODEL_FLAG_RATE, one, one.flag_rate, one.flag_rate_lower, one.flag_rate_upper)


def _tell(gauge: Gauge, of: ModelStanding, *estimate_lower_upper: float) -> None:
    for end, value in zip(ENDS, estimate_lower_upper, strict=True):
        gauge.labels(of.model, of.revision, end).set(value)


async def _keep_ticking() -> None:
    loop = asyncio.get_running_loop()
    while True:
        wanted = loop.time() + TICK_SECONDS
        await asyncio.sleep(TICK_SECONDS)
        LOOP_LAG_SECONDS.observe(max(0.0, loop.time() - wanted))
