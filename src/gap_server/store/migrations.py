"""Bring a database to head, and tell whether it is there."""

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import gap_server
from gap_server.store.engine import UNAVAILABLE, Db, unavailable

if TYPE_CHECKING:
    from alembic.config import Config

PACKAGED = Path(gap_server.__file__).parent / "migrations"
IN_CHECKOUT = Path(gap_server.__file__).parents[2] / "migrations"

REVISION = re.compile(r"^(down_)?revision\b[^=]*= *[\"'](\w+)[\"']", re.MULTILINE)

# Alembic brings SQLAlchemy, a second of start and 30 MB that a server which only serves has no use for: it is
# imported where it is used.


@dataclass(frozen=True, slots=True)
class Address:
    """Where to migrate: an administrator's address. `game_password`: the one that the operator chose;
    `export_url`: where the export logs in, with its password, where the operator chose that."""

    url: str = field(repr=False)
    game_password: str | None = field(default=None, repr=False)
    export_url: str | None = field(default=None, repr=False)

    @property
    def for_sqlalchemy(self) -> str:
        scheme, _, rest = self.url.partition("://")
        return f"{scheme.partition('+')[0]}+asyncpg://{rest}"


def config(address: Address) -> "Config":
    from alembic.config import Config  # noqa: PLC0415  # see above

    settings = Config()
    settings.set_main_option("script_location", str(_folder()))
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
    except UNAVAILABLE as error:
        raise unavailable(error) from error


@cache
def head() -> str:
    """The newest revision: the one that no other names as the one before it."""
    texts = [file.read_text() for file in (_folder() / "versions").glob("*.py")]
    found = [match.groups() for text in texts for match in REVISION.finditer(text)]
    (newest,) = {name for down, name in found if not down} - {name for down, name in found if down}
    return newest


async def current(db: Db) -> str | None:
    version: str | None = await db.fetchval("select version_num from app.alembic_version")
    return version


def _folder() -> Path:
    return PACKAGED if PACKAGED.exists() else IN_CHECKOUT
