"""Friends: who came by whose invitation, and who took up whose challenge. Either is the other's."""

from uuid import UUID

from gap_server.store.engine import Db

BEFRIEND = """
insert into app.friendship (player_id, friend_id)
select * from (values ($1::uuid, $2::uuid), ($2, $1)) pair (player_id, friend_id) where $1 <> $2
on conflict do nothing
"""
BEFRIEND_INVITER = """
with pair as (
    select p.id, inviter.id as inviter_id from app.player p
    join app.player inviter on inviter.referral_code = p.referred_by and inviter.id <> p.id where p.id = $1
)
insert into app.friendship (player_id, friend_id)
select id, inviter_id from pair union all select inviter_id, id from pair
on conflict do nothing
"""


async def befriend(db: Db, player_id: UUID, other_id: UUID) -> None:
    await db.execute(BEFRIEND, player_id, other_id)


async def befriend_inviter(db: Db, player_id: UUID) -> None:
    """Whose link the player first came by; nothing where there was none, or they are gone."""
    await db.execute(BEFRIEND_INVITER, player_id)
