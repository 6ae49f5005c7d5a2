"""Where a database stands, and where this version of the program wants it."""

import re
from functools import cache
from pathlib import Path
from typing import Any

import gap_server

PACKAGED = Path(gap_server.__file__).parent / "migrations"
IN_CHECKOUT = Path(gap_server.__file__).parents[2] / "migrations"

REVISION = re.compile(r"^(down_)?revision\b[^=]*= *[\"'](\w+)[\"']", re.MULTILINE)


@cache
def head() -> str:
    """The newest revision: the one that no other names as the one before it."""
    texts = [file.read_text() for file in (folder() / "versions").glob("*.py")]
    found = [match.groups() for text in texts for match in REVISION.finditer(text)]
    (newest,) = {name for down, name in found if not down} - {name for down, name in found if down}
    return newest


async def current(db: Any) -> str | None:
    """`db`: a connection. Raises asyncpg's UndefinedTableError where nobody has ever migrated."""
    version: str | None = await db.fetchval("select version_num from app.alembic_version")
    return version


def folder() -> Path:
    """Where the migrations are."""
    return PACKAGED if PACKAGED.exists() else IN_CHECKOUT
