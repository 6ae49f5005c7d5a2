"""The API's documentation at /docs, to read and to try out: Swagger UI out of a package, without a CDN."""

from collections.abc import Callable
from importlib.resources import files
from importlib.util import find_spec
from typing import Final

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from gap_server.api import PREFIX
from gap_server.errors import SettingsError

PACKAGE: Final = "fastapi_swagger"
"""It carries Swagger UI as it is published; nothing else of it is used."""

CONTENT_SECURITY_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)
"""For this page alone: Swagger UI sets styles of its own, which the game's pages may not."""

PAGE: Final = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>gap-server: the API</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/docs/swagger-ui.css">
<div id="docs"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</html>
"""
START: Final = (
    f"SwaggerUIBundle({{url: '{PREFIX}/openapi.json', dom_id: '#docs', validatorUrl: null,"
    " deepLinking: true, tryItOutEnabled: true, persistAuthorization: false});\n"
)
"""`validatorUrl`: Swagger's own would send the address of the document to its makers."""


def are_here() -> bool:
    return find_spec(PACKAGE) is not None


def install(app: FastAPI) -> None:
    """Raises SettingsError where the package is missing."""
    if not are_here():
        raise SettingsError("GAP_DOCS needs the extra: pip install 'gap-server[docs]'.")
    resources = files(PACKAGE) / "resources"
    served: dict[str, tuple[str | bytes, str]] = {
        "/docs/start.js": (START, "text/javascript"),
        "/docs/swagger-ui-bundle.js": ((resources / "swagger-ui-bundle.js").read_bytes(), "text/javascript"),
        "/docs/swagger-ui.css": ((resources / "swagger-ui.css").read_bytes(), "text/css"),
    }
    page = HTMLResponse(PAGE, headers={"Content-Security-Policy": CONTENT_SECURITY_POLICY})
    app.router.routes.append(Route("/docs", _always(page)))
    for path, (content, media_type) in served.items():
        app.router.routes.append(Route(path, _always(Response(content, media_type=media_type))))


def _always(response: Response) -> Callable[[Request], Response]:
    def answer(_request: Request) -> Response:
        return response

    return answer
