"""Signing in."""

from fastapi import APIRouter, Request, Response

from gap_server.api import PREFIX, operation_id
from gap_server.api.deps import SignedInBanned, WithDeps, token_in
from gap_server.api.problems import documented
from gap_server.api.requests import DemoSignIn, TelegramSignIn
from gap_server.api.responses import TicketOut
from gap_server.play import sign_in
from gap_server.play.sign_in import Purpose

router = APIRouter(prefix=f"{PREFIX}/auth", tags=["signing in"], generate_unique_id_function=operation_id)


@router.post("/telegram", responses=documented(401, 403, 413, 422, 429, 503))
async def with_telegram(body: TelegramSignIn, deps: WithDeps, request: Request) -> TicketOut:
    """Exchange Telegram's initData for a token.

    Who is banned may come for `own_data`, with which the token lets them see and take back what is held.
    """
    ticket = await sign_in.with_telegram(deps, body.init_data, Purpose(body.purpose), _host(request))
    return TicketOut.of(ticket, deps)


@router.post("/demo", responses=documented(401, 403, 404, 413, 422, 429, 503))
async def with_name(body: DemoSignIn, deps: WithDeps, request: Request) -> TicketOut:
    """Sign in by name alone, while this is a demo."""
    ticket = await sign_in.with_name(deps, body.name, Purpose(body.purpose), _host(request))
    return TicketOut.of(ticket, deps)


@router.delete("/token", status_code=204, responses=documented(401, 503))
async def sign_out(caller: SignedInBanned, request: Request) -> Response:
    """Sign out: the token that this comes with is no good any more. Others of the player stay."""
    await sign_in.sign_out(caller.deps, token_in(request))
    return Response(status_code=204)


def _host(request: Request) -> str | None:
    """The client's address: the connection's, or what a proxy says that GAP_TRUSTED_PROXIES names."""
    return request.client.host if request.client else None
