"""What routes take as arguments: who is calling, and what the game works with."""

from typing import Annotated, NamedTuple
from uuid import UUID

from fastapi import Depends, Request
from fastapi.security import HTTPBearer
from fastapi.security.utils import get_authorization_scheme_param

from gap_server.errors import NotSignedIn
from gap_server.play import sign_in
from gap_server.play.deps import GameDeps
from gap_server.play.telegram_account import NOBODY
from gap_server.store.game_read import GameSnapshot


class Caller(NamedTuple):
    """What the game works with, and a player: the first two arguments of every use case."""

    deps: GameDeps
    player_id: UUID


class PlayerToken(HTTPBearer):
    """Lets in whoever brings a token that signing in gave. One dependency, since FastAPI pays for each.

    `nobody_too`: whoever brings no token is let in as NOBODY.
    """

    def __init__(self, *, banned_too: bool = False, nobody_too: bool = False) -> None:
        self._banned_too = banned_too
        self._nobody_too = nobody_too
        super().__init__(scheme_name="player", description="The token that signing in gave", auto_error=False)

    async def __call__(self, request: Request) -> Caller:  # type: ignore[override]  # not the header: who it is
        deps: GameDeps = request.app.state.deps
        if self._nobody_too and "Authorization" not in request.headers:
            return Caller(deps, NOBODY)
        return Caller(deps, await sign_in.who(deps, token_in(request), banned_too=self._banned_too))


class CallerInRound(NamedTuple):
    """A caller, and the round of theirs that the path names as it was read then; None where there is none."""

    deps: GameDeps
    player_id: UUID
    seen: GameSnapshot | None


class PlayerTokenInRound(PlayerToken):
    """For the call that is made most often: the token and the round cost one statement, not two."""

    async def __call__(self, request: Request) -> CallerInRound:  # type: ignore[override]  # the same
        deps: GameDeps = request.app.state.deps
        token = token_in(request)
        try:
            round_id = UUID(request.path_params["round_id"])
        except ValueError:  # the path is refused once it is known that somebody may ask
            return CallerInRound(deps, await sign_in.who(deps, token), None)
        return CallerInRound(deps, *await sign_in.who_in_round(deps, token, round_id))


def token_in(request: Request) -> str:
    """Raises NotSignedIn (token_missing)."""
    scheme, token = get_authorization_scheme_param(request.headers.get("Authorization"))
    if scheme.lower() != "bearer" or not token:
        raise NotSignedIn("This needs the header `Authorization: Bearer <token>`.", code="token_missing")
    return token


async def game_deps(request: Request) -> GameDeps:
    deps: GameDeps = request.app.state.deps
    return deps


WithDeps = Annotated[GameDeps, Depends(game_deps)]
SignedIn = Annotated[Caller, Depends(PlayerToken())]
Anybody = Annotated[Caller, Depends(PlayerToken(nobody_too=True))]
SignedInRound = Annotated[CallerInRound, Depends(PlayerTokenInRound())]
SignedInBanned = Annotated[Caller, Depends(PlayerToken(banned_too=True))]
"""For what is a player's right whatever they did: to see what is held, and to take it back."""
