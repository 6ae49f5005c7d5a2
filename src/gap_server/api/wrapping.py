"""What surrounds every request: headers that hold for all answers, and a limit on what clients may send."""

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MAX_BODY_BYTES = 16 * 1024

HEADERS = (
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
)


class Wrapping:
    """Pure ASGI, so that it costs a request no task and no copy."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = {name for name, _ in message["headers"]}
                ours = (header for header in HEADERS if header[0] not in given)
                message["headers"] = [*message["headers"], *ours]
            await send(message)

        await self._app(scope, _bounded(receive), send_with_headers)


def _bounded(receive: Receive) -> Receive:
    """The client's body as it comes, until it is too much."""
    received = 0

    async def receive_bounded() -> Message:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        if received > MAX_BODY_BYTES:
            raise HTTPException(413, f"At most {MAX_BODY_BYTES} bytes, please.")
        return message

    return receive_bounded
