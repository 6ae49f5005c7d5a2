"""The mini-app's files at `/`, with the headers that keep it to itself."""

import asyncio
import html
import re
from base64 import b64encode
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlencode

from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import HTMLResponse, Response
from starlette.routing import Match, Mount
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

import gap_server
from gap_server.game.names import NAME_MAX_CHARS
from gap_server.game.rules import (
    CORRECTION_MAX_CHARS,
    MAX_SCORE,
    POINTS_PER_LIE,
    QUESTION_MAX_CHARS,
    ROUNDS_TOTAL,
    TAINTED_ROUNDS,
    Rules,
)
from gap_server.play.deps import GameDeps

PACKAGED = Path(gap_server.__file__).parent / "webapp"
PAGE = "index.html"
OWN_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
RULES_META = '<meta name="rules" content=""'
IN_CHECKOUT = Path(gap_server.__file__).parents[2] / "webapp" / "dist"

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'{own} https://telegram.org; style-src 'self'; "
    "img-src 'self' blob:; connect-src 'self'; "
    "frame-ancestors 'self' https://web.telegram.org https://*.telegram.org; "
    "base-uri 'none'; form-action 'none'"
)


class MiniApp(StaticFiles):
    """Hashed assets stay for good; the page is asked for anew each time, so a deploy is seen at once."""

    def __init__(self, folder: Path, title: str, rules: Rules) -> None:
        super().__init__(directory=folder, html=True)
        self.page = folder / PAGE
        self.title = title
        self.rules = rules

    async def get_response(self, path: str, scope: Scope) -> Response:
        response, own = await super().get_response(path, scope), ""
        if path in {".", PAGE} and response.status_code < 400:
            page = await asyncio.to_thread(_page, self.page, self.title, self.rules)
            response, own = HTMLResponse(page), _own_scripts(page)
        is_asset = path.startswith("assets/") and response.status_code < 400
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if is_asset else "no-cache"
        response.headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY.format(own=own)
        return response


class Pages(Mount):
    """Everything but the API: there, a method that a path does not take is no missing page."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        return (Match.NONE, {}) if scope["path"].startswith("/api/") else super().matches(scope)


def _own_scripts(page: str) -> str:
    """What the page's policy names of scripts that stand in the page: those, to the letter, and no other."""
    digests = (sha256(script.encode()).digest() for script in OWN_SCRIPT.findall(page))
    return "".join(f" 'sha256-{b64encode(digest).decode()}'" for digest in digests)


def _page(page: Path, title: str, rules: Rules) -> str:
    """The page under the operator's name for the game, with the numbers of its rules.

    Read anew each time: a build may have replaced it.
    """
    before, after = page.read_text(encoding="utf-8").split("<title>", 1)
    after = after.split("</title>", 1)[1].replace(RULES_META, f'{RULES_META[:-1]}{_numbers(rules)}"', 1)
    return f"{before}<title>{html.escape(title)}</title>{after}"


def _numbers(rules: Rules) -> str:
    return html.escape(
        urlencode(
            {
                "ROUNDS": ROUNDS_TOTAL,
                "LIES": TAINTED_ROUNDS,
                "POINTS": POINTS_PER_LIE,
                "MAX": MAX_SCORE,
                "SECONDS": rules.round_time // timedelta(seconds=1),
                "QUESTION": QUESTION_MAX_CHARS,
                "CORRECTION": CORRECTION_MAX_CHARS,
                "NAME": NAME_MAX_CHARS,
            }
        )
    )


def install(app: FastAPI, deps: GameDeps) -> None:
    """Serve the built mini-app, where there is one."""
    folder = next((f for f in (PACKAGED, IN_CHECKOUT) if (f / PAGE).exists()), None)
    if folder is not None:
        files = GZipMiddleware(MiniApp(folder, deps.app_name, deps.rules))
        app.router.routes.append(Pages("/", files, name="mini-app"))
