"""The share card over HTTP: whose it is, when there is one, and that it tells the same as the result."""

import io
from uuid import UUID, uuid4

import httpx
from PIL import Image

from gap_server.play.deps import GameDeps
from gap_server.share_card.drawing import GAP, LEFT, TILE, TILES_TOP
from gap_server.share_card.shapes import FILL, Square
from tests.playing import Player, new_player, refusal


async def card_of(player: Player, session_id: str) -> httpx.Response:
    return await player.call_("GET", f"/sessions/{session_id}/card")


def squares_on(content: bytes) -> list[Square | None]:
    """What the card shows, read off its colours; None for a round that was not played."""
    picture = Image.open(io.BytesIO(content)).convert("RGB")
    kinds: dict[tuple[int, ...], Square] = {
        fill[:3]: square for square, fill in FILL.items() if square is not Square.UNPLAYED
    }
    tops = [picture.getpixel((LEFT + n * (TILE + GAP) + TILE // 2, TILES_TOP + 6)) for n in range(10)]
    return [kinds.get(top) for top in tops if isinstance(top, tuple)]


async def test_a_session_that_is_over_has_a_card(client: httpx.AsyncClient) -> None:
    player = await new_player(client)
    result = await player.play_session("wrong")
    response = await card_of(player, result["session_id"])
    assert response.status_code == 200
    assert response.headers["content-type"] == "image/png"
    assert response.headers["cache-control"] == "private, no-store"
    assert Image.open(io.BytesIO(response.content)).size == (1200, 630)
    assert (await card_of(player, result["session_id"])).content == response.content


async def test_the_card_shows_what_the_result_tells(client: httpx.AsyncClient) -> None:
    flagging, passing = await new_player(client, 1), await new_player(client, 2)
    result = await flagging.play_session("wrong")
    shown = squares_on((await card_of(flagging, result["session_id"])).content)
    assert shown == [Square.CAUGHT if r["was_trap"] else Square.FLAGGED for r in result["rounds"]]
    result = await passing.play_session("right")
    shown = squares_on((await card_of(passing, result["session_id"])).content)
    assert shown == [Square.MISSED if r["was_trap"] else Square.HONEST for r in result["rounds"]]


async def test_rounds_that_were_never_played_are_left_open(client: httpx.AsyncClient) -> None:
    player = await new_player(client)
    session = await player.start()
    await player.judge(await player.ask(await player.next(session)))
    assert (await player.call_("DELETE", "/me/consent")).status_code == 204
    shown = squares_on((await card_of(player, session["id"])).content)
    assert shown[0] is not None
    assert shown[1:] == [None] * 9


async def test_there_is_no_card_before_the_end(client: httpx.AsyncClient) -> None:
    player = await new_player(client)
    response = await card_of(player, (await player.start())["id"])
    assert refusal(response) == (409, "session_not_over")


async def test_a_card_is_nobody_elses(client: httpx.AsyncClient) -> None:
    player, other = await new_player(client, 1), await new_player(client, 2)
    result = await player.play_session()
    assert (await card_of(other, result["session_id"])).status_code == 404
    assert (await card_of(player, str(uuid4()))).status_code == 404
    assert (await client.get(f"/sessions/{result['session_id']}/card")).status_code == 401


async def test_the_card_speaks_the_players_language(client: httpx.AsyncClient) -> None:
    player = await new_player(client)
    result = await player.play_session()
    cards = {}
    for language in ("en", "ru", "ru-RU", "xx"):
        await player.call("PATCH", "/me", {"language": language})
        cards[language] = (await card_of(player, result["session_id"])).content
    assert cards["ru"] == cards["ru-RU"] != cards["en"] == cards["xx"]


async def test_a_streak_begins_to_show_on_its_second_day(client: httpx.AsyncClient, deps: GameDeps) -> None:
    player = await new_player(client)
    result = await player.play_session()
    cards = []
    for days in (0, 1, 2):
        async with deps.store.connection() as db:
            await db.execute(
                "update app.player_total set streak_days = $2 where player_id = $1",
                UUID(player.me["id"]),
                days,
            )
        cards.append((await card_of(player, result["session_id"])).content)
    assert cards[0] == cards[1] != cards[2]
