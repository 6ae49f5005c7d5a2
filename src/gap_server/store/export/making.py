"""Taking the views away before the tables change, and making them anew once they have."""

from collections.abc import Iterator

from gap_server.store.export.logins import EXPORT, SCHEMA, VIEWS
from gap_server.store.export.reads import READS
from gap_server.store.export.view import View
from gap_server.store.export.views import ALL_VIEWS
from gap_server.store.roles import OWNER

END_EXPORTS = f"""
select pg_terminate_backend(pid) from pg_stat_activity
where usename = '{EXPORT}' and datname = current_database()
"""
"""A researcher's query holds its views for up to two minutes, and migrations wait five seconds."""

DROP = f"""
do $$
declare
    found record;
begin
    for found in select oid::regclass as view from pg_class
        where relnamespace = '{SCHEMA}'::regnamespace and relkind = 'v' loop
        execute format('drop view %s', found.view);
    end loop;
end $$
"""


def drop_views() -> tuple[str, ...]:
    return _as_their_owner(DROP)


def make_views() -> tuple[str, ...]:
    """For tables at head. The statements before and after are the owner's of the tables."""
    made = [statement for view in ALL_VIEWS for statement in _make(view)]
    return (*_read_grants(), *_as_their_owner(*made))


def _as_their_owner(*statements: str) -> tuple[str, ...]:
    return ("reset role", f"set role {VIEWS}", *statements, "reset role", f"set role {OWNER}")


def _read_grants() -> Iterator[str]:
    yield f"revoke all on all tables in schema app from {VIEWS}"
    for table, columns in READS.items():
        yield f"grant select ({', '.join(columns)}) on app.{table} to {VIEWS}"


def _make(view: View) -> Iterator[str]:
    name = f"{SCHEMA}.{view.name}"
    columns = ",\n    ".join(f"{column.source} as {column.name}" for column in view.columns)
    yield f"create view {name} with (security_barrier) as select\n    {columns}\nfrom {view.rows}"
    yield f"comment on view {name} is {_text(view.meaning)}"
    for column in view.columns:
        yield f"comment on column {name}.{column.name} is {_text(column.meaning)}"
    yield f"grant select on {name} to {EXPORT}"


def _text(words: str) -> str:
    return "'" + words.replace("'", "''") + "'"
