"""The real Postgres, a stocked database for each test that wants one, and the application around it."""

import asyncio
import fcntl
import os
import secrets
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from shutil import disk_usage
from tempfile import TemporaryDirectory
from typing import Any

import asyncpg
import httpx
import pytest
from fastapi import FastAPI

from gap_server.app import assemble
from gap_server.demo.answerer import DemoModel
from gap_server.game.rules import Rules
from gap_server.game.state import Pool
from gap_server.operate import demo_scenes
from gap_server.operate.moderation import ModerationDeps
from gap_server.play.deps import GameDeps
from gap_server.play.limits import Limits
from gap_server.play.picture_cache import PictureCache
from gap_server.store.embedded import embedded_postgres
from gap_server.store.engine import Store
from gap_server.store.export.logins import CLOSE_DATABASE
from gap_server.store.migrations import migrate
from gap_server.store.roles import GAME, with_login
from gap_server.vlm.models import Models
from gap_server.vlm.protocol import Model
from tests.playing import BOT_KEY

ROOT = Path(__file__).parents[1]
MEMORY = Path("/dev/shm")  # noqa: S108  # what is made there has a name of its own and is its maker's only
ROOM_BYTES = 4 * 2**30
"""More than all workers of a run take: some hundred megabytes each."""

TEMPLATE = "gap_template"
ADMINISTRATOR = "postgres"
LIMITS = Limits.hourly(tokens=10, sign_ins=1000, sign_ins_by_address=1000, share_cards=100)
STOCK = {Pool.SIMPLE: 24, Pool.COMPLEX: 20}


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A superuser's address, of a server that each worker has for itself. TEMPLATE is in it, for copying."""
    own = tmp_path_factory.getbasetemp()
    made = _made_once(own.parent if "PYTEST_XDIST_WORKER" in os.environ else own)
    with TemporaryDirectory(prefix="gap-tests-", dir=_in_memory()) as folder:
        # not by shutil: where root runs the tests, the files belong to another user
        subprocess.run(["cp", "-a", f"{made}/.", folder], check=True)  # noqa: S607
        with embedded_postgres(Path(folder)) as url:
            yield url


def _in_memory() -> Path | None:
    """A folder in memory, where there is room: there a copy of the template takes a fifth of the time."""
    has_room = MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and disk_usage(MEMORY).free > ROOM_BYTES
    return MEMORY if has_room else None


def _made_once(shared: Path) -> Path:
    """The data folder of a server at rest, which the first worker of a run makes: a migrated database with
    some demo scenes in it. Nothing in it needs to survive a power cut, so it does not wait for the disk."""
    made, making = shared / "postgres", shared / "postgres-in-the-making"
    with (shared / "making").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if made.exists():
            return made
        with embedded_postgres(making) as url:
            little = ("alter system set fsync = off", "alter system set max_wal_size = '256MB'")
            asyncio.run(administer(url, *little, "select pg_reload_conf()", f"create database {TEMPLATE}"))
            migrate(address_of(url, TEMPLATE))
            asyncio.run(_stock(address_of(url, TEMPLATE)))
        return making.rename(made)


@pytest.fixture(scope="session")
def template(postgres: str) -> str:
    return address_of(postgres, TEMPLATE)


@pytest.fixture
async def database_url(postgres: str, template: str) -> AsyncIterator[str]:
    """A fresh copy of the template: an administrator's address."""
    async with copy_of_template(postgres, template) as url:
        yield url


@pytest.fixture(scope="module")
async def shared_client(postgres: str, template: str) -> AsyncIterator[httpx.AsyncClient]:
    """One application for a whole file of tests, for those that leave nothing behind that matters."""
    async with copy_of_template(postgres, template) as url:
        store = Store(with_login(url, GAME), size=5)
        await store.open()
        async with client_of(assemble(make_deps(store, DemoModel()))) as client:
            yield client
        await store.close()


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    """What the server sees: the game's login."""
    store = Store(with_login(database_url, GAME), size=10)
    await store.open()
    yield store
    await store.close()


@pytest.fixture
def deps(store: Store) -> GameDeps:
    return make_deps(store, DemoModel())


@pytest.fixture
async def client(deps: GameDeps) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(assemble(deps)) as client:
        yield client


def make_deps(store: Store, model: Model, rules: Rules | None = None, **settings: Any) -> GameDeps:
    """A deps as `app` builds it, around what a test brings."""
    deps = GameDeps(
        store=store,
        models=Models.of(model),
        pictures=PictureCache(),
        rules=rules or Rules(),
        bot_key=BOT_KEY,
        sessions_per_day=50,
        limits=LIMITS,
        demo_sign_in=True,
    )
    return replace(deps, **settings)


def moderating(store: Store) -> ModerationDeps:
    return ModerationDeps(store, BOT_KEY, "a test")


@asynccontextmanager
async def client_of(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """The application without a socket in between. No sweeper runs: tests sweep when they mean to."""
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=True)
    async with httpx.AsyncClient(
        transport=transport, base_url="http://gap.test/api/v1", timeout=60
    ) as client:
        yield client


@asynccontextmanager
async def copy_of_template(postgres: str, template: str) -> AsyncIterator[str]:
    name = f"t_{secrets.token_hex(6)}"
    await administer(postgres, f"create database {name} template {TEMPLATE} strategy = file_copy")
    url = address_of(template, name)
    await administer(url, CLOSE_DATABASE)  # who may come into a database is not copied with it
    yield url
    await administer(postgres, f"drop database {name} with (force)")


@asynccontextmanager
async def database_of_its_own(postgres: str) -> AsyncIterator[str]:
    """An empty one: an administrator's address."""
    name = f"e_{secrets.token_hex(6)}"
    await administer(postgres, f"create database {name}")
    yield address_of(postgres, name)
    await administer(postgres, f"drop database {name} with (force)")


def address_of(url: str, name: str) -> str:
    before, _, after = url.partition("?")
    return f"{before.rpartition('/')[0]}/{name}?{after}"


async def administer(url: str, *statements: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        for statement in statements:
            await connection.execute(statement)
    finally:
        await connection.close()


@asynccontextmanager
async def administrator(store: Store) -> AsyncIterator[Any]:
    """A look past the game's login, into the same database: for what the game itself may not do."""
    connection = await asyncpg.connect(with_login(store.url, ADMINISTRATOR))
    try:
        async with connection.transaction():
            yield connection
    finally:
        await connection.close()


async def _stock(url: str) -> None:
    """A part of the demo's scenes: enough for four sessions of one player."""
    store = Store(with_login(url, GAME), size=2)
    await store.open()
    try:
        async for _ in demo_scenes.stock_demo(store, scenes=STOCK):
            pass
    finally:
        await store.close()
