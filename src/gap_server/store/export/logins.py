"""The two roles of the export: the owner of the views, and the login that reads them.

Nobody logs in as the owner. The login may read the views in the schema `export`, four times at once, and
nothing else; its limits come with the login, so that they hold for whoever brings its password.
"""

from collections.abc import Mapping
from urllib.parse import unquote, urlsplit

from gap_server.store.export.census import REVOKE
from gap_server.store.roles import GAME, OWNER, derived_password, login_of, verifier, with_login

VIEWS = "gap_views"
EXPORT = "gap_export"
SCHEMA = "export"
CONNECTIONS = 4

SETTINGS: Mapping[str, str] = {
    "default_transaction_read_only": "on",
    "statement_timeout": "30s",
    "transaction_timeout": "120s",
    "idle_in_transaction_session_timeout": "10s",
    "lock_timeout": "1s",
    "client_connection_check_interval": "1s",  # a query whose reader is gone ends
    "work_mem": "16MB",
    "hash_mem_multiplier": "2",
    "max_parallel_workers_per_gather": "0",
    "jit": "off",
    "search_path": SCHEMA,
    "timezone": "UTC",
}
"""Limits that a connection brings along and the login has too."""

ADMINISTRATORS_SETTINGS: Mapping[str, str] = {"temp_file_limit": "1GB"}
"""Limits that only a superuser may set, and so only the login has."""


def bootstrap(password: str | None, *, is_given: bool) -> tuple[str, ...]:
    """What stands before the views, as SQL that may be repeated. `password`: as in `roles.bootstrap`."""
    with_password = f" password '{verifier(password)}'" if password else ""
    new_password = f"alter role {EXPORT} {with_password};" if is_given else ""
    limits = "".join(f"alter role {EXPORT} set {name} = '{value}';" for name, value in SETTINGS.items())
    return (
        f"do $$ begin create role {VIEWS} nologin;"
        " exception when duplicate_object or unique_violation then null; end $$",
        f"do $$ begin create role {EXPORT} login noinherit connection limit {CONNECTIONS}{with_password};"
        " exception when duplicate_object or unique_violation then null; end $$",
        f"do $$ begin {limits} {new_password}"
        f" execute format('grant {VIEWS}, {EXPORT} to %I', current_user);"
        " exception when internal_error then null; end $$",
        *(_only_by_a_superuser(name, value) for name, value in ADMINISTRATORS_SETTINGS.items()),
        f"create schema if not exists {SCHEMA} authorization {VIEWS}",
        f"grant usage on schema {SCHEMA} to {EXPORT}",
        f"grant usage on schema app to {VIEWS}",
        CLOSE_DATABASE,
        REVOKE,
    )


def _only_by_a_superuser(name: str, value: str) -> str:
    return (
        f"do $$ begin alter role {EXPORT} set {name} = '{value}';"
        f" exception when insufficient_privilege then raise warning '{name} is not set: no superuser';"
        " when internal_error then null; end $$"
    )


CLOSE_DATABASE = f"""
do $$ begin
    execute format('grant connect on database %I to {OWNER}, {GAME}, {EXPORT}', current_database());
    if exists (
        select from pg_database d, aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a
        where d.datname = current_database() and a.grantee = 0
    ) then
        execute format('revoke all on database %I from public', current_database());
    end if;
exception when insufficient_privilege then raise warning 'the database stays open to every login';
    when internal_error then null; end $$
"""
"""Only the logins that belong here come in, and none of them may make temporary tables."""


def as_export(administrator_url: str) -> str | None:
    """The address under the export's login. None where its password cannot be known.

    It follows from the administrator's, as the game's does; where the server is given the game's own login
    and password, the export's has to be named.
    """
    if login_of(administrator_url) == EXPORT:
        return administrator_url
    if login_of(administrator_url) == GAME and urlsplit(administrator_url).password:
        return None
    return with_login(administrator_url, EXPORT, export_password(administrator_url, None))


def export_password(administrator_url: str, export_url: str | None) -> str | None:
    """The export's password: the one in its own address, or one that follows from the administrator's."""
    own = urlsplit(export_url).password if export_url and login_of(export_url) == EXPORT else None
    return unquote(own) if own else derived_password(administrator_url, EXPORT)
