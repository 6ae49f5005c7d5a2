"""Pictures that look alike stand in one split, in whatever order they come, and whatever was there before."""

import asyncio
from dataclasses import replace
from itertools import combinations
from uuid import UUID

import httpx
from hypothesis import given
from hypothesis import strategies as st

from gap_server.game.state import Pool
from gap_server.images.likeness import ALIKE_WITHIN
from gap_server.operate import catalogue
from gap_server.operate.likeness import Lookalikes, compare
from gap_server.store import images
from gap_server.store.engine import Store
from gap_server.store.images import NewImage
from gap_server.store.likeness import NEITHER, SeenImage
from tests.playing import new_player
from tests.world import administrator

HELD_OUT, TRAIN = "00000000", "00000002"
"""How a source's hash begins that draws the split."""


def look(*, bits: int) -> bytes:
    return ((1 << bits) - 1).to_bytes(32, "big")


def picture(name: str, drawn: str, look_: bytes | None) -> NewImage:
    return NewImage(
        sha256=name.encode().hex().rjust(64, "f"),
        source_sha256=drawn + name.encode().hex().rjust(56, "0"),
        content=b"",
        width=640,
        height=480,
        media_type="image/jpeg",
        pool=Pool.SIMPLE,
        source=name,
        licence="CC0",
        look=look_,
    )


async def split_of(store: Store, name: str) -> str | None:
    async with administrator(store) as db:
        return str(await db.fetchval("select split from app.image where source = $1", name))


async def test_a_copy_stands_in_the_split_of_its_picture(store: Store) -> None:
    everyone = Lookalikes()
    assert await catalogue.add(store, everyone, picture("first", HELD_OUT, look(bits=100))) == (True, None)
    copy = picture("copy", TRAIN, look(bits=100 + ALIKE_WITHIN))
    assert await catalogue.add(store, everyone, copy) == (True, "first")
    other = picture("other", TRAIN, look(bits=250))
    assert await catalogue.add(store, everyone, other) == (True, None)
    assert await split_of(store, "copy") == "held_out"
    assert await split_of(store, "other") == "None", "its own hash draws it"


async def test_a_picture_between_two_splits_is_in_neither(store: Store) -> None:
    everyone = Lookalikes()
    for name, drawn, bits in (("held", HELD_OUT, 20), ("trained", TRAIN, 90), ("between", TRAIN, 55)):
        await catalogue.add(store, everyone, picture(name, drawn, look(bits=bits)))
    assert await split_of(store, "between") == NEITHER


async def test_who_imports_at_once_sees_each_other(store: Store) -> None:
    names = [f"copy {n}" for n in range(6)]
    pictures = [picture(name, f"{n:08x}", look(bits=100 + n)) for n, name in enumerate(names)]
    await asyncio.gather(*(catalogue.add(store, Lookalikes(), new) for new in pictures))
    async with administrator(store) as db:
        ways = await db.fetchval(
            "select count(*) from app.image where source = any ($1) and alike_to is null", names
        )
    assert ways == 1, "the first of them alone"


async def test_pictures_of_before_are_compared_and_what_was_played_never_changes_sides(
    client: httpx.AsyncClient, store: Store
) -> None:
    await (await new_player(client)).play_session()
    async with administrator(store) as db:
        played, content = await db.fetchrow(
            "select i.id, b.content from app.image i join app.image_bytes b on b.image_id = i.id"
            " where exists (select from app.round r where r.image_id = i.id) limit 1"
        )
        await db.execute("update app.image set look = null, split = 'train' where id = $1", played)
        await images.add(db, replace(picture("copy", HELD_OUT, None), content=content))
    compared = await compare(store)
    assert (compared.pictures, compared.alike, compared.taken_out) == (2, 1, 0)
    assert await split_of(store, "copy") == "train", "nobody has played with the copy: it goes to its picture"
    async with administrator(store) as db:
        await db.execute("update app.image set look = null where id = $1", played)
        await db.execute("update app.image set split = 'held_out' where source = 'copy'")
    assert (await compare(store)).taken_out == 2
    async with administrator(store) as db:
        assert await db.fetchval("select split from app.image where id = $1", played) == NEITHER
    assert await split_of(store, "copy") == NEITHER
    assert (await compare(store)).pictures == 0


async def test_a_damaged_picture_keeps_no_other_from_being_compared(store: Store) -> None:
    async with administrator(store) as db:
        content = await db.fetchval("select content from app.image_bytes limit 1")
        await images.add(db, replace(picture("damaged", TRAIN, None), content=content[:64]))
        await images.add(db, replace(picture("not at all", TRAIN, None), content=b"no picture"))
        await images.add(db, replace(picture("whole", TRAIN, None), content=content))
    compared = await compare(store)
    assert (compared.pictures, compared.alike) == (3, 1), "the whole one alone looks like another"
    assert (await compare(store)).pictures == 0, "nobody tries them again"


@given(
    looks=st.lists(st.integers(0, 6).map(lambda n: look(bits=n * 40)), max_size=12),
    draws=st.lists(st.sampled_from(["train", "validation", "held_out"]), min_size=12, max_size=12),
)
def test_no_two_that_look_alike_ever_stand_in_two_splits(looks: list[bytes], draws: list[str]) -> None:
    """A chain of looks, each like the next: whichever way it comes about."""
    everyone = Lookalikes()
    splits = []
    for number, (seen, drawn) in enumerate(zip(looks, draws, strict=False)):
        split = everyone.place(seen).split or drawn
        splits.append(split)
        everyone._add(SeenImage(number, UUID(int=number), seen, split, "x"))
    for (one, its), (other, others) in combinations(zip(looks, splits, strict=True), 2):
        if is_alike(one, other):
            assert its == others or NEITHER in {its, others}


def is_alike(one: bytes, other: bytes) -> bool:
    return bool(one) and (int.from_bytes(one) ^ int.from_bytes(other)).bit_count() <= ALIKE_WITHIN
