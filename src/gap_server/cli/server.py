"""gap-server demo | serve | openapi."""

import asyncio
import fcntl
import json
import os
import secrets
import signal
import socket
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager, suppress
from math import ceil
from pathlib import Path
from types import FrameType
from typing import Annotated, Any

import typer
import uvicorn
from fastapi import FastAPI
from pydantic import SecretStr
from rich.console import Console
from rich.progress import Progress
from uvicorn.supervisors import ChangeReload

from gap_server.api.http_protocol import BoundedProtocol
from gap_server.app import assemble, create_app
from gap_server.cli.announcement import announce
from gap_server.cli.database import administered, export_url, for_game, given_password, open_store
from gap_server.cli.metrics import serve_metrics
from gap_server.cli.signals import Terminated
from gap_server.cli.workers import WORKER_SECONDS, Workers
from gap_server.errors import SettingsError
from gap_server.operate import demo_scenes
from gap_server.operate.demo_scenes import World
from gap_server.settings import Settings, read_settings
from gap_server.store.engine import Store
from gap_server.store.migrations import migrate as migrate_to_head
from gap_server.wiring import build_deps

GRACE_SECONDS = 25  # a question under way is answered before the process goes

Port = Annotated[int | None, typer.Option(help="Port to listen on; 0 takes any that is free.")]


def register(app: typer.Typer) -> None:
    for command in (demo, serve, openapi):
        app.command()(command)


def demo(
    port: Port = None,
    data: Annotated[Path | None, typer.Option(help="Folder of the database, kept between runs.")] = None,
    *,
    world: Annotated[World, typer.Option(help="What the pictures show.")] = World.SCENES,
    reload: Annotated[bool, typer.Option("--reload", help="Start anew whenever the code changes.")] = False,
) -> None:
    """Play here and now: embedded Postgres, demo images, demo answerer."""
    settings = _demo_settings(port, data)
    with _listening(settings) as listener, administered(settings) as url, _folder_in_use(settings):
        migrate_to_head(url, given_password(settings), export_url(settings))
        settings = for_game(settings, url)
        _tidily(_stock(settings, world))
        with serve_metrics(settings.host, settings.metrics_port, workers=1):
            if reload:
                _serve_as_it_changes(settings, listener)
            else:
                _serve_until_told(create_app(settings, demo=True), listener, settings)


def serve(
    workers: Annotated[int, typer.Option(min=1, help="Server processes.")] = 1, port: Port = None
) -> None:
    """The server, by settings alone."""
    settings = _with_key_only(read_settings(**_given(port=port)))
    with (
        _listening(settings) as listener,
        administered(settings) as url,
        serve_metrics(settings.host, settings.metrics_port, workers=workers),
    ):
        settings = for_game(settings, url)
        app = create_app(settings)  # also where many workers run theirs: what is missing is said once, here
        if workers == 1:
            _serve_until_told(app, listener, settings)
            return
        _hand_down(settings, workers)
        config = uvicorn.Config(
            "gap_server.app:worker_app",
            factory=True,
            workers=workers,
            timeout_worker_healthcheck=WORKER_SECONDS,
            **_options(settings),
        )
        Workers(config, lambda: _announce_beside(settings, listener), sockets=[listener]).run()


def openapi() -> None:
    """Print the OpenAPI document that the server publishes."""
    nowhere = Settings(database_url=SecretStr("postgresql://"), bot_key=SecretStr("0" * 64), _env_file=None)
    typer.echo(json.dumps(assemble(build_deps(nowhere, demo=True)).openapi(), indent=1))


def _tidily(work: Coroutine[Any, Any, None]) -> None:
    """Do it; a signal cancels it where it waits, instead of tearing it apart wherever it is."""
    if (told := asyncio.run(_until_told(work))) is not None:
        raise Terminated(128 + told)


async def _until_told(work: Coroutine[Any, Any, None]) -> int | None:
    """The signal that ended it; a second one changes nothing."""
    loop, task = asyncio.get_running_loop(), asyncio.create_task(work)
    told: list[int] = []

    def tell(number: int, _frame: FrameType | None) -> None:
        told.append(number)
        loop.call_soon_threadsafe(task.cancel)

    before = {number: signal.signal(number, tell) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        await task
    except asyncio.CancelledError:
        return told[0]
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    return None


def _serve_until_told(app: FastAPI, listener: socket.socket, settings: Settings) -> None:
    # once all is closed, uvicorn raises the signal that ended it once more: to us that is a good end
    with suppress(Terminated, KeyboardInterrupt):
        _Announced(uvicorn.Config(app, **_options(settings)), settings).run(sockets=[listener])


def _serve_as_it_changes(settings: Settings, listener: socket.socket) -> None:
    """The demo in a process of its own, which makes way for a new one when a file of ours changes."""
    _hand_down(settings)
    code = Path(__file__).parents[1]
    config = uvicorn.Config(
        "gap_server.app:demo_worker_app",
        factory=True,
        reload=True,
        reload_dirs=[str(code)],
        **_options(settings),
    )
    ChangeReload(config, target=_Announced(config, settings).run, sockets=[listener]).run()


@contextmanager
def _listening(settings: Settings) -> Iterator[socket.socket]:
    """The server's port, taken before a start's long work. Raises SettingsError where it is not free."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((settings.host, settings.port))
        except OSError as error:
            raise SettingsError(
                f"GAP_PORT: cannot listen on {settings.host}:{settings.port}: {error.strerror}"
            ) from error
        listener.set_inheritable(True)
        yield listener


@contextmanager
def _folder_in_use(settings: Settings) -> Iterator[None]:
    """Two demos may share a folder, but whoever starts the second should know."""
    if settings.database_url is not None:
        yield
        return
    with (settings.data_dir / "demo-in-use").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            Console(stderr=True, soft_wrap=True).print(
                f"Another demo runs on the folder {settings.data_dir}: both share its pictures and players.",
                style="yellow",
                markup=False,
            )
        yield


class _Announced(uvicorn.Server):
    """Says where it listens once it does."""

    def __init__(self, config: uvicorn.Config, settings: Settings) -> None:
        super().__init__(config)
        self._settings = settings
        self._announcing: asyncio.Task[None] | None = None

    async def startup(self, sockets: Any = None) -> None:
        await super().startup(sockets)
        self._announcing = asyncio.create_task(announce(self._settings, sockets[0]))

    async def shutdown(self, sockets: Any = None) -> None:
        if self._announcing is not None:
            self._announcing.cancel()
        await super().shutdown(sockets)
        if self.force_exit:  # a second Ctrl-C: nobody is waited for, but what is open is closed all the same
            await self.lifespan.shutdown()


def _announce_beside(settings: Settings, listener: socket.socket) -> None:
    """The same from a process that serves nobody itself."""
    announcing = announce(settings, listener)
    threading.Thread(target=asyncio.run, args=(announcing,), daemon=True).start()


def _demo_settings(port: int | None, data: Path | None) -> Settings:
    settings = read_settings(**_given(port=port, data_dir=data))
    key = settings.derived_bot_key()
    by_name = key is None if settings.demo_sign_in is None else settings.demo_sign_in
    key = key or secrets.token_bytes(32)
    return settings.model_copy(
        update={"bot_key": SecretStr(key.hex()), "bot_token": None, "demo_sign_in": by_name}
    )


def _given(**options: object) -> dict[str, object]:
    """Command-line options beat the environment, where they are given."""
    return {name: value for name, value in options.items() if value is not None}


def _with_key_only(settings: Settings) -> Settings:
    """From here on nobody holds the bot's token, only the key derived from it."""
    key = settings.derived_bot_key()
    if key is None:
        raise SettingsError("GAP_BOT_KEY (or GAP_BOT_TOKEN) is missing: without it nobody can sign in.")
    os.environ.pop("GAP_BOT_TOKEN", None)
    return settings.model_copy(update={"bot_key": SecretStr(key.hex()), "bot_token": None})


def _hand_down(settings: Settings, workers: int = 1) -> None:
    """Worker processes read the environment: what was found out here, and their share of the model."""
    os.environ["GAP_VLM_MAX_IN_FLIGHT"] = str(ceil(settings.vlm_max_in_flight / workers))
    os.environ["GAP_VLM_MAX_WAITING"] = str(ceil(settings.vlm_max_waiting / workers))
    if settings.database_url is not None and settings.bot_key is not None:
        os.environ["GAP_DATABASE_URL"] = settings.database_url.get_secret_value()
        os.environ["GAP_BOT_KEY"] = settings.bot_key.get_secret_value()
    if settings.export_database_url is not None:
        os.environ["GAP_EXPORT_DATABASE_URL"] = settings.export_database_url.get_secret_value()
    os.environ["GAP_DEMO_SIGN_IN"] = str(bool(settings.demo_sign_in)).lower()


def _options(settings: Settings) -> dict[str, Any]:
    return {
        "proxy_headers": settings.trusted_proxies is not None,
        "forwarded_allow_ips": settings.trusted_proxies,
        "http": BoundedProtocol,
        "ws": "none",
        "access_log": False,
        "server_header": False,
        "log_config": None,
        "timeout_graceful_shutdown": GRACE_SECONDS,
    }


async def _stock(settings: Settings, world: World) -> None:
    """See to it that there is something to play with that the demo's model can answer about."""
    async with open_store(settings) as store:
        await _draw_missing(store, world)
        if not settings.vlm_urls:
            await _warn_of_strangers(store)


async def _draw_missing(store: Store, world: World) -> None:
    """Draw what demo scenes are missing, and show how far it is."""
    counts = demo_scenes.stock_demo(store, world)
    total = await anext(counts)
    if not total:
        return
    with Progress(transient=True, console=Console(stderr=True)) as progress:
        task = progress.add_task(f"Drawing {total} demo images", total=total)
        async for left in counts:
            progress.update(task, completed=total - left)


async def _warn_of_strangers(store: Store) -> None:
    if count := await demo_scenes.strangers(store):
        Console(stderr=True, soft_wrap=True).print(
            f"{count} images in play are yours, and the demo answerer knows only the demo's: name a "
            "model in GAP_VLM_URLS, or retire them.",
            style="yellow",
        )
