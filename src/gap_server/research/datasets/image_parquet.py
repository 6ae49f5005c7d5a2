"""Rows with their pictures inside, as Parquet that Hugging Face `datasets` takes for what it is."""

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Final

BATCH_ROWS: Final = 100
"""As many pictures are in memory at a time; also a row group, as the hub's viewer wants it."""

_DOUBLES: Final = frozenset({"trust", "worth"})
_BOOLEANS: Final = frozenset({"consent"})


def write(lines: Path, folder: Path, target: Path) -> None:
    """`lines`: JSON objects of one shape, whose `image` is a path within `folder`."""
    from arro3.core import DataType, Field, RecordBatchReader, Schema  # noqa: PLC0415  # 33 MB, on demand
    from arro3.io import write_parquet  # noqa: PLC0415  # the same

    with lines.open(encoding="utf-8") as rows:
        names = list(json.loads(rows.readline()))
        rows.seek(0)
        picture = DataType.struct([Field("bytes", DataType.binary()), Field("path", DataType.utf8())])
        types = {"image": picture, **{name: _type(name, DataType) for name in names if name != "image"}}
        features = json.dumps({"info": {"features": {name: _feature(name) for name in types}}})
        schema = Schema([Field(*item) for item in types.items()], metadata={"huggingface": features})
        batches = RecordBatchReader.from_batches(schema, _batches(rows, folder, types, schema))
        write_parquet(batches, target, compression="zstd(3)", max_row_group_size=BATCH_ROWS)


def _batches(rows: Any, folder: Path, types: dict[str, Any], schema: Any) -> Iterator[Any]:
    from arro3.core import Array, RecordBatch  # noqa: PLC0415  # see above

    while lines := list(islice(rows, BATCH_ROWS)):
        parsed = [json.loads(line) for line in lines]
        columns = [_pictures([row["image"] for row in parsed], folder)]
        columns += [
            Array([row[name] for row in parsed], kind) for name, kind in types.items() if name != "image"
        ]
        yield RecordBatch.from_arrays(columns, schema=schema)


def _pictures(paths: list[str], folder: Path) -> Any:
    from arro3.core import Array, DataType, Field, struct_array  # noqa: PLC0415  # see above

    content = Array([(folder / path).read_bytes() for path in paths], DataType.binary())
    names = Array([Path(path).name for path in paths], DataType.utf8())
    fields = [Field("bytes", DataType.binary()), Field("path", DataType.utf8())]
    return struct_array([content, names], fields=fields)


def _type(name: str, types: Any) -> Any:
    if name in _DOUBLES:
        return types.float64()
    return types.bool() if name in _BOOLEANS else types.utf8()


def _feature(name: str) -> dict[str, str]:
    if name == "image":
        return {"_type": "Image"}
    kind = "float64" if name in _DOUBLES else "bool" if name in _BOOLEANS else "string"
    return {"dtype": kind, "_type": "Value"}
