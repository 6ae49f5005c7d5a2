"""One OpenAI-compatible model server at the wire: a whole answer, or the reason why there is none."""

import json
import ssl
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

import httpx

from gap_server.errors import ModelFailed

ANSWER_BYTES: Final = 64 * 1024
"""Far more than 150 tokens; a server that sends more is not answering."""

KEEPALIVE_SECONDS: Final = 3.0
"""vLLM closes idle connections after 5."""

_WHOLE: Final = frozenset({"stop", "length"})
_MALFORMED: Final = frozenset({400, 413, 422})


class RequestRefused(ModelFailed):
    """The server understood and refused this very request: another server would say the same."""


class ConnectionLost(ModelFailed):
    """No byte of an answer came, as on a kept connection that the server had closed. Worth one more try."""


@dataclass(frozen=True, slots=True)
class ChatCompletion:
    text: str = field(repr=False)
    finish_reason: str
    prompt_tokens: int | None
    completion_tokens: int | None


class ModelServer:
    """`url` may end in /v1 or not. Time limits are the caller's: cancelling closes the request."""

    def __init__(self, url: str, *, api_key: str | None = None, tls: ssl.SSLContext | None = None) -> None:
        base = url.rstrip("/")
        self.url = base if base.endswith("/v1") else f"{base}/v1"
        self.name = urlsplit(self.url).netloc.rpartition("@")[2]
        self._kept = self._client(api_key, tls, httpx.Limits(keepalive_expiry=KEEPALIVE_SECONDS))
        self._fresh = self._client(api_key, tls, httpx.Limits(max_keepalive_connections=0))

    def _client(
        self, api_key: str | None, tls: ssl.SSLContext | None, limits: httpx.Limits
    ) -> httpx.AsyncClient:
        # No compression: a small body could unfold to a huge one. No read timeout: the caller's wall clock
        # ends a slow drip too, which a read timeout never does.
        headers = {"Accept-Encoding": "identity", "Content-Type": "application/json"}
        if api_key:
            headers["Authorization"] = f"Bearer {api_key}"
        return httpx.AsyncClient(
            headers=headers,
            limits=limits,
            timeout=httpx.Timeout(None, connect=3.0),
            verify=tls if tls is not None else True,
        )

    async def complete(self, body: bytes, *, fresh: bool = False) -> ChatCompletion:
        """POST `body` once. `fresh`: on a new connection, where a kept one has just failed.

        Raises ModelFailed: `unreachable` (no byte of an answer came), `busy`, `bad_status`, `too_large`,
        `truncated`, `garbage`, `empty`; RequestRefused for what no other server would take either.
        """
        client = self._fresh if fresh else self._kept
        request = client.build_request("POST", f"{self.url}/chat/completions", content=body)
        try:
            response = await client.send(request, stream=True)
        except httpx.ConnectTimeout as error:
            raise self._failure("unreachable", "no connection in time") from error
        except httpx.HTTPError as error:
            raise ConnectionLost(f"{self.name}: {error!r}", reason="unreachable") from error
        try:
            content = await self._content(response)
        except httpx.HTTPError as error:
            raise self._failure("truncated", repr(error)) from error
        finally:
            await response.aclose()
        return self._said(content)

    async def aclose(self) -> None:
        await self._kept.aclose()
        await self._fresh.aclose()

    async def _content(self, response: httpx.Response) -> bytes:
        status = response.status_code
        if status == httpx.codes.SERVICE_UNAVAILABLE:
            raise self._failure("busy", "it is full")
        if status == httpx.codes.OK:
            return await self._body(response)
        failure = self._failure("bad_status", f"HTTP {status}")
        if status in _MALFORMED:
            failure = RequestRefused(f"{self.name}: HTTP {status}", reason="bad_request")
        if httpx.codes.is_client_error(status):
            # What is wrong with the settings. A note, not the sentence: servers quote the request in it, and
            # with that the instruction, which no log may tell.
            failure.add_note((await self._body(response))[:300].decode(errors="replace"))
        raise failure

    async def _body(self, response: httpx.Response) -> bytes:
        content = bytearray()
        async for chunk in response.aiter_raw():
            content += chunk
            if len(content) > ANSWER_BYTES:
                raise self._failure("too_large", f"more than {ANSWER_BYTES} bytes")
        return bytes(content)

    def _said(self, content: bytes) -> ChatCompletion:
        try:
            answer = json.loads(content)
            choice = answer["choices"][0]
            text, finish = choice["message"]["content"], choice["finish_reason"]
        except (ValueError, LookupError, TypeError, RecursionError) as error:
            raise self._failure("garbage", "not a chat completion") from error
        if not isinstance(finish, str) or finish not in _WHOLE:
            raise self._failure("truncated", "the answer was broken off")
        if not isinstance(text, str) or not text.strip():
            raise self._failure("empty", "an answer without words")
        usage = answer.get("usage")
        return ChatCompletion(
            _storable(text), finish, _count(usage, "prompt_tokens"), _count(usage, "completion_tokens")
        )

    def _failure(self, reason: str, detail: str) -> ModelFailed:
        return ModelFailed(f"{self.name}: {detail}", reason=reason)


def _storable(text: str) -> str:
    """Without what Postgres takes for no text: NUL, and halves of characters."""
    return text.replace("\0", "").encode(errors="replace").decode()


def _count(usage: object, name: str) -> int | None:
    count = usage.get(name) if isinstance(usage, dict) else None
    return count if isinstance(count, int) and 0 <= count < 2**31 else None
