"""How Postgres itself writes a row of an answer: as a line of JSON, or of CSV.

It does so faster than Python could, and what Python never takes apart cannot make it large.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

CHUNK_BYTES = 8 * 1024
"""A longer line comes in pieces, so that a thousand of them are a bounded amount."""

LINE_MAX_BYTES = 4 * 1024 * 1024


class Kind(StrEnum):
    """What a column holds, as far as files care."""

    INTEGER = "integer"
    FLOAT = "float"
    BOOLEAN = "boolean"
    INSTANT = "instant"
    DATE = "date"
    TEXT = "text"
    JSON = "json"
    """Everything with a structure of its own: arrays, rows, JSON."""


KINDS = {
    **dict.fromkeys(("int2", "int4", "int8", "oid"), Kind.INTEGER),
    **dict.fromkeys(("float4", "float8", "numeric"), Kind.FLOAT),
    "bool": Kind.BOOLEAN,
    "timestamptz": Kind.INSTANT,
    "date": Kind.DATE,
    **dict.fromkeys(("json", "jsonb"), Kind.JSON),
}


@dataclass(frozen=True, slots=True)
class ColumnType:
    """A column of an answer. `name` is unique among them."""

    name: str
    kind: Kind


def kind_of(type_name: str, type_kind: str) -> Kind:
    """`type_kind`: scalar, array or composite, as asyncpg says it."""
    return KINDS.get(type_name, Kind.TEXT) if type_kind == "scalar" else Kind.JSON


def json_lines(statement: str, _columns: Sequence[ColumnType]) -> str:
    """Each row as JSON, under the names that the statement gives."""
    return _lines("row_to_json(q.*)::text", f"(\n{statement}\n) q")


def typed_json_lines(statement: str, columns: Sequence[ColumnType]) -> str:
    """Each row as JSON that a typed file can be made of: unique names, structures as text."""
    given = f"(\n{statement}\n) q({_aliases(columns)})"
    typed = ", ".join(f"{_typed(n, c)} as {quoted(c.name)}" for n, c in enumerate(columns, start=1))
    return _lines("row_to_json(t.*)::text", f"(select {typed} from {given}) t")


def csv_lines(statement: str, columns: Sequence[ColumnType]) -> str:
    """Each row as CSV (RFC 4180); null is nothing, an empty text is `""`."""
    cells = (f"coalesce({_cell(n, c)}, '')" for n, c in enumerate(columns, start=1))
    return _lines(" || ',' || ".join(cells), f"(\n{statement}\n) q({_aliases(columns)})")


def csv_header(columns: Sequence[ColumnType]) -> bytes:
    return ",".join('"' + c.name.replace('"', '""') + '"' for c in columns).encode() + b"\n"


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _lines(line: str, rows: str) -> str:
    """Two columns: a piece of a line, and whether the line ends with it. A null piece: it is too long."""
    return f"""
select case when octet_length(line) <= {CHUNK_BYTES} then convert_to(line, 'UTF8')
            when octet_length(line) <= {LINE_MAX_BYTES}
            then substring(convert_to(line, 'UTF8') from piece for {CHUNK_BYTES}) end,
       piece + {CHUNK_BYTES} > octet_length(line)
from (select {line} as line from {rows} offset 0) lines,
     lateral generate_series(1, greatest(octet_length(line), 1), {CHUNK_BYTES}) piece"""


def _aliases(columns: Sequence[ColumnType]) -> str:
    return ", ".join(f"c{n}" for n in range(1, len(columns) + 1))


def _typed(n: int, column: ColumnType) -> str:
    match column.kind:
        case Kind.FLOAT:
            return f"c{n}::float8"
        case Kind.TEXT:
            return f"c{n}::text"
        case Kind.JSON:
            return f"to_json(c{n})::text"
        case _:
            return f"c{n}"


def _cell(n: int, column: ColumnType) -> str:
    match column.kind:
        case Kind.INTEGER | Kind.FLOAT | Kind.BOOLEAN | Kind.DATE:
            return f"c{n}::text"
        case Kind.INSTANT:
            return f"to_json(c{n}) #>> '{{}}'"
        case Kind.JSON:
            return _csv_text(f"to_json(c{n})::text")
        case Kind.TEXT:
            return _csv_text(f"c{n}::text")


def _csv_text(text: str) -> str:
    return f"'\"' || replace({text}, '\"', '\"\"') || '\"'"
