"""Whether this process can serve players right now, and what it lacks where it cannot."""

from gap_server.errors import GapError, StoreUnavailable
from gap_server.play.deps import GameDeps
from gap_server.store import migrations


async def lacking(deps: GameDeps) -> list[str]:
    """One sentence for each thing that is missing; empty where all is well."""
    return [missing for missing in (await _store(deps), await _model(deps)) if missing]


async def _store(deps: GameDeps) -> str | None:
    try:
        async with deps.store.connection() as db:
            current = await migrations.current(db)
    except StoreUnavailable as error:
        return str(error)
    if current != (head := migrations.head()):
        return f"The database is at {current}, not at {head}: run `gap-server migrate`."
    return None


async def _model(deps: GameDeps) -> str | None:
    try:
        await deps.models.ready()
    except GapError as error:
        return f"The model does not answer: {error}"
    return None
