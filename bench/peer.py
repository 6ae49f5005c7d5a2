"""The peer: a bare Starlette program with asyncpg, which sends the very same SQL and nothing else.

It checks no rules, knows no clock, gives nothing back: the least that a server for this database could do.
At the wire it asks the model by aiohttp, with no care for what could go wrong.
"""

import asyncio
import hashlib
import json
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, TypeAlias
from uuid import UUID

import aiohttp
import asyncpg
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bench.crowd import PICTURE_BYTES
from bench.instant import ANSWER
from gap_server.game.state import (
    Game,
    Question,
    QuestionState,
    Round,
    RoundState,
    Session,
    SessionKind,
    SessionState,
)
from gap_server.store.game_read import BY_TOKEN_AND_ROUND, About, GameSnapshot
from gap_server.store.game_write import statement_for
from gap_server.store.provenance import Provenance
from gap_server.vlm.client.request import RequestBody
from gap_server.vlm.instructions import HONEST
from gap_server.vlm.protocol import Picture

Ask: TypeAlias = Callable[[str], Awaitable[str]]

SLIDING = timedelta(hours=2)
TOLD = Provenance(
    instruction_sha256="0" * 64,
    served_model_sha256="0" * 64,
    finish_reason="stop",
    prompt_tokens=300,
    completion_tokens=10,
    queue_ms=0,
    latency_ms=0,
    attempts=1,
    filter_hits=0,
)


def _statements() -> tuple[str, str]:
    """The two writes of a question, as gap-server puts them together."""
    now = datetime.now(UTC)
    question = Question(UUID(int=1), "?", QuestionState.PENDING, now)
    before = Round(UUID(int=2), 1, RoundState.OPEN, tainted=True, opened_at=now, deadline_at=now)
    asked = replace(before, questions=(question,))
    answered = replace(
        before, questions=(replace(question, state=QuestionState.ANSWERED, answer="!", answered_at=now),)
    )
    session = Session(UUID(int=3), SessionState.OPEN, now, now)
    snapshot = GameSnapshot(
        UUID(int=4), 0, now, Game(session, before), About(SessionKind.FREE, None, (), None), None
    )
    ask = statement_for(snapshot, Game(session, asked)).text()
    answer = statement_for(replace(snapshot, game=Game(session, asked)), Game(session, answered), TOLD).text()
    return ask, answer


ASK, SAVE = _statements()


async def ask(request: Request) -> Response:
    pool: Any = request.app.state.pool
    token = request.headers["authorization"][7:]
    text = json.loads(await request.body())["text"]
    question_id, round_id = UUID(request.path_params["question_id"]), UUID(request.path_params["round_id"])
    rows = await pool.fetch(BY_TOKEN_AND_ROUND, hashlib.sha256(token.encode()).digest(), SLIDING, round_id)
    row = rows[0]
    player = row["caller_id"]
    number = sum(r["question_id"] is not None for r in rows) + 1
    session, version, now = row["session_id"], row["version"], row["now"]
    place = (question_id, round_id, number)
    await pool.fetchval(ASK, version + 1, player, session, version, *place, text, "pending", now)
    told = TOLD.columns().values()
    answer = await request.app.state.ask(text)
    mark = (version + 2, player, session, version + 1)
    await pool.fetchval(SAVE, *mark, "answered", answer, now, None, None, *told, question_id)
    body = {
        "id": str(question_id),
        "text": text,
        "state": "answered",
        "answer": answer,
        "asked_at": now.isoformat(),
        "answered_at": now.isoformat(),
        "judgement": None,
    }
    return Response(json.dumps(body), media_type="application/json")


async def _leave_as_is(_db: Any) -> None:
    """As gap-server does it: without this, asyncpg sends a statement more after each."""


async def _at_once(_question: str) -> str:
    return ANSWER


def _at_the_wire(session: aiohttp.ClientSession, *, gated: bool) -> Ask:
    """Ask the bench's model server what gap-server would ask it; `gated`: beside it what the gate asks."""
    request_body = RequestBody("bench")
    picture = Picture("0" * 64, b"\xff" * PICTURE_BYTES)

    async def complete(body: bytes) -> str:
        async with session.post(f"{os.environ['BENCH_MODEL_URL']}/v1/chat/completions", data=body) as said:
            answer: str = json.loads(await said.read())["choices"][0]["message"]["content"]
            return answer

    async def ask_model(question: str) -> str:
        return await complete(request_body.question(picture, HONEST, question))

    async def ask_gate_too(question: str) -> str:
        answer, _ = await asyncio.gather(ask_model(question), complete(request_body.gate(question)))
        return answer

    return ask_gate_too if gated else ask_model


@asynccontextmanager
async def lifespan(app: Starlette) -> AsyncIterator[None]:
    app.state.pool = await asyncpg.create_pool(
        os.environ["BENCH_DATABASE_URL"], min_size=0, max_size=10, reset=_leave_as_is
    )
    connector = aiohttp.TCPConnector(limit=0)  # a hundred by default: more players would wait for each other
    async with aiohttp.ClientSession(connector=connector) as session:
        is_at_the_wire, gated = app.state.at_the_wire, app.state.gated
        app.state.ask = _at_the_wire(session, gated=gated) if is_at_the_wire else _at_once
        yield
    app.state.pool.terminate()


def app(*, at_the_wire: bool = False, gated: bool = False) -> Starlette:
    path = "/api/v1/rounds/{round_id}/questions/{question_id}"
    program = Starlette(routes=[Route(path, ask, methods=["PUT"])], lifespan=lifespan)
    program.state.at_the_wire = at_the_wire
    program.state.gated = gated
    return program


def wire_app() -> Starlette:
    return app(at_the_wire=True)


def gated_wire_app() -> Starlette:
    return app(at_the_wire=True, gated=True)
