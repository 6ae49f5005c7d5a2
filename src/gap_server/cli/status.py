"""gap-server status."""

import asyncio
from collections.abc import AsyncIterator

import typer
from rich.console import Console

from gap_server.cli.database import administered, for_game
from gap_server.errors import GapError, NotFound
from gap_server.operate.status import Finding, findings
from gap_server.settings import Settings, read_settings
from gap_server.wiring import build_deps, build_research


def register(app: typer.Typer) -> None:
    app.command()(status)


def status() -> None:
    """What is well, what is missing, in order; exit status 1 where players are turned away."""
    turned_away = asyncio.run(_tell(_found()))
    Console().print("Players are turned away." if turned_away else "Players can play.")
    raise typer.Exit(1 if turned_away else 0)


async def _tell(found: AsyncIterator[Finding]) -> bool:
    console = Console(soft_wrap=True, highlight=False)
    turned_away = False
    async for one in found:
        console.print("✓" if one.is_well else "✗", style="green" if one.is_well else "red", end=" ")
        console.print(f"{one.what:11} {one.said}", markup=False)
        if one.todo is not None:
            console.print(f"{'':13} -> {one.todo}", markup=False)
        turned_away |= one.turns_away
    return turned_away


async def _found() -> AsyncIterator[Finding]:
    try:
        settings = read_settings()
        with administered(_with_data(settings)) as url:
            game = for_game(settings, url)
            deps = build_deps(game, demo=False)
            gate = build_research(game, deps.store).gate
            yield Finding("settings", "all that a server needs is set")
            await deps.store.open()
            try:
                async for one in findings(deps, gate):
                    yield one
            finally:
                await deps.models.aclose()
                await deps.store.close()
    except GapError as error:
        yield Finding("settings", str(error), "say it right in the environment or in .env", turns_away=True)


def _with_data(settings: Settings) -> Settings:
    """Raises NotFound where an embedded database would have to be made first."""
    if settings.database_url is None and not (settings.data_dir / "postgres").exists():
        raise NotFound(f"GAP_DATABASE_URL is missing, and {settings.data_dir} holds no database.")
    return settings
