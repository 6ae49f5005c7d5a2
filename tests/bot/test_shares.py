"""A result that is shared: asked for over HTTP, prepared by the bot, its card fetched by Telegram."""

import asyncio
import io
import json
from urllib.parse import urlsplit

import httpx
from PIL import Image

from gap_server.app import assemble
from gap_server.demo.answerer import DemoModel
from gap_server.store.engine import Store
from tests.bot.conftest import PUBLIC_URL, Running
from tests.doubles.fake_bot_api import FakeBotApi, Refusal
from tests.playing import new_player, refusal
from tests.world import client_of, make_deps


async def test_the_bot_prepares_a_message_with_the_card_and_a_way_into_the_game(
    telegram: FakeBotApi, running: Running, store: Store
) -> None:
    async with client_of(assemble(make_deps(store, DemoModel(), bot_name="catch_test_bot"))) as client:
        player = await new_player(client, 5)
        result = await player.play_session("wrong")
        path = f"/sessions/{result['session_id']}/share"
        async with running():
            await telegram.until(
                lambda: telegram.made("getUpdates")
            )  # who shares waits for some seconds only
            first, second = await asyncio.gather(*(player.call("POST", path) for _ in range(2)))
            telegram.refuse("savePreparedInlineMessage", Refusal(400, "Bad Request"))
            refused = await player.call("POST", path)
        assert len({first["prepared_message_id"], second["prepared_message_id"]} - {None}) == 2
        assert refused["prepared_message_id"] is None, "a link is shared instead"
        for asked in telegram.made("savePreparedInlineMessage"):
            assert asked["user_id"] == 5
            photo = asked["result"] if isinstance(asked["result"], dict) else json.loads(asked["result"])
            assert photo["photo_url"] in {f"{PUBLIC_URL}{one['card']}" for one in (first, second)}
            assert "100/100" in photo["caption"]
            (button,) = photo["reply_markup"]["inline_keyboard"][0]
            assert button["url"] == f"https://t.me/catch_test_bot?startapp=c_{result['challenge_code']}"
        card = await client.get(f"http://gap.test{urlsplit(first['card']).path}")
        assert card.headers["content-type"] == "image/jpeg"
        assert Image.open(io.BytesIO(card.content)).size == (1200, 630)


async def test_nobody_shares_what_is_not_over_or_not_theirs_and_no_key_can_be_guessed(
    client: httpx.AsyncClient,
) -> None:
    player, other = await new_player(client, 5), await new_player(client, 6)
    session = await player.start()
    path = f"/sessions/{session['id']}/share"
    assert refusal(await player.call_("POST", path)) == (409, "session_not_over")
    await player.play_session("wrong", session)
    assert (await other.call_("POST", path)).status_code == 404
    shared = await player.call("POST", path)
    assert shared["prepared_message_id"] is None, "no bot is known here"
    key = shared["card"].rpartition("/")[2].removesuffix(".jpg")
    assert (await client.get(f"/cards/{key}.jpg")).status_code == 200
    assert (await client.get(f"/cards/{key[::-1]}.jpg")).status_code == 404
    await player.call_("DELETE", "/me?contributions=keep")
    assert (await client.get(f"/cards/{key}.jpg")).status_code == 404
