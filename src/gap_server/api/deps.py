"""Who is calling, and the house they call at: what routes take as arguments."""

from typing import Annotated, NamedTuple
from uuid import UUID

from fastapi import Depends, Request
from fastapi.security import HTTPBearer
from fastapi.security.utils import get_authorization_scheme_param

from gap_server.errors import NotSignedIn
from gap_server.play import sign_in
from gap_server.play.deps import House


class Caller(NamedTuple):
    """A player at the house: the first two arguments of every use case."""

    house: House
    player_id: UUID


class PlayerToken(HTTPBearer):
    """Lets in whoever brings a token that signing in gave. One dependency, since FastAPI pays for each."""

    def __init__(self) -> None:
        super().__init__(scheme_name="player", description="The token that signing in gave", auto_error=False)

    async def __call__(self, request: Request) -> Caller:  # type: ignore[override]  # not the header: who it is
        house: House = request.app.state.house
        scheme, token = get_authorization_scheme_param(request.headers.get("Authorization"))
        if scheme.lower() != "bearer" or not token:
            raise NotSignedIn("This needs the header `Authorization: Bearer <token>`.", code="token_missing")
        return Caller(house, await sign_in.who(house, token))


async def the_house(request: Request) -> House:
    house: House = request.app.state.house
    return house


AtHouse = Annotated[House, Depends(the_house)]
SignedIn = Annotated[Caller, Depends(PlayerToken())]
