"""Letting players in: Telegram's initData is checked once and exchanged for an opaque token."""

import hashlib
import json
import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from gap_server.errors import Banned, NotFound, NotSignedIn
from gap_server.game.names import shown_name
from gap_server.play import init_data
from gap_server.play.deps import GameDeps
from gap_server.play.init_data import TelegramUser
from gap_server.play.limits import address_of, person_of, take
from gap_server.store import departures, friends, players
from gap_server.store.engine import Db
from gap_server.store.game_read import GameSnapshot, read_caller_and_round
from gap_server.store.players import Me, SignedIn

TOKEN_BYTES = 32
TOKEN_MAX_CHARS = 128
SLIDING = timedelta(hours=2)
HARD = timedelta(hours=12)
NAMELESS = "Player"
LANGUAGE_MAX_CHARS = 35
LANGUAGE_FORM = r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$"
DEMO_IDS_FROM = 2**51


class Purpose(StrEnum):
    """What somebody signs in for. Who is banned may still see, and take back, what is held of them."""

    PLAY = "play"
    OWN_DATA = "own_data"


@dataclass(frozen=True, slots=True)
class Ticket:
    """A fresh token, and whom it lets in. `expires_at` moves on with use, 12 hours at most."""

    token: str
    expires_at: datetime
    me: Me


async def with_telegram(
    deps: GameDeps, raw: str, purpose: Purpose = Purpose.PLAY, host: str | None = None
) -> Ticket:
    """Exchange initData for a token. `host`: where the client is. Raises InitDataRefused, Banned, TooMany."""
    user = init_data.check(raw, deps.bot_key, datetime.now(UTC))
    token = secrets.token_urlsafe(TOKEN_BYTES)
    async with deps.store.transaction() as db:
        await _count(db, deps, user, host)
        player = await players.sign_in(
            db,
            user.id,
            name=name_of(user),
            language=language_of(user),
            may_message=user.may_message,
            referred_by=user.start_param,
        )
        if player.banned and purpose is Purpose.PLAY:
            raise Banned("This account is banned.")
        if user.start_param:
            await friends.befriend_inviter(db, player.id)
        await players.drop_oldest_tokens(db, player.id, leave=deps.limits.tokens - 1)
        expires_at = await players.add_token(db, _hash(token), player.id, SLIDING, HARD)
        me = await players.read_me(db, player.id)
    if me is None:
        raise NotSignedIn("This account was deleted just now.")
    return Ticket(token, expires_at, me)


async def _count(db: Db, deps: GameDeps, user: TelegramUser, host: str | None) -> None:
    """The limits on signing in, for whom Telegram vouches: what it does not vouch for costs us nothing."""
    person, address = person_of(deps.bot_key, user.id), address_of(deps.bot_key, host)
    if await departures.is_banned(db, person):
        raise Banned("This account is banned.")
    await take(db, deps.limits.sign_ins, person)
    if address is not None:
        await take(db, deps.limits.sign_ins_by_address, address)


async def with_name(
    deps: GameDeps, name: str, purpose: Purpose = Purpose.PLAY, host: str | None = None
) -> Ticket:
    """The demo's door: the demo bot signs for whoever gives a name, and the same check follows."""
    if not deps.demo_sign_in:
        raise NotFound("Nobody is let in here by a name alone.")
    user = {"id": _demo_id(name), "first_name": name, "language_code": "en"}
    fields = {
        "auth_date": str(int(datetime.now(UTC).timestamp())),
        "user": json.dumps(user, ensure_ascii=False),
    }
    return await with_telegram(deps, init_data.sign(fields, deps.bot_key), purpose, host)


async def sign_out(deps: GameDeps, token: str) -> None:
    """This token is no good any more."""
    async with deps.store.connection() as db:
        await players.drop_token(db, _hash(token))


async def who(deps: GameDeps, token: str, *, banned_too: bool = False) -> UUID:
    """The player that a token lets in. Raises NotSignedIn, and Banned where not `banned_too`."""
    hashed = _hash_of_ours(token)
    async with deps.store.connection() as db:
        player = await players.find_by_token(db, hashed, SLIDING)
    return _let_in(player, banned_too=banned_too)


async def who_in_round(deps: GameDeps, token: str, round_id: UUID) -> tuple[UUID, GameSnapshot | None]:
    """The same, and the player's round as it stands, None where there is no such: read in one statement."""
    hashed = _hash_of_ours(token)
    async with deps.store.connection() as db:
        player, snapshot = await read_caller_and_round(db, hashed, SLIDING, round_id)
    return _let_in(player), snapshot


def _let_in(player: SignedIn | None, *, banned_too: bool = False) -> UUID:
    if player is None:
        raise NotSignedIn("The token is unknown or has expired; sign in again.")
    if player.banned and not banned_too:
        raise Banned("This account is banned.")
    return player.id


def _hash_of_ours(token: str) -> bytes:
    if not 0 < len(token) <= TOKEN_MAX_CHARS:
        raise NotSignedIn("This is no token of ours.")
    return _hash(token)


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
