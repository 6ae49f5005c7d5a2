"""Pictures that look alike stand in one split, so that nothing is trained on and held out at once."""

from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

import structlog
from anyio import to_thread

from gap_server.images.likeness import Gallery, look_of_file
from gap_server.play.background import repeat
from gap_server.store import likeness, trust
from gap_server.store.engine import Db, Store
from gap_server.store.likeness import NEITHER, SeenImage, UnseenImage

log = structlog.get_logger()

BATCH = 20
LOOK_EVERY_SECONDS = 60.0
LEASE = timedelta(seconds=LOOK_EVERY_SECONDS / 2)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a new picture belongs. `split`: None where it looks like no other, and draws its own."""

    split: str | None
    alike_to: SeenImage | None


@dataclass(slots=True)
class Compared:
    """`taken_out`: pictures in no set from now on, because they look like pictures of another split."""

    pictures: int = 0
    alike: int = 0
    taken_out: int = 0


class Lookalikes:
    """The catalogue by its looks. Only while the catalogue is held (`hold_catalogue`) is it whole."""

    def __init__(self) -> None:
        self._gallery = Gallery()
        self._images: list[SeenImage] = []
        self._number = 0
        self._seen = 0

    async def catch_up(self, db: Db) -> None:
        """With what was added since; whatever had no look until now is not among it."""
        for image in await likeness.seen_since(db, self._number):
            self._number = image.number
            self._add(image)

    async def is_whole(self, db: Db) -> bool:
        """False where somebody else has compared old pictures in between."""
        return self._seen == await likeness.count_seen(db)

    def place(self, look: bytes) -> Place:
        """Of a picture that nobody has played with: where those stand that it looks like."""
        alike = self._alike(look)
        if not alike:
            return Place(None, None)
        splits = {image.split for image in alike} - {NEITHER}
        return Place(splits.pop() if len(splits) == 1 else NEITHER, alike[0])

    async def see(self, db: Db, image: UnseenImage, look: bytes) -> int:
        """Place a picture that was there before looks were kept; how many were taken out of all sets."""
        alike = self._alike(look)
        split, taken_out = self.place(look).split, set[UUID]()
        if image.was_played:
            splits = {image.split, *(other.split for other in alike)} - {NEITHER}
            is_torn = image.split != NEITHER and len(splits) > 1
            split = NEITHER if is_torn else image.split
            taken_out = {o.id for o in alike if is_torn and o.split not in {image.split, NEITHER}}
        await likeness.take_out(db, list(taken_out))
        self._images = [replace(o, split=NEITHER) if o.id in taken_out else o for o in self._images]
        self._add(await likeness.saw(db, image.id, look, split, alike[0].id if alike else None))
        return len(taken_out) + (split == NEITHER != image.split)

    def _alike(self, look: bytes) -> list[SeenImage]:
        return [self._images[place] for place in self._gallery.alike(look)]

    def _add(self, image: SeenImage) -> None:
        self._seen += 1
        if image.look:
            self._gallery.add(image.look)
            self._images.append(image)


async def compare(store: Store) -> Compared:
    """Compare all pictures that were there before looks were kept, a few at a time."""
    compared, everyone = Compared(), Lookalikes()
    while (known := await _compare_some(store, everyone, compared)) is not None:
        everyone = known
    return compared


async def keep_comparing(store: Store) -> None:
    """At the start, and whenever a restore or an older version left pictures that nobody looked at."""

    async def look(_: object) -> None:
        async with store.connection() as db:
            if not await likeness.count_unseen(db) or not await trust.take_lease(db, "compare images", LEASE):
                return
        await compare(store)

    await repeat("comparing pictures", look, every_seconds=LOOK_EVERY_SECONDS)


async def _compare_some(store: Store, everyone: Lookalikes, compared: Compared) -> Lookalikes | None:
    """Compare the next ones. The catalogue by its looks as it is then; None where nothing was left to do."""
    async with store.transaction() as db:
        await likeness.hold_catalogue(db)
        batch = await likeness.unseen(db, BATCH)
        if not batch:
            return None
        await everyone.catch_up(db)
        if not await everyone.is_whole(db):
            everyone = Lookalikes()
            await everyone.catch_up(db)
        for image in batch:
            look = await to_thread.run_sync(_look, image)
            compared.pictures += 1
            compared.alike += everyone.place(look).alike_to is not None
            compared.taken_out += await everyone.see(db, image, look)
    return everyone


def _look(image: UnseenImage) -> bytes:
    """None of a picture that is damaged: it looks like no other, and keeps no other from being compared."""
    try:
        return look_of_file(image.content)
    except (OSError, ValueError, SyntaxError) as error:  # what Pillow says of broken files
        log.warning("a picture cannot be read", image=str(image.id), error=type(error).__name__)
        return b""
