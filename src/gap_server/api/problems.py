"""What an error means in HTTP: said here, once. Every error is application/problem+json (RFC 9457)."""

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, TypeAlias

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.routing import Match, Route

from gap_server import errors
from gap_server.errors import GapError

log = structlog.get_logger()

MEDIA_TYPE = "application/problem+json"
UNAVAILABLE_RETRY_SECONDS = 1

STATUS: Mapping[type[GapError], HTTPStatus] = {
    errors.NotSignedIn: HTTPStatus.UNAUTHORIZED,
    errors.InitDataRefused: HTTPStatus.UNAUTHORIZED,
    errors.Banned: HTTPStatus.FORBIDDEN,
    errors.ConsentRequired: HTTPStatus.FORBIDDEN,
    errors.NotFound: HTTPStatus.NOT_FOUND,
    errors.Refused: HTTPStatus.CONFLICT,
    errors.TooMany: HTTPStatus.TOO_MANY_REQUESTS,
    errors.ModelBusy: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.StoreUnavailable: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.QueryTimeout: HTTPStatus.REQUEST_TIMEOUT,
    errors.ReportTimeout: HTTPStatus.REQUEST_TIMEOUT,
    errors.QueryRejected: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.DatasetRefused: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.ResultTooLarge: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
}

TITLES: Mapping[int, tuple[str, str]] = {
    404: ("not_found", "Not Found"),
    405: ("method_not_allowed", "Method Not Allowed"),
    413: ("request_too_large", "Content Too Large"),
    422: ("invalid_request", "Unprocessable Content"),
}
"""Code and title of what the framework refuses, said here: Python's own phrases change with its version."""

MALFORMED_CODES = {"unknown_time_zone", "another_number_of_answers"}
"""Refusals that are about the request itself, not about the state of things."""


class Problem(BaseModel):
    """An error. `code` is stable, and what clients switch on."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    sqlstate: str | None = Field(None, description="Postgres's code, where it refused a query")


Responses: TypeAlias = dict[int | str, dict[str, Any]]


def documented(*statuses: int) -> Responses:
    """The errors of a route, for its OpenAPI."""
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {s: {"description": HTTPStatus(s).phrase, "content": content} for s in sorted(statuses)}


def problem(
    status: int, code: str, detail: str, headers: Mapping[str, str] | None = None, **more: str
) -> Response:
    body = {
        "type": f"urn:gap-server:problem:{code}",
        "title": TITLES[status][1] if status in TITLES else HTTPStatus(status).phrase,
        "status": int(status),
        "detail": detail,
        "code": code,
        **more,
    }
    # ASCII, so that half a surrogate pair in what a client sent cannot break the answer about it
    return Response(json.dumps(body), status, headers, media_type=MEDIA_TYPE)


def install(app: FastAPI) -> None:
    app.add_exception_handler(GapError, _gap_error)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(HTTPException, _http_exception)


async def _gap_error(_request: Request, error: Exception) -> Response:
    if not isinstance(error, GapError):
        raise error
    status = next((STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), None)
    if status is None:  # one that should not have come this far
        raise error
    if isinstance(error, errors.StoreUnavailable):
        log.warning("the store failed", error=str(error), **_cause(error))
    if error.code in MALFORMED_CODES:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    more = {"sqlstate": error.sqlstate} if isinstance(error, errors.QueryRejected) else {}
    return problem(status, error.code, str(error), _headers(error, status), **more)


def _cause(error: GapError) -> dict[str, str]:
    """What the database said, by class and SQLSTATE. Not its words: those may quote rows."""
    cause = error.__cause__
    if cause is None:
        return {}
    return {"cause": type(cause).__name__, "sqlstate": getattr(cause, "sqlstate", None) or "-"}


def _headers(error: GapError, status: HTTPStatus) -> dict[str, str]:
    if status is HTTPStatus.UNAUTHORIZED:
        return {"WWW-Authenticate": "Bearer"}
    if isinstance(error, (errors.ModelBusy, errors.TooMany)):
        return {"Retry-After": str(error.retry_after_seconds)}
    if status is HTTPStatus.SERVICE_UNAVAILABLE:
        return {"Retry-After": str(UNAVAILABLE_RETRY_SECONDS)}
    return {}


async def _malformed(_request: Request, error: Exception) -> Response:
    if not isinstance(error, RequestValidationError):
        raise error
    found = [_said(e) for e in error.errors()]
    return problem(422, "invalid_request", "; ".join(found) or "The request is malformed.")


def _said(error: Mapping[str, Any]) -> str:
    place = ".".join(str(part) for part in error["loc"])
    if error["type"] == "union_tag_not_found":
        return f"{place}.{_tag(error)}: Field required"
    if error["type"] == "union_tag_invalid":
        return f"{place}.{_tag(error)}: Input should be one of {error['ctx']['expected_tags']}"
    if place == "body" and error["type"] != "missing":
        return "body: must be a JSON object, sent with Content-Type: application/json"
    if error["type"] == "string_pattern_mismatch":
        return f"{place}: is empty to the eye, or has characters that are not allowed there"
    return f"{place}: {error['msg']}"


def _tag(error: Mapping[str, Any]) -> str:
    """The field that says which of several kinds a body is; pydantic names it in quotation marks."""
    return str(error["ctx"]["discriminator"]).strip("'")


async def _http_exception(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    if error.status_code == HTTPStatus.BAD_REQUEST:  # a body that is no JSON
        return problem(422, "invalid_request", "The body could not be read.")
    code = TITLES[error.status_code][0] if error.status_code in TITLES else "refused"
    headers = dict(error.headers or {})
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        headers["Allow"] = _allowed(request) or headers.get("Allow", "")
    return problem(error.status_code, code, str(error.detail), headers)


def _allowed(request: Request) -> str:
    """Every method that this path takes: Starlette names those of the first route that has the path."""
    routes = [route for route in request.app.routes if isinstance(route, Route)]
    taking = [route for route in routes if route.matches(request.scope)[0] is not Match.NONE]
    return ", ".join(sorted({method for route in taking for method in route.methods or ()}))
