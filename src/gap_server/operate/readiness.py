"""Whether this process can serve players right now, and what it lacks where it cannot.

Whoever asks is a stranger: the sentences name no address and repeat nobody's words. Those go to the log.
"""

import structlog

from gap_server.errors import GapError, StoreUnavailable
from gap_server.play.deps import GameDeps
from gap_server.store import images, revision
from gap_server.store.disk import RoomCheck
from gap_server.store.engine import Store

log = structlog.get_logger()


async def lacking(deps: GameDeps) -> list[str]:
    """One sentence for each thing that is missing; empty where all is well."""
    return [
        missing for missing in (await lacking_in_store(deps.store, deps.room), await _model(deps)) if missing
    ]


async def lacking_in_store(store: Store, room: RoomCheck) -> str | None:
    try:
        await room.check(store)
        async with store.connection() as db:
            current = await revision.current(db)
            if not revision.is_served(current):
                return f"The database is at {current}, not at {revision.head()}: run `gap-server migrate`."
            if not await images.any_in_play(db):
                return "The catalogue is empty: import images (`gap-server images --help`)."
    except StoreUnavailable as error:
        return str(error)
    return None


async def _model(deps: GameDeps) -> str | None:
    try:
        await deps.models.ready()
    except GapError as error:
        log.warning("not ready: the model does not answer", error=str(error))
        return "The model does not answer."
    return None
