"""HTTP in, JSON out; no rules, no SQL."""

from fastapi.routing import APIRoute

PREFIX = "/api/v1"


def operation_id(route: APIRoute) -> str:
    """Short and stable, since the mini-app's client is generated from them."""
    return route.name
