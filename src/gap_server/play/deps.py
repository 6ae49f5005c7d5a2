"""What every use case works with, put together once by `app`."""

from collections import OrderedDict
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from gap_server.errors import NotFound
from gap_server.game.rules import Rules
from gap_server.i18n.words import ORIGINAL_NAME
from gap_server.store import images
from gap_server.store.engine import Db, Store
from gap_server.vlm.answerer import Answerer
from gap_server.vlm.protocol import Model, Picture

PICTURES_BYTES = 48 * 1024 * 1024


class Pictures:
    """Pictures by image id, the recent ones from memory: they never change, so they cannot be stale."""

    def __init__(self, limit_bytes: int = PICTURES_BYTES) -> None:
        self._limit_bytes = limit_bytes
        self._recent: OrderedDict[UUID, Picture] = OrderedDict()
        self._bytes = 0

    async def get(self, db: Db, image_id: UUID) -> Picture:
        if (picture := self._recent.get(image_id)) is not None:
            self._recent.move_to_end(image_id)
            return picture
        image = await images.read(db, image_id)
        if image is None:
            raise NotFound("This image is gone.")
        picture = Picture(image.sha256, image.content, image.media_type, image.scene)
        self._keep(image_id, picture)
        return picture

    def _keep(self, image_id: UUID, picture: Picture) -> None:
        if image_id not in self._recent:
            self._recent[image_id] = picture
            self._bytes += len(picture.content)
        while self._bytes > self._limit_bytes:
            _, oldest = self._recent.popitem(last=False)
            self._bytes -= len(oldest.content)


class Ground(Protocol):
    """The part of a house that looking things up and making moves need: the bot has no more than this."""

    @property
    def store(self) -> Store: ...

    @property
    def rules(self) -> Rules: ...


@dataclass(frozen=True, slots=True)
class House:
    """`bot_key` signs initData; `demo` lets people in by name; `sessions_per_day` is for one player.

    `app_name`: what players know the game by. `bot_name`: the bot's username, None where there is no bot.
    """

    store: Store
    model: Model
    answerer: Answerer
    pictures: Pictures
    rules: Rules
    bot_key: bytes
    sessions_per_day: int
    demo: bool = False
    app_name: str = ORIGINAL_NAME
    bot_name: str | None = None

    def invite_url(self, referral_code: str) -> str | None:
        """A link that opens the game for whoever is invited, and says by whom."""
        return f"https://t.me/{self.bot_name}?startapp={referral_code}" if self.bot_name else None
