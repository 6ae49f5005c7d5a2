"""What clients send, and how far it may go."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints

from gap_server.game.rules import CORRECTION_MAX_CHARS, QUESTION_MAX_CHARS
from gap_server.play.sign_in import NAME_MAX_CHARS

_CONTROL = r"\x00-\x1f\x7f-\x9f"
ONE_LINE = rf"^[^{_CONTROL}]*[^\s{_CONTROL}][^{_CONTROL}]*$"
"""Something to read, and no control character."""


def _line(max_chars: int) -> StringConstraints:
    return StringConstraints(strip_whitespace=True, min_length=1, max_length=max_chars, pattern=ONE_LINE)


Name = Annotated[str, _line(NAME_MAX_CHARS)]
QuestionText = Annotated[str, _line(QUESTION_MAX_CHARS)]
CorrectionText = Annotated[str, _line(CORRECTION_MAX_CHARS)]
Language = Annotated[str, StringConstraints(max_length=35, pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
TimeZone = Annotated[str, StringConstraints(max_length=64, pattern=r"^[A-Za-z0-9_+/-]+$")]


class Body(BaseModel):
    """What clients send: types as they are in JSON, nothing guessed."""

    model_config = ConfigDict(strict=True)


class TelegramSignIn(Body):
    init_data: str


class DemoSignIn(Body):
    name: Name


class MeChange(Body):
    """What is absent or null stays as it is."""

    name: Name | None = None
    language: Language | None = None
    time_zone: TimeZone | None = None
    show_on_leaderboard: bool | None = None


class ConsentGrant(Body):
    version: int


class QuestionBody(Body):
    text: QuestionText


class JudgementBody(Body):
    judgement: Literal["wrong", "right"]


class CorrectionBody(Body):
    text: CorrectionText
