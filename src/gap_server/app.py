"""create_app: the one place where the HTTP parts are put together."""

import asyncio
import contextlib
import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AbstractAsyncContextManager
from math import inf
from time import monotonic
from typing import Any

import structlog
from fastapi import FastAPI
from fastapi.telemetry import TelemetryConfig
from opentelemetry.trace import TracerProvider

from gap_server import __version__, tracing
from gap_server.api import (
    PREFIX,
    auth,
    datasets,
    docs,
    game,
    health,
    jury,
    me,
    mini_app,
    privacy,
    problems,
    report,
    research,
    together,
)
from gap_server.api.admission import ALWAYS, Admission
from gap_server.api.concurrency_limit import ConcurrencyLimit
from gap_server.api.middleware import RequestMiddleware
from gap_server.api.problems import Problem
from gap_server.logs import set_up_logs
from gap_server.operate.child_processes import FROM_THE_TERMINAL
from gap_server.operate.gauges import keep_measuring
from gap_server.operate.likeness import keep_comparing
from gap_server.operate.trust import keep_refitting
from gap_server.play.deps import GameDeps
from gap_server.play.honest_checks import keep_checking
from gap_server.play.ranking import keep_ranking
from gap_server.play.sharpness import keep_assessing
from gap_server.play.sweeper import keep_sweeping
from gap_server.research.deps import ResearchDeps, research_deps
from gap_server.settings import Settings, read_settings
from gap_server.wiring import build_deps, build_research

log = structlog.get_logger(__name__)


def create_app(settings: Settings, *, demo: bool = False) -> FastAPI:
    """`demo`: without a model server the demo answerer answers; whoever gives a name may play, if so set.

    Raises SettingsError where something is missing.
    """
    set_up_logs(settings.log_format, settings.log_level)
    deps = build_deps(settings, demo=demo)
    traces = settings.traces_url
    return assemble(
        deps,
        build_research(settings, deps.store),
        longest_queue_seconds=settings.longest_queue_ms / 1000,
        traced_by=tracing.set_up(traces, settings.traces_share) if traces else None,
        documented=demo and docs.are_here() if settings.docs is None else settings.docs,
    )


def worker_app(*, demo: bool = False) -> FastAPI:
    """The app by the environment alone: what each worker process of `gap-server serve` runs."""
    for signalled in FROM_THE_TERMINAL:
        signal.signal(signalled, signal.SIG_IGN)  # after uvicorn set its own: our parent will tell us
    threading.Thread(target=_end_with_parent, daemon=True).start()
    return create_app(read_settings(), demo=demo)


def demo_worker_app() -> FastAPI:
    """The same for `gap-server demo --reload`."""
    return worker_app(demo=True)


def _end_with_parent() -> None:
    """A worker whose parent was killed would hold the port for ever, with nobody to tell it to end."""
    if (parent := multiprocessing.parent_process()) is not None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)


def assemble(
    deps: GameDeps,
    for_research: ResearchDeps | None = None,
    *,
    longest_queue_seconds: float = inf,
    traced_by: TracerProvider | None = None,
    documented: bool = False,
) -> FastAPI:
    """The HTTP application around what it works with; without `for_research` no SQL is served.

    `longest_queue_seconds`: how long calls may queue before some are turned away.
    """
    for_research = for_research or research_deps(deps.store, None, 0)
    limit = ConcurrencyLimit(longest_queue_seconds, monotonic())
    deps.store.when_lent = limit.waited
    app = FastAPI(
        title="gap-server",
        version=__version__,
        description="The game of Gamified Adversarial Prompting (arXiv 2410.04038).",
        openapi_url=f"{PREFIX}/openapi.json",
        docs_url=None,
        redirect_slashes=False,
        redoc_url=None,
        lifespan=_lifespan(deps, for_research, traced_by),
        telemetry=_telemetry(traced_by),
    )
    app.state.deps = deps
    app.state.research = for_research
    app.state.admission = Admission(limit)
    for module in (
        game,
        me,
        jury,
        together,
        auth,
        privacy,
        health,
        research,
        report,
        datasets,
    ):  # in the order of how often they are called
        # not include_router: it nests routers, and each call would pay for a second round of matching
        app.router.routes.extend(module.router.routes)
    problems.install(app)
    if documented:
        docs.install(app)
    mini_app.install(app, deps)
    app.add_middleware(RequestMiddleware)
    app.openapi = _openapi(app, app.openapi)  # type: ignore[method-assign]  # FastAPI's own way to extend it
    return app


def _telemetry(provider: TracerProvider | None) -> TelemetryConfig:
    """FastAPI's own spans, one a request. Its logs would hold what players write, its metrics repeat ours."""
    return {
        "tracing": provider is not None,
        "tracer_provider": provider,
        "metrics": False,
        "logs": False,
        "operation_spans": False,
        "auto_configure": False,
        "exclude": lambda scope: scope.get("path") in ALWAYS,
    }


def _lifespan(
    deps: GameDeps, for_research: ResearchDeps, traced_by: TracerProvider | None
) -> Callable[[FastAPI], AbstractAsyncContextManager[dict[str, Any]]]:
    @contextlib.asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[dict[str, Any]]:
        await deps.store.open()
        await for_research.counting.open()
        await for_research.gate.announce()
        _spare_the_collector()
        beside = [asyncio.create_task(work) for work in _beside_the_players(deps)]
        try:
            yield {"admission": app.state.admission}  # for our protocol, which asks it before a task is made
        finally:
            for task in beside:
                task.cancel()
            await asyncio.wait(beside)
            await deps.models.aclose()
            if deps.judge is not None:
                await deps.judge.aclose()
            await for_research.counting.close()
            await deps.store.close()
            if traced_by is not None:
                await asyncio.to_thread(tracing.send_the_last, traced_by)

    return lifespan


def _beside_the_players(deps: GameDeps) -> tuple[Coroutine[Any, Any, None], ...]:
    """What every server process does in the background; the database says which of them does what."""
    return (
        keep_sweeping(deps),
        keep_assessing(deps),
        keep_ranking(deps),
        keep_measuring(deps.store),
        keep_checking(deps, per_minute=deps.honest_checks_per_minute),
        keep_refitting(deps.store, minutes=deps.trust_refit_minutes),
        keep_comparing(deps.store),
    )


def _spare_the_collector() -> None:
    """What was made for good until now is no garbage: it is looked through no more, and the rest less often.

    A request makes hundreds of objects and hardly a cycle; with Python's own thresholds the collector runs at
    every other one.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def _openapi(app: FastAPI, generate: Callable[[], dict[str, Any]]) -> Callable[[], dict[str, Any]]:
    """FastAPI's own document, with our problem in place of its validation error."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            document = generate()
            schemas = document["components"]["schemas"]
            schemas["Problem"] = Problem.model_json_schema()
            for name in ("HTTPValidationError", "ValidationError"):
                schemas.pop(name, None)
            app.openapi_schema = document
        return app.openapi_schema

    return openapi
