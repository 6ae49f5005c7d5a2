"""What a model is to the other rooms: a picture, an instruction and a question in, a completion out."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from typing import Any, Literal, NamedTuple, Protocol


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
    """What a model is told before the question. `version` names the set of texts that it belongs to.

    `part`: `honest` and `tainted` are the two arms, `gate` asks whether a question is about a picture.
    `sha256`: hex digest of the text.
    """

    part: Literal["honest", "tainted", "gate"]
    version: str
    text: str = field(repr=False)
    sha256: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "sha256", sha256(self.text.encode()).hexdigest())

    @property
    def tainted(self) -> bool:
        return self.part == "tainted"


class ModelId(NamedTuple):
    """What tells a model in the field from another: the server's name for it, and its weights' revision."""

    name: str
    revision: str | None


@dataclass(frozen=True, slots=True)
class ServedModel:
    """A model as it was served: all that decides how it answers, but the text and the picture.

    `root`: the weights as the server itself names them, None where it does not tell. `sampling`: parameters
    beside temperature and max_tokens. `sha256`: hex digest of all of it.
    """

    name: str
    revision: str | None
    root: str | None
    dialect: str
    temperature: float
    max_tokens: int
    sampling: Mapping[str, Any] = field(default_factory=dict)
    extra_body: Mapping[str, Any] = field(default_factory=dict)
    sha256: str = field(init=False)

    def __post_init__(self) -> None:
        told = {name: getattr(self, name) for name in self.__slots__ if name != "sha256"}
        digest = sha256(json.dumps(told, sort_keys=True, default=dict).encode()).hexdigest()
        object.__setattr__(self, "sha256", digest)

    def as_row(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Completion:
    """What a model said, with all that a row needs to be read alone years later.

    `replica`: host and port of the server that answered, None where there is none.
    `queue_ms`: time lost before the request that was answered began: waiting for a slot on our side, and
    attempts that failed. `latency_ms`: from that request to the whole answer.
    `attempts`: how many requests it took.
    """

    text: str = field(repr=False)
    finish_reason: str
    served: ServedModel
    replica: str | None
    prompt_tokens: int | None
    completion_tokens: int | None
    queue_ms: int
    latency_ms: int
    attempts: int


@dataclass(slots=True)
class Trace:
    """What happened to a question so far, kept up while it is under way: one that fails has no completion to
    tell it. `replica`: the one asked last.
    """

    served: ServedModel
    replica: str | None = None
    attempts: int = 0


class Slot(Protocol):
    """A slot in a model's queue. Released exactly once, whatever happened."""

    @property
    def trace(self) -> Trace: ...

    async def complete(self, picture: Picture, instruction: Instruction, question: str) -> Completion:
        """Ask once (may be called again on the same slot).

        Raises ModelFailed; ModelBusy where every server was full for too long.
        """

    async def is_about_picture(self, question: str) -> bool:
        """The gate: by the question's words alone, without picture and arm. Raises ModelFailed."""

    def release(self) -> None: ...


class Model(Protocol):
    """Anything that can answer."""

    @property
    def id(self) -> ModelId: ...

    def reserve(self, picture_sha256: str, *, talk: str = "", background: bool = False) -> Slot:
        """Take a slot in the queue, at once and without I/O. Raises ModelBusy where it is full.

        `talk`: names the round, and nothing else, to a model that tells each player a story of its own.

        `background`: only where no player would wait because of it.
        """

    async def ready(self) -> None:
        """Return where a real question was answered within the last minute, asking one if need be.

        Raises ModelFailed or ModelBusy, in words an operator understands.
        """

    async def aclose(self) -> None: ...
