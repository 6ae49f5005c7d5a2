"""Who logs in to the database: an owner without login, and the game's login, which owns nothing.

What the game's login may do stands in `grants`.
"""

import hashlib
import hmac
import secrets
from base64 import b64encode
from urllib.parse import quote, unquote, urlsplit, urlunsplit

OWNER = "gap_owner"
GAME = "gap_game"

SESSION_SETTINGS = {
    "statement_timeout": "10s",
    "lock_timeout": "3s",
    "idle_in_transaction_session_timeout": "10s",
    "jit": "off",
}
"""Limits of the game's connections. Each connection brings them along; its login has them too, for poolers
that let no such start-up parameter through."""

_LOGIN = {"user", "password"}

SCRAM_ROUNDS = 4096  # Postgres's own


def bootstrap(password: str | None, *, is_given: bool) -> tuple[str, ...]:
    """What stands before the first migration, as SQL that may be repeated.

    `password`: the game's. One that `is_given` by the operator is set each time; one that was derived is set
    only where the login is new, since an operator may have given it another by hand.
    """
    with_password = f" password '{verifier(password)}'" if password else ""
    limits = "".join(f"alter role {GAME} set {name} = '{value}';" for name, value in SESSION_SETTINGS.items())
    new_password = f"alter role {GAME} {with_password};" if is_given else ""
    return (
        f"do $$ begin create role {OWNER} nologin;"
        " exception when duplicate_object or unique_violation then null; end $$",
        f"do $$ begin create role {GAME} login noinherit{with_password};"
        " exception when duplicate_object or unique_violation then null; end $$",
        # roles belong to the whole cluster: several databases may be brought to head at the same moment, and
        # then one of them finds the work done (internal_error is "tuple concurrently updated")
        f"do $$ begin {limits} {new_password}"
        f" execute format('grant {OWNER} to %I', current_user);"
        " exception when internal_error then null; end $$",
        f"create schema if not exists app authorization {OWNER}",
        "revoke all on schema public from public",
        f"grant usage on schema app to {GAME}",
        # earlier versions let the game do everything with every table
        f"alter default privileges for role {OWNER} in schema app revoke all on tables from {GAME}",
        f"alter default privileges for role {OWNER} in schema app revoke all on sequences from {GAME}",
    )


def as_game(url: str, password: str | None = None) -> str:
    """The address under the game's login; one that names it already is left alone.

    Whatever the server was given, it never works with more rights than it needs, and no `set role none` leads
    back to more. `password`: see `game_password`.
    """
    return url if login_of(url) == GAME else with_login(url, GAME, game_password(url, password))


def game_password(administrator_url: str, given: str | None) -> str | None:
    """The game's password: the one that the operator gives, or one that follows from the administrator's.

    None where the administrator needs none, because the server knows who is at its socket.
    """
    return given or derived_password(administrator_url, GAME)


def derived_password(administrator_url: str, login: str) -> str | None:
    """A login's password that follows from the administrator's. None where the administrator needs none."""
    administrators = urlsplit(administrator_url).password or _of_query(administrator_url, "password")
    if not administrators:
        return None
    return hmac.digest(unquote(administrators).encode(), login.encode(), hashlib.sha256).hex()


def login_of(url: str) -> str:
    return unquote(urlsplit(url).username or _of_query(url, "user"))


def with_login(url: str, login: str, password: str | None = None) -> str:
    """The same address under another login."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    who = login if password is None else f"{login}:{quote(password, safe='')}"
    kept = [item for item in parts.query.split("&") if item.partition("=")[0] not in _LOGIN]
    return urlunsplit(parts._replace(netloc=f"{who}@{host}", query="&".join(kept)))


def elsewhere(url: str, other_url: str) -> str:
    """The database that `other_url` names, under the login of `url`: a standby has the same logins."""
    here, there = urlsplit(url), urlsplit(other_url)
    who, at, _ = here.netloc.rpartition("@")
    login = [item for item in here.query.split("&") if item.partition("=")[0] in _LOGIN]
    where = [item for item in there.query.split("&") if item.partition("=")[0] not in _LOGIN]
    netloc = who + at + there.netloc.rpartition("@")[2]
    return urlunsplit(there._replace(netloc=netloc, query="&".join([*where, *login])))


def _of_query(url: str, name: str) -> str:
    items = (item.partition("=") for item in urlsplit(url).query.split("&"))
    return next((value for key, _, value in items if key == name), "")


def verifier(password: str) -> str:
    """What Postgres keeps of a password (RFC 5803), made here so that no log of statements has it."""
    salt = secrets.token_bytes(16)
    salted = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, SCRAM_ROUNDS)
    stored = hashlib.sha256(hmac.digest(salted, b"Client Key", hashlib.sha256)).digest()
    server = hmac.digest(salted, b"Server Key", hashlib.sha256)
    told = (b64encode(part).decode() for part in (salt, stored, server))
    return "SCRAM-SHA-256${}:{}${}:{}".format(SCRAM_ROUNDS, *told)
