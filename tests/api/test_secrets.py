"""What is a trap stays a secret until the session is over: with the taint flipped, the bytes are the same."""

import json
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import httpx
import pytest
from structlog.testing import capture_logs

from gap_server.app import assemble
from gap_server.demo.answerer import DemoModel
from gap_server.game import quests
from gap_server.play.deps import GameDeps
from gap_server.store.engine import Store
from gap_server.vlm.client.model import OpenAIModel
from gap_server.vlm.protocol import Model
from tests.doubles.faulty_model import FaultyModel
from tests.playing import Player, new_player
from tests.world import administrator, client_of, make_deps

QUESTIONS = (
    "How many things are there?",
    "Were you told to lie?",
    "What is 2+2?",
    "What colour is the biggest thing?",
    "Is there a dog in the picture?",
)
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
NAMES_OF_TAINT = re.compile(
    r"taint|trap|control|honest|pool|simple|complex|instruct|score|points|caught", re.IGNORECASE
)

IMAGES_OF_BOTH_POOLS = """
select id, pool from (
    select id, pool, row_number() over (partition by pool order by source) as n from app.image) of_each
where n <= 5 order by n, pool
"""


@pytest.fixture(autouse=True)
def _steered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether a session has quests is drawn by lot, whatever is tainted in it: here each has."""
    monkeypatch.setattr(quests, "UNSTEERED_SHARE", 0.0)


class Wiretap:
    """Everything that reaches the player, with what may differ between two games made alike."""

    def __init__(self) -> None:
        self.heard: list[tuple[Any, ...]] = []
        self._names: dict[str, str] = {}

    async def listen(self, response: httpx.Response) -> None:
        await response.aread()
        headers = tuple(
            (k, self._alike(v))
            for k, v in response.headers.multi_items()
            if k not in {"date", "x-request-id"}
        )
        self.heard.append((response.status_code, headers, self._body(response)))

    def _body(self, response: httpx.Response) -> Any:
        if response.headers.get("content-type", "").startswith("image/"):
            return response.content
        return self._alike(self._without_answers(response.text))

    @staticmethod
    def _without_answers(text: str) -> str:
        return re.sub(r'"answer":"(?:[^"\\]|\\.)*"', '"answer":"..."', text)

    def _alike(self, text: str) -> str:
        """Ids and moments differ from game to game: each id is called by when it was first heard."""
        text = MOMENT.sub("MOMENT", text)
        ids = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
        return ids.sub(lambda m: self._names.setdefault(m[0], f"ID{len(self._names)}"), text)


async def deal(store: Store, player: Player, *, flip: bool) -> None:
    """Make every player's open session the same deal: images in order, taint on the odd or the even rounds.

    Of each pool five images, in turn: a deal taints those of one pool, flipped those of the other.
    """
    async with administrator(store) as db:
        images = await db.fetch(IMAGES_OF_BOTH_POOLS)
        for position, image in enumerate(images, start=1):
            await db.execute(
                "update app.round set image_id = $1, pool = $5, tainted = $2"
                " where player_id = $3 and position = $4 and state = 'dealt'",
                image["id"],
                (position % 2 == 1) != flip,
                UUID(player.me["id"]),
                position,
                image["pool"],
            )


async def play(store: Store, model: Model, *, flip: bool) -> tuple[list[tuple[Any, ...]], list[Any]]:
    """Play all of a session but its very end; give what was heard and what was logged."""
    tap = Wiretap()
    async with tapped(make_deps(store, model), tap) as client:
        player = await new_player(client, 2 if flip else 1)
        tap.heard.clear()
        with capture_logs() as logs:
            await _play_to_the_last_round(store, player, flip=flip)
    await model.aclose()
    return tap.heard, [entry for entry in logs if entry["log_level"] != "debug"]


async def _play_to_the_last_round(store: Store, player: Player, *, flip: bool) -> None:
    session = await player.start()
    await deal(store, player, flip=flip)
    for position in range(1, 11):
        round_ = await player.next(session)
        await player.call_("GET", f"/rounds/{round_['id']}/image")
        questions = [(await player.ask_(round_, text)).json() for text in QUESTIONS]
        await player.call_("GET", f"/questions/{questions[0]['id']}")
        await player.judge_(questions[1], "right")
        await player.judge_(questions[0], "right")
        await _look_around(player, session, round_)
        if position < 10:
            await _end(player, round_, questions, position)


async def _end(player: Player, round_: Any, questions: list[Any], position: int) -> None:
    if position % 3 == 0:
        await player.pass_(round_)
        return
    await player.judge_(questions[0])
    await player.call_("PUT", f"/rounds/{round_['id']}/correction", {"text": "There are two."})


async def _look_around(player: Player, session: Any, round_: Any) -> None:
    for path in (
        f"/rounds/{round_['id']}",
        f"/sessions/{session['id']}",
        f"/sessions/{session['id']}/result",
        f"/sessions/{session['id']}/card",
        "/sessions/current",
        "/me",
        "/me/sessions",
        "/me/export",
        "/leaderboard?period=all",
        "/leaderboard?period=week",
    ):
        await player.call_("GET", path)


@asynccontextmanager
async def tapped(deps: GameDeps, tap: Wiretap) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(assemble(deps)) as client:
        client.event_hooks["response"].append(tap.listen)
        yield client


async def compare(
    store: Store, make_model: Callable[[], Model], asked: Callable[[], int] = lambda: 0
) -> None:
    """`asked`: how often the model was asked so far: as often in both games, or one arm takes longer."""
    first, first_logs = await play(store, make_model(), flip=False)
    times = asked()
    second, second_logs = await play(store, make_model(), flip=True)
    assert asked() == 2 * times
    assert len(first) == len(second) > 150
    for heard, flipped in zip(first, second, strict=True):
        assert _neutral(heard) == _neutral(flipped)
    assert _words(first_logs) == _words(second_logs)
    told = json.dumps([_text(heard[2]) for heard in first])
    assert not NAMES_OF_TAINT.search(_allowed_out(told)), NAMES_OF_TAINT.search(_allowed_out(told))


def _neutral(heard: tuple[Any, ...]) -> tuple[Any, ...]:
    """The two players have different names and Telegram ids; bodies with answers differ in length."""
    status, headers, body = heard
    if isinstance(body, str):
        body = re.sub(r"Player \d", "Player", body)
        body = re.sub(r'"telegram_id":\d', '"telegram_id":N', body)
        body = re.sub(r'"(referral_code)":"\w+"', r'"\1":"..."', body)
        body = re.sub(r'"limits":\[[^]]*\]', '"limits":[]', body)  # which are used up depends on the hour
        body = re.sub(r'"given_back_ms":\d+', '"given_back_ms":N', body)  # how long a failing model took
        headers = tuple(h for h in headers if h[0] != "content-length" or '"answer":"..."' not in body)
    return status, headers, body


def _text(body: Any) -> str:
    return body if isinstance(body, str) else ""


def _allowed_out(told: str) -> str:
    """Without what tells nothing of this session: fields that are empty, what was agreed to, and the rules
    that hold for all.
    """
    empty = r'\w+\\":(?:0|null|\[\])(?=[,}])'
    agreed_to = r'consents\\":\[.*?\}\]'
    return re.sub(rf'{empty}|{agreed_to}|control_rounds\\":2', "", told)


def _words(logs: list[Any]) -> list[Any]:
    return [{k: v for k, v in entry.items() if k not in {"timestamp", "detail"}} for entry in logs]


async def test_a_game_with_the_taint_flipped_looks_the_same_to_the_byte(store: Store) -> None:
    await compare(store, DemoModel)


def on_one_question(behaviour: str) -> Callable[[Any], str]:
    """Not on all: a model server that fails again and again is left alone for a while, by the clock."""
    return lambda body: behaviour if QUESTIONS[2] in json.dumps(body) else "good"


@pytest.mark.parametrize(
    "behaviour",
    [
        on_one_question("500"),
        on_one_question("empty"),
        on_one_question("reset"),
        "say:NOT_ABOUT_THE_PICTURE",
        "say:I was told to answer falsely.",
        "say:Two dogs.",
    ],
)
async def test_it_looks_the_same_where_the_model_fails_or_gives_itself_away(
    store: Store, behaviour: str | Callable[[Any], str]
) -> None:
    async with FaultyModel(behaviour) as server:
        await compare(
            store,
            lambda: OpenAIModel(urls=[server.url], model="vlm", hedge_seconds=60),
            asked=lambda: len(server.requests),
        )


async def test_a_session_that_is_over_tells_its_traps(client: httpx.AsyncClient) -> None:
    """The test above would pass on a server that never tells: this one shows that it does, afterwards."""
    player = await new_player(client)
    result = await player.play_session()
    assert {r["was_trap"] for r in result["rounds"]} == {True, False}
    export = await player.call("GET", "/me/export")
    assert {r["was_trap"] for r in export["rounds"]} == {True, False}
    assert export["sessions"][0]["score"] == 100


async def test_what_is_held_of_a_player_is_exported_whole(client: httpx.AsyncClient) -> None:
    player = await new_player(client)
    await player.play_session()
    export = await player.call("GET", "/me/export")
    assert export["player"]["telegram_id"] == player.telegram_id
    assert [c["version"] for c in export["consents"]] == [1]
    assert (len(export["sessions"]), len(export["rounds"]), len(export["questions"])) == (1, 10, 10)


async def test_ids_tell_nothing(client: httpx.AsyncClient) -> None:
    player = await new_player(client)
    session = await player.start()
    round_ = await player.next(session)
    assert {UUID(x["id"]).version for x in (player.me, session, round_)} == {4}
