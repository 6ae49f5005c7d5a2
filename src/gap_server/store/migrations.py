"""Bring a database to head."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

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


def migrate(url: str, game_password: str | None = None, export_url: str | None = None) -> None:
    """Bring it to head: roles, tables, what each login may do, views. `url`: an administrator's address.

    Raises StoreUnavailable where there is no database to bring there.
    """
    from alembic import command  # noqa: PLC0415  # see above

    try:
        command.upgrade(config(Address(url, game_password, export_url)), "head")
    except (*UNAVAILABLE, *BEHIND) as error:
        raise unavailable(error) from error
