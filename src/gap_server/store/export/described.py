"""What the views are, as the database itself says it: from the comments that they were made with."""

from dataclasses import dataclass

from gap_server.store.engine import Db

DESCRIBED = """
select c.relname as view, obj_description(c.oid, 'pg_class') as view_meaning, a.attname as name,
       format_type(a.atttypid, a.atttypmod) as type, col_description(c.oid, a.attnum) as meaning
from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
where c.relnamespace = to_regnamespace('export') and c.relkind = 'v'
order by c.relname, a.attnum
"""


@dataclass(frozen=True, slots=True)
class DescribedColumn:
    name: str
    type: str
    meaning: str


@dataclass(frozen=True, slots=True)
class DescribedView:
    name: str
    meaning: str
    columns: tuple[DescribedColumn, ...]


async def describe(db: Db) -> list[DescribedView]:
    rows = await db.fetch(DESCRIBED)
    views = dict.fromkeys((row["view"], row["view_meaning"] or "") for row in rows)
    return [
        DescribedView(
            name,
            meaning,
            tuple(
                DescribedColumn(row["name"], row["type"], row["meaning"] or "")
                for row in rows
                if row["view"] == name
            ),
        )
        for name, meaning in views
    ]
