"""Letting players in: Telegram's initData is checked once and exchanged for an opaque token."""

import hashlib
import json
import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from gap_server.errors import Banned, NotFound, NotSignedIn
from gap_server.game.names import shown_name
from gap_server.play import init_data
from gap_server.play.deps import GameDeps
from gap_server.play.init_data import TelegramUser
from gap_server.store import players
from gap_server.store.players import Me

TOKEN_BYTES = 32
TOKEN_MAX_CHARS = 128
SLIDING = timedelta(hours=2)
HARD = timedelta(hours=12)
NAMELESS = "Player"
LANGUAGE_MAX_CHARS = 35
LANGUAGE_FORM = r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$"
DEMO_IDS_FROM = 2**51


@dataclass(frozen=True, slots=True)
class Ticket:
    """A fresh token, and whom it lets in. `expires_at` moves on with use, 12 hours at most."""

    token: str
    expires_at: datetime
    me: Me


async def with_telegram(deps: GameDeps, raw: str) -> Ticket:
    """Exchange initData for a token. Raises InitDataRefused, Banned."""
    user = init_data.check(raw, deps.bot_key, datetime.now(UTC))
    token = secrets.token_urlsafe(TOKEN_BYTES)
    async with deps.store.transaction() as db:
        player = await players.sign_in(
            db,
            user.id,
            name=name_of(user),
            language=language_of(user),
            may_message=user.may_message,
            referred_by=user.start_param,
        )
        if player.banned:
            raise Banned("This account is banned.")
        expires_at = await players.add_token(db, _hash(token), player.id, SLIDING, HARD)
        me = await players.read_me(db, player.id)
    if me is None:
        raise NotSignedIn("This account was deleted just now.")
    return Ticket(token, expires_at, me)


async def with_name(deps: GameDeps, name: str) -> Ticket:
    """The demo's door: the demo bot signs for whoever gives a name, and the same check follows."""
    if not deps.demo_sign_in:
        raise NotFound("Nobody is let in here by a name alone.")
    user = {"id": _demo_id(name), "first_name": name, "language_code": "en"}
    fields = {
        "auth_date": str(int(datetime.now(UTC).timestamp())),
        "user": json.dumps(user, ensure_ascii=False),
    }
    return await with_telegram(deps, init_data.sign(fields, deps.bot_key))


async def who(deps: GameDeps, token: str) -> UUID:
    """The player that a token lets in. Raises NotSignedIn, Banned."""
    if not 0 < len(token) <= TOKEN_MAX_CHARS:
        raise NotSignedIn("This is no token of ours.")
    async with deps.store.connection() as db:
        player = await players.find_by_token(db, _hash(token), SLIDING)
    if player is None:
        raise NotSignedIn("The token is unknown or has expired; sign in again.")
    if player.banned:
        raise Banned("This account is banned.")
    return player.id


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def _demo_id(name: str) -> int:
    """The same name is the same player, beyond every id that Telegram has given so far."""
    digest = hashlib.sha256(name.casefold().encode()).digest()
    return DEMO_IDS_FROM + int.from_bytes(digest[:6], "big")


def name_of(user: TelegramUser) -> str:
    """The first name will do for a game; players may call themselves otherwise."""
    return shown_name(user.first_name) or NAMELESS


def language_of(user: TelegramUser) -> str:
    language = user.language.replace("_", "-")
    fits = re.fullmatch(LANGUAGE_FORM, language) and len(language) <= LANGUAGE_MAX_CHARS
    return language if fits else "en"
