"""Who stands on the boards, from one moment to the next."""

import httpx

from gap_server.operate import moderation
from gap_server.store.engine import Store
from tests.playing import new_player
from tests.world import moderating


async def test_the_leaderboard_follows_whoever_hides_or_is_banned_and_comes_back(
    client: httpx.AsyncClient, store: Store
) -> None:
    me, other = await new_player(client, 1), await new_player(client, 2)

    async def names(period: str) -> list[str]:
        entries = (await me.call("GET", f"/leaderboard?period={period}"))["entries"]
        return sorted(entry["name"] for entry in entries)

    for player in (me, other):
        await player.call("PATCH", "/me", {"show_on_leaderboard": True})
        await player.play_session()
    for period in ("week", "all"):
        assert await names(period) == ["Player 1", "Player 2"]
        await other.call("PATCH", "/me", {"show_on_leaderboard": False})
        assert await names(period) == ["Player 1"]
        await other.call("PATCH", "/me", {"show_on_leaderboard": True})
        await moderation.ban(moderating(store), 2)
        assert await names(period) == ["Player 1"]
        await moderation.unban(moderating(store), 2)
        await other.sign_in()
        assert await names(period) == ["Player 1", "Player 2"]
