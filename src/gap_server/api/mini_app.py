"""The mini-app's files at `/`, with the headers that keep it to itself."""

from pathlib import Path

from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response
from starlette.routing import Match, Mount
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

import gap_server

PACKAGED = Path(gap_server.__file__).parent / "webapp"
IN_CHECKOUT = Path(gap_server.__file__).parents[2] / "webapp" / "dist"

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self' https://telegram.org; style-src 'self'; img-src 'self' blob:; "
    "connect-src 'self'; frame-ancestors 'self' https://web.telegram.org https://*.telegram.org; "
    "base-uri 'none'; form-action 'none'"
)


class MiniApp(StaticFiles):
    """Hashed assets stay for good; the page is asked for anew each time, so a deploy is seen at once."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        is_asset = path.startswith("assets/") and response.status_code < 400
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if is_asset else "no-cache"
        response.headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
        return response


class Pages(Mount):
    """Everything but the API: there, a method that a path does not take is no missing page."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        return (Match.NONE, {}) if scope["path"].startswith("/api/") else super().matches(scope)


def install(app: FastAPI) -> None:
    """Serve the built mini-app, where there is one."""
    folder = next((f for f in (PACKAGED, IN_CHECKOUT) if (f / "index.html").exists()), None)
    if folder is not None:
        files = GZipMiddleware(MiniApp(directory=folder, html=True))
        app.router.routes.append(Pages("/", files, name="mini-app"))
