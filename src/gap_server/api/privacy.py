"""The privacy policy, for everybody to read: the same text as the bot's."""

from typing import Annotated, Self

from fastapi import APIRouter, Query
from pydantic import BaseModel

from gap_server.api import PREFIX, operation_id
from gap_server.api.problems import documented
from gap_server.i18n import words_in
from gap_server.i18n.words import Words

router = APIRouter(prefix=PREFIX, tags=["privacy"], generate_unique_id_function=operation_id)


class PolicyPartOut(BaseModel):
    heading: str
    text: str


class PolicyOut(BaseModel):
    title: str
    parts: list[PolicyPartOut]

    @classmethod
    def of(cls, words: Words) -> Self:
        parts = [PolicyPartOut(heading=heading, text=text) for heading, text in words.privacy_parts]
        return cls(title=words.privacy_title, parts=parts)


@router.get("/privacy", responses=documented(422))
async def read_policy(
    language: Annotated[
        str, Query(max_length=35, description="BCP 47; English where it is not spoken")
    ] = "en",
) -> PolicyOut:
    """What is kept of players, for how long and what for, and what they may do about it."""
    return PolicyOut.of(words_in(language))
