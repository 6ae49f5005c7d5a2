"""A player's own affairs."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from gap_server.api import PREFIX, operation_id
from gap_server.api.boards import EntryOut, LeaderboardOut, MyRankOut
from gap_server.api.debrief import HistoryOut
from gap_server.api.deps import SignedIn, SignedInBanned
from gap_server.api.problems import documented
from gap_server.api.requests import ConsentGrant, MeChange
from gap_server.api.responses import MeOut
from gap_server.play import finds, me, sessions
from gap_server.store.board import Board

router = APIRouter(prefix=PREFIX, tags=["me"], generate_unique_id_function=operation_id)


@router.get("/me", responses=documented(401, 403, 404, 503))
async def read_me(caller: SignedIn) -> MeOut:
    return MeOut.of(await me.read(*caller), caller.deps)


@router.patch("/me", responses=documented(401, 403, 404, 413, 422, 503))
async def change_me(body: MeChange, caller: SignedIn) -> MeOut:
    changed = await me.change(
        caller.deps,
        caller.player_id,
        name=body.name,
        language=body.language,
        time_zone=body.time_zone,
        show_on_leaderboard=body.show_on_leaderboard,
    )
    return MeOut.of(changed, caller.deps)


@router.delete("/me", status_code=204, responses=documented(401, 422, 503))
async def leave(
    caller: SignedInBanned, contributions: Annotated[Literal["erase", "keep"], Query()]
) -> Response:
    """Delete me: `erase` everything, or `keep` questions and answers under a pseudonym that leads nowhere."""
    await me.leave(*caller, keep_contributions=contributions == "keep")
    return Response(status_code=204)


@router.put("/me/consent", status_code=204, responses=documented(401, 403, 409, 413, 422, 503))
async def grant_consent(body: ConsentGrant, caller: SignedIn) -> Response:
    await me.consent(*caller, body.version)
    return Response(status_code=204)


@router.delete("/me/consent", status_code=204, responses=documented(401, 503))
async def withdraw_consent(caller: SignedInBanned) -> Response:
    """From now on no row of mine is in any export. An open session ends."""
    await me.withdraw_consent(*caller)
    return Response(status_code=204)


@router.get("/me/sessions", responses=documented(401, 403, 422, 503))
async def history(
    caller: SignedIn,
    cursor: Annotated[UUID | None, Query(description="`next_cursor` of the page before")] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
) -> HistoryOut:
    """My sessions that are over, newest first."""
    return HistoryOut.of(await sessions.history(*caller, cursor, limit + 1), limit)


class FindOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    round_id: UUID = Field(description="Its picture: /rounds/{round_id}/image")
    question: str
    answer: str
    flagged_at: datetime
    confirmed: bool = Field(description="Other players agree that the answer is wrong; until then they look")
    confirmed_by: int = Field(description="How many; 0 until it is confirmed")


class FindsOut(BaseModel):
    finds: list[FindOut]


@router.get("/me/finds", responses=documented(401, 403, 422, 503))
async def my_finds(caller: SignedIn, limit: Annotated[int, Query(ge=1, le=100)] = 50) -> FindsOut:
    """Mistakes of the model that I flagged: those being checked, then the confirmed, the latest first."""
    found = await finds.of_player(*caller, limit)
    return FindsOut(finds=[FindOut.model_validate(find) for find in found])


@router.get("/me/export", responses=documented(401, 503))
async def everything(caller: SignedInBanned) -> dict[str, Any]:
    """Everything held about me."""
    return await me.everything(*caller)


@router.get("/leaderboard", responses=documented(401, 403, 422, 503))
async def leaders(
    caller: SignedIn,
    period: Annotated[Literal["week", "all"], Query()] = "week",
    by: Annotated[
        Literal["sharpness", "points"],
        Query(description="sharpness, and points among equals; or points alone"),
    ] = "sharpness",
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
    among: Annotated[
        Literal["everybody", "friends"],
        Query(description="friends: who came by my invitation or I by theirs, who took up a challenge"),
    ] = "everybody",
) -> LeaderboardOut:
    """The best, and the rows around me. Only players who opted in are on it."""
    board = Board(period, by)
    top, around = await me.leaders(*caller, board, limit, friends_only=among == "friends")
    return LeaderboardOut(entries=[EntryOut.model_validate(entry) for entry in top], me=MyRankOut.of(around))
