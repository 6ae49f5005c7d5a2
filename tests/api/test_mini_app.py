"""How the mini-app's files are served: kept to themselves, compressed, fresh after a deploy."""

import html
import re
from base64 import b64encode
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

import httpx
import pytest

from gap_server.api import mini_app
from gap_server.app import assemble
from gap_server.play.deps import GameDeps
from tests.world import ROOT, client_of

RULES = ROOT / "webapp" / "src" / "i18n" / "rules.ts"


@pytest.fixture(autouse=True)
def _built() -> None:
    if not (mini_app.IN_CHECKOUT / "index.html").exists():
        pytest.skip("the mini-app is not built: make setup")


async def fetch(client: httpx.AsyncClient, path: str) -> httpx.Response:
    return await client.get(f"http://gap.test{path}", headers={"Accept-Encoding": "gzip"})


async def test_the_page_is_asked_for_anew_and_may_be_framed_by_telegram_alone(
    shared_client: httpx.AsyncClient,
) -> None:
    page = await fetch(shared_client, "/")
    assert (page.status_code, page.headers["cache-control"]) == (200, "no-cache")
    policy = page.headers["content-security-policy"]
    (own,) = re.findall(r"<script>(.*?)</script>", page.text, re.DOTALL)
    named = f"'sha256-{b64encode(sha256(own.encode()).digest()).decode()}'"
    assert policy.startswith(
        f"default-src 'none'; script-src 'self' {named} https://telegram.org; style-src 'self';"
    )
    assert "frame-ancestors 'self' https://web.telegram.org https://*.telegram.org" in policy
    assert "unsafe" not in policy
    assert "x-frame-options" not in page.headers
    assert page.headers["x-content-type-options"] == "nosniff"
    assert not re.search(r"<style|\son\w+=|\sstyle=", page.text)


async def test_hashed_assets_stay_for_good_and_travel_compressed(shared_client: httpx.AsyncClient) -> None:
    page = await fetch(shared_client, "/")
    assets = re.findall(r'"(?:\./|/)?(assets/[^"]+)"', page.text)
    assert assets
    for asset in assets:
        file = await fetch(shared_client, f"/{asset}")
        assert file.status_code == 200
        assert file.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert file.headers.get("content-encoding") == "gzip" or len(file.content) < 500


@pytest.mark.parametrize("path", ["/nothing", "/assets/nothing.js", "/..%2f..%2fpyproject.toml", "/api/v1/x"])
async def test_what_is_not_there_is_a_404(path: str, shared_client: httpx.AsyncClient) -> None:
    missing = await fetch(shared_client, path)
    assert missing.status_code == 404
    assert "immutable" not in missing.headers.get("cache-control", "")


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/api/v1/healthz", "/api/v1/readyz"])
async def test_operators_are_answered_at_the_root_and_under_the_prefix(
    path: str, shared_client: httpx.AsyncClient
) -> None:
    response = await fetch(shared_client, path)
    assert (response.status_code, response.json()) == (200, {"status": "ok"})
    assert (await shared_client.head(f"http://gap.test{path}")).status_code == 200


async def test_the_page_knows_the_numbers_of_the_rules(deps: GameDeps) -> None:
    """Texts take them from here: another time a picture is told where it is set."""
    for seconds in (120, 45):
        rules = replace(deps.rules, round_time=timedelta(seconds=seconds))
        async with client_of(assemble(replace(deps, rules=rules))) as client:
            page = await fetch(client, "/")
        numbers = f"ROUNDS=10&LIES=5&POINTS=20&MAX=100&SECONDS={seconds}&QUESTION=500&CORRECTION=500&NAME=40"
        assert f'<meta name="rules" content="{html.escape(numbers)}" />' in page.text
        if seconds == 120:
            assert f'"{numbers}"' in RULES.read_text(), "what a page has that no server wrote is the same"


async def test_the_page_bears_the_name_that_the_operator_gave_the_game(deps: GameDeps) -> None:
    async with client_of(assemble(replace(deps, app_name='Spot <the> "Lie"'))) as client:
        page = await fetch(client, "/")
        # Renamed, the page is no older file that a browser may keep.
        again = await client.get("http://gap.test/index.html", headers={"If-None-Match": "*"})
    assert "<title>Spot &lt;the&gt; &quot;Lie&quot;</title>" in page.text
    assert again.text == page.text
