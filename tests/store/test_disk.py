"""The look at Postgres's disk: by writing to it, seldom."""

import asyncio

import pytest

from gap_server.errors import StoreUnavailable
from gap_server.store.disk import KEPT_SECONDS, RoomCheck
from gap_server.store.engine import Store


async def test_a_good_look_is_good_for_some_seconds_and_a_bad_one_is_not(store: Store) -> None:
    now = 0.0
    room = RoomCheck(clock=lambda: now)
    await asyncio.gather(*(room.check(store) for _ in range(20)))
    await store.close()  # whatever asks Postgres from here on fails
    await room.check(store)
    now = KEPT_SECONDS
    with pytest.raises(StoreUnavailable):
        await room.check(store)
    await store.open()
    await room.check(store)
