"""How the game is doing as a whole, in one statement that is answered from small indexes."""

from dataclasses import dataclass

from gap_server.store.engine import Db

READ = """
select (select count(*) from app.session where state = 'open') as open_sessions,
       (select count(*) from app.question where state = 'pending') as pending_questions,
       (select coalesce(extract(epoch from now() - min(deadline_at)), 0)::float8
        from app.round where state = 'open' and deadline_at < now()) as overdue_seconds,
       (select count(*) from app.outbox
        where sent_at is null and given_up_at is null) as unsent_messages,
       coalesce((select extract(epoch from now() - reached_at) from app.bot_contact), 'infinity')::float8
           as bot_silent_seconds
"""


@dataclass(frozen=True, slots=True)
class Gauges:
    """`overdue_seconds`: how long ago the oldest round that is still open ran out.

    `bot_silent_seconds`: how long ago Telegram last did what the bot asked; infinite where it never has.
    """

    open_sessions: int
    pending_questions: int
    overdue_seconds: float
    unsent_messages: int
    bot_silent_seconds: float


async def read_gauges(db: Db) -> Gauges:
    return Gauges(**await db.fetchrow(READ))
