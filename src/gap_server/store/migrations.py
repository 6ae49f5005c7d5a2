"""Bring a database to head, and tell whether it is there."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

import gap_server
from gap_server.store.engine import Db

PACKAGED = Path(gap_server.__file__).parent / "migrations"
IN_CHECKOUT = Path(gap_server.__file__).parents[2] / "migrations"


def config(url: str) -> Config:
    """Alembic's settings for the database at `url`, an administrator's address."""
    settings = Config()
    settings.set_main_option("script_location", str(PACKAGED if PACKAGED.exists() else IN_CHECKOUT))
    settings.set_main_option("path_separator", "os")
    settings.set_main_option("file_template", "%%(year)d%%(month).2d%%(day).2d_%%(slug)s")
    scheme, _, rest = url.partition("://")
    settings.attributes["url"] = f"{scheme.partition('+')[0]}+asyncpg://{rest}"
    return settings


def migrate(url: str) -> None:
    command.upgrade(config(url), "head")


def head() -> str | None:
    return ScriptDirectory.from_config(config("postgresql://")).get_current_head()


async def current(db: Db) -> str | None:
    version: str | None = await db.fetchval("select version_num from app.alembic_version")
    return version
