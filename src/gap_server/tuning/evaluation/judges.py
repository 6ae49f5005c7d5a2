"""A judge: any OpenAI-compatible model, asked until its reply can be read, a few times at most."""

import asyncio
import json
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final, Generic, TypeVar

from gap_server.errors import ModelFailed
from gap_server.tuning.evaluation.asking import persistently
from gap_server.tuning.evaluation.protocols import Asked
from gap_server.vlm.client.server import ChatCompletion, ModelServer, Throttled
from gap_server.vlm.protocol import Picture

READINGS: Final = 3
"""So many replies that cannot be read, and the answer counts 0."""
LIMIT_SECONDS: Final = 120.0

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Ruling(Generic[T]):
    """`value`: the first reply that could be read, None where none could. `first`: what the first one said.

    `said`: all replies. `tokens`: of all of them together, asked and answered, where the server tells.
    """

    value: T | None
    first: T | None
    said: tuple[str, ...] = field(repr=False)
    prompt_tokens: int
    completion_tokens: int


class Judge:
    """`name` is what its server calls it. `sees_image`: whether it is shown the picture, where asked."""

    def __init__(self, url: str, name: str, *, api_key: str | None = None, sees_image: bool = False) -> None:
        self.name = name
        self.sees_image = sees_image
        self._server = ModelServer(url, api_key=api_key)
        self._rests_until = 0.0

    async def rule(
        self, asked: Asked, read: Callable[[str], T | None], picture: Picture | None = None
    ) -> Ruling[T]:
        """Raises ModelFailed where the server does not answer."""
        body = json.dumps(self._body(asked, picture)).encode()
        replies: list[ChatCompletion] = []
        values: list[T | None] = []
        while len(replies) < READINGS and (not values or values[-1] is None):
            reply = await persistently(lambda: self._once(body))
            replies.append(reply)
            values.append(read(reply.text))
        return Ruling(
            values[-1],
            values[0],
            tuple(reply.text for reply in replies),
            sum(reply.prompt_tokens or 0 for reply in replies),
            sum(reply.completion_tokens or 0 for reply in replies),
        )

    async def aclose(self) -> None:
        await self._server.aclose()

    async def _once(self, body: bytes) -> ChatCompletion:
        """Where one request is told to wait, all do: tries are few, and the limit is of all together."""
        clock = asyncio.get_running_loop().time
        await asyncio.sleep(max(0.0, self._rests_until - clock()))
        try:
            async with asyncio.timeout(LIMIT_SECONDS):
                return await self._server.complete(body, session_id="judge")
        except TimeoutError as late:
            raise ModelFailed(f"{self._server.name}: no verdict in time", reason="timeout") from late
        except Throttled as throttled:
            self._rests_until = max(self._rests_until, clock() + throttled.retry_after_seconds)
            raise
        except ModelFailed as failure:
            if failure.reason != "empty":
                raise
        return ChatCompletion("", "stop", None, None)  # a reply that cannot be read, as any other

    def _body(self, asked: Asked, picture: Picture | None) -> dict[str, Any]:
        content: Any = asked.user
        if picture is not None and self.sees_image:
            address = f"data:{picture.media_type};base64,{b64encode(picture.content).decode()}"
            content = [
                {"type": "image_url", "image_url": {"url": address}},
                {"type": "text", "text": asked.user},
            ]
        system = [{"role": "system", "content": asked.system}] if asked.system else []
        body: dict[str, Any] = {
            "model": self.name,
            "messages": [*system, {"role": "user", "content": content}],
        }
        return body if asked.temperature is None else body | {"temperature": asked.temperature}
