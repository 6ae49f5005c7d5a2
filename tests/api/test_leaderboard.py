"""Who stands on the leaderboard, where, and who sees it."""

from uuid import UUID

import httpx

from gap_server.store.engine import Store
from tests.playing import new_player


async def test_only_who_opted_in_is_on_the_leaderboard(client: httpx.AsyncClient) -> None:
    shy, bold = await new_player(client, 1), await new_player(client, 2)
    await shy.play_session()
    await bold.play_session("right")
    await bold.call("PATCH", "/me", {"show_on_leaderboard": True, "name": "Bold"})
    for period in ("week", "all"):
        board = await bold.call("GET", f"/leaderboard?period={period}")
        mine = {"rank": 1, "name": "Bold", "points": 0, "sessions": 1, "sharpness": 0, "finds": 0}
        assert board["entries"] == [{**mine, "is_me": True}]
        assert board["me"] == {**mine, "around": [{**mine, "is_me": True}]}
        assert (await shy.call("GET", f"/leaderboard?period={period}"))["me"] is None


async def test_the_rows_around_me_have_their_true_ranks(client: httpx.AsyncClient, store: Store) -> None:
    players = [await new_player(client, n) for n in range(1, 12)]
    points = [100, 90, 90, 80, 80, 80, 60, 40, 40, 20, 0]
    async with store.connection() as db:
        for player, total in zip(players, points, strict=True):
            await db.execute(
                "insert into app.player_total values ($1, $2, 1, 20, 1, current_date)",
                UUID(player.me["id"]),
                total,
            )
        await db.execute("update app.player set show_on_leaderboard = true")
    truth = {100: 1, 90: 2, 80: 4, 60: 7, 40: 8, 20: 10, 0: 11}
    for player, total in zip(players, points, strict=True):
        board = await player.call("GET", "/leaderboard?period=all&limit=100")
        assert [(e["points"], e["rank"]) for e in board["entries"]] == [(p, truth[p]) for p in points]
        assert (board["me"]["points"], board["me"]["rank"]) == (total, truth[total])
        assert all(truth[e["points"]] == e["rank"] for e in board["me"]["around"])
        assert sum(e["is_me"] for e in board["me"]["around"]) == 1
        assert (await player.call("GET", "/me"))["stats"]["rank"] == truth[total]


async def test_nobody_who_is_banned_or_never_finished_counts_before_me(
    client: httpx.AsyncClient, store: Store
) -> None:
    me, banned, beginner = [await new_player(client, n) for n in (1, 2, 3)]
    async with store.connection() as db:
        for player, points, sessions in ((me, 20, 1), (banned, 100, 1), (beginner, 80, 0)):
            await db.execute(
                "insert into app.player_total values ($1, $2, $3, 20, 0, null)",
                *(UUID(player.me["id"]), points, sessions),
            )
        await db.execute("update app.player set show_on_leaderboard = true")
        await db.execute("update app.player set banned_at = now() where telegram_id = 2")
    assert (await me.call("GET", "/me"))["stats"]["rank"] == 1
    assert (await me.call("GET", "/leaderboard?period=all"))["me"]["rank"] == 1
