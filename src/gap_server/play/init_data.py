"""Telegram's initData: signed by Telegram's servers for our bot, checked here, signature first.

Scheme: https://core.telegram.org/bots/webapps#validating-data-received-via-the-mini-app
"""

import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode

from gap_server.errors import InitDataRefused

MAX_BYTES = 4096
MAX_FIELDS = 64
MAX_AGE = timedelta(hours=24)
MAX_AHEAD = timedelta(seconds=300)
START_PARAM = re.compile(r"[A-Za-z0-9_-]{1,64}")
"""An opaque code, the same after `?startapp=` and `/start`. The player controls it: else is nothing."""
MAX_TELEGRAM_ID = 2**52


@dataclass(frozen=True, slots=True)
class TelegramUser:
    id: int
    first_name: str
    language: str
    may_message: bool
    start_param: str | None


def check(init_data: str, bot_key: bytes, now: datetime) -> TelegramUser:
    """The user that Telegram vouches for. No value is read before the signature holds.

    Raises InitDataRefused.
    """
    fields = _fields(init_data)
    given = fields.pop("hash", "")
    if not hmac.compare_digest(_signature(fields, bot_key).encode(), given.encode()):
        raise InitDataRefused("The signature does not match.", code="init_data_bad_hash")
    signed_at = _signed_at(fields)
    if now - signed_at > MAX_AGE:
        raise InitDataRefused("This sign-in is more than a day old.", code="init_data_expired")
    if signed_at - now > MAX_AHEAD:
        raise InitDataRefused("This sign-in is from the future.", code="init_data_from_future")
    return _user(fields)


def code_in(start_param: str | None) -> str | None:
    return start_param if start_param and START_PARAM.fullmatch(start_param) else None


def sign(fields: Mapping[str, str], bot_key: bytes) -> str:
    """Sign fields as Telegram does: for the demo bot, which is its own Telegram, and for tests."""
    return urlencode({**fields, "hash": _signature(fields, bot_key)})


def _signature(fields: Mapping[str, str], bot_key: bytes) -> str:
    check_string = "\n".join(f"{key}={value}" for key, value in sorted(fields.items()))
    return hmac.new(bot_key, check_string.encode(), hashlib.sha256).hexdigest()


def _fields(init_data: str) -> dict[str, str]:
    try:
        if len(init_data.encode()) > MAX_BYTES:
            raise InitDataRefused("This is too long.")
        pairs = parse_qsl(
            init_data, keep_blank_values=True, strict_parsing=True, errors="strict", max_num_fields=MAX_FIELDS
        )
    except ValueError:
        raise InitDataRefused("This is no initData.") from None
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise InitDataRefused("A field stands twice.")
    if not fields.get("hash"):
        raise InitDataRefused("There is no hash.")
    return fields


def _signed_at(fields: Mapping[str, str]) -> datetime:
    text = fields.get("auth_date", "")
    if not (text.isascii() and text.isdigit() and len(text) <= 11):
        raise InitDataRefused("auth_date is no time.")
    return datetime.fromtimestamp(int(text), UTC)


def _user(fields: Mapping[str, str]) -> TelegramUser:
    user = _user_object(fields.get("user", ""))
    telegram_id = user.get("id")
    if type(telegram_id) is not int or not 0 < telegram_id < MAX_TELEGRAM_ID:
        raise InitDataRefused("The user has no id.")
    return TelegramUser(
        id=telegram_id,
        first_name=_text(user, "first_name"),
        language=_text(user, "language_code"),
        may_message=user.get("allows_write_to_pm") is True,
        start_param=code_in(fields.get("start_param")),
    )


def _user_object(text: str) -> dict[str, Any]:
    try:
        user = json.loads(text)
    except (ValueError, RecursionError):
        raise InitDataRefused("The user is no JSON.") from None
    if not isinstance(user, dict):
        raise InitDataRefused("The user is no object.")
    return user


def _text(user: Mapping[str, Any], key: str) -> str:
    value = user.get(key)
    return value if isinstance(value, str) else ""
