"""A player's own affairs: profile, consent, totals, streaks, leaving."""

from typing import Any
from uuid import UUID

import httpx
import pytest

from gap_server.app import assemble
from gap_server.demo.answerer import DemoModel
from gap_server.game.rules import CONSENT_VERSION
from gap_server.store import players
from gap_server.store.engine import Store
from tests.playing import Player, new_player, refusal
from tests.time_travel import pass_time
from tests.world import administrator, client_of, make_deps


async def test_me_is_as_the_contract_has_it(client: httpx.AsyncClient) -> None:
    player = await Player(client).sign_in()
    me = await player.call("GET", "/me")
    assert me == player.me
    assert me["consent"] == {"required_version": CONSENT_VERSION, "granted_version": None}
    assert (me["name"], me["language"], me["show_on_leaderboard"]) == ("Player 1", "en", False)
    assert [quest["progress"] for quest in me["stats"].pop("quests")] == [0, 0, 0]
    assert me["stats"] == {
        "sessions": 0,
        "points": 0,
        "best": 0,
        "streak_days": 0,
        "rank": None,
        "sharpness": 0,
        "level": 1,
        "finds": 0,
        "week": [False] * 7,
    }
    assert str(player.telegram_id) not in me["id"].replace("-", " ").split()


async def test_an_invitation_leads_to_the_bot_where_there_is_one(store: Store) -> None:
    bot: dict[str, Any] = {"bot_name": "catch_the_lie_bot"}
    for settings, leads_to in (
        ({}, None),
        (bot, "https://t.me/catch_the_lie_bot?start="),
        (bot | {"bot_main_app": True}, "https://t.me/catch_the_lie_bot?startapp="),
    ):
        async with client_of(assemble(make_deps(store, DemoModel(), **settings))) as client:
            link = (await Player(client).sign_in()).me["invite_url"]
            assert (link and link.partition("=")[0] + "=") == leads_to


async def test_name_language_and_leaderboard_can_be_changed(client: httpx.AsyncClient) -> None:
    player = await Player(client).sign_in()
    change = {
        "name": "  Ána  ",
        "language": "ru",
        "show_on_leaderboard": True,
        "time_zone": "Europe/Kyiv",
    }
    me = await player.call("PATCH", "/me", change)
    assert (me["name"], me["language"], me["show_on_leaderboard"]) == ("Ána", "ru", True)
    assert (await player.call("PATCH", "/me", {"language": "pt-BR"}))["name"] == "Ána"
    await player.sign_in()
    assert player.me["name"] == "Ána", "signing in again does not undo it"


@pytest.mark.parametrize(
    "change",
    [
        {"name": ""},
        {"name": " "},
        {"name": "x" * 41},
        {"name": "a\nb"},
        {"name": "\u3164"},
        {"name": "\u2800 \u2800"},
        {"name": "\U000e0041"},
        {"name": "\u0301"},
        {"name": 7},
        {"language": "english!"},
        {"show_on_leaderboard": "yes"},
        {"time_zone": "Mars/Olympus"},
        {"time_zone": "../../etc"},
    ],
)
async def test_a_profile_refuses_nonsense(change: Any, shared_client: httpx.AsyncClient) -> None:
    player = await Player(shared_client).sign_in()
    assert (await player.call_("PATCH", "/me", change)).status_code == 422


async def test_consent_is_given_to_the_version_there_is_and_can_be_taken_back(
    client: httpx.AsyncClient, store: Store
) -> None:
    player = await Player(client).sign_in()
    assert refusal(await player.call_("PUT", "/me/consent", {"version": CONSENT_VERSION + 1})) == (
        409,
        "consent_version_outdated",
    )
    for _ in range(2):
        await player.consent()
    assert (await player.call("GET", "/me"))["consent"]["granted_version"] == CONSENT_VERSION
    session = await player.start()
    assert (await player.call_("DELETE", "/me/consent")).status_code == 204
    assert (await player.call("GET", "/me"))["consent"]["granted_version"] is None
    assert (await player.call("GET", f"/sessions/{session['id']}"))["state"] == "expired"
    assert refusal(await player.call_("POST", "/sessions")) == (403, "consent_required")
    await player.consent()
    async with store.connection() as db:
        rows = await db.fetch("select withdrawn_at is null from app.consent order by granted_at")
    assert [row[0] for row in rows] == [False, True]


REFUSE = """
create function app.refuse() returns trigger language plpgsql as $$ begin raise exception 'not now'; end $$;
create trigger refuse before update on app.session for each row execute function app.refuse()
"""


async def test_consent_is_taken_back_together_with_the_open_session_or_not_at_all(
    client: httpx.AsyncClient, store: Store
) -> None:
    player = await new_player(client)
    session = await player.start()
    async with administrator(store) as db:
        await db.execute(REFUSE)
    assert (await player.call_("DELETE", "/me/consent")).status_code == 500
    assert (await player.call("GET", "/me"))["consent"]["granted_version"] == CONSENT_VERSION
    assert (await player.call("GET", f"/sessions/{session['id']}"))["state"] == "open"


async def test_history_is_paged_newest_first(client: httpx.AsyncClient) -> None:
    player = await new_player(client)
    played = [(await player.play_session("wrong"))["session_id"] for _ in range(3)]
    first = await player.call("GET", "/me/sessions?limit=2")
    assert [s["id"] for s in first["sessions"]] == played[:0:-1]
    assert first["sessions"][0]["score"] == 100
    second = await player.call("GET", f"/me/sessions?limit=2&cursor={first['next_cursor']}")
    assert [s["id"] for s in second["sessions"]] == played[:1]
    assert second["next_cursor"] is None


async def test_totals_do_not_move_before_the_session_is_over(client: httpx.AsyncClient) -> None:
    player = await new_player(client)
    session = await player.start()
    for n in range(1, 11):
        await player.judge(await player.ask(await player.next(session)))
        stats = (await player.call("GET", "/me"))["stats"]
        assert stats["points"] == (100 if n == 10 else 0)


async def test_a_game_given_up_counts_for_nothing(client: httpx.AsyncClient, store: Store) -> None:
    player = await new_player(client)
    session = await player.start()
    for _ in range(9):
        await player.judge(await player.ask(await player.next(session)))
    await player.call_("DELETE", "/me/consent")
    result = await player.call("GET", f"/sessions/{session['id']}/result")
    assert result["score"] >= 80, "what was caught is told"
    stats = (await player.call("GET", "/me"))["stats"]
    assert (stats["points"], stats["best"], stats["sessions"]) == (0, 0, 0)
    async with store.connection() as db:
        assert await db.fetchval("select count(*) from app.player_week") == 0


async def test_a_streak_counts_days_in_the_players_own_time_zone(
    client: httpx.AsyncClient, store: Store
) -> None:
    player = await new_player(client)
    await player.play_session()
    for days, streak in ((1, 2), (0, 2), (1, 3)):
        await _days_go_by(store, days)
        if days:
            await player.play_session("right")
        assert (await player.call("GET", "/me"))["stats"]["streak_days"] == streak
    await _days_go_by(store, 2)
    assert (await player.call("GET", "/me"))["stats"]["streak_days"] == 0


async def test_another_time_zone_neither_raises_a_streak_nor_ends_it(
    client: httpx.AsyncClient, store: Store
) -> None:
    """At one moment it is two different days in Kiritimati (UTC+14) and in Pago Pago (UTC-11)."""
    player = await new_player(client)
    await player.call("PATCH", "/me", {"time_zone": "Pacific/Pago_Pago"})
    await player.play_session()
    await player.call("PATCH", "/me", {"time_zone": "Pacific/Kiritimati"})
    await player.play_session()
    assert (await player.call("GET", "/me"))["stats"]["streak_days"] == 1, "it is still today"
    async with store.connection() as db:
        days = await db.fetchrow(
            "select last_played_on, (now() at time zone 'Pacific/Kiritimati')::date as there"
            " from app.player_total"
        )
    assert days["last_played_on"] == days["there"]


OF_NOBODY = {"image", "image_bytes", "instruction", "served_model", "consent_text", "alembic_version"}


async def test_erasing_leaves_nothing_but_what_limits_need(client: httpx.AsyncClient, store: Store) -> None:
    player = await new_player(client)
    await player.play_session()
    await player.start()
    assert (await player.call_("DELETE", "/me?contributions=erase")).status_code == 204
    assert (await player.call_("GET", "/me")).status_code == 401
    async with store.connection() as db:
        for table in await db.fetch("select tablename from pg_tables where schemaname = 'app'"):
            if table[0] not in OF_NOBODY | {"departed", "rate_limit"}:
                assert await db.fetchval(f"select count(*) from app.{table[0]}") == 0, table[0]  # noqa: S608  # names of our own tables


async def test_too_many_sessions_a_day_are_refused_with_the_time_to_wait(
    client: httpx.AsyncClient, store: Store
) -> None:
    player = await new_player(client)
    async with store.connection() as db:
        await db.execute(
            "insert into app.session (player_id, rules_version, consent_version, deal, control_rounds,"
            " round_seconds, expires_at, state, ended_at)"
            " select $1, '1', 1, 'paper', 1, 120, now(), 'expired', now() from generate_series(1, 50)",
            UUID(player.me["id"]),
        )
    response = await player.call_("POST", "/sessions")
    assert refusal(response) == (429, "too_many_sessions")
    assert 86_000 < int(response.headers["retry-after"]) <= 86_400
    await pass_time(store, 86_401)
    assert (await player.call_("POST", "/sessions")).status_code == 201


async def _days_go_by(store: Store, days: int) -> None:
    await pass_time(store, days * 86_400)
    async with store.connection() as db:
        await db.execute("update app.player_total set last_played_on = last_played_on - $1::int", days)


async def test_a_newer_consent_takes_the_place_of_the_older(client: httpx.AsyncClient, store: Store) -> None:
    player = await new_player(client)
    async with store.transaction() as db:
        await players.grant_consent(db, UUID(player.me["id"]), CONSENT_VERSION + 1, "0" * 64)
    async with store.connection() as db:
        rows = await db.fetch("select version, withdrawn_at is null from app.consent order by version")
    assert [tuple(row) for row in rows] == [(CONSENT_VERSION, False), (CONSENT_VERSION + 1, True)]


async def test_erasing_takes_the_invitations_code_out_of_friends_rows(
    client: httpx.AsyncClient, store: Store
) -> None:
    host = await new_player(client, 1)
    await new_player(client, 2)
    async with store.connection() as db:
        await db.execute(
            "update app.player set referred_by = (select referral_code from app.player where telegram_id = 1)"
            " where telegram_id = 2"
        )
        assert (await host.call_("DELETE", "/me?contributions=erase")).status_code == 204
        assert await db.fetchval("select referred_by from app.player where telegram_id = 2") is None
