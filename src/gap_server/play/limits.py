"""How much one person, or one address, may take, and under which name that is counted.

Counts stand under keyed hashes: they hold for somebody who deletes the account and comes back, and whoever
reads the table alone learns of nobody.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import IPv6Address, ip_address
from math import ceil
from typing import Self

from gap_server.errors import TooMany
from gap_server.store import limits
from gap_server.store.engine import Db
from gap_server.store.limits import Limit

DAY = timedelta(hours=24)
HOUR = timedelta(hours=1)
IPV6_HOST_BITS = 64
"""A household has a /64 of addresses, and may change among them."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What an operator may set. `tokens`: of one player, good at the same time."""

    tokens: int
    sign_ins: Limit
    sign_ins_by_address: Limit
    share_cards: Limit

    @classmethod
    def hourly(cls, *, tokens: int, sign_ins: int, sign_ins_by_address: int, share_cards: int) -> Self:
        return cls(
            tokens,
            Limit("sign_ins", sign_ins, HOUR),
            Limit("sign_ins_by_address", sign_ins_by_address, HOUR),
            Limit("share_cards", share_cards, HOUR),
        )


def person_of(bot_key: bytes, telegram_id: int) -> bytes:
    """What a person is called where limits are counted."""
    return _keyed(bot_key, f"person:{telegram_id}")


def address_of(bot_key: bytes, host: str | None) -> bytes | None:
    """What a client's address is called there. None for one that is nobody's own: a proxy on this machine or
    in this network stands for all its clients, and says for whom only where GAP_TRUSTED_PROXIES names it."""
    try:
        address = ip_address(host or "")
    except ValueError:
        return None
    if not address.is_global:
        return None
    if isinstance(address, IPv6Address):
        address = IPv6Address(int(address) >> IPV6_HOST_BITS << IPV6_HOST_BITS)
    return _keyed(bot_key, f"address:{address}")


async def take(db: Db, limit: Limit, subject: bytes) -> None:
    """Count one more. Raises TooMany (too_many_...)."""
    if wait := await limits.take(db, limit, subject):
        raise TooMany(
            f"{limit.count} {limit.kind.replace('_', ' ')} in {limit.per} are the limit.",
            code=f"too_many_{limit.kind}",
            retry_after_seconds=ceil(wait.total_seconds()),
        )


def _keyed(bot_key: bytes, text: str) -> bytes:
    key = hmac.digest(bot_key, b"gap-server limits", hashlib.sha256)
    return hmac.digest(key, text.encode(), hashlib.sha256)
