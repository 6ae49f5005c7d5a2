"""Schemathesis walks the OpenAPI document: whatever it sends, each answer is one that the document tells of.

TESTS_FULL=1 sends ten times as much, and other things in every run.
"""

import threading
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias
from uuid import UUID, uuid4

import httpx
import pytest
import schemathesis
import uvicorn
from hypothesis import HealthCheck, settings
from pydantic import SecretStr
from schemathesis.config import SchemathesisConfig

from gap_server.app import assemble
from gap_server.demo.answerer import DemoModel
from gap_server.game.rules import CONSENT_VERSION
from gap_server.settings import Settings
from gap_server.store.engine import Store
from gap_server.store.roles import GAME, with_login
from gap_server.wiring import build_deps
from tests.playing import init_data
from tests.repeats import IS_FULL, repeats
from tests.world import copy_of_template, make_deps

CASES_AT_LEAST = 2000
NOWHERE = Settings(database_url=SecretStr("postgresql://"), bot_key=SecretStr("0" * 64), _env_file=None)
DOCUMENT = assemble(build_deps(NOWHERE, demo=True)).openapi()

AnyCase: TypeAlias = schemathesis.Case[Any]
CONFIG = SchemathesisConfig.from_dict(
    {
        "generation": {
            "deterministic": not IS_FULL,
            "with-security-parameters": False,  # the token is the walk's business
            "allow-extra-parameters": False,  # unknown query parameters are passed over
        },
        "operations": [
            {
                # a name of marks alone shows nothing; the 300 ranges of them would be no schema
                "include-name": "POST /api/v1/auth/demo",
                "checks": {"positive_data_acceptance": {"expected-statuses": ["200", "422", "429"]}},
            },
            {
                # the same, and whether a time zone exists, the database knows
                "include-name": "PATCH /api/v1/me",
                "checks": {"positive_data_acceptance": {"expected-statuses": ["200", "401", "422"]}},
            },
            {
                # one verdict for each answer of the case: how many those are, the case knows
                "include-name": "PUT /api/v1/jury/cases/{case_id}/verdict",
                "checks": {
                    "positive_data_acceptance": {
                        "expected-statuses": ["200", "401", "403", "404", "409", "422", "429"]
                    }
                },
            },
        ],
    }
)
API = schemathesis.openapi.from_dict(DOCUMENT, config=CONFIG)

WALK = settings(
    max_examples=repeats(30, full=500),
    deadline=None,
    suppress_health_check=list(HealthCheck),
    database=None,
)
LOCKED_OUT = settings(WALK, max_examples=repeats(12, full=120))


@dataclass
class Walk:
    """A player in mid-game, put back there whenever a case has moved them on.

    `ids`: by the name of a path parameter, real ones for it: of the session and the round under way, and of
    others that are over.
    """

    client: httpx.Client
    cases: Counter[str] = field(default_factory=Counter)
    statuses: Counter[int] = field(default_factory=Counter)
    ids: dict[str, list[str]] = field(default_factory=dict)
    token: str = ""
    is_set_up: bool = False
    players: int = 0

    def call(self, method: str, path: str, body: Any = None) -> Any:
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        return self.client.request(method, f"/api/v1{path}", json=body, headers=headers)

    def new_token(self) -> str:
        self.players += 1
        body = {"init_data": init_data(self.players)}
        token: str = self.client.post("/api/v1/auth/telegram", json=body).json()["token"]
        return token

    def new_player(self) -> None:
        self.token = self.new_token()
        assert self.call("PUT", "/me/consent", {"version": CONSENT_VERSION}).status_code == 204
        self.play_one()

    def set_up(self) -> None:
        if self.is_set_up:
            return
        if not self.token or self.call("PUT", "/me/consent", {"version": CONSENT_VERSION}).status_code != 204:
            self.new_player()
        if self.call("POST", "/sessions").status_code >= 400:  # every image seen, or too many sessions
            self.new_player()
        session = self.call("POST", "/sessions").json()
        round_ = self.call("POST", f"/sessions/{session['id']}/next").json()
        question = self.ask(round_)
        if question.get("code") == "too_many_questions":
            self.call("POST", f"/rounds/{round_['id']}/pass")
            self.set_up()
            return
        for name, thing in (("session_id", session), ("round_id", round_), ("question_id", question)):
            self.ids[name] = [thing["id"], self.ids[name][-1]]
        case = self.call("POST", "/jury/next").json()
        self.ids["case_id"] = [case.get("id", str(uuid4()))] * 2  # while there are no cases, one that is none
        self.is_set_up = True

    def play_one(self) -> None:
        """A session to look back on: its last round flagged."""
        session = self.call("POST", "/sessions").json()
        while (answer := self.call("POST", f"/sessions/{session['id']}/next")).status_code == 200:
            round_ = answer.json()
            question = self.ask(round_)
            self.call("PUT", f"/questions/{question['id']}/judgement", {"judgement": "wrong"})
        self.ids = {
            "session_id": [session["id"]],
            "round_id": [round_["id"]],
            "question_id": [question["id"]],
        }

    def end_session(self) -> None:
        self.call("DELETE", "/me/consent")
        self.call("PUT", "/me/consent", {"version": CONSENT_VERSION})

    def ask(self, round_: Any) -> Any:
        path = f"/rounds/{round_['id']}/questions/{uuid4()}"
        return self.call("PUT", path, {"text": "How many things are there?"}).json()

    def lead_deep(self, case: AnyCase) -> None:
        """Real ids in slot of most that were made up; those that are no ids stay."""
        turn = self.cases[case.operation.label]
        for name, value in (case.path_parameters or {}).items():
            if turn % 4 == 3 or not is_uuid(value) or (name == "question_id" and "/rounds/" in case.path):
                continue
            case.path_parameters[name] = self.ids[name][0 if turn % 4 < 2 else 1]

    def note(self, case: AnyCase, response: Any) -> None:
        self.cases[case.operation.label] += 1
        self.statuses[response.status_code] += 1
        if case.method.upper() != "GET" and response.status_code < 300:
            self.is_set_up = False


@pytest.fixture(scope="module")
async def database(postgres: str, template: str) -> AsyncIterator[str]:
    async with copy_of_template(postgres, template) as url:
        yield url


@pytest.fixture(scope="module")
def walk(database: str) -> Iterator[Walk]:
    """The demo's application on a socket, in a thread of this process."""
    store = Store(with_login(database, GAME), size=4)
    app = assemble(make_deps(store, DemoModel(), sessions_per_day=1000))
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_config=None, access_log=False))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive()
            thread.join(0.02)
        port = server.servers[0].sockets[0].getsockname()[1]
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30) as client:
            yield Walk(client)
    finally:
        server.should_exit = True
        thread.join()


@API.parametrize()
@WALK
def test_every_answer_to_a_player_is_one_that_the_document_tells_of(case: AnyCase, walk: Walk) -> None:
    walk.set_up()
    walk.lead_deep(case)
    if case.operation.label == "POST /api/v1/sessions" and walk.cases[case.operation.label] % 2:
        walk.end_session()
    token = walk.new_token() if case.operation.label == "DELETE /api/v1/me" else walk.token
    response = case.call(base_url=str(walk.client.base_url), headers={"Authorization": f"Bearer {token}"})
    walk.note(case, response)
    case.validate_response(response)


@API.parametrize()
@LOCKED_OUT
def test_who_has_no_token_is_sent_away_in_the_documented_way(case: AnyCase, walk: Walk) -> None:
    response = case.call(base_url=str(walk.client.base_url))
    walk.cases[case.operation.label] += 1
    walk.statuses[response.status_code] += 1
    case.validate_response(response)


def test_that_went_everywhere_and_deep(walk: Walk) -> None:
    """Only after all of the above."""
    operations = [operation for path in DOCUMENT["paths"].values() for operation in path]
    if len(walk.cases) != len(operations):
        pytest.skip("not every operation was walked")
    print(f"{walk.cases.total()} cases: {dict(sorted(walk.statuses.items()))}")
    assert walk.cases.total() >= CASES_AT_LEAST
    assert {200, 201, 204, 401, 404, 409, 422} <= set(walk.statuses)
    assert walk.statuses[200] > 300


def is_uuid(value: object) -> bool:
    try:
        return bool(UUID(str(value)))
    except ValueError:
        return False
