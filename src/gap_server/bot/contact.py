"""Whether Telegram does what the bot asks of it: noted of each call, and told where operators look."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from time import monotonic
from typing import Any, Final

import httpx
from telegram.error import TelegramError
from telegram.ext import ExtBot
from telegram.request import HTTPXRequest

from gap_server.errors import StoreUnavailable
from gap_server.play.background import repeat
from gap_server.play.outbox import transaction
from gap_server.store import contact as stored
from gap_server.store.engine import Store

EVERY_SECONDS: Final = 15.0
LONGEST_SILENCE_SECONDS: Final = 45.0
"""Without a call for so long, which is longer than one for updates waits, the bot asks Telegram who it is."""

ANSWERS: Final = frozenset({200, 400, 403, 429})
"""What Telegram says that is about one call alone, or one chat. All else is trouble: with the token (401,
404), with another bot that has the same one (409), or with Telegram."""


class Contact:
    """How the calls of this process went: when one last worked, when one last failed, and how."""

    def __init__(self) -> None:
        self.reached_at: float | None = None
        self.failed_at: float | None = None
        self.failure: str | None = None
        self.turned = asyncio.Event()
        """Set where calls began to work, or to fail, and nobody was told yet."""
        self._noted_at = monotonic()
        self._works: bool | None = None

    @property
    def silence_seconds(self) -> float:
        return monotonic() - self._noted_at

    def note(self, failure: str | None) -> None:
        """A call has ended; None: it worked."""
        works = failure is None
        if works is not self._works:
            self.turned.set()
        self._works = works
        self._noted_at = monotonic()
        if works:
            self.reached_at = self._noted_at
        else:
            self.failed_at, self.failure = self._noted_at, failure


class NotingRequest(HTTPXRequest):
    """Makes the calls. What is noted holds nobody's words, and never the token, which is in the address."""

    def __init__(self, contact: Contact, **options: Any) -> None:
        super().__init__(**options)
        self._contact = contact

    async def do_request(self, *given: Any, **named: Any) -> tuple[int, bytes]:
        try:
            status, content = await super().do_request(*given, **named)
        except TelegramError as error:
            self._contact.note(type(error.__cause__ or error).__name__)
            raise
        self._contact.note(
            None if status in ANSWERS else f"{status} {httpx.codes.get_reason_phrase(status)}".strip()
        )
        return status, content


@asynccontextmanager
async def telling(bot: ExtBot[Any], store: Store, contact: Contact) -> AsyncIterator[None]:
    """Meanwhile, and at the end where it is not what was told last."""
    work = asyncio.create_task(
        repeat(
            "telling whether Telegram answers",
            lambda _: _tell_next(bot, store, contact),
            every_seconds=0.0,
            after_trouble=EVERY_SECONDS,
        )
    )
    try:
        yield
    finally:
        work.cancel()
        with suppress(asyncio.CancelledError):
            await work
        if contact.turned.is_set():
            with suppress(StoreUnavailable):
                await _tell(store, contact)


async def _tell_next(bot: ExtBot[Any], store: Store, contact: Contact) -> None:
    """At once where it turned, else after a while."""
    with suppress(TimeoutError):  # not by wait_for: Python 3.11's loses a cancellation that comes just then
        async with asyncio.timeout(EVERY_SECONDS):
            await contact.turned.wait()
    if contact.silence_seconds > LONGEST_SILENCE_SECONDS:
        with suppress(TelegramError):
            await bot.get_me()
    await _tell(store, contact)


async def _tell(store: Store, contact: Contact) -> None:
    contact.turned.clear()
    try:
        async with transaction(store) as db:
            await stored.tell(db, _ago(contact.reached_at), _ago(contact.failed_at), contact.failure)
    except BaseException:
        contact.turned.set()  # it is not told yet
        raise


def _ago(at: float | None) -> float | None:
    return None if at is None else monotonic() - at
