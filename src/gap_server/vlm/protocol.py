"""What a model is to the rest of the house: a picture, an instruction and a question in, a completion out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the catalogue. `sha256` is the hex digest of `content`, and the only name a model hears.

    `scene` is the exact description of a demo scene, None for a photograph.
    """

    sha256: str
    content: bytes = field(repr=False)
    media_type: str = "image/jpeg"
    scene: Mapping[str, Any] | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Instruction:
    """What the model is told before the question. `version` names the pair of texts it belongs to."""

    tainted: bool
    version: str
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Completion:
    """What a model said, with all that a row needs to be read alone years later.

    `queue_ms`: time lost before the request that was answered began: waiting for a slot on our side, and
    attempts that failed. `latency_ms`: from that request to the whole answer.
    `attempts`: how many requests it took.
    """

    text: str = field(repr=False)
    finish_reason: str
    model: str
    revision: str | None
    temperature: float
    max_tokens: int
    prompt_tokens: int | None
    completion_tokens: int | None
    queue_ms: int
    latency_ms: int
    attempts: int


class Slot(Protocol):
    """A slot in a model's queue. Released exactly once, whatever happened."""

    async def complete(self, picture: Picture, instruction: Instruction, question: str) -> Completion:
        """Ask once (may be called again on the same slot).

        Raises ModelFailed; ModelBusy where every server was full for too long.
        """

    def release(self) -> None: ...


class Model(Protocol):
    """Anything that can answer."""

    def reserve(self, picture_sha256: str) -> Slot:
        """Take a slot in the queue, at once and without I/O. Raises ModelBusy where it is full."""

    async def ready(self) -> None:
        """Return where a real question was answered within the last minute, asking one if need be.

        Raises ModelFailed or ModelBusy, in words an operator understands.
        """

    async def aclose(self) -> None: ...
