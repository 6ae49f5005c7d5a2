"""What an operator sees at a glance: what is well, what is missing, and what to do about it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from time import monotonic

from gap_server.errors import GapError, StoreUnavailable
from gap_server.game.deal import images_needed
from gap_server.game.state import Pool
from gap_server.operate.backups import SLOT
from gap_server.play.deps import GameDeps
from gap_server.research.gate import Gate
from gap_server.store import contact, revision, survey
from gap_server.store.contact import Contact
from gap_server.store.disk import check_room
from gap_server.store.gauges import Gauges, read_gauges

OVERDUE_SECONDS = 60.0
"""A server closes what ran out within 27 seconds."""

OUTBOX_SECONDS = 600.0
"""The bot tries again for so long where Telegram tells it to slow down."""

SILENT_SECONDS = 120.0
"""The bot asks something of Telegram at least once in 45 seconds, and tells of it every 15."""

HELD_BYTES = 1 << 30
MEBIBYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Finding:
    """`todo`: what to do where it is not well. `turns_away`: players cannot play until that is done."""

    what: str
    said: str
    todo: str | None = None
    turns_away: bool = False

    @property
    def is_well(self) -> bool:
        return self.todo is None


async def findings(deps: GameDeps, gate: Gate) -> AsyncIterator[Finding]:
    """One after another, what others rest on first. `deps.store` is open."""
    database = await _database(deps)
    yield database
    if database.is_well:
        for found in await _in_database(deps):
            yield found
        yield await _research(gate)
    yield await _model(deps)


async def _database(deps: GameDeps) -> Finding:
    began = monotonic()
    try:
        async with deps.store.connection() as db:
            version = await db.fetchval("show server_version")
    except StoreUnavailable as error:
        todo = "look at GAP_DATABASE_URL, at Postgres and its log"
        return Finding("database", str(error), todo, turns_away=True)
    return Finding("database", f"Postgres {version} answers in {_ms(began)} ms")


async def _in_database(deps: GameDeps) -> list[Finding]:
    try:
        stands = await _stands(deps)
        if not stands.is_well:
            return [stands]
        async with deps.store.connection() as db:
            gauges = await read_gauges(db)
            return [
                stands,
                await _disk(deps),
                _catalogue(deps, await survey.images_in_play(db)),
                _sweeper(gauges),
                _bot(await contact.read(db), gauges.unsent_messages, await survey.outbox_waits_seconds(db)),
                _backup(await survey.read_slot(db, SLOT)),
                _sessions(gauges),
            ]
    except StoreUnavailable as error:
        return [Finding("database", str(error), "look at Postgres's log", turns_away=True)]


async def _stands(deps: GameDeps) -> Finding:
    try:
        async with deps.store.connection() as db:
            current = await revision.current(db)
    except StoreUnavailable as error:
        return Finding("migrations", str(error), "gap-server migrate", turns_away=True)
    if revision.is_ahead(current):
        return Finding(
            "migrations", f"at {current}, of a newer version, which only adds to {revision.head()}"
        )
    if current != revision.head():
        said = f"the database is at {current}, this version wants {revision.head()}"
        return Finding("migrations", said, "gap-server migrate", turns_away=True)
    return Finding("migrations", f"at head, {current}")


async def _disk(deps: GameDeps) -> Finding:
    try:
        await check_room(deps.store)
    except StoreUnavailable as error:
        todo = "make room on Postgres's disk; a stopped backup may hold its log back"
        return Finding("disk", str(error), todo, turns_away=True)
    return Finding("disk", "Postgres can write")


def _catalogue(deps: GameDeps, in_play: dict[Pool, int]) -> Finding:
    needed = images_needed(deps.rules)
    sessions = min(in_play[pool] // count for pool, count in needed.items() if count)
    told = ", ".join(f"{count} {pool}" for pool, count in in_play.items())
    said = f"{told}: enough for {sessions} sessions of each player"
    if sessions:
        return Finding("catalogue", said)
    return Finding("catalogue", said, "import images: gap-server images --help", turns_away=True)


def _sweeper(gauges: Gauges) -> Finding:
    if gauges.overdue_seconds < OVERDUE_SECONDS:
        return Finding("sweeper", "no round is open past its time")
    said = f"a round has been open for {gauges.overdue_seconds:.0f} s past its time"
    return Finding("sweeper", said, "is a server running? gap-server serve closes what ran out; see its log")


def _bot(heard: Contact | None, unsent: int, waits_seconds: float) -> Finding:
    is_late = waits_seconds >= OUTBOX_SECONDS
    post = f"{unsent} messages to send" + f", the oldest for {_minutes(waits_seconds)}" * is_late
    said = f"{_contact(heard)}; {post}"
    if heard is None or heard.reached_seconds_ago is None or heard.reached_seconds_ago > SILENT_SECONDS:
        todo = "is the bot running, and let through to Telegram? gap-server bot; see its log"
    elif heard.fails:
        todo = "the bot tries again; where it goes on like that, see its log"
    elif is_late:
        todo = "the bot is running, and does not get through what it has to send; see its log"
    else:
        todo = None
    return Finding("bot", said, todo)


def _contact(heard: Contact | None) -> str:
    if heard is None:
        return "none has been at work here yet"
    reached = "never reached Telegram"
    if heard.reached_seconds_ago is not None:
        reached = f"last reached Telegram {_span(heard.reached_seconds_ago)} ago"
    if not heard.fails:
        return reached
    return f"{reached}, failed to {_span(heard.failed_seconds_ago or 0.0)} ago ({heard.failure})"


def _backup(slot: survey.Slot | None) -> Finding:
    if slot is None:
        return Finding("backup", f"changes are not streamed from here: there is no slot {SLOT}")
    said = f"{slot.held_bytes / MEBIBYTE:.0f} MiB of changes not streamed yet"
    if slot.active and slot.held_bytes < HELD_BYTES:
        return Finding("backup", said)
    todo = f"start `gap-server backup --follow`, or drop the slot {SLOT}: what it holds back fills the disk"
    return Finding("backup", said if slot.active else f"stopped; {said}", todo)


async def _research(gate: Gate) -> Finding:
    """Where a layer is missing, as on a Postgres without a superuser, nothing but SQL is held back."""
    try:
        lacking = await gate.lacking()
    except GapError as error:
        lacking = [str(error)]
    if not lacking:
        return Finding("research", "SQL is served, by a login that can read the views and no more")
    todo = "until then no SQL is served; players, data sets and the report are (docs/researching.md)"
    return Finding("research", " ".join(lacking), todo)


def _sessions(gauges: Gauges) -> Finding:
    said = f"{gauges.open_sessions} are being played, {gauges.pending_questions} questions wait for an answer"
    return Finding("sessions", said)


async def _model(deps: GameDeps) -> Finding:
    began = monotonic()
    try:
        await deps.models.ready()
    except GapError as error:
        todo = "look at GAP_VLM_URLS and at the model server's log; then gap-server vlm probe"
        return Finding("model", str(error), todo, turns_away=True)
    return Finding("model", f"answers in {_ms(began)} ms")


def _span(seconds: float) -> str:
    return _minutes(seconds) if seconds > SILENT_SECONDS else f"{seconds:.0f} s"


def _minutes(seconds: float) -> str:
    return f"{seconds / 60:.0f} minutes"


def _ms(began: float) -> int:
    return round((monotonic() - began) * 1000)
