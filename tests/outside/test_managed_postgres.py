"""A Postgres without a superuser, as hosting companies rent it: what runs, and what is said of the rest."""

import asyncio
from collections.abc import Iterator

import httpx
import pytest

from gap_server.store.embedded import embedded_postgres
from gap_server.store.roles import with_login
from tests.outside.server_process import ServerProcess
from tests.world import address_of, administer

OWNER = "create role tenant login createdb createrole", "create database game owner tenant"
MISSING = (
    "gap_export may call ",
    "may read pg_",
    "may write to pg_settings",
    "has -1 as temp_file_limit, not 1GB",
    "run `gap-server migrate` as a superuser; where there is none",
    "name it in GAP_EXPORT_DATABASE_URL",
)


@pytest.fixture(scope="module")
def tenant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a login that may make databases and roles, and owns this database."""
    with embedded_postgres(tmp_path_factory.mktemp("managed")) as url:
        for statement in OWNER:
            asyncio.run(administer(url, statement))
        yield with_login(address_of(url, "game"), "tenant")


def asked(address: str, *arguments: str) -> ServerProcess:
    return ServerProcess(*arguments, database_url=address, vlm_urls="http://127.0.0.1:9/v1", vlm_model="m")


async def test_all_but_sql_is_served_and_what_is_missing_is_said(tenant: str) -> None:
    with asked(tenant, "migrate") as migrating:
        assert await migrating.start().ended() == 0, migrating.output
    with asked(tenant, "status") as status:
        await status.start().ended()
        (line,) = [line for line in status.output.splitlines() if line.startswith("✗ research")]
        assert all(part in line for part in MISSING), line
        assert "until then no SQL is served; players, data sets and the report are" in status.output
    with asked(tenant, "serve", "--port", "0") as server:
        url = await server.start().ready()
        async with httpx.AsyncClient(base_url=url) as client:
            assert (await client.get("/healthz")).status_code == httpx.codes.OK
        (line,) = [line for line in server.output.splitlines() if "is not served" in line]
        assert all(part in line for part in MISSING), line
