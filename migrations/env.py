"""How alembic reaches the database: as the owner of the tables, one at a time, never waiting long for a lock.

The views that researchers read stand on the tables: they go before a migration and come back after it, in the
one transaction that is all of it, so that nobody sees them gone. With `-x tables=only` neither they nor the rights
of the logins are made: both may name a table already whose migration is still to be written.
"""

import asyncio
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from logging.config import fileConfig
from typing import Any

import asyncpg
from alembic import context
from alembic.operations.ops import MigrationScript
from alembic.runtime.migration import MigrationContext
from alembic.util import CommandError
from sqlalchemy import Connection, text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.ext.asyncio import create_async_engine

from gap_server.errors import GapError, SettingsError
from gap_server.settings import read_settings
from gap_server.store.engine import UNAVAILABLE, unavailable
from gap_server.store.export import logins
from gap_server.store.export.making import END_EXPORTS, drop_views, make_views
from gap_server.store.grants import apply_grants
from gap_server.store.migrations import Address
from gap_server.store.roles import OWNER, bootstrap, game_password
from gap_server.store.tables import SCHEMA, Table

MIGRATION_LOCK = 0x6761702D646231  # any constant will do, as long as it stays the same
REVISION_CHARS = 32  # what alembic's table holds


def named_by_date(_context: MigrationContext, _revision: object, directives: list[MigrationScript]) -> None:
    """A revision's id says when and what, as its file's name does."""
    for script in directives:
        rev_id = f"{datetime.now(UTC):%Y%m%d}"
        for word in re.findall(r"\w+", (script.message or "").lower()):
            if len(rev_id) + 1 + len(word) > REVISION_CHARS:
                break
            rev_id += f"_{word}"
        script.rev_id = rev_id


options: dict[str, Any] = {
    "target_metadata": Table.metadata,
    "version_table_schema": SCHEMA,
    "include_schemas": True,
    "include_name": lambda name, kind, _parents: kind != "schema" or name == SCHEMA,
    "compare_server_default": True,
    "transaction_per_migration": False,  # the views are never seen gone
    "process_revision_directives": named_by_date,
}


def before_all(address: Address) -> tuple[str, ...]:
    password = game_password(address.url, address.game_password)
    roles = bootstrap(password, is_given=address.game_password is not None)
    exports = logins.export_password(address.url, address.export_url)
    export_roles = logins.bootstrap(exports, is_given=address.export_url is not None)
    return (*roles, *export_roles, END_EXPORTS, f"set role {OWNER}", "set lock_timeout = '5s'")


def changes_anything() -> bool:
    """`upgrade`, `downgrade` and `stamp` have somewhere to go; the others only look."""
    try:
        context.get_revision_argument()  # None on the way to base
    except KeyError:
        return False
    return True


def only_tables() -> bool:
    return context.get_x_argument(as_dictionary=True).get("tables") == "only"


def print_statements(address: Address) -> None:
    """`--sql`: what would be done, for somebody else to do."""
    context.configure(dialect_name="postgresql", dialect_opts={"paramstyle": "named"}, **options)
    for statement in before_all(address):
        context.get_context().impl.static_output(f"{statement};\n")
    with context.begin_transaction():
        for statement in drop_views():
            context.get_context().impl.static_output(f"{statement.strip()};\n")
        context.run_migrations()
        head = context.get_head_revision()
        at_head = context.get_revision_argument() in {head, (head,)}  # the latter for `heads`
        for statement in (apply_grants(), *(make_views() if at_head else ())):
            context.get_context().impl.static_output(f"{statement.strip()};\n")


def migrate(connection: Connection, address: Address) -> None:
    changes = changes_anything()
    if changes:
        connection.execute(text("select pg_advisory_lock(:key)"), {"key": MIGRATION_LOCK})
        say(connection, before_all(address))
        connection.commit()
    context.configure(connection=connection, **options)
    with context.begin_transaction():
        if changes:
            say(connection, drop_views())
        context.run_migrations()
        if changes and not only_tables():
            stand_on_the_tables(connection)


def stand_on_the_tables(connection: Connection) -> None:
    """Raises CommandError where the code names what no migration has made yet."""
    try:
        say(connection, (apply_grants(),))
        if context.get_context().get_current_revision() == context.get_head_revision():
            say(connection, make_views())
    except ProgrammingError as error:
        raise CommandError(
            f"The tables are at head, but rights (store/grants.py) or views (store/export) want more: {error.orig}."
            " What is new in a table needs a migration first: `make migration`."
        ) from error


def say(connection: Connection, statements: Iterable[str]) -> None:
    for statement in statements:
        connection.exec_driver_sql(statement)


async def connect(address: Address) -> None:
    # by asyncpg's own reading of the address, as everything else: SQLAlchemy knows no second host in it
    engine = create_async_engine("postgresql+asyncpg://", async_creator=lambda: asyncpg.connect(address.url))
    try:
        async with engine.connect() as connection:
            await connection.run_sync(migrate, address)
            await connection.commit()
    finally:
        await engine.dispose()


@contextmanager
def address_by_settings() -> Iterator[Address]:
    """Where plain `alembic` goes, which was told nothing. Raises SettingsError."""
    settings = read_settings()
    password = settings.game_password.get_secret_value() if settings.game_password else None
    export = settings.export_database_url.get_secret_value() if settings.export_database_url else None
    if context.is_offline_mode() or settings.database_url is not None:
        url = settings.database_url.get_secret_value() if settings.database_url else "postgresql://"
        yield Address(url, password, export)
        return
    if not (settings.data_dir / "postgres").exists() and not changes_anything():
        raise SettingsError(
            "GAP_DATABASE_URL is missing, and there is no embedded database in GAP_DATA_DIR"
            f" ({settings.data_dir}) yet: `gap-server migrate` makes one."
        )
    from gap_server.store.embedded import embedded_postgres  # noqa: PLC0415  # not installed in production

    with embedded_postgres(settings.data_dir) as url:
        yield Address(url, password, export)


def by_command_line() -> None:
    fileConfig(context.config.config_file_name or "", disable_existing_loggers=False)
    try:
        with address_by_settings() as address:
            if context.is_offline_mode():
                print_statements(address)
            else:
                asyncio.run(connect(address))
    except UNAVAILABLE as error:
        raise CommandError(str(unavailable(error))) from error
    except GapError as error:
        raise CommandError(str(error)) from error


if "address" in context.config.attributes:  # gap-server asked, and says itself what goes wrong
    asyncio.run(connect(context.config.attributes["address"]))
else:
    by_command_line()
