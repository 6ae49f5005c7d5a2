"""When the bot last reached Telegram, by the database's clock: the bot tells it, operators read it."""

from dataclasses import dataclass

from gap_server.store.engine import Db

TELL = """
insert into app.bot_contact as c (reached_at, failed_at, failure)
values (now() - make_interval(secs => $1), now() - make_interval(secs => $2), $3)
on conflict (is_the_one) do update
set reached_at = coalesce(excluded.reached_at, c.reached_at),
    failed_at = coalesce(excluded.failed_at, c.failed_at), failure = coalesce(excluded.failure, c.failure)
"""

READ = """
select extract(epoch from now() - reached_at)::float8 as reached_seconds_ago,
       extract(epoch from now() - failed_at)::float8 as failed_seconds_ago, failure
from app.bot_contact
"""


@dataclass(frozen=True, slots=True)
class Contact:
    """When a call to Telegram last worked, and when one last failed, and how; None where none did."""

    reached_seconds_ago: float | None
    failed_seconds_ago: float | None
    failure: str | None

    @property
    def fails(self) -> bool:
        """The last call that ended has failed."""
        reached, failed = self.reached_seconds_ago, self.failed_seconds_ago
        return failed is not None and (reached is None or failed < reached)


async def tell(
    db: Db, reached_seconds_ago: float | None, failed_seconds_ago: float | None, failure: str | None
) -> None:
    """None leaves what a bot before told."""
    await db.execute(TELL, reached_seconds_ago, failed_seconds_ago, failure)


async def read(db: Db) -> Contact | None:
    """None where no bot has told anything yet."""
    row = await db.fetchrow(READ)
    return Contact(**row) if row else None
