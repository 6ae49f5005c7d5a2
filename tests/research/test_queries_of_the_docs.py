"""Every query that docs/researching.md shows runs, on data that was played."""

import re
from pathlib import Path

import httpx

from gap_server.store.engine import Store
from tests.playing import new_player
from tests.research.test_hostile_sql import forget_that_we_asked

PAGE = Path(__file__).parents[2] / "docs" / "researching.md"
QUERIES = re.findall(r"```sql\n(.*?)```", PAGE.read_text(), re.DOTALL)


async def test_the_queries_run(both: httpx.AsyncClient, researcher: httpx.AsyncClient, store: Store) -> None:
    await (await new_player(both)).play_session()
    assert len(QUERIES) == 12
    for query in QUERIES:
        await forget_that_we_asked(store)
        response = await researcher.post("/research/sql", json={"sql": query, "format": "parquet"})
        assert response.status_code == 200, (query, response.text)
