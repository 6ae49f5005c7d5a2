"""A player's own affairs."""

from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Response

from gap_server.api.bodies import ConsentGrant, MeChange
from gap_server.api.models import EntryOut, HistoryOut, LeaderboardOut, MeOut, MyPlaceOut
from gap_server.api.problems import documented
from gap_server.api.signed_in import AtHouse, SignedIn
from gap_server.play import me, sessions

router = APIRouter(tags=["me"])


@router.get("/me", responses=documented(401, 403, 404, 503))
async def read_me(house: AtHouse, player: SignedIn) -> MeOut:
    return MeOut.of(await me.read(house, player))


@router.patch("/me", responses=documented(401, 403, 404, 413, 422, 503))
async def change_me(body: MeChange, house: AtHouse, player: SignedIn) -> MeOut:
    changed = await me.change(
        house,
        player,
        name=body.name,
        language=body.language,
        time_zone=body.time_zone,
        show_on_leaderboard=body.show_on_leaderboard,
    )
    return MeOut.of(changed)


@router.delete("/me", status_code=204, responses=documented(401, 403, 422, 503))
async def leave(
    house: AtHouse, player: SignedIn, contributions: Annotated[Literal["erase", "keep"], Query()]
) -> Response:
    """Delete me: `erase` everything, or `keep` questions and answers under a pseudonym that leads nowhere."""
    await me.leave(house, player, keep_contributions=contributions == "keep")
    return Response(status_code=204)


@router.put("/me/consent", status_code=204, responses=documented(401, 403, 409, 413, 422, 503))
async def grant_consent(body: ConsentGrant, house: AtHouse, player: SignedIn) -> Response:
    await me.consent(house, player, body.version)
    return Response(status_code=204)


@router.delete("/me/consent", status_code=204, responses=documented(401, 403, 503))
async def withdraw_consent(house: AtHouse, player: SignedIn) -> Response:
    """From now on no row of mine is in any export. An open session ends."""
    await me.withdraw_consent(house, player)
    return Response(status_code=204)


@router.get("/me/sessions", responses=documented(401, 403, 422, 503))
async def history(
    house: AtHouse,
    player: SignedIn,
    cursor: Annotated[UUID | None, Query(description="`next_cursor` of the page before")] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
) -> HistoryOut:
    """My sessions that are over, newest first."""
    return HistoryOut.of(await sessions.history(house, player, cursor, limit + 1), limit)


@router.get("/me/export", responses=documented(401, 403, 503))
async def everything(house: AtHouse, player: SignedIn) -> dict[str, Any]:
    """Everything held about me."""
    return await me.everything(house, player)


@router.get("/leaderboard", responses=documented(401, 403, 422, 503))
async def leaders(
    house: AtHouse,
    player: SignedIn,
    period: Annotated[Literal["week", "all"], Query()] = "week",
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> LeaderboardOut:
    """The best, and the rows around me. Only players who opted in are on it."""
    top, around = await me.leaders(house, player, period, limit)
    return LeaderboardOut(entries=[EntryOut.of(entry) for entry in top], me=MyPlaceOut.of(around))
