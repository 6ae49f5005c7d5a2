"""Research tokens: made by an operator, shown once, stored as a hash."""

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from gap_server.errors import NotFound, NotSignedIn, Refused
from gap_server.store import operators, research_tokens
from gap_server.store.engine import Store
from gap_server.store.research_tokens import TokenRow

MARK = "gapr_"
"""So that a token that was left lying around is known for what it is."""

TOKEN_BYTES = 32
TOKEN_MAX_CHARS = 128


@dataclass(frozen=True, slots=True)
class NewToken:
    token: str = field(repr=False)
    expires_at: datetime


async def create(store: Store, name: str, days: int, *, operator: str) -> NewToken:
    """Raises Refused (name_taken)."""
    token = MARK + secrets.token_urlsafe(TOKEN_BYTES)
    async with store.transaction() as db:
        expires_at = await research_tokens.create(db, name, _hash(token), days)
        if expires_at is None:
            raise Refused(f"{name} has a token already: revoke it first.", code="name_taken")
        await operators.record(db, operator=operator, action="token create", about=name)
    return NewToken(token, expires_at)


async def list_all(store: Store) -> list[TokenRow]:
    async with store.connection() as db:
        return await research_tokens.list_all(db)


async def revoke(store: Store, name: str, *, operator: str) -> None:
    """Raises NotFound."""
    async with store.transaction() as db:
        if not await research_tokens.revoke(db, name):
            raise NotFound(f"{name} has no token.")
        await operators.record(db, operator=operator, action="token revoke", about=name)


async def who(store: Store, token: str) -> UUID:
    """The id of a token that is good. Raises NotSignedIn."""
    if not 0 < len(token) <= TOKEN_MAX_CHARS or not token.isascii():
        raise NotSignedIn("This is no research token.")
    async with store.connection() as db:
        token_id = await research_tokens.find(db, _hash(token))
    if token_id is None:
        raise NotSignedIn("This is no research token, or it has run out or was revoked.")
    return token_id


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
