"""What clients send, and how far it may go."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from gap_server.game.names import CONTROL, INVISIBLE, NAME_MAX_CHARS, TURNING, shown_name
from gap_server.game.rules import CORRECTION_MAX_CHARS, QUESTION_MAX_CHARS
from gap_server.play.sign_in import LANGUAGE_FORM, LANGUAGE_MAX_CHARS

ONE_LINE = f"^[^{CONTROL}]*[^\\s{CONTROL}{INVISIBLE}][^{CONTROL}]*$"
"""Something to see, and no control character."""
ONE_NAME = f"^[^{CONTROL}{TURNING}]*[^\\s{CONTROL}{INVISIBLE}][^{CONTROL}{TURNING}]*$"
"""The same, and nothing that turns the line's direction."""


def _shown(name: str) -> str:
    """The pattern takes a name of marks only: to name all of them, it would need three hundred ranges."""
    if not (shown := shown_name(name)):
        raise ValueError("there is nothing to see in it")
    return shown


Name = Annotated[
    str,
    StringConstraints(min_length=1, max_length=NAME_MAX_CHARS, pattern=ONE_NAME),
    AfterValidator(_shown),
]
QuestionText = Annotated[
    str, StringConstraints(min_length=1, max_length=QUESTION_MAX_CHARS, pattern=ONE_LINE)
]
CorrectionText = Annotated[
    str, StringConstraints(min_length=1, max_length=CORRECTION_MAX_CHARS, pattern=ONE_LINE)
]
Language = Annotated[str, StringConstraints(max_length=LANGUAGE_MAX_CHARS, pattern=LANGUAGE_FORM)]
ChallengeCode = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{12}$")]
TimeZone = Annotated[str, StringConstraints(max_length=64, pattern=r"^[A-Za-z0-9_+/-]+$")]


class Body(BaseModel):
    """What clients send: types as they are in JSON, nothing guessed."""

    model_config = ConfigDict(strict=True)


class SignIn(Body):
    purpose: Literal["play", "own_data"] = "play"


class TelegramSignIn(SignIn):
    init_data: str


class DemoSignIn(SignIn):
    name: Name


class MeChange(Body):
    """What is absent or null stays as it is."""

    name: Name | None = None
    language: Language | None = None
    time_zone: TimeZone | None = None
    show_on_leaderboard: bool | None = None


class ConsentGrant(Body):
    version: int


class FreeStart(Body):
    kind: Literal["free"]


class DailyStart(Body):
    kind: Literal["daily"]


class ChallengeStart(Body):
    kind: Literal["challenge"]
    challenge: ChallengeCode


StartBody = Annotated[FreeStart | DailyStart | ChallengeStart, Field(discriminator="kind")]
"""What to play. No body at all is `free`."""


class QuestionBody(Body):
    text: QuestionText


class JudgementBody(Body):
    judgement: Literal["wrong", "right"]


class VerdictBody(Body):
    """One word for each answer of the case, in the order in which they were shown."""

    answers: Annotated[list[Literal["right", "wrong", "cannot_tell"]], Field(min_length=1, max_length=2)]


class CorrectionBody(Body):
    text: CorrectionText
