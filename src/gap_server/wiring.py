"""What the settings ask for, put together: the store, the models, the limits."""

import json
from datetime import timedelta

import structlog
from pydantic import ValidationError

from gap_server.demo.answerer import DemoModel
from gap_server.errors import SettingsError
from gap_server.game.rules import MODEL_LIMIT, Rules
from gap_server.play.deps import GameDeps
from gap_server.play.limits import Limits
from gap_server.play.picture_cache import PictureCache
from gap_server.research.deps import ResearchDeps, research_deps
from gap_server.settings import ModelEntry, Settings
from gap_server.store.engine import Store
from gap_server.vlm.answerer import Answerer
from gap_server.vlm.client.model import OpenAIModel
from gap_server.vlm.judge import Judge
from gap_server.vlm.models import FieldedModel, Models, Newcomer

log = structlog.get_logger(__name__)


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
