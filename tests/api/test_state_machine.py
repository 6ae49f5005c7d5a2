"""Whatever a player does, in whatever order: the whole application beside the game told plainly.

A few dozen games each time; TESTS_FULL=1 plays as many as were promised.
"""

import asyncio
import threading
from collections.abc import Coroutine, Iterator
from typing import Any, ClassVar
from uuid import UUID, uuid4

import asyncpg
import httpx
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from gap_server.app import assemble
from gap_server.game.rules import CONSENT_VERSION
from gap_server.store.engine import Store
from gap_server.store.roles import GAME, with_login
from gap_server.vlm.client.breaker import Breaker
from gap_server.vlm.client.model import OpenAIModel
from tests.doubles.faulty_model import FaultyModel
from tests.game.reference import ReferenceGame, ReferenceRound
from tests.playing import Player, new_player, refusal
from tests.repeats import repeats
from tests.world import client_of, copy_of_template, make_deps

RUNS = repeats(25, full=2000)
STEPS = 50
SAID = {
    "answered": "How many dogs are there?",
    "refused": "Were you told to lie?",
    "failed": "What breaks you?",
}
OUTCOMES = ["answered", "answered", "answered", "refused", "failed"]
SESSIONS_AT_MOST = 4  # sessions of one player that the tests' catalogue is enough for


def model_behaviour(body: Any) -> str:
    question = body["messages"][1]["content"][1]["text"]
    if question == SAID["failed"]:
        return "500"
    return "say:NOT_ABOUT_THE_PICTURE" if question == SAID["refused"] else "good"


class World:
    """The application in a loop of its own, for the machine's steps, which are not async."""

    def __init__(self, postgres: str, template: str) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._thread.start()
        self._stop = asyncio.Event()
        self._opened = threading.Event()
        self._life = asyncio.run_coroutine_threadsafe(self._live(postgres, template), self._loop)
        if not self._opened.wait(60):
            self._life.result(1)
        self.players = 0

    async def _live(self, postgres: str, template: str) -> None:
        async with copy_of_template(postgres, template) as url, FaultyModel(model_behaviour) as server:
            self.store = Store(with_login(url, GAME), size=5)
            await self.store.open()
            self.administrator: Any = await asyncpg.connect(url)
            model = OpenAIModel(urls=[server.url], model="vlm", breaker=lambda: Breaker(threshold=10**9))
            async with client_of(assemble(make_deps(self.store, model, sessions_per_day=10**6))) as client:
                self.client = client
                self._opened.set()
                await self._stop.wait()
            await model.aclose()
            await self.administrator.close()
            await self.store.close()

    def do(self, what: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(what, self._loop).result(60)

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._life.result(60)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


@pytest.fixture(scope="module")
def world(postgres: str, template: str) -> Iterator[World]:
    world = World(postgres, template)
    yield world
    world.close()


class PlayedBesideTheReference(RuleBasedStateMachine):
    world: ClassVar[World]

    def __init__(self) -> None:
        super().__init__()
        self.reference = ReferenceGame()
        self.sessions_started = 0
        self.session: Any = None
        self.ids: dict[int, str] = {}
        self.names = [str(uuid4()) for _ in range(4)]

    @initialize()
    def arrive(self) -> None:
        self.world.players += 1
        self.player: Player = self.world.do(new_player(self.world.client, self.world.players))
        self.other_device: Player = self.world.do(Player(self.world.client, self.world.players).sign_in())

    # --- moves -------------------------------------------------------------------------------------------

    @precondition(lambda self: self.sessions_started < SESSIONS_AT_MOST)
    @rule()
    def start(self) -> None:
        response = self._call("POST", "/sessions")
        is_new = self.reference.start()
        assert response.status_code == (201 if is_new else 200)
        if is_new:
            self.sessions_started += 1
            self.ids.clear()
            self.names = [str(uuid4()) for _ in range(4)]
        else:
            assert response.json()["id"] == self.session["id"]
        self.session = response.json()

    @precondition(lambda self: self.session)
    @rule()
    def go_on(self) -> None:
        response = self._call("POST", f"/sessions/{self.session['id']}/next")
        if self._agree(response, self.reference.next()):
            round_ = self.reference.rounds[-1]
            assert response.json()["position"] == round_.position
            self.ids[round_.position] = response.json()["id"]

    @precondition(lambda self: self.ids)
    @rule(
        back=st.integers(0, 2),
        name=st.integers(0, 3),
        outcome=st.sampled_from(OUTCOMES),
    )
    def ask(self, back: int, name: int, outcome: str) -> None:
        round_ = self._some_round(back)
        path = f"/rounds/{self.ids[round_.position]}/questions/{self.names[name]}"
        response = self._call("PUT", path, {"text": SAID[outcome]})
        if self._agree(response, self.reference.ask(round_, self.names[name], SAID[outcome], outcome)):
            assert response.json()["state"] == round_.questions[self.names[name]].state

    @precondition(lambda self: any(r.questions for r in self.reference.rounds))
    @rule(pick=st.integers(0, 5), judgement=st.sampled_from(["wrong", "right"]))
    def judge(self, pick: int, judgement: str) -> None:
        asked = [(r, name) for r in self.reference.rounds for name in r.questions]
        round_, name = asked[-1 - pick % len(asked)]
        response = self._call("PUT", f"/questions/{name}/judgement", {"judgement": judgement})
        if self._agree(response, self.reference.judge(round_, name, judgement)):
            assert response.json()["state"] == round_.state

    @precondition(lambda self: self.ids)
    @rule(back=st.integers(0, 2))
    def pass_on(self, back: int) -> None:
        round_ = self._some_round(back)
        response = self._call("POST", f"/rounds/{self.ids[round_.position]}/pass")
        self._agree(response, self.reference.pass_on(round_))

    @precondition(lambda self: self.ids)
    @rule(back=st.integers(0, 2), text=st.sampled_from(["Two.", "Three."]))
    def correct(self, back: int, text: str) -> None:
        round_ = self._some_round(back)
        response = self._call("PUT", f"/rounds/{self.ids[round_.position]}/correction", {"text": text})
        if response.status_code != 200 or self.reference.correct(round_) is not None:
            self._agree(response, self.reference.correct(round_))

    @rule(seconds=st.sampled_from([1.0, 10.0, 60.0, 119.0, 121.0, 123.0, 600.0]))
    def wait(self, seconds: float) -> None:
        self.reference.wait(seconds)

    @precondition(lambda self: self.reference.now > 600)
    @rule(hours=st.sampled_from([23.0, 24.5]))
    def sleep(self, hours: float) -> None:
        self.reference.wait(hours * 3600)

    @rule()
    def take_consent_back_and_give_it_again(self) -> None:
        assert self._call("DELETE", "/me/consent").status_code == 204
        self.reference.withdraw()
        assert self._call("PUT", "/me/consent", {"version": CONSENT_VERSION}).status_code == 204

    @precondition(lambda self: self.session)
    @rule()
    def ask_for_the_result(self) -> None:
        response = self._call("GET", f"/sessions/{self.session['id']}/result")
        over = self.reference.state != "open"
        if self._agree(response, None if over else "session_not_over"):
            rounds = response.json()["rounds"]
            assert [r["state"] for r in rounds] == [r.state for r in self.reference.rounds]
            caught = [r for r in rounds if r["was_trap"] and r["state"] == "flagged"]
            assert response.json()["score"] == 20 * len(caught) == sum(r["points"] for r in rounds)

    # --- what must hold after each of them --------------------------------------------------------------

    @invariant()
    def looks_the_same_on_both_devices(self) -> None:
        if not self.session:
            return
        seen = self._call("GET", f"/sessions/{self.session['id']}").json()
        assert seen["state"] == self.reference.state
        assert seen["rounds_done"] == self.reference.done
        open_round = self.reference.round
        assert (seen["round"] or {}).get("position") == (open_round and open_round.position)
        if seen["round"] and open_round:
            self._compare(seen["round"]["questions"], open_round)

    @staticmethod
    def _compare(seen: list[Any], round_: ReferenceRound) -> None:
        shown = {q["id"]: (q["text"], q["state"], q["judgement"]) for q in seen}
        assert shown == {name: (q.text, q.state, q.judgement) for name, q in round_.questions.items()}

    # --- how -----------------------------------------------------------------------------------------------

    def _some_round(self, back: int) -> ReferenceRound:
        return self.reference.rounds[-1 - back % len(self.reference.rounds)]

    def _call(self, method: str, path: str, body: Any = None) -> httpx.Response:
        """From either device in turn, at exactly the reference's time."""
        self.player, self.other_device = self.other_device, self.player
        self.world.do(self._set_clock())
        response: httpx.Response = self.world.do(self.player.call_(method, path, body))
        assert response.status_code < 500, response.text
        self.world.do(self._set_clock())
        return response

    async def _set_clock(self) -> None:
        """Move this player's moments to where the reference has them: computers are slower than thought."""
        game, me = self.reference, UUID(self.player.me["id"])
        db = self.world.administrator
        if game.rounds:
            await db.execute(
                "update app.round set deadline_at = clock_timestamp() + make_interval(secs => $2)"
                " where player_id = $1 and state = 'open'",
                me,
                game.rounds[-1].deadline - game.now,
            )
        await db.execute(
            "update app.session set expires_at = clock_timestamp() + make_interval(secs => $2),"
            " ended_at = case when ended_at is not null then"
            " clock_timestamp() - make_interval(secs => $3) end"
            " where player_id = $1 and id = $4",
            me,
            game.ends - game.now,
            game.now - game.ended,
            UUID(self.session["id"]) if self.session else me,
        )

    @staticmethod
    def _agree(response: httpx.Response, code: str | None) -> bool:
        """True where both allowed it; both must say the same."""
        if code is None:
            assert response.is_success, response.text
            return True
        assert refusal(response) == (409, code)
        return False


@pytest.mark.timeout(3600)
def test_the_application_plays_as_the_reference_does(world: World) -> None:
    PlayedBesideTheReference.world = world
    run_state_machine_as_test(
        PlayedBesideTheReference,
        settings=settings(
            max_examples=RUNS,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
