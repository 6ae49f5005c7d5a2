"""What operators' tools ask, at the root, and beside the rest for proxies that pass on one prefix only."""

from typing import Literal

from fastapi import APIRouter, Response
from pydantic import BaseModel

from gap_server.api import PREFIX, operation_id
from gap_server.api.deps import WithDeps
from gap_server.api.problems import documented, problem
from gap_server.operate import readiness

router = APIRouter(tags=["operating"], generate_unique_id_function=operation_id)


class Health(BaseModel):
    status: Literal["ok"] = "ok"


@router.api_route(f"{PREFIX}/healthz", methods=["GET", "HEAD"], include_in_schema=False)
@router.head("/healthz", include_in_schema=False)
@router.get("/healthz")
async def healthz() -> Health:
    """The process lives."""
    return Health()


@router.api_route(f"{PREFIX}/readyz", methods=["GET", "HEAD"], response_model=Health, include_in_schema=False)
@router.head("/readyz", response_model=Health, include_in_schema=False)
@router.get("/readyz", response_model=Health, responses=documented(503))
async def readyz(deps: WithDeps) -> Health | Response:
    """Postgres answers, migrations are at head, the model answered a real question within the last minute."""
    lacking = await readiness.lacking(deps)
    return problem(503, "not_ready", " ".join(lacking)) if lacking else Health()
