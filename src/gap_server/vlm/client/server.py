"""One OpenAI-compatible model server at the wire: a whole answer, or the reason why there is none."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from math import isfinite
from typing import Any, Final
from urllib.parse import urlsplit

import aiohttp

from gap_server import tracing
from gap_server.errors import ModelFailed

ANSWER_BYTES: Final = 64 * 1024
"""Far more than 150 tokens; a server that sends more is not answering."""

KEEPALIVE_SECONDS: Final = 3.0
"""vLLM closes idle connections after 5."""

CONNECT_SECONDS: Final = 3.0

_WHOLE: Final = frozenset({"stop", "length"})
_MALFORMED: Final = frozenset({400, 413, 422})
_THROTTLING: Final = {
    HTTPStatus.TOO_MANY_REQUESTS: "bad_status",
    HTTPStatus.SERVICE_UNAVAILABLE: "busy",
}
LONGEST_RETRY_AFTER_SECONDS: Final = 300.0
_NOT_AS_EXPECTED: Final = (ValueError, LookupError, TypeError, RecursionError)
"""What reading JSON of another shape raises."""


class RequestRefused(ModelFailed):
    """The server understood and refused this very request: another server would say the same."""


class ConnectionLost(ModelFailed):
    """No byte of an answer came, as on a kept connection that the server had closed. Worth one more try."""


class Throttled(ModelFailed):
    """It asks to be left alone for a while: 429 or 503. `retry_after_seconds`: 0 where it did not say."""

    def __init__(self, detail: str, *, reason: str, retry_after_seconds: float) -> None:
        super().__init__(detail, reason=reason)
        self.retry_after_seconds = retry_after_seconds


@dataclass(frozen=True, slots=True)
class ChatCompletion:
    text: str = field(repr=False)
    finish_reason: str
    prompt_tokens: int | None
    completion_tokens: int | None


class ModelServer:
    """`url` may end in /v1 or not. Time limits are the caller's: cancelling closes the request."""

    def __init__(self, url: str, *, api_key: str | None = None) -> None:
        base = url.rstrip("/")
        self.url = base if base.endswith("/v1") else f"{base}/v1"
        self.name = urlsplit(self.url).netloc.rpartition("@")[2]
        self._completions = f"{self.url}/chat/completions"
        self._models = f"{self.url}/models"
        # No compression: a small body could unfold to a huge one.
        self._headers = {"Accept-Encoding": "identity", "Content-Type": "application/json"}
        self._key = api_key
        if api_key:
            self._headers["Authorization"] = f"Bearer {api_key}"
        self._sessions: dict[bool, aiohttp.ClientSession] = {}

    async def complete(self, body: bytes, *, session_id: str, fresh: bool = False) -> ChatCompletion:
        """POST `body` once. `fresh`: on a new connection, where a kept one has just failed.

        `session_id` is for a router in between, which sends what belongs together to the same server.
        Raises ModelFailed: `unreachable` (no byte of an answer came), `busy`, `bad_status`, `too_large`,
        `truncated`, `garbage`, `empty`; RequestRefused for what no other server would take either.
        """
        with tracing.span("chat completion", {"server.address": self.name}):
            return self._said(await self._asked(body, {"X-Session-ID": session_id}, fresh=fresh))

    async def _asked(self, body: bytes, headers: dict[str, str], *, fresh: bool) -> bytes:
        tracing.tell(headers)
        try:
            response = await self._session(fresh=fresh).post(
                self._completions, data=body, headers=headers, allow_redirects=False
            )
        except aiohttp.ConnectionTimeoutError as error:
            raise self._failure("unreachable", "no connection in time") from error
        except (aiohttp.ClientError, OSError) as error:
            raise ConnectionLost(f"{self.name}: {_said_of(error)}", reason="unreachable") from error
        try:
            return await self._content(response)
        except (aiohttp.ClientError, OSError) as error:
            raise self._failure("truncated", _said_of(error)) from error
        finally:
            response.release()  # whose body was not read to its end, closes

    async def models(self) -> list[dict[str, Any]]:
        """What it says it serves; nothing where it does not say."""
        try:
            async with self._session(fresh=True).get(f"{self.url}/models", allow_redirects=False) as response:
                listed = json.loads(await self._body(response))["data"]
        except (
            aiohttp.ClientError,
            OSError,
            ModelFailed,
            ValueError,
            LookupError,
            TypeError,
            RecursionError,
        ):
            return []
        return [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []

    async def aclose(self) -> None:
        sessions, self._sessions = self._sessions, {}
        for session in sessions.values():
            await session.close()

    def _session(self, *, fresh: bool) -> aiohttp.ClientSession:
        """Made at the first request, since it belongs to the event loop that runs then."""
        if (session := self._sessions.get(fresh)) is None:
            session = self._sessions[fresh] = aiohttp.ClientSession(
                connector=_connector(fresh=fresh),
                headers=self._headers,
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,
                # No read timeout: the caller's clock ends a slow drip too, which a read timeout never does.
                timeout=aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_SECONDS),
                trust_env=self.url.startswith("https:"),  # a hosted model may be behind the house's proxy
            )
        return session

    async def _content(self, response: aiohttp.ClientResponse) -> bytes:
        status = response.status
        if status in _THROTTLING:
            reason = _THROTTLING[HTTPStatus(status)]
            seconds = _retry_after(response.headers.get("Retry-After"))
            raise Throttled(f"{self.name}: HTTP {status}", reason=reason, retry_after_seconds=seconds)
        if status == HTTPStatus.OK:
            return await self._body(response)
        failure = self._failure("bad_status", f"HTTP {status}")
        if status in _MALFORMED:
            failure = RequestRefused(f"{self.name}: HTTP {status}", reason="bad_request")
        if 400 <= status < 500:
            # What is wrong with the settings. A note, not the sentence: servers quote the request in it, and
            # with that the instruction, which no log may tell.
            failure.add_note(self._complaint(await self._body(response)))
        raise failure

    def _complaint(self, content: bytes) -> str:
        """Some servers quote the key that they refuse, too."""
        said = content.decode(errors="replace")
        return (said.replace(self._key, "***") if self._key else said)[:300]

    async def _body(self, response: aiohttp.ClientResponse) -> bytes:
        content = bytearray()
        async for chunk in response.content.iter_any():
            content += chunk
            if len(content) > ANSWER_BYTES:
                raise self._failure("too_large", f"more than {ANSWER_BYTES} bytes")
        return bytes(content)

    def _said(self, content: bytes) -> ChatCompletion:
        try:
            answer = json.loads(content)
            choice = answer["choices"][0]
            text, finish = choice["message"]["content"], choice["finish_reason"]
        except _NOT_AS_EXPECTED as error:
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


def _connector(*, fresh: bool) -> aiohttp.TCPConnector:
    """Without a limit of its own: how much is under way is counted before."""
    if fresh:
        return aiohttp.TCPConnector(limit=0, force_close=True)
    return aiohttp.TCPConnector(limit=0, keepalive_timeout=KEEPALIVE_SECONDS)


def _retry_after(said: str | None) -> float:
    """Seconds, or an HTTP date; 0 where it says neither. What is longer than we wait is cut."""
    if said is None:
        return 0.0
    try:
        seconds = float(said)
    except ValueError:
        try:
            seconds = (parsedate_to_datetime(said) - datetime.now(UTC)).total_seconds()
        except (ValueError, TypeError):  # no date, or one without a zone
            return 0.0
    return min(max(seconds, 0.0), LONGEST_RETRY_AFTER_SECONDS) if isfinite(seconds) else 0.0


def _said_of(error: Exception) -> str:
    """Not its own words: they quote the request, and with that the key."""
    return getattr(error, "strerror", None) or type(error).__name__


def _storable(text: str) -> str:
    """Without what Postgres takes for no text: NUL, and halves of characters."""
    return text.replace("\0", "").encode(errors="replace").decode()


def _count(usage: object, name: str) -> int | None:
    count = usage.get(name) if isinstance(usage, dict) else None
    return count if isinstance(count, int) and 0 <= count < 2**31 else None
