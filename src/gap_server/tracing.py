"""Traces, where an operator asks for them: a question's way through HTTP, Postgres and model servers.

OpenTelemetry, by FastAPI's own spans and ours; sent as OTLP over HTTP. Off, which is usual, nothing here is
called on a question's way but a look at one variable. No span holds what players write, what models say, or
which instruction they had: values are parameters, and only the names of tables are told.
"""

import re
from collections.abc import Mapping, MutableMapping
from contextlib import AbstractContextManager, nullcontext
from functools import lru_cache
from time import time_ns
from typing import Any, Final

from opentelemetry import propagate, trace
from opentelemetry.trace import SpanKind, StatusCode, Tracer, TracerProvider

from gap_server import __version__
from gap_server.errors import SettingsError

_TOUCHES: Final = re.compile(r"\b(insert into|update|delete from|from|join) app\.(\w+)", re.IGNORECASE)
_AS: Final = {"insert into": "insert", "delete from": "delete", "from": "select", "join": "select"}

_tracer: Tracer | None = None


def set_up(url: str, share: float) -> TracerProvider:
    """Send traces to `url`, of that share of requests. Raises SettingsError without the extra `otel`."""
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # noqa: PLC0415
        from opentelemetry.sdk.resources import Resource  # noqa: PLC0415  # an extra
        from opentelemetry.sdk.trace import TracerProvider as SdkProvider  # noqa: PLC0415
        from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415
        from opentelemetry.sdk.trace.sampling import ParentBased, TraceIdRatioBased  # noqa: PLC0415
    except ImportError as error:
        raise SettingsError("GAP_TRACES_URL needs the extra: pip install 'gap-server[otel]'.") from error
    chosen = TraceIdRatioBased(share)
    # what a stranger's header asks for counts for nothing: it may neither force a trace nor forbid one
    sampler = ParentBased(chosen, remote_parent_sampled=chosen, remote_parent_not_sampled=chosen)
    resource = Resource.create({"service.name": "gap-server", "service.version": __version__})
    provider = SdkProvider(sampler=sampler, resource=resource)
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=url)))
    use(provider)
    return provider


def send_the_last(provider: TracerProvider) -> None:
    """What is still to be sent, when a process ends; it takes as long as the collector takes."""
    provider.shutdown()  # type: ignore[attr-defined]  # the SDK's has it
    use(None)


def use(provider: TracerProvider | None) -> None:
    """From here on spans go there; None ends it."""
    global _tracer  # noqa: PLW0603  # one a process, like the logs
    _tracer = None if provider is None else provider.get_tracer("gap-server", __version__)


def is_on() -> bool:
    return _tracer is not None


def span(name: str, attributes: Mapping[str, Any]) -> AbstractContextManager[Any]:
    """What is done inside is one part of the request's trace: a call to somebody else."""
    if _tracer is None:
        return nullcontext()
    return _tracer.start_as_current_span(
        name, kind=SpanKind.CLIENT, attributes=dict(attributes), record_exception=False
    )


def tell(headers: MutableMapping[str, str]) -> None:
    """Let whoever receives these headers go on with the trace (`traceparent`)."""
    if _tracer is not None:
        propagate.inject(headers)


def name_request(request_id: str) -> None:
    """Find the log lines of a trace by it."""
    if _tracer is not None:
        trace.get_current_span().set_attribute("gap.request_id", request_id)


def statement(record: Any) -> None:
    """What asyncpg tells of a statement that has been sent (its LoggedQuery), as a span that has ended."""
    request = (
        trace.get_current_span().get_span_context()
    )  # which may have ended: asyncpg tells a moment later
    if _tracer is None or not (request.is_valid and request.trace_flags.sampled):
        return  # it is the sweeper's, or other work that belongs to no request
    ended = time_ns()
    summary = _summary(record.query)
    one = _tracer.start_span(
        summary,
        kind=SpanKind.CLIENT,
        start_time=ended - int(record.elapsed * 1e9),
        attributes={"db.system.name": "postgresql", "db.query.summary": summary},
    )
    if record.exception is not None:
        one.set_status(StatusCode.ERROR, type(record.exception).__name__)
    one.end(ended)


@lru_cache(maxsize=512)
def _summary(query: str) -> str:
    """Which tables it changes, or else reads."""
    touched = [(_AS.get(verb.lower(), verb.lower()), table) for verb, table in _TOUCHES.findall(query)]
    changed = [pair for pair in touched if pair[0] != "select"]
    named = dict.fromkeys(f"{verb} {table}" for verb, table in changed or touched)
    return ", ".join(named) or query.split(None, 1)[0].lower()
