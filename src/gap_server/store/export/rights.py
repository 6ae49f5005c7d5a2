"""What the export's login can really do, as Postgres says: whatever is more than reading the views."""

from collections.abc import Mapping
from typing import Any

from gap_server.store.engine import Db
from gap_server.store.export.census import FORBIDDEN_CATALOGUES, FORBIDDEN_FUNCTIONS
from gap_server.store.export.logins import ADMINISTRATORS_SETTINGS, CONNECTIONS, EXPORT, SCHEMA, SETTINGS

FUNCTIONS = f"select signature from ({FORBIDDEN_FUNCTIONS}) f order by 1"
CATALOGUES = f"select name from ({FORBIDDEN_CATALOGUES}) f order by 1"

LOGIN = """
select r.rolsuper or r.rolcreatedb or r.rolcreaterole or r.rolreplication or r.rolbypassrls as is_powerful,
       r.rolinherit as inherits, r.rolconnlimit as connections,
       (select array_agg(m.roleid::regrole::text) from pg_auth_members m where m.member = r.oid) as member_of
from pg_roles r where r.rolname = $1
"""

WHO = "select current_user::text as current, session_user::text as session"

CALLABLE = "select f from unnest($1::text[]) f where has_function_privilege(f, 'execute')"
READABLE = "select c from unnest($1::text[]) c where has_any_column_privilege(c, 'select')"

TABLES = f"""
select c.oid::regclass::text, n.nspname = 'pg_catalog' as is_of_postgres
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'v', 'm', 'f', 'p')
  and (has_table_privilege(c.oid, 'insert, update, delete, truncate, references, trigger, maintain')
       or has_any_column_privilege(c.oid, 'insert, update, references')
       or n.nspname not in ('{SCHEMA}', 'pg_catalog', 'information_schema')
          and has_schema_privilege(n.oid, 'usage') and has_any_column_privilege(c.oid, 'select'))
union all
select c.oid::regclass::text, false from pg_class c
where case c.relkind when 'S' then has_sequence_privilege(c.oid, 'usage, update') end
"""

SCHEMAS = f"""
select n.nspname from pg_namespace n
where has_schema_privilege(n.oid, 'create')
   or n.nspname not in ('{SCHEMA}', 'pg_catalog', 'information_schema')
      and has_schema_privilege(n.oid, 'usage')
"""

DATABASE = """
select has_database_privilege(current_database(), 'temporary') or
       has_database_privilege(current_database(), 'create')
"""

WITHOUT_BARRIER = f"""
select c.oid::regclass::text from pg_class c
where c.relnamespace = '{SCHEMA}'::regnamespace and c.relkind = 'v'
  and not coalesce('security_barrier=true' = any (c.reloptions), false)
"""

VIEWS = f"select count(*) from pg_class where relnamespace = to_regnamespace('{SCHEMA}') and relkind = 'v'"

NAMED = 3
"""So many examples say what is wrong."""


async def excess(game: Db, export: Db) -> list[str]:
    """One sentence for each layer that does not hold; empty where the login can read the views and no more.

    `game` reads the catalogue of the primary; `export` is a connection of the login, to wherever it goes.
    """
    tables = await export.fetch(TABLES)
    of_postgres = [row for row in tables if row["is_of_postgres"]]
    return [
        *_of_login(await game.fetchrow(LOGIN, EXPORT), await export.fetchrow(WHO)),
        *_for_a_superuser(
            await export.fetch(CALLABLE, [row[0] for row in await game.fetch(FUNCTIONS)]),
            await export.fetch(READABLE, [row[0] for row in await game.fetch(CATALOGUES)]),
            of_postgres,
            await _other_settings(export, ADMINISTRATORS_SETTINGS),
        ),
        *_of_objects([row for row in tables if row not in of_postgres], await export.fetch(SCHEMAS)),
        *await _of_database(export),
        *(
            f"{name} is {told} for {EXPORT}, and not {SETTINGS[name]}: alter role {EXPORT} set {name} = ..."
            for name, told in (await _other_settings(export, SETTINGS)).items()
        ),
    ]


def _of_login(login: Any, who: Any) -> list[str]:
    if login is None:
        return [f"There is no login {EXPORT}: run `gap-server migrate`."]
    found = []
    if (who["current"], who["session"]) != (EXPORT, EXPORT):
        found.append(f"GAP_EXPORT_DATABASE_URL names {who['session']}, and not {EXPORT}.")
    if login["is_powerful"] or login["inherits"] or login["member_of"]:
        found.append(f"{EXPORT} has attributes or memberships of its own: take them away.")
    if not 0 < login["connections"] <= CONNECTIONS:
        found.append(f"{EXPORT} may connect more than {CONNECTIONS} times: alter role ... connection limit.")
    return found


def _for_a_superuser(
    callable_ones: list[Any], readable_ones: list[Any], tables: list[Any], settings: Mapping[str, str]
) -> list[str]:
    """One sentence about all layers that only a superuser can bring about, and what to do without one."""
    can = [
        *([f"may call {_some(callable_ones)}"] if callable_ones else []),
        *([f"may read {_some(readable_ones)}"] if readable_ones else []),
        *([f"may write to {_some(tables)}"] if tables else []),
        *(f"has {told} as {name}, not {ADMINISTRATORS_SETTINGS[name]}" for name, told in settings.items()),
    ]
    if not can:
        return []
    return [
        f"{EXPORT} {', '.join(can)}: run `gap-server migrate` as a superuser; where there is none (a managed"
        " Postgres), run a Postgres of your own that follows this one logically, and name it in"
        " GAP_EXPORT_DATABASE_URL."
    ]


def _of_objects(tables: list[Any], schemas: list[Any]) -> list[str]:
    found = []
    if tables:
        found.append(f"{EXPORT} has rights on {_some(tables)}, beyond reading the views: revoke them.")
    if schemas:
        found.append(f"{EXPORT} has rights in the schema {_some(schemas)}: revoke them.")
    return found


async def _of_database(export: Db) -> list[str]:
    found = []
    if await export.fetchval(DATABASE):
        found.append("Every login may make temporary tables here: revoke all on database ... from public.")
    if open_views := await export.fetch(WITHOUT_BARRIER):
        found.append(f"Views without security_barrier: {_some(open_views)}; run `gap-server migrate`.")
    if not await export.fetchval(VIEWS):
        found.append("There are no views: run `gap-server migrate`.")
    return found


async def _other_settings(export: Db, wanted: Mapping[str, str]) -> dict[str, str]:
    """Those that are not as they should be, as they are."""
    told = {name: str(await export.fetchval(f"show {name}")) for name in wanted}
    return {name: is_ for name, is_ in told.items() if _canonical(is_) != _canonical(wanted[name])}


def _canonical(value: str) -> str:
    """Postgres says "2min" where it was told "120s"."""
    return {"2min": "120s"}.get(value, value)


def _some(rows: list[Any]) -> str:
    names = [str(row[0]) for row in rows]
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return ", ".join(names[:NAMED]) + more
