"""The API's documentation: where it is asked for, by files of this server alone."""

import re
import sys

import httpx
import pytest

from gap_server.api import docs
from gap_server.app import assemble
from gap_server.demo.answerer import DemoModel
from gap_server.errors import SettingsError
from gap_server.store.engine import Store
from tests.world import client_of, make_deps

NOWHERE = "postgresql://"


async def looked(path: str, *, documented: bool) -> httpx.Response:
    app = assemble(make_deps(Store(NOWHERE, size=2), DemoModel()), documented=documented)
    async with client_of(app) as client:
        return await client.get(f"http://gap.test{path}")


async def test_the_page_loads_what_this_server_has_and_nothing_else() -> None:
    page = await looked("/docs", documented=True)
    assert page.status_code == 200
    assert "script-src 'self'; " in page.headers["content-security-policy"]
    loaded = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert set(loaded) == {"/docs/swagger-ui.css", "/docs/swagger-ui-bundle.js", "/docs/start.js", "data:,"}
    for path in sorted(set(loaded) - {"data:,"}):
        assert (await looked(path, documented=True)).status_code == 200
    assert "/api/v1/openapi.json" in docs.START


async def test_without_being_asked_for_it_is_not_there() -> None:
    for path in ("/docs", "/docs/start.js"):
        assert (await looked(path, documented=False)).status_code == 404


async def test_asked_for_without_its_package_the_start_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(docs, "PACKAGE", "gap_no_such_package")
    assert not docs.are_here()
    with pytest.raises(SettingsError, match=r"gap-server\[docs\]"):
        await looked("/docs", documented=True)
    assert "gap_no_such_package" not in sys.modules
