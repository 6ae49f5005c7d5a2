"""Limits: counted in Postgres, told with the time to wait, and nobody's name in them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import httpx
import pytest

from gap_server.app import assemble
from gap_server.demo.answerer import DemoModel
from gap_server.play import share_card
from gap_server.play.forgetting import forget_what_ended
from gap_server.play.limits import Limits, address_of
from gap_server.share_card import drawing
from gap_server.share_card.drawing import Card
from gap_server.store import limits
from gap_server.store.engine import Store
from gap_server.store.limits import Limit
from tests.playing import BOT_KEY, Player, init_data, new_player, refusal
from tests.world import make_deps

THREE = Limit("tries", 3, timedelta(minutes=3))
TIGHT = Limits.hourly(tokens=10, sign_ins=3, sign_ins_by_address=5, share_cards=2)


@asynccontextmanager
async def tight(store: Store, host: str = "127.0.0.1") -> AsyncIterator[httpx.AsyncClient]:
    """A server with tight limits, and a client at `host`."""
    app = assemble(make_deps(store, DemoModel(), limits=TIGHT))
    transport = httpx.ASGITransport(app=app, client=(host, 1))
    async with httpx.AsyncClient(transport=transport, base_url="http://gap.test/api/v1") as client:
        yield client


async def test_as_many_at_once_as_the_limit_and_then_one_by_one(store: Store) -> None:
    async with store.connection() as db:
        assert [await limits.take(db, THREE, b"a") for _ in range(3)] == [None] * 3
        wait = await limits.take(db, THREE, b"a")
        assert wait is not None
        assert timedelta(seconds=50) < wait <= timedelta(minutes=1)
        assert await limits.take(db, THREE, b"b") is None
        assert await limits.take(db, Limit("others", 3, THREE.per), b"a") is None
        await _time_goes_by(store, 61)
        assert await limits.take(db, THREE, b"a") is None
        assert await limits.take(db, THREE, b"a") is not None


async def test_fifty_at_the_same_moment_are_as_many_as_the_limit(store: Store) -> None:
    async def one() -> bool:
        async with store.connection() as db:
            return await limits.take(db, THREE, b"a") is None

    assert sum(await asyncio.gather(*(one() for _ in range(50)))) == 3


async def test_a_limit_that_is_full_again_leaves_no_row(store: Store) -> None:
    async with store.connection() as db:
        await limits.take(db, THREE, b"a")
        await _time_goes_by(store, 61)
        await forget_what_ended(store)
        assert await db.fetchval("select count(*) from app.rate_limit") == 0


async def test_an_account_signs_in_so_often_also_when_it_is_deleted_in_between(store: Store) -> None:
    async with tight(store) as client:
        for _ in range(3):
            player = await new_player(client, 5)
            assert (await player.call_("DELETE", "/me?contributions=erase")).status_code == 204
        response = await client.post("/auth/telegram", json={"init_data": init_data(5)})
        assert refusal(response) == (429, "too_many_sign_ins")
        assert 1100 < int(response.headers["retry-after"]) <= 1200
        assert (await Player(client, 6).sign_in()).token


@pytest.mark.parametrize(("host", "holds"), [("8.8.8.8", True), ("2a00:1450::1", True), ("10.0.0.7", False)])
async def test_a_public_address_signs_in_so_often(host: str, holds: bool, store: Store) -> None:  # noqa: FBT001  # a case
    async with tight(store, host) as client:
        answers = [await client.post("/auth/telegram", json={"init_data": init_data(n)}) for n in range(1, 7)]
    assert [a.status_code for a in answers] == [200] * 5 + [429 if holds else 200]
    async with store.connection() as db:
        assert await db.fetchval("select count(*) from app.player") == (5 if holds else 6)
        assert await db.fetchval("select count(*) from app.rate_limit where subject = $1", host.encode()) == 0


def test_a_household_is_one_address_and_a_proxy_is_none() -> None:
    assert address_of(BOT_KEY, "2a00:1450::1") == address_of(BOT_KEY, "2a00:1450::2:3")
    assert address_of(BOT_KEY, "2a00:1450::1") != address_of(BOT_KEY, "2a00:1450:0:1::1")
    for nobodys in (None, "", "testclient", "127.0.0.1", "::1", "172.18.0.1", "fd00::1"):
        assert address_of(BOT_KEY, nobodys) is None, nobodys


async def test_a_player_asks_for_so_many_share_cards_and_each_is_drawn_once(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[Card] = []

    def draw(card: Card) -> bytes:
        drawn.append(card)
        return b"PNG"

    share_card._png.cache_clear()
    monkeypatch.setattr(drawing, "draw", draw)
    async with tight(store) as client:
        player = await new_player(client, 5)
        path = f"/sessions/{(await player.play_session())['session_id']}/card"
        assert [(await player.call_("GET", path)).status_code for _ in range(2)] == [200, 200]
        assert len(drawn) == 1
        assert refusal(await player.call_("GET", path)) == (429, "too_many_share_cards")
    share_card._png.cache_clear()


async def test_what_telegram_did_not_sign_counts_for_nobody(store: Store) -> None:
    async with tight(store, "8.8.8.8") as client:
        for _ in range(8):
            forged = init_data(5, key=b"another bot's")
            assert (await client.post("/auth/telegram", json={"init_data": forged})).status_code == 401
        assert (await Player(client, 5).sign_in()).token


async def _time_goes_by(store: Store, seconds: int) -> None:
    async with store.connection() as db:
        await db.execute("update app.rate_limit set full_at = full_at - make_interval(secs => $1)", seconds)
