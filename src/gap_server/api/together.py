"""Today's ten, challenges, and what is shared."""

from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from gap_server.api import PREFIX, operation_id
from gap_server.api.deps import Anybody, SignedIn
from gap_server.api.pictures import PICTURE
from gap_server.api.problems import documented
from gap_server.api.requests import ChallengeCode
from gap_server.game.rules import MAX_SCORE
from gap_server.play import shares, together
from gap_server.play.together import DailyBoard
from gap_server.store.challenges import Challenge

router = APIRouter(prefix=PREFIX, tags=["together"], generate_unique_id_function=operation_id)


class DailyRowOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    rank: int
    name: str
    net_points: int = Field(
        ge=0, le=MAX_SCORE, description="For lies caught, less for true answers accused: what ranks first"
    )
    points: int
    is_me: bool


class DailyOut(BaseModel):
    number: int
    day: date = Field(description="UTC")
    server_now: datetime
    ends_at: datetime = Field(description="When the next ten come")
    session_id: UUID | None = Field(description="My one try, where I have begun it")
    is_over: bool = Field(description="My try is")
    entries: list[DailyRowOut]
    me: DailyRowOut | None

    @classmethod
    def of(cls, board: DailyBoard) -> Self:
        today = board.today
        return cls(
            number=today.number,
            day=today.day,
            server_now=today.now,
            ends_at=today.ends_at,
            session_id=today.session_id,
            is_over=today.session_state not in {None, "open"},
            entries=[DailyRowOut.model_validate(row) for row in board.top],
            me=DailyRowOut.model_validate(board.mine) if board.mine else None,
        )


class ChallengeOut(BaseModel):
    code: str
    name: str = Field(description="Whose ten pictures they are")
    score: int
    is_mine: bool
    session_id: UUID | None = Field(description="My own try at it, where I have begun it")

    @classmethod
    def of(cls, challenge: Challenge, player_id: UUID) -> Self:
        return cls(
            code=challenge.code,
            name=challenge.name,
            score=challenge.score,
            is_mine=challenge.player_id == player_id,
            session_id=challenge.taken_session_id,
        )


@router.get("/daily", responses=documented(401, 403, 409, 422, 503))
async def read_daily(caller: SignedIn, limit: Annotated[int, Query(ge=1, le=100)] = 50) -> DailyOut:
    """Today's ten and its board: the same pictures for everybody, the traps drawn for each player anew."""
    return DailyOut.of(await together.daily(*caller, limit))


class ShareOut(BaseModel):
    prepared_message_id: str | None = Field(
        description="For Telegram's `shareMessage`; null where there is no bot, or it does not answer in time"
    )
    card: str = Field(description="The path of the card as a picture, for whoever has it, for a day")


@router.post("/sessions/{session_id}/share", responses=documented(401, 403, 404, 409, 422, 429, 503))
async def share_result(session_id: UUID, caller: SignedIn) -> ShareOut:
    """Have the bot prepare a message with the card, to be sent to a chat that the player chooses."""
    shared = await shares.share(*caller, session_id)
    return ShareOut(prepared_message_id=shared.prepared_id, card=f"{PREFIX}/cards/{shared.key}.jpg")


@router.get("/cards/{key}.jpg", response_class=Response, responses={**PICTURE, **documented(404, 422, 503)})
async def read_shared_card(key: Annotated[str, Path(pattern=r"^[\w-]{22}$")], request: Request) -> Response:
    """A card that was shared: the result as a picture, which spoils nothing and names nobody."""
    picture = await shares.card(request.app.state.deps, key)
    return Response(picture, media_type="image/jpeg", headers={"Cache-Control": "public, max-age=3600"})


@router.get(
    "/challenges/{code}",
    responses=documented(401, 403, 404, 422, 503),
    openapi_extra={"security": [{}]},  # beside the player's token: none
)
async def read_challenge(code: Annotated[ChallengeCode, Path()], caller: Anybody) -> ChallengeOut:
    """What there is to beat, for whoever has the link. Which pictures were traps says nothing about mine."""
    return ChallengeOut.of(await together.challenge(*caller, code), caller.player_id)
