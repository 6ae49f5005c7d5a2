"""Bring a database to head."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import asyncpg

from gap_server.errors import NotFound, StoreUnavailable
from gap_server.store import revision
from gap_server.store.engine import BEHIND, UNAVAILABLE, unavailable

if TYPE_CHECKING:
    from alembic.config import Config

# Alembic brings SQLAlchemy, a second of start and 30 MB that a server which only serves has no use for: it is
# imported where it is used.


@dataclass(frozen=True, slots=True)
class Address:
    """Where to migrate: an administrator's address. `game_password`: the one that the operator chose;
    `export_url`: where the export logs in, with its password, where the operator chose that."""

    url: str = field(repr=False)
    game_password: str | None = field(default=None, repr=False)
    export_url: str | None = field(default=None, repr=False)


def config(address: Address) -> "Config":
    from alembic.config import Config  # noqa: PLC0415  # see above

    settings = Config()
    settings.set_main_option("script_location", str(revision.folder()))
    settings.set_main_option("path_separator", "os")
    settings.attributes["address"] = address
    return settings


def migrate(url: str, game_password: str | None = None, export_url: str | None = None) -> str:
    """Bring it to head: roles, tables, what each login may do, views. `url`: an administrator's address.

    One that a newer version brought further is left as it is. Says where it stands after that. Raises
    StoreUnavailable where there is no database to bring there.
    """
    from alembic import command  # noqa: PLC0415  # see above

    with _in_words():
        stands = asyncio.run(_stands(url))
        if stands is not None and revision.is_ahead(stands):
            return stands
        command.upgrade(config(Address(url, game_password, export_url)), "head")
        return revision.head()


def go_back(url: str, to: str, game_password: str | None = None, export_url: str | None = None) -> None:
    """Undo the migrations after `to`, and all that they brought. The version that follows makes its views.

    Raises NotFound where this version knows no such revision, StoreUnavailable as above.
    """
    from alembic import command  # noqa: PLC0415  # see above

    if revision.is_ahead(to):
        raise NotFound(f"This version knows no migration {to!r}; it is at {revision.head()}.")
    with _in_words():
        command.downgrade(config(Address(url, game_password, export_url)), to)


@contextmanager
def _in_words() -> Iterator[None]:
    try:
        yield
    except asyncpg.exceptions.InvalidAuthorizationSpecificationError as error:
        raise StoreUnavailable(
            "The database lets nobody in by the login in GAP_DATABASE_URL. Postgres keeps the password of its"
            " first start, whatever a setting says since: ALTER ROLE changes it."
        ) from error
    except (*UNAVAILABLE, *BEHIND) as error:
        raise unavailable(error) from error


async def _stands(url: str) -> str | None:
    """None where nobody has ever migrated."""
    db = await asyncpg.connect(url)
    try:
        return await revision.current(db)
    except BEHIND:
        return None
    finally:
        await db.close()
