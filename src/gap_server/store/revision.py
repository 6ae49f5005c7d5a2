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
def _named() -> tuple[frozenset[str], frozenset[str]]:
    """All revisions that this version knows, and those that another one names as the one before it."""
    texts = [file.read_text() for file in (folder() / "versions").glob("*.py")]
    found = [match.groups() for text in texts for match in REVISION.finditer(text)]
    return frozenset(name for down, name in found if not down), frozenset(
        name for down, name in found if down
    )


@cache
def head() -> str:
    """The newest revision: the one that no other names as the one before it."""
    known, before = _named()
    (newest,) = known - before
    return newest


def is_ahead(revision: str | None) -> bool:
    """A newer version of the program was here: all that came before this one is known to it.

    Migrations only add, so this version goes on with such a database, while the newer one takes over
    server by server, or after the operator went back to this one.
    """
    return revision is not None and revision not in _named()[0]


def is_served(revision: str | None) -> bool:
    """Whether this version can work with a database that stands there."""
    return revision == head() or is_ahead(revision)


async def current(db: Any) -> str | None:
    """`db`: a connection. Raises asyncpg's UndefinedTableError where nobody has ever migrated."""
    version: str | None = await db.fetchval("select version_num from app.alembic_version")
    return version


def folder() -> Path:
    """Where the migrations are."""
    return PACKAGED if PACKAGED.exists() else IN_CHECKOUT
