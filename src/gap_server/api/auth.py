"""Signing in."""

from fastapi import APIRouter

from gap_server.api import PREFIX, operation_id
from gap_server.api.deps import WithDeps
from gap_server.api.problems import documented
from gap_server.api.requests import DemoSignIn, TelegramSignIn
from gap_server.api.responses import TicketOut
from gap_server.play import sign_in

router = APIRouter(prefix=f"{PREFIX}/auth", tags=["signing in"], generate_unique_id_function=operation_id)


@router.post("/telegram", responses=documented(401, 403, 413, 422, 503))
async def with_telegram(body: TelegramSignIn, deps: WithDeps) -> TicketOut:
    """Exchange Telegram's initData for a token."""
    return TicketOut.of(await sign_in.with_telegram(deps, body.init_data), deps)


@router.post("/demo", responses=documented(401, 403, 404, 413, 422, 503))
async def with_name(body: DemoSignIn, deps: WithDeps) -> TicketOut:
    """Sign in by name alone, while this is a demo."""
    return TicketOut.of(await sign_in.with_name(deps, body.name), deps)
