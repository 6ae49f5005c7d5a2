"""The jury: judging other players' answers."""

from typing import Self
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import BaseModel

from gap_server.api import PREFIX, operation_id
from gap_server.api.deps import SignedIn
from gap_server.api.pictures import PICTURE, shown_to_one
from gap_server.api.problems import documented
from gap_server.api.requests import VerdictBody
from gap_server.api.responses import ImageOut
from gap_server.play import jury
from gap_server.store.jury import ShownCase

router = APIRouter(prefix=f"{PREFIX}/jury", tags=["jury"], generate_unique_id_function=operation_id)


class CaseOut(BaseModel):
    """One answer or two, in an order that tells nothing of whose they are.

    `language` (BCP 47) is the question's: another than the juror's only where no case is left in theirs.
    """

    id: UUID
    language: str
    question: str
    answers: list[str]
    image: ImageOut

    @classmethod
    def of(cls, case: ShownCase) -> Self:
        return cls(
            id=case.id,
            language=case.language,
            question=case.question,
            answers=case.in_order(case.answer, case.correction),
            image=ImageOut(
                url=f"{router.prefix}/cases/{case.id}/image", width=case.width, height=case.height
            ),
        )


class FeedbackOut(BaseModel):
    """`known`: it was known beforehand whether the answer is right. `was_right`: of each answer, whether the
    juror was; null where nobody knows, or the juror could not tell.
    """

    known: bool
    was_right: list[bool | None]


@router.post("/next", responses=documented(401, 403, 404, 429, 503))
async def next_case(caller: SignedIn) -> CaseOut:
    """The case to judge next; the one in hand, until it was judged."""
    return CaseOut.of(await jury.next_case(*caller))


@router.get(
    "/cases/{case_id}/image",
    response_class=Response,
    responses={**PICTURE, **documented(401, 403, 404, 422, 503)},
)
async def read_case_image(case_id: UUID, caller: SignedIn) -> Response:
    return shown_to_one(await jury.picture(*caller, case_id))


@router.put("/cases/{case_id}/verdict", responses=documented(401, 403, 404, 409, 413, 422, 503))
async def give_verdict(case_id: UUID, body: VerdictBody, caller: SignedIn) -> FeedbackOut:
    """Say of each answer, in the order shown, whether it is right. The same again is harmless."""
    feedback = await jury.judge(*caller, case_id, body.answers)
    return FeedbackOut(known=feedback.known, was_right=feedback.was_right)
