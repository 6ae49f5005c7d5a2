"""Moving a database's past further back, which is how tests let time go by without waiting for it."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

from gap_server.store.engine import Store
from tests.world import administrator

DAY = timedelta(days=1)
LONGEST_TEST = timedelta(minutes=4)
MOMENTS = {
    "session": ("created_at", "expires_at", "ended_at"),
    "round": ("opened_at", "served_at", "deadline_at", "ended_at", "corrected_at"),
    "question": ("asked_at", "answered_at", "judged_at"),
}


async def pass_time(store: Store, seconds: float) -> None:
    """All that was played was played `seconds` earlier, and ends that much sooner. Tokens stay good."""
    async with administrator(store) as db:
        for table, columns in MOMENTS.items():
            moved = ", ".join(f"{c} = {c} - make_interval(secs => $1)" for c in columns)
            await db.execute(f"update app.{table} set {moved}", float(seconds))  # noqa: S608  # names above


def at(text: str) -> datetime:
    """A moment as the API tells it."""
    return datetime.fromisoformat(text)


async def leave_unanswered(store: Store, round_: Any, question_id: object) -> None:
    """A question as a process leaves it behind that was killed while the model thought."""
    async with store.connection() as db:
        await db.execute(
            "insert into app.question (player_id, id, round_id, number, text, asked_at)"
            " select player_id, $2, id, 9, 'Lost?', now() from app.round where id = $1::uuid",
            round_["id"],
            question_id,
        )


async def stay_within_one_day() -> None:
    """Where the day of the game, which is UTC's, ends before a test can, wait for the next."""
    now = datetime.now(UTC)
    left = now.replace(hour=0, minute=0, second=0, microsecond=0) + DAY - now
    if left < LONGEST_TEST:
        await asyncio.sleep(left.total_seconds() + 1)
