"""How much a look at the picture tells of each question's answer, counted over all images."""

from gap_server.quality.questions.commonness import bits
from gap_server.store import commonness
from gap_server.store.commonness import CountedForm
from gap_server.store.engine import Store

PAGE = 1000
"""Forms that are written in one statement."""


async def count(store: Store) -> None:
    """Count anew, page by page as the counts come in. Whoever weighs answers meanwhile does so by the old."""
    async with store.transaction() as reading:
        page: list[CountedForm] = []
        async for form, images in commonness.answered(reading):
            page.append(CountedForm(form, sum(images), bits(images)))
            if len(page) == PAGE:
                await _write(store, page)
                page = []
        await _write(store, page)
    async with store.transaction() as db:
        await commonness.forget(db)


async def _write(store: Store, page: list[CountedForm]) -> None:
    async with store.transaction() as db:
        await commonness.write(db, page)
