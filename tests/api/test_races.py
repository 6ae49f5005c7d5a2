"""Many at once, each request on a connection of its own: nothing doubles, nothing is lost."""

import asyncio
from uuid import uuid4

import httpx

from gap_server.app import assemble
from gap_server.demo.answerer import DemoModel
from gap_server.game.rules import CONSENT_VERSION
from gap_server.store.engine import Store
from tests.playing import Player, new_player
from tests.repeats import repeats
from tests.world import client_of, make_deps


async def test_twenty_parallel_judgements_of_each_of_many_tainted_rounds_score_once(
    client: httpx.AsyncClient, store: Store
) -> None:
    """Counted in the ledger and against the taint of each round, not by what the server says of itself."""
    games = repeats(5, full=20)  # each has five tainted rounds
    players = [await new_player(client, n) for n in range(1, games + 1)]
    await asyncio.gather(*(_play_with_twenty_thumbs(player) for player in players))
    async with store.connection() as db:
        rounds = await db.fetchrow(
            "select count(*), count(*) filter (where tainted) as tainted,"
            " count(*) filter (where state = 'flagged') as flagged from app.round where opened_at is not null"
        )
        assert tuple(rounds) == (10 * games, 5 * games, 10 * games)
        ledger = await db.fetch("select round_id, points from app.points")
        tainted = await db.fetch("select id from app.round where tainted")
        assert {row[0] for row in ledger} == {row[0] for row in tainted}
        assert len(ledger) == 5 * games
        scores = await db.fetch("select score, rounds_done, state from app.session")
        assert [tuple(row) for row in scores] == [(100, 10, "finished")] * games
        totals = await db.fetch("select points, sessions, best from app.player_total")
        assert [tuple(row) for row in totals] == [(100, 1, 100)] * games


async def _play_with_twenty_thumbs(player: Player) -> None:
    session = await player.start()
    for _ in range(10):
        round_ = await player.next(session)
        question = await player.ask(round_)
        taps = await asyncio.gather(*(player.judge_(question) for _ in range(20)))
        assert {(tap.status_code, tap.json()["state"]) for tap in taps} == {(200, "flagged")}


async def test_parallel_starts_deal_one_session(client: httpx.AsyncClient, store: Store) -> None:
    player = await new_player(client)
    starts = await asyncio.gather(*(player.call_("POST", "/sessions") for _ in range(20)))
    assert sorted(s.status_code for s in starts) == [200] * 19 + [201]
    assert len({s.json()["id"] for s in starts}) == 1
    async with store.connection() as db:
        assert await db.fetchval("select count(*) from app.round") == 10


async def test_parallel_nexts_open_one_round(client: httpx.AsyncClient) -> None:
    player = await new_player(client)
    session = await player.start()
    opened = await asyncio.gather(*(player.next(session) for _ in range(20)))
    assert {r["position"] for r in opened} == {1}
    assert len({(r["id"], r["deadline_at"]) for r in opened}) == 1


async def test_the_same_question_from_two_devices_is_asked_once(
    client: httpx.AsyncClient, store: Store
) -> None:
    player = await new_player(client)
    second_device = await Player(client, player.telegram_id).sign_in()
    round_ = await player.next(await player.start())
    name = uuid4()
    answers = await asyncio.gather(
        *(device.ask_(round_, "How many things are there?", name) for device in (player, second_device) * 5)
    )
    assert {a.status_code for a in answers} == {200}
    assert len({a.text for a in answers}) == 1
    async with store.connection() as db:
        assert await db.fetchval("select count(*) from app.question") == 1


async def test_of_two_questions_at_once_one_is_told_to_wait(client: httpx.AsyncClient) -> None:
    player = await new_player(client)
    round_ = await player.next(await player.start())
    answers = await asyncio.gather(*(player.ask_(round_, f"How many? {n}") for n in range(10)))
    outcomes = {(a.status_code, a.json().get("code")) for a in answers}
    assert outcomes <= {(200, None), (409, "still_answering")}
    assert (200, None) in outcomes


async def test_judging_passing_and_going_on_at_once_end_a_round_once(
    client: httpx.AsyncClient, store: Store
) -> None:
    players = [await new_player(client, n) for n in range(1, 11)]
    for player in players:
        session = await player.start()
        round_ = await player.next(session)
        question = await player.ask(round_)
        responses = await asyncio.gather(
            *(player.judge_(question) for _ in range(3)),
            *(player.pass_(round_) for _ in range(3)),
            *(player.call_("POST", f"/sessions/{session['id']}/next") for _ in range(3)),
        )
        assert all(r.status_code in {200, 409} for r in responses)
    async with store.connection() as db:
        assert await db.fetchval("select sum(rounds_done) from app.session") == 10
        assert await db.fetchval("select count(*) from app.round where state in ('flagged', 'passed')") == 10


async def test_no_session_is_started_while_consent_is_taken_back(
    client: httpx.AsyncClient, store: Store
) -> None:
    for n in range(1, 16):
        player = await new_player(client, n)
        await asyncio.gather(player.call_("POST", "/sessions"), player.call_("DELETE", "/me/consent"))
        assert (await player.call("GET", "/me"))["consent"]["granted_version"] is None
    async with store.connection() as db:
        assert await db.fetchval("select count(*) from app.session where state = 'open'") == 0


async def test_leaving_while_starting_consenting_and_renaming_leaves_nobody_behind(
    client: httpx.AsyncClient, store: Store
) -> None:
    for n in range(1, 31):
        player = await new_player(client, n)
        contributions = ("erase", "keep")[n % 2]
        responses = await asyncio.gather(
            player.call_("DELETE", f"/me?contributions={contributions}"),
            player.call_("POST", "/sessions"),
            player.call_("PATCH", "/me", {"name": "Still here"}),
            player.call_("PUT", "/me/consent", {"version": CONSENT_VERSION}),
            player.call_("POST", "/sessions"),
        )
        assert {r.status_code for r in responses} <= {200, 201, 204, 401, 404}
    async with store.connection() as db:
        assert await db.fetchval("select count(*) from app.player where deleted_at is null") == 0
        assert await db.fetchval("select count(*) from app.player where name is not null") == 0
        assert await db.fetchval("select count(*) from app.session where state = 'open'") == 0


async def test_parallel_starts_of_the_last_session_of_the_day_are_one_session(store: Store) -> None:
    deps = make_deps(store, DemoModel(), sessions_per_day=1)
    async with client_of(assemble(deps)) as client:
        for n in range(1, 6):
            player = await new_player(client, n)
            starts = await asyncio.gather(*(player.call_("POST", "/sessions") for _ in range(12)))
            assert sorted(s.status_code for s in starts) == [200] * 11 + [201]
