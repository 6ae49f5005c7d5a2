"""How many statements a question takes: counted one by one, on connections that tell of each."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

import httpx

from bench.crowd import QUESTIONS_EACH, Asking
from bench.instant import InstantModel, deps_of
from gap_server.app import assemble
from gap_server.store.engine import Db, Store


class CountingStore(Store):
    """Counts what is sent, by whomever."""

    count = 0

    def tell(self, _query: Any) -> None:
        self.count += 1

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[Db]:
        async with super().connection() as db:
            with db.query_logger(self.tell):
                yield db


async def per_question(url: str, asking: Asking) -> float:
    """Statements that a question takes, without the sweeper's and the first one's for its picture."""
    store = CountingStore(url, size=1)
    await store.open()
    transport = httpx.ASGITransport(assemble(deps_of(store, InstantModel())))
    headers = {"Authorization": f"Bearer {asking.token}"}
    async with httpx.AsyncClient(transport=transport, base_url="http://bench", headers=headers) as client:
        for n in range(QUESTIONS_EACH + 1):
            if n == 1:
                store.count = 0
            path = f"/api/v1/rounds/{asking.round_id}/questions/{uuid4()}"
            (await client.put(path, json={"text": "How many?"})).raise_for_status()
    await store.close()
    return store.count / QUESTIONS_EACH
