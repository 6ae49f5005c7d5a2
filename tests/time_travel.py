"""Moving a database's past further back, which is how tests let time go by without waiting for it."""

from gap_server.store.engine import Store
from tests.world import administrator

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
