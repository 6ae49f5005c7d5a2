"""A crowd put straight into the database: players with a token each, in mid-game or about to begin."""

import asyncio
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID, uuid4

import asyncpg

from gap_server.game.rules import CONSENT_VERSION

QUESTIONS_EACH = 5
"""About what a player asks of one image."""

PICTURE_BYTES = 64 * 1024
"""About what a picture of COCO's has."""

CROWD = """
with crowd as (
    insert into app.player (telegram_id, name) select n, 'Player ' || n from generate_series(1, $1) n
    returning id, telegram_id
), tokens as (
    insert into app.access_token (token_hash, player_id, expires_at, ends_at)
    select sha256(('token-' || telegram_id)::bytea), id, now() + '2 hours', now() + '12 hours' from crowd
), sessions as (
    insert into app.session (player_id, rules_version, consent_version, deal, control_rounds, round_seconds,
                             expires_at)
    select id, '1', 1, 'paper', 1, 120, now() + interval '1 day' from crowd returning player_id, id
), picture as (
    insert into app.image (sha256, source_sha256, pool, width, height, media_type, source, licence)
    values (repeat('0', 64), repeat('0', 64), 'simple', 640, 480, 'image/jpeg', 'bench', 'CC0-1.0')
    returning id
), bytes as (
    insert into app.image_bytes (image_id, content) select id, decode(repeat('ff', $2), 'hex') from picture
)
insert into app.round (player_id, session_id, position, image_id, pool, tainted, state, opened_at,
                       deadline_at)
select s.player_id, s.id, 1, picture.id, 'simple', true, 'open', now(), now() + interval '1 hour'
from sessions s, picture
"""


@dataclass(frozen=True, slots=True)
class Asking:
    """One player's questions about the open round."""

    token: str
    round_id: UUID

    def requests(self) -> Iterator[bytes]:
        for n in range(QUESTIONS_EACH):
            body = json.dumps({"text": f"How many red apples are there on the table, take {n}?"}).encode()
            yield (
                f"PUT /api/v1/rounds/{self.round_id}/questions/{uuid4()} HTTP/1.1\r\n"
                f"Host: bench\r\nAuthorization: Bearer {self.token}\r\n"
                f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
            ).encode() + body


def gather(url: str, players: int) -> list[Asking]:
    return asyncio.run(_gather(url, players))


async def _gather(url: str, players: int) -> list[Asking]:
    db = await asyncpg.connect(url)
    await db.execute(CROWD, players, PICTURE_BYTES)
    await db.execute("vacuum analyze")
    rows = await db.fetch(
        "select p.telegram_id, r.id from app.round r join app.player p on p.id = r.player_id order by 1"
    )
    await db.close()
    return [Asking(f"token-{row[0]}", row[1]) for row in rows]


NEWCOMERS = """
with crowd as (
    insert into app.player (telegram_id, name, show_on_leaderboard)
    select n, 'Player ' || n, n % 3 = 0 from generate_series(1, $1) n returning id, telegram_id
), tokens as (
    insert into app.access_token (token_hash, player_id, expires_at, ends_at)
    select sha256(('token-' || telegram_id)::bytea), id, now() + '2 hours', now() + '12 hours' from crowd
)
insert into app.consent (player_id, version) select id, $2 from crowd
"""
PICTURE = """
with added as (
    insert into app.image (sha256, source_sha256, pool, width, height, media_type, source, licence)
    values ($1, $1, $2, 640, 480, 'image/jpeg', 'bench', 'CC0-1.0') returning id
)
insert into app.image_bytes (image_id, content) select id, $3 from added
"""


def token_of(n: int) -> str:
    """The token of the n-th player, from 1 on."""
    return f"token-{n}"


async def newcomers(url: str, players: int, pictures: int) -> None:
    """Players who have consented and played nothing yet, and pictures of both pools, half of each."""
    db = await asyncpg.connect(url)
    await db.execute(NEWCOMERS, players, CONSENT_VERSION)
    for n in range(pictures):
        await db.execute(PICTURE, f"{n:064}", "simple" if n % 2 else "complex", os.urandom(PICTURE_BYTES))
    await db.execute("vacuum analyze")
    await db.execute("checkpoint")  # what was written here is not flushed while somebody measures
    await db.close()
