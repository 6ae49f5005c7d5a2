"""Each route tried with no token, an odd one, another player's, an expired and a banned one's."""

from typing import Any
from uuid import uuid4

import httpx
import pytest

from gap_server.app import assemble
from gap_server.demo.answerer import DemoModel
from gap_server.operate import moderation
from gap_server.store import departures
from gap_server.store.engine import Store
from tests.playing import Player, init_data, new_player, refusal
from tests.world import administrator, client_of, make_deps, moderating

SOME_ID = str(uuid4())
OPEN_TO_ALL = {
    "/api/v1/auth/telegram",
    "/api/v1/auth/demo",
    "/api/v1/privacy",
    "/api/v1/cards/{key}.jpg",  # Telegram fetches it: its key is the permission
    "/api/v1/challenges/{code}",  # who was sent the link is told by whom
    "/healthz",
    "/readyz",
}

BODIES: dict[tuple[str, str], Any] = {
    ("patch", "/me"): {"name": "Eve"},
    ("put", "/me/consent"): {"version": 1},
    ("put", "/rounds/{round_id}/questions/{question_id}"): {"text": "How many?"},
    ("put", "/questions/{question_id}/judgement"): {"judgement": "wrong"},
    ("put", "/rounds/{round_id}/correction"): {"text": "Two."},
}
QUERIES = {("delete", "/me"): "?contributions=erase"}


def routes() -> list[tuple[str, str]]:
    """Every route that asks for a token, from the OpenAPI, so that a new one cannot be forgotten."""
    document = assemble(make_deps(Store("postgresql://", size=2), DemoModel())).openapi()
    found = [
        (method, path.removeprefix("/api/v1"))
        for path, methods in document["paths"].items()
        for method in methods
        if path not in OPEN_TO_ALL
    ]
    assert len(found) > 18
    return found


def routes_of_players() -> list[tuple[str, str]]:
    """Those that a player's token opens; researchers have tokens of their own."""
    return [route for route in routes() if not route[1].startswith("/research/")]


def filled(path: str, **ids: str) -> str:
    for name in ("session_id", "round_id", "question_id"):
        path = path.replace("{" + name + "}", ids.get(name, SOME_ID))
    return path


async def knock(player: Player, method: str, path: str, **ids: str) -> httpx.Response:
    body, query = BODIES.get((method, path)), QUERIES.get((method, path), "")
    return await player.call_(method.upper(), filled(path, **ids) + query, body)


async def test_who_may_not_ask_is_told_that_before_what_is_wrong_with_the_path(
    shared_client: httpx.AsyncClient,
) -> None:
    nobody = Player(shared_client, token="x")
    response = await nobody.call_("PUT", "/rounds/x/questions/y", {"text": "How many?"})
    assert refusal(response) == (401, "token_invalid")
    somebody = await Player(shared_client).sign_in()
    response = await somebody.call_("PUT", "/rounds/x/questions/y", {"text": "How many?"})
    assert refusal(response) == (422, "invalid_request")


@pytest.mark.parametrize(("method", "path"), routes())
@pytest.mark.parametrize("token", ["", "x", "x" * 64, "x" * 5000, "é", "a b", "null"])
async def test_no_route_opens_without_a_good_token(
    method: str, path: str, token: str, shared_client: httpx.AsyncClient
) -> None:
    headers = [(b"Authorization", f"Bearer {token}".encode())] if token else []
    response = await shared_client.request(
        method,
        filled(path) + QUERIES.get((method, path), ""),
        json=BODIES.get((method, path)),
        headers=headers,
    )
    assert response.status_code == 401
    assert response.json()["code"] in {"token_missing", "token_invalid"}
    assert response.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic dXNlcjpwYXNz", "Token x", "bearer"])
async def test_an_odd_authorization_header_is_none(header: str, shared_client: httpx.AsyncClient) -> None:
    response = await shared_client.get("/me", headers={"Authorization": header})
    assert refusal(response) == (401, "token_missing")


@pytest.mark.parametrize(
    ("method", "path"),
    [r for r in routes_of_players() if "{" in r[1] and "/jury/" not in r[1] and "{code}" not in r[1]],
)
async def test_what_is_another_players_is_not_there(
    method: str, path: str, shared_client: httpx.AsyncClient
) -> None:
    owner, other = await new_player(shared_client, 11), await new_player(shared_client, 12)
    session = await owner.start()
    round_ = await owner.next(session)
    question = round_["questions"][-1] if round_["questions"] else await owner.ask(round_)
    ids = {"session_id": session["id"], "round_id": round_["id"], "question_id": question["id"]}
    response = await knock(other, method, path, **ids)
    assert refusal(response) == (404, "not_found")
    assert (await knock(owner, method, path, **ids)).status_code != 404


OWN_DATA = [("get", "/me/export"), ("delete", "/me/consent"), ("delete", "/auth/token"), ("delete", "/me")]


async def test_a_banned_player_is_shut_out_at_once_from_all_but_the_own_data(
    client: httpx.AsyncClient, store: Store
) -> None:
    player = await new_player(client, 21)
    await player.start()
    await moderation.ban(moderating(store), 21)
    assert set(OWN_DATA) < set(routes_of_players())
    for method, path in set(routes_of_players()) - set(OWN_DATA):
        response = await knock(player, method, path)
        assert refusal(response) == (403, "banned"), path
    with pytest.raises(AssertionError, match="403"):
        await Player(client, 21).sign_in()


async def test_a_banned_player_may_see_withdraw_and_delete_what_is_held(
    client: httpx.AsyncClient, store: Store
) -> None:
    await new_player(client, 21)
    await moderation.ban(moderating(store), 21)
    player = await _come_for_own_data(client, 21)
    held = await player.call("GET", "/me/export")
    assert held["player"]["telegram_id"] == 21
    assert held["player"]["banned_at"]
    assert [a["action"] for a in held["operators_actions"]] == ["players ban"]
    assert (await player.call_("DELETE", "/me/consent")).status_code == 204
    assert (await player.call("GET", "/me/export"))["consents"][0]["withdrawn_at"]
    assert (await player.call_("DELETE", "/me?contributions=erase")).status_code == 204
    assert (await player.call_("GET", "/me/export")).status_code == 401


async def test_a_ban_outlives_the_account_until_it_is_lifted(client: httpx.AsyncClient, store: Store) -> None:
    player = await new_player(client, 21)
    await moderation.ban(moderating(store), 21)
    assert (await player.call_("DELETE", "/me?contributions=erase")).status_code == 204
    await _a_day_goes_by(store)
    for purpose in ("play", "own_data"):
        body = {"init_data": init_data(21), "purpose": purpose}
        assert refusal(await client.post("/auth/telegram", json=body)) == (403, "banned")
    await moderation.unban(moderating(store), 21)
    assert (await new_player(client, 21)).me["stats"]["sessions"] == 0


async def test_a_ban_ends_tokens_for_good(client: httpx.AsyncClient, store: Store) -> None:
    player = await new_player(client, 21)
    await moderation.ban(moderating(store), 21)
    during = await _come_for_own_data(client, 21)
    await moderation.unban(moderating(store), 21)
    for token_of in (player, during):
        assert refusal(await token_of.call_("GET", "/me")) == (401, "token_invalid")
    await player.sign_in()
    assert (await player.call("GET", "/me"))["consent"]["granted_version"] == 1


async def test_who_signs_out_is_out_with_that_token_alone(client: httpx.AsyncClient) -> None:
    here, elsewhere = await new_player(client, 21), await Player(client, 21).sign_in()
    assert (await here.call_("DELETE", "/auth/token")).status_code == 204
    assert refusal(await here.call_("GET", "/me")) == (401, "token_invalid")
    assert (await elsewhere.call_("GET", "/me")).status_code == 200


async def test_fifty_sign_ins_are_ten_tokens_the_newest(client: httpx.AsyncClient) -> None:
    player = Player(client, 21)
    body = {"init_data": init_data(21)}
    tokens = [(await client.post("/auth/telegram", json=body)).json()["token"] for _ in range(50)]
    for n, token in enumerate(tokens):
        player.token = token
        assert (await player.call_("GET", "/me")).status_code == (200 if n >= 40 else 401), n


async def _come_for_own_data(client: httpx.AsyncClient, telegram_id: int) -> Player:
    body = {"init_data": init_data(telegram_id), "purpose": "own_data"}
    response = (await client.post("/auth/telegram", json=body)).raise_for_status()
    return Player(client, telegram_id, response.json()["token"])


async def _a_day_goes_by(store: Store) -> None:
    async with store.connection() as db:
        await db.execute("update app.departed set forget_at = forget_at - interval '24 hours 1 second'")
        await departures.forget_old(db)


async def test_a_token_slides_with_use_and_ends_after_twelve_hours(
    client: httpx.AsyncClient, store: Store
) -> None:
    player = await new_player(client)
    for _ in range(7):
        await _token_ages(store, minutes=100)
        assert (await player.call_("GET", "/me")).status_code == 200
    await _token_ages(store, minutes=30)
    assert (await player.call_("GET", "/me")).status_code == 401


async def test_a_token_that_is_not_used_ends_after_two_hours(client: httpx.AsyncClient, store: Store) -> None:
    player = await new_player(client)
    await _token_ages(store, minutes=121)
    assert (await player.call_("GET", "/me")).status_code == 401


async def test_no_token_is_stored_as_it_is(client: httpx.AsyncClient, store: Store) -> None:
    player = await new_player(client)
    async with store.connection() as db:
        stored = await db.fetchval("select token_hash from app.access_token")
    assert player.token.encode() not in stored
    assert len(stored) == 32


async def test_the_demos_door_is_there_where_it_is_opened_only(store: Store) -> None:
    for is_open, status in ((True, 200), (False, 404)):
        async with client_of(assemble(make_deps(store, DemoModel(), demo_sign_in=is_open))) as client:
            response = await client.post("/auth/demo", json={"name": "Ana"})
            assert response.status_code == status


async def test_the_same_demo_name_is_the_same_player(shared_client: httpx.AsyncClient) -> None:
    ids = [
        (await shared_client.post("/auth/demo", json={"name": name})).json()["player"]["id"]
        for name in ("Ana", "ana", "Ben")
    ]
    assert ids[0] == ids[1] != ids[2]


async def _token_ages(store: Store, *, minutes: int) -> None:
    async with administrator(store) as db:
        await db.execute(
            "update app.access_token set expires_at = expires_at - make_interval(mins => $1),"
            " ends_at = ends_at - make_interval(mins => $1)",
            minutes,
        )
