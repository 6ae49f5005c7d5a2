"""create_app: the one place where the HTTP parts are put together."""

import asyncio
import contextlib
import gc
import json
import multiprocessing
import os
import signal
import threading
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from math import inf
from typing import Any

import structlog
from fastapi import FastAPI
from pydantic import ValidationError

from gap_server import __version__
from gap_server.api import (
    PREFIX,
    auth,
    datasets,
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
from gap_server.api.admission import Admission
from gap_server.api.middleware import RequestMiddleware
from gap_server.api.problems import Problem
from gap_server.demo.answerer import DemoModel
from gap_server.errors import SettingsError
from gap_server.game.rules import MODEL_LIMIT, Rules
from gap_server.logs import set_up_logs
from gap_server.operate.child_processes import FROM_THE_TERMINAL
from gap_server.operate.gauges import keep_measuring
from gap_server.operate.trust import keep_refitting
from gap_server.play.deps import GameDeps
from gap_server.play.honest_checks import keep_checking
from gap_server.play.limits import Limits
from gap_server.play.picture_cache import PictureCache
from gap_server.play.ranking import keep_ranking
from gap_server.play.sharpness import keep_assessing
from gap_server.play.sweeper import keep_sweeping
from gap_server.research.deps import ResearchDeps, research_deps
from gap_server.settings import ModelEntry, Settings, read_settings
from gap_server.store.engine import Store
from gap_server.vlm.answerer import Answerer
from gap_server.vlm.client.model import OpenAIModel
from gap_server.vlm.judge import Judge
from gap_server.vlm.models import FieldedModel, Models, Newcomer

log = structlog.get_logger(__name__)


def create_app(settings: Settings, *, demo: bool = False) -> FastAPI:
    """`demo`: without a model server the demo answerer answers; whoever gives a name may play, if so set.

    Raises SettingsError where something is missing.
    """
    set_up_logs(settings.log_format, settings.log_level)
    deps = build_deps(settings, demo=demo)
    return assemble(
        deps, build_research(settings, deps.store), longest_queue_seconds=settings.longest_queue_ms / 1000
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
    deps: GameDeps, for_research: ResearchDeps | None = None, *, longest_queue_seconds: float = inf
) -> FastAPI:
    """The HTTP application around what it works with; without `for_research` no SQL is served.

    `longest_queue_seconds`: how long calls may queue before some are turned away.
    """
    for_research = for_research or research_deps(deps.store, None, 0)
    app = FastAPI(
        title="gap-server",
        version=__version__,
        description="The game of Gamified Adversarial Prompting (arXiv 2410.04038).",
        openapi_url=f"{PREFIX}/openapi.json",
        docs_url=None,
        redirect_slashes=False,
        redoc_url=None,
        lifespan=_lifespan(deps, for_research),
    )
    app.state.deps = deps
    app.state.research = for_research
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
    mini_app.install(app, deps)
    app.add_middleware(
        Admission, queue_seconds=deps.store.queue_seconds, longest_queue_seconds=longest_queue_seconds
    )
    app.add_middleware(RequestMiddleware)  # around it: who is turned away is counted and named, too
    app.openapi = _openapi(app, app.openapi)  # type: ignore[method-assign]  # FastAPI's own way to extend it
    return app


def build_deps(settings: Settings, *, demo: bool) -> GameDeps:
    if settings.database_url is None:
        raise SettingsError("GAP_DATABASE_URL is missing.")
    key = settings.derived_bot_key()
    if key is None:
        raise SettingsError("GAP_BOT_KEY (or GAP_BOT_TOKEN) is missing: without it nobody can sign in.")
    store = Store(settings.database_url.get_secret_value(), size=settings.database_pool)
    return GameDeps(
        store=store,
        models=build_models(settings, demo=demo),
        pictures=PictureCache(),
        rules=Rules(
            deal=settings.deal,
            paper_control_rounds=settings.control_rounds,
            round_time=timedelta(seconds=settings.round_seconds),
            session_time=timedelta(minutes=settings.session_minutes),
        ),
        bot_key=key,
        judge=_judge(settings),
        oracle=DemoModel().truth if demo else None,
        honest_checks_per_minute=settings.honest_checks_per_minute,
        trust_refit_minutes=settings.trust_refit_minutes,
        sessions_per_day=settings.sessions_per_day,
        limits=Limits.hourly(
            tokens=settings.tokens_per_player,
            sign_ins=settings.sign_ins_per_hour,
            sign_ins_by_address=settings.sign_ins_per_hour_by_address,
            share_cards=settings.share_cards_per_hour,
        ),
        demo_sign_in=demo and bool(settings.demo_sign_in),
        cases_per_day=settings.cases_per_day,
        app_name=settings.app_name,
        bot_name=settings.bot_name,
        bot_main_app=settings.bot_main_app,
    )


def build_research(settings: Settings, store: Store) -> ResearchDeps:
    url = settings.export_database_url
    return research_deps(store, url.get_secret_value() if url else None, settings.export_delay_seconds)


def build_models(settings: Settings, *, demo: bool) -> Models:
    """The models that the settings put into the field; in a demo that names none, the demo answerer.

    Raises SettingsError where there is no model to play against.
    """

    def enlist(newcomer: Newcomer) -> FieldedModel | None:
        if not newcomer.urls and not settings.vlm_urls:
            log.warning("nobody serves a model that was promoted", model=newcomer.id.name)
            return None
        return _fielded(settings, newcomers_entry(newcomer))

    fielded = [_fielded(settings, entry) for entry in settings.fielded_models()]
    if not fielded and demo:
        errors = (settings.demo_error_complex, settings.demo_error_simple)
        return Models.of(DemoModel(*errors), gated=settings.vlm_gate, enlist=enlist)
    if not fielded:
        raise SettingsError("GAP_VLM_URLS is missing: there is no model to play against.")
    return Models(fielded, enlist)


def newcomers_entry(newcomer: Newcomer) -> ModelEntry:
    """A model that was registered in the database, as the settings would name it.

    Raises SettingsError where what was registered is no model.
    """
    name, revision = newcomer.id
    told = {
        "urls": tuple(newcomer.urls),
        "dialect": newcomer.dialect,
        "extra_body": dict(newcomer.extra_body),
    }
    try:
        return ModelEntry.model_validate({"name": name, "revision": revision, **told})
    except ValidationError as error:
        raise SettingsError(f"{name} is registered wrongly: {error.errors()[0]['msg']}.") from error


def _fielded(settings: Settings, entry: ModelEntry) -> FieldedModel:
    model = build_model(settings, entry)
    return FieldedModel(model, Answerer(model, gated=settings.vlm_gate), entry.weight)


def _judge(settings: Settings) -> Judge | None:
    if settings.judge_url is None or settings.judge_model is None:
        return None
    key = settings.judge_api_key
    return Judge(settings.judge_url, settings.judge_model, api_key=key.get_secret_value() if key else None)


def build_model(
    settings: Settings,
    entry: ModelEntry,
    *,
    limit_seconds: float = MODEL_LIMIT.total_seconds(),
    max_in_flight: int | None = None,
) -> OpenAIModel:
    """`limit_seconds`: for one answer; `max_in_flight`: instead of the settings', where no player asks."""
    key = settings.vlm_api_key
    extra_body = json.loads(settings.vlm_extra_body) if settings.vlm_extra_body else {}
    return OpenAIModel(
        urls=entry.urls or settings.vlm_urls,
        model=entry.name,
        dialect=entry.dialect or settings.vlm_dialect,
        api_key=key.get_secret_value() if key else None,
        revision=entry.revision,
        max_in_flight=max_in_flight or settings.vlm_max_in_flight,
        max_waiting=settings.vlm_max_waiting,
        extra_body=extra_body | entry.extra_body,
        limit_seconds=limit_seconds,
    )


def _lifespan(
    deps: GameDeps, for_research: ResearchDeps
) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @contextlib.asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        await deps.store.open()
        await for_research.counting.open()
        await for_research.gate.announce()
        _spare_the_collector()
        beside = [asyncio.create_task(work) for work in _beside_the_players(deps)]
        try:
            yield
        finally:
            for task in beside:
                task.cancel()
            await asyncio.wait(beside)
            await deps.models.aclose()
            if deps.judge is not None:
                await deps.judge.aclose()
            await for_research.counting.close()
            await deps.store.close()

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
