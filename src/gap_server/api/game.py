"""Playing: sessions, rounds, questions."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Body, Response

from gap_server.api import PREFIX, operation_id
from gap_server.api.debrief import ResultOut
from gap_server.api.deps import SignedIn, SignedInRound
from gap_server.api.pictures import PICTURE, shown_to_one
from gap_server.api.problems import Responses, documented
from gap_server.api.requests import ChallengeStart, CorrectionBody, JudgementBody, QuestionBody, StartBody
from gap_server.api.responses import QuestionOut, RoundOut, SessionOut
from gap_server.game.state import Judgement, QuestionState, SessionKind
from gap_server.play import questions, rounds, sessions, share_card, starting
from gap_server.play.starting import Wish

router = APIRouter(prefix=PREFIX, tags=["playing"], generate_unique_id_function=operation_id)

STILL_THINKING: Responses = {
    202: {"model": QuestionOut, "description": "The model is still thinking: ask again"}
}
WAS_OPEN: Responses = {200: {"model": SessionOut, "description": "The session that was open already"}}
CARD: Responses = {200: {"content": {"image/png": {"schema": {"type": "string", "format": "binary"}}}}}


@router.post(
    "/sessions",
    status_code=201,
    responses={**WAS_OPEN, **documented(401, 403, 404, 409, 413, 422, 429, 503)},
)
async def start_session(
    caller: SignedIn, response: Response, body: Annotated[StartBody | None, Body()] = None
) -> SessionOut:
    """Deal ten images; where a session is open, that one, of whichever kind. No body is a free session."""
    snapshot, is_new = await starting.start(*caller, _wish(body))
    response.status_code = 201 if is_new else 200
    return SessionOut.of(snapshot)


def _wish(body: StartBody | None) -> Wish:
    if body is None:
        return Wish()
    code = body.challenge if isinstance(body, ChallengeStart) else None
    return Wish(SessionKind(body.kind), code)


@router.get("/sessions/current", responses=documented(401, 403, 404, 503))
async def current_session(caller: SignedIn) -> SessionOut:
    return SessionOut.of(await sessions.current(*caller))


@router.get("/sessions/{session_id}", responses=documented(401, 403, 404, 422, 503))
async def read_session(session_id: UUID, caller: SignedIn) -> SessionOut:
    return SessionOut.of(await sessions.look(*caller, session_id))


@router.post("/sessions/{session_id}/next", responses=documented(401, 403, 404, 409, 422, 503))
async def next_round(session_id: UUID, caller: SignedIn) -> RoundOut:
    """Turn up the next image; where one is open, that one. Its clock starts when the image is served."""
    return RoundOut.of(await sessions.open_next(*caller, session_id))


@router.get("/sessions/{session_id}/result", responses=documented(401, 403, 404, 409, 422, 503))
async def read_result(session_id: UUID, caller: SignedIn) -> ResultOut:
    return ResultOut.of(await sessions.result(*caller, session_id))


@router.get(
    "/sessions/{session_id}/card",
    response_class=Response,
    responses={**CARD, **documented(401, 403, 404, 409, 422, 429, 503)},
)
async def read_card(session_id: UUID, caller: SignedIn) -> Response:
    """The result as a picture to share, 1200 x 630: it spoils nothing and names nobody."""
    picture = await share_card.card(*caller, session_id)
    return Response(picture, media_type="image/png", headers={"Cache-Control": "private, no-store"})


@router.get("/rounds/{round_id}", responses=documented(401, 403, 404, 422, 503))
async def read_round(round_id: UUID, caller: SignedIn) -> RoundOut:
    return RoundOut.of(await rounds.look(*caller, round_id))


@router.get(
    "/rounds/{round_id}/image",
    response_class=Response,
    responses={**PICTURE, **documented(401, 403, 404, 422, 503)},
)
async def read_image(round_id: UUID, caller: SignedIn) -> Response:
    return shown_to_one(await rounds.picture(*caller, round_id))


@router.put(
    "/rounds/{round_id}/questions/{question_id}",
    responses={**STILL_THINKING, **documented(401, 403, 404, 409, 413, 422, 429, 503)},
)
async def ask(
    round_id: UUID,
    question_id: UUID,
    body: QuestionBody,
    caller: SignedInRound,
    response: Response,
) -> QuestionOut:
    """Ask under an id of the client's. The same id and text again is the same question, asked once."""
    player = caller.deps, caller.player_id
    question = await questions.ask(*player, round_id, question_id, body.text, seen=caller.seen)
    if question.state is QuestionState.PENDING:
        response.status_code = 202
    return QuestionOut.of(question)


@router.get("/questions/{question_id}", responses=documented(401, 403, 404, 422, 503))
async def read_question(question_id: UUID, caller: SignedIn) -> QuestionOut:
    return QuestionOut.of(await questions.look(*caller, question_id))


@router.put("/questions/{question_id}/judgement", responses=documented(401, 403, 404, 409, 413, 422, 503))
async def judge(question_id: UUID, body: JudgementBody, caller: SignedIn) -> RoundOut:
    """`wrong` ends the round."""
    return RoundOut.of(await rounds.judge(*caller, question_id, Judgement(body.judgement)))


@router.post("/rounds/{round_id}/pass", responses=documented(401, 403, 404, 409, 422, 503))
async def pass_on(round_id: UUID, caller: SignedIn) -> RoundOut:
    return RoundOut.of(await rounds.pass_on(*caller, round_id))


@router.put("/rounds/{round_id}/correction", responses=documented(401, 403, 404, 409, 413, 422, 503))
async def correct(round_id: UUID, body: CorrectionBody, caller: SignedIn) -> RoundOut:
    """The right answer to a flagged one, off the clock. It never changes the points."""
    return RoundOut.of(await rounds.correct(*caller, round_id, body.text))
