"""A large JSON object is read piece by piece, and says the same as when read whole."""

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gap_server.images import json_stream
from gap_server.images.json_stream import members

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


def _flat(whole: dict[str, Any]) -> list[tuple[str, Any]]:
    return [
        (key, element)
        for key, value in whole.items()
        for element in (value if isinstance(value, list) else [value])
    ]


@given(
    whole=st.dictionaries(st.text(), VALUES, max_size=5),
    indent=st.sampled_from([None, 0, 3]),
    ascii_only=st.booleans(),
    chunk=st.integers(1, 40),
)
def test_it_says_what_json_says_however_it_is_written_and_cut(
    whole: dict[str, Any],
    indent: int | None,
    ascii_only: bool,  # noqa: FBT001 - hypothesis calls by name
    chunk: int,
) -> None:
    text = json.dumps(whole, indent=indent, ensure_ascii=ascii_only)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_stream, "_CHUNK", chunk)
        assert list(members(io.StringIO(text))) == _flat(whole)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "ends early"),
        ("[1, 2]", "expected"),
        ('{"a": [{"b": 1}, {"b"', "cut short"),
        ('{"a": [{"b": 1}', "ends early"),
        ('{"a": [{"b": 1} {"b": 2}]}', "expected"),
        ('{"a": [oops]}', "broken"),
        ('{"a": 1} {"a": 2}', "more after its end"),
        ('{"a" 1}', "expected"),
        ("{1: 1}", "key is not a string"),
        ('{"a": ' + "[" * 100_000, "ends early|cut short"),
    ],
)
def test_a_broken_text_is_said_to_be_broken(text: str, fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        list(members(io.StringIO(text)))


def test_no_more_than_the_limit_is_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_stream, "_CHUNK", 1000)
    monkeypatch.setattr(json_stream, "_LONGEST_ELEMENT", 10_000)
    file = io.StringIO('{"a": ["' + "x" * 1_000_000)
    with pytest.raises(ValueError, match="too long"):
        list(members(file))
    assert file.tell() < 50_000
