"""Traces at the wire: what a collector is sent of a question, and what it must not be sent."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span

from gap_server import tracing
from gap_server.app import assemble
from gap_server.errors import SettingsError
from gap_server.store.engine import Store
from gap_server.store.roles import GAME, with_login
from gap_server.vlm.client.model import OpenAIModel
from tests.doubles.faulty_model import FaultyModel
from tests.playing import new_player
from tests.world import client_of, make_deps

QUESTION = "How many zebras are in the picture?"


@dataclass
class Collector:
    """What takes OTLP over HTTP, as a collector does."""

    url: str = ""
    bodies: list[bytes] = field(default_factory=list)

    def spans(self) -> list[Span]:
        requests = [ExportTraceServiceRequest.FromString(body) for body in self.bodies]
        return [
            span
            for request in requests
            for resource in request.resource_spans
            for scope in resource.scope_spans
            for span in scope.spans
        ]


@pytest.fixture
def collector() -> Iterator[Collector]:
    collector = Collector()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:  # the library's name
            collector.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    collector.url = f"http://127.0.0.1:{server.server_port}/v1/traces"
    yield collector
    server.shutdown()
    server.server_close()


@pytest.fixture
async def traced(collector: Collector, database_url: str) -> Collector:
    """A collector that has heard of one game's first question."""
    provider = tracing.set_up(collector.url, share=1.0)
    store = Store(with_login(database_url, GAME), size=5)
    await store.open()
    async with FaultyModel() as model:
        deps = make_deps(store, OpenAIModel(urls=[model.url], model="m"))
        async with client_of(assemble(deps, traced_by=provider)) as client:
            player = await new_player(client)
            await player.ask(await player.next(await player.start()), QUESTION)
            await client.get("http://gap.test/healthz")
        await deps.models.aclose()
    await store.close()
    tracing.send_the_last(provider)
    return collector


async def test_a_question_is_one_trace_through_http_postgres_and_the_model(traced: Collector) -> None:
    spans = traced.spans()
    (asking,) = [span for span in spans if "/questions/{question_id}" in span.name]
    inside = [span for span in spans if span.trace_id == asking.trace_id and span is not asking]
    assert {span.parent_span_id for span in inside} == {asking.span_id}
    names = [span.name for span in sorted(inside, key=lambda span: span.start_time_unix_nano)]
    assert names.count("chat completion") >= 1
    assert [name for name in names if "app." not in name and "question" in name] == [
        "update session, insert question",
        "update session, update question",
    ]
    for span in inside:
        assert asking.start_time_unix_nano <= span.end_time_unix_nano
        assert span.start_time_unix_nano <= span.end_time_unix_nano


async def test_no_span_holds_what_was_asked_or_answered_or_told_to_the_model(traced: Collector) -> None:
    sent = b"".join(traced.bodies)
    assert b"chat completion" in sent
    for secret in (b"zebras", b"Answer", b"taint", b"Bearer", b"select p.id"):
        assert secret not in sent
    assert b"healthz" not in sent


async def test_without_the_extra_the_start_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "opentelemetry.sdk.trace", None)
    with pytest.raises(SettingsError, match=r"gap-server\[otel\]"):
        tracing.set_up("http://127.0.0.1:1/v1/traces", 1.0)


async def test_whoever_asks_for_no_traces_has_none(collector: Collector) -> None:
    assert not tracing.is_on()
    with tracing.span("chat completion", {}) as span:
        assert span is None
    assert not collector.bodies
