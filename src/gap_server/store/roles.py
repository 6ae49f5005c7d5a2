"""Who may do what in the database: an owner without login, and the game's login, which owns nothing."""

from urllib.parse import unquote, urlsplit, urlunsplit

OWNER = "gap_owner"
GAME = "gap_game"

BOOTSTRAP = (
    f"do $$ begin create role {OWNER} nologin;"
    " exception when duplicate_object or unique_violation then null; end $$",
    f"do $$ begin create role {GAME} login noinherit;"
    " exception when duplicate_object or unique_violation then null; end $$",
    # roles belong to the whole cluster: several databases may be brought to head at the same moment, and
    # then one of them finds the work done (internal_error is "tuple concurrently updated")
    f"""do $$ begin
        alter role {GAME} set statement_timeout = '10s';
        alter role {GAME} set lock_timeout = '3s';
        alter role {GAME} set idle_in_transaction_session_timeout = '10s';
        alter role {GAME} set jit = off;
        execute format('grant {OWNER}, {GAME} to %I', current_user);
    exception when internal_error then null; end $$""",
    f"create schema if not exists app authorization {OWNER}",
    "revoke all on schema public from public",
    f"grant usage on schema app to {GAME}",
    f"alter default privileges for role {OWNER} in schema app"
    f" grant select, insert, update, delete on tables to {GAME}",
    f"alter default privileges for role {OWNER} in schema app grant usage on sequences to {GAME}",
)


def as_game(url: str) -> tuple[str, dict[str, str]]:
    """The address and the start-up parameters that make a connection the game's.

    An administrator's address becomes the game's by `role`, so that the server never works with more rights
    than it needs; an address that already names the game's login is left alone (a pooler in between may
    know no `role`).
    """
    return (url, {}) if login_of(url) == GAME else (url, {"role": GAME})


def login_of(url: str) -> str:
    return unquote(urlsplit(url).username or "")


def with_login(url: str, login: str) -> str:
    """The same address under another login, for a server that trusts its socket."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{login}@{host}"))
