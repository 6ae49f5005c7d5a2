"""Starting a session: whether the player may, which pictures, which of them tainted."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from math import ceil
from random import SystemRandom
from uuid import UUID

from gap_server.errors import ConsentRequired, NotFound, Refused, StoreUnavailable, TooMany
from gap_server.game import quests
from gap_server.game.deal import DealtRound, deal, deal_onto, images_needed
from gap_server.game.rules import CONSENT_VERSION, RULES_VERSION, Rules
from gap_server.game.state import Pool, SessionKind
from gap_server.play.assignment import assigned
from gap_server.play.deps import GameDeps
from gap_server.play.limits import DAY, person_of
from gap_server.play.sessions import current
from gap_server.store import challenges, dailies, friends, images, players, sessions
from gap_server.store.engine import Db
from gap_server.store.game_read import GameSnapshot, read_open_session
from gap_server.store.sessions import Allowance, NewSession

_random = SystemRandom()


@dataclass(frozen=True, slots=True)
class Wish:
    """What the player asked for. `challenge`: a code, for that kind alone."""

    kind: SessionKind = SessionKind.FREE
    challenge: str | None = None


@dataclass(frozen=True, slots=True)
class _Hand:
    """What a session is made of."""

    rounds: Sequence[DealtRound]
    images: Sequence[UUID]
    deal: str
    daily_number: int | None = None
    challenge: str | None = None


async def start(deps: GameDeps, player_id: UUID, wish: Wish) -> tuple[GameSnapshot, bool]:
    """Deal a session; where one is open, that one, of whichever kind. The flag says whether it is new.

    Raises ConsentRequired, TooMany (too_many_sessions), Refused (not_enough_images, daily_played), NotFound
    (unknown_challenge).
    """
    with suppress(NotFound):
        return await current(deps, player_id), False
    async with deps.store.transaction() as db:
        person = person_of(deps.bot_key, await players.hold(db, player_id))
        if (snapshot := await read_open_session(db, player_id)) is not None:
            return snapshot, False
        await sessions.start(db, player_id, await _new(db, deps, player_id, person, wish))
        if (snapshot := await read_open_session(db, player_id)) is None:
            raise StoreUnavailable("The session that was dealt is not there.")
        return snapshot, True


async def _new(db: Db, deps: GameDeps, player_id: UUID, person: bytes, wish: Wish) -> NewSession:
    allowance = await sessions.may_start(db, player_id, person)
    consent_version = _consented(allowance)
    if wish.kind is not SessionKind.DAILY:  # that has a limit of its own: one
        _require_room(allowance, deps.sessions_per_day)
    hand = await _hand(db, deps.rules, player_id, person, wish)
    model = await assigned(db, deps, _random)
    return NewSession(
        rules_version=RULES_VERSION,
        consent_version=consent_version,
        deal=hand.deal,
        control_rounds=sum(not dealt.tainted and dealt.pool is Pool.SIMPLE for dealt in hand.rounds),
        model=model.name,
        model_revision=model.revision,
        round_time=deps.rules.round_time,
        session_time=deps.rules.session_time,
        dealt_rounds=hand.rounds,
        images=hand.images,
        quests=_steering(allowance.now),
        kind=wish.kind,
        daily_number=hand.daily_number,
        challenge=hand.challenge,
    )


def _steering(now: datetime) -> list[str]:
    """The week's quests, or none: by chance alone, so that both kinds of session can be compared."""
    if _random.random() < quests.UNSTEERED_SHARE:
        return []
    monday = quests.monday_of(now.astimezone(UTC).date())
    return [quest.id for quest in quests.of_week(monday)]


async def _hand(db: Db, rules: Rules, player_id: UUID, person: bytes, wish: Wish) -> _Hand:
    match wish.kind:
        case SessionKind.DAILY:
            return await _daily(db, rules, player_id, person)
        case SessionKind.CHALLENGE:
            return await _challenge(db, player_id, person, wish.challenge or "")
        case SessionKind.FREE:
            return await _free(db, rules, player_id, person)


async def _free(db: Db, rules: Rules, player_id: UUID, person: bytes) -> _Hand:
    dealt_rounds = deal(rules, _random)
    piles: dict[Pool, list[UUID]] = {}
    for pool, count in images_needed(rules).items():
        piles[pool] = await images.pick(db, player_id, person, pool, count)
        if len(piles[pool]) < count:
            raise Refused("You have seen all the images there are.", code="not_enough_images")
    return _Hand(dealt_rounds, [piles[dealt.pool].pop() for dealt in dealt_rounds], rules.deal)


async def _daily(db: Db, rules: Rules, player_id: UUID, person: bytes) -> _Hand:
    number = await number_of_today(db, rules)
    if await dailies.has_met(db, player_id, person, number):
        raise Refused("Today's ten can be played once. The next come tomorrow.", code="daily_played")
    pictures = await dailies.images_of(db, number)
    rounds = deal_onto([picture.pool for picture in pictures], _random)
    return _Hand(rounds, [picture.id for picture in pictures], "balanced", daily_number=number)


async def number_of_today(db: Db, rules: Rules) -> int:
    """The number of today's ten, drawn for whoever asks first. Raises Refused (not_enough_images)."""
    number = await dailies.number_of_today(db)
    if number is None:
        await dailies.lock(db)
        number = await dailies.number_of_today(db) or await _make_daily(db, rules)
    return number


async def _make_daily(db: Db, rules: Rules) -> int:
    """Draw today's ten, of pictures that nobody was dealt. As many of either pool as any session has."""
    drawn: list[UUID] = []
    for pool, count in images_needed(rules).items():
        found = await dailies.pick(db, pool, count)
        if len(found) < count:
            raise Refused("No fresh pictures are left for today's ten.", code="not_enough_images")
        drawn += found
    _random.shuffle(drawn)
    return await dailies.add(db, drawn)


async def _challenge(db: Db, player_id: UUID, person: bytes, code: str) -> _Hand:
    challenge = await challenges.read(db, code, player_id)
    if challenge is None:
        raise NotFound("There is no such challenge.", code="unknown_challenge")
    pictures = await challenges.images_of(db, challenge, player_id, person)
    if any(picture.unfit for picture in pictures):
        raise Refused("You have met some of these pictures before.", code="not_enough_images")
    await friends.befriend(db, player_id, challenge.player_id)
    rounds = deal_onto([picture.pool for picture in pictures], _random)
    return _Hand(rounds, [picture.id for picture in pictures], "balanced", challenge=code)


def _consented(allowance: Allowance) -> int:
    """The version of the consent that the session starts under."""
    if allowance.consent_version != CONSENT_VERSION:
        raise ConsentRequired("Playing needs your consent first.")
    return allowance.consent_version


def _require_room(allowance: Allowance, sessions_per_day: int) -> None:
    if allowance.started >= sessions_per_day and allowance.first_at is not None:
        wait = allowance.first_at + DAY - allowance.now
        raise TooMany(
            f"{sessions_per_day} sessions a day are the limit.",
            code="too_many_sessions",
            retry_after_seconds=max(1, ceil(wait.total_seconds())),
        )
