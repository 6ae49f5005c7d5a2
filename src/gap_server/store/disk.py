"""Whether Postgres has room left to write."""

from gap_server.store.engine import Store

IN_FILES = "set local work_mem = '64kB'"
WRITE = """
with written as materialized (select repeat('x', 8192) from generate_series(1, 128))
select count(*) from written
"""
"""What does not fit into `work_mem` goes to temporary files, beside the tables unless moved elsewhere."""


async def check_room(store: Store) -> None:
    """Have it write a megabyte, which is gone at once. Raises StoreUnavailable where its disk is full."""
    async with store.transaction() as db:
        await db.execute(IN_FILES)
        await db.fetchval(WRITE)
