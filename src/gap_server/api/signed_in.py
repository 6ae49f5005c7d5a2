"""Who is calling, and the house they call at: what routes take as arguments."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request
from fastapi.security import HTTPBearer
from fastapi.security.utils import get_authorization_scheme_param

from gap_server.errors import NotSignedIn
from gap_server.play import sign_in
from gap_server.play.house import House


async def the_house(request: Request) -> House:
    house: House = request.app.state.house
    return house


class PlayerToken(HTTPBearer):
    """Documents the header; our own problem answers where it is missing."""

    def __init__(self) -> None:
        super().__init__(scheme_name="player", description="The token that signing in gave", auto_error=False)

    async def __call__(self, request: Request) -> str:  # type: ignore[override]  # the bare token is all we need
        scheme, token = get_authorization_scheme_param(request.headers.get("Authorization"))
        if scheme.lower() != "bearer" or not token:
            raise NotSignedIn("This needs the header `Authorization: Bearer <token>`.", code="token_missing")
        return token


AtHouse = Annotated[House, Depends(the_house)]


async def the_player(house: AtHouse, token: Annotated[str, Depends(PlayerToken())]) -> UUID:
    return await sign_in.who(house, token)


SignedIn = Annotated[UUID, Depends(the_player)]
