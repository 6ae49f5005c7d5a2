"""The bot as a whole: put together from the settings, kept going whether Telegram is there or not."""

import asyncio
import contextlib
import json
import socket
from collections.abc import Awaitable, Callable, Iterator
from typing import Any, TypeAlias
from urllib.parse import urlsplit

import structlog
import uvicorn
from pydantic import SecretStr
from starlette.applications import Starlette
from telegram import LinkPreviewOptions, Update
from telegram.ext import Application, ApplicationBuilder, Defaults, ExtBot

from gap_server.bot.contact import Contact, NotingRequest, telling
from gap_server.bot.deps import BotDeps
from gap_server.bot.handlers import answers, sorry
from gap_server.bot.menu import set_up_menu
from gap_server.bot.outbox import keep_sending
from gap_server.bot.rate_limiter import PerChatRateLimiter
from gap_server.bot.retry import with_retry
from gap_server.bot.shares import keep_preparing
from gap_server.bot.update_processor import PerUserUpdateProcessor
from gap_server.bot.updates import (
    WANTED,
    MendingRequest,
    Take,
    keep_fetching,
    patiently,
    readable,
    webhook,
)
from gap_server.errors import SettingsError, StoreUnavailable
from gap_server.game.rules import Rules
from gap_server.play import inbox
from gap_server.settings import Settings
from gap_server.store.engine import Store

log = structlog.get_logger()

App: TypeAlias = Application[Any, Any, Any, Any, Any, Any]

AT_ONCE = 32
"""Exchanges under way at a time."""

MAX_HEAD_BYTES = 32 * 1024
"""Of what comes to the webhook. Telegram wants it behind a proxy, which bounds the rest."""


async def run(settings: Settings, **httpx_options: Any) -> None:
    """Be the bot until cancelled. `httpx_options` are for its HTTP client. Raises SettingsError."""
    deps, contact = _bot_deps(settings), Contact()
    app = _assemble(settings, deps, contact, httpx_options)
    await deps.store.open()
    try:
        async with telling(app.bot, deps.store, contact):
            await with_retry(app.initialize)
            await _work(settings, deps, app)
    finally:
        await app.shutdown()
        await app.bot.shutdown()  # also where it was never initialised, because Telegram never answered
        await deps.store.close()


def check(settings: Settings) -> None:
    """Name what is missing before anything is begun. Raises SettingsError."""
    _secret(settings.bot_token, "GAP_BOT_TOKEN")
    _public_url(settings)


def _bot_deps(settings: Settings) -> BotDeps:
    store = Store(_secret(settings.database_url, "GAP_DATABASE_URL"), size=settings.database_pool)
    key = settings.derived_bot_key()
    if key is None:
        raise SettingsError("GAP_BOT_TOKEN is missing: the bot cannot do without it.")
    return BotDeps(
        store=store,
        rules=Rules(),
        bot_key=key,
        app_name=settings.app_name,
        public_url=_public_url(settings),
    )


def _public_url(settings: Settings) -> str:
    url = (settings.public_url or "").rstrip("/")
    if not url.startswith("https://"):
        raise SettingsError("GAP_PUBLIC_URL is missing: Telegram opens the game there, at https://...")
    return url


def _secret(value: SecretStr | None, name: str) -> str:
    if value is None:
        raise SettingsError(f"{name} is missing: the bot cannot do without it.")
    return value.get_secret_value()


def _assemble(settings: Settings, deps: BotDeps, contact: Contact, httpx_options: dict[str, Any]) -> App:
    app = (
        ApplicationBuilder()
        .token(_secret(settings.bot_token, "GAP_BOT_TOKEN"))
        .base_url(f"{settings.bot_api_url.rstrip('/')}/bot")
        .request(NotingRequest(contact, connection_pool_size=2 * AT_ONCE, httpx_kwargs=httpx_options))
        .get_updates_request(MendingRequest(contact, httpx_kwargs=httpx_options))
        .rate_limiter(PerChatRateLimiter())
        .defaults(Defaults(link_preview_options=LinkPreviewOptions(is_disabled=True)))
        .concurrent_updates(PerUserUpdateProcessor(AT_ONCE, _forgetting(deps)))
        .updater(None)
        .job_queue(None)
        .build()
    )
    app.add_handlers(answers(deps))
    app.add_error_handler(sorry)
    return app


async def _work(settings: Settings, deps: BotDeps, app: App) -> None:
    await app.start()
    log.info("the bot is at work", username=app.bot.username)
    if settings.bot_main_app and not app.bot.bot.has_main_web_app:
        log.warning("GAP_BOT_MAIN_APP is set, but the bot has no main mini-app: invitations lead nowhere")
    try:
        async with asyncio.TaskGroup() as work:
            work.create_task(set_up_menu(app.bot, deps))
            work.create_task(_receive(settings, deps, app))
            work.create_task(keep_sending(app.bot, deps))
            work.create_task(keep_preparing(app.bot, deps))
    except ExceptionGroup as group:
        raise group.exceptions[0] from None
    finally:
        await app.stop()


async def _receive(settings: Settings, deps: BotDeps, app: App) -> None:
    take = _taking(deps, app)
    await _take_up(deps, app)
    if settings.bot_webhook_url is None:
        await keep_fetching(app.bot, take)
        return
    secret = _secret(settings.bot_webhook_secret, "GAP_BOT_WEBHOOK_SECRET")
    route = webhook(app.bot, take, urlsplit(settings.bot_webhook_url).path or "/", secret)
    await _tell_address(app.bot, settings.bot_webhook_url, secret)
    with _listener(settings.host, settings.bot_port) as listener:
        await _serve(route, listener)


async def _tell_address(bot: ExtBot[Any], url: str, secret: str) -> None:
    await with_retry(lambda: bot.set_webhook(url, secret_token=secret, allowed_updates=WANTED))


def _taking(deps: BotDeps, app: App) -> Take:
    async def take(update: Update) -> None:
        if await inbox.take(deps.store, app.bot.id, update.update_id, update.to_json()):
            await app.update_queue.put(update)

    return take


def _forgetting(deps: BotDeps) -> Callable[[Update], Awaitable[None]]:
    async def handled(update: Update) -> None:
        try:
            await inbox.handled(deps.store, update.get_bot().id, update.update_id)
        except StoreUnavailable as error:
            log.warning("an update may be answered again after a restart", error=str(error))

    return handled


async def _take_up(deps: BotDeps, app: App) -> None:
    """What a bot that died had taken and not answered is answered now."""
    for content in await patiently(lambda: inbox.left_behind(deps.store, app.bot.id)):
        if (update := readable(json.loads(content), app.bot)) is not None:
            await app.update_queue.put(update)


def _listener(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise SettingsError(f"GAP_BOT_PORT: cannot listen on {host}:{port}: {error.strerror}") from error


async def _serve(route: Starlette, listener: socket.socket) -> None:
    """Serve until cancelled; what is being answered then is answered."""
    config = uvicorn.Config(
        route,
        http="h11",  # the other one reads a head for as long as it comes, and nothing else meanwhile
        h11_max_incomplete_event_size=MAX_HEAD_BYTES,
        access_log=False,
        server_header=False,
        log_config=None,
        lifespan="off",
        timeout_graceful_shutdown=5,
    )
    server = _Route(config)
    serving = asyncio.create_task(server.serve([listener]))
    try:
        await asyncio.shield(serving)
    finally:
        server.should_exit = True
        await serving


class _Route(uvicorn.Server):
    """Leaves signals to the command line, which ends the bot as a whole."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield
