"""Pictures that players look at, the recent ones from memory."""

from collections import OrderedDict
from uuid import UUID

from gap_server.errors import NotFound
from gap_server.store import images
from gap_server.store.engine import Db
from gap_server.vlm.protocol import Picture

PICTURES_BYTES = 48 * 1024 * 1024


class PictureCache:
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
