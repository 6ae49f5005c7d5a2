"""JSON too large to be held: an object's members one by one, an array element by element.

COCO's annotations of train2017 are 450 MB, which Python's json unfolds to 3 GB.
"""

import json
from collections.abc import Iterator
from typing import Any, TextIO

_CHUNK = 2**20
_LONGEST_ELEMENT = 64 * 2**20
_SPACE = " \t\n\r"

_decode = json.JSONDecoder().raw_decode


def members(file: TextIO) -> Iterator[tuple[str, Any]]:
    """(key, element) for each element of a top-level array, (key, value) for each other top-level value.

    In the file's own order. Raises ValueError where the text is not one JSON object, ends early, or holds one
    value of more than 64 Mi characters. What was yielded before that stands.
    """
    text = _Text(file)
    text.take("{")
    if text.ahead() == "}":
        text.take("}")
    else:
        yield from _members(text)
    if text.ahead():
        raise ValueError("there is more after its end")


def elements(file: TextIO) -> Iterator[Any]:
    """Each element of a top-level array. Raises ValueError as `members` does."""
    text = _Text(file)
    yield from _elements(text)
    if text.ahead():
        raise ValueError("there is more after its end")


def _members(text: "_Text") -> Iterator[tuple[str, Any]]:
    while True:
        key = text.value()
        if not isinstance(key, str):
            raise ValueError("a key is not a string")  # noqa: TRY004 - what is wrong is the text
        text.take(":")
        if text.ahead() == "[":
            yield from ((key, element) for element in _elements(text))
        else:
            yield key, text.value()
        if text.take(",}") == "}":
            return


def _elements(text: "_Text") -> Iterator[Any]:
    text.take("[")
    if text.ahead() == "]":
        text.take("]")
        return
    while True:
        yield text.value()
        if text.take(",]") == "]":
            return


class _Text:
    """A window on the file: what has been read and not yet used."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._window = ""
        self._at = 0

    def ahead(self) -> str:
        """The next character that is not space; none at the end of the file."""
        while True:
            while self._at < len(self._window):
                if self._window[self._at] not in _SPACE:
                    return self._window[self._at]
                self._at += 1
            if not self._more():
                return ""

    def take(self, one_of: str) -> str:
        found = self.ahead()
        if not found:
            raise ValueError("it ends early")
        if found not in one_of:
            raise ValueError(f"{found!r} stands where {' or '.join(one_of)} was expected")
        self._at += 1
        return found

    def value(self) -> Any:
        self.ahead()
        while True:
            try:
                value, end = _decode(self._window, self._at)
            except (json.JSONDecodeError, RecursionError):
                # Cut off by the window's end, or wrong: more text will tell.
                if not self._more():
                    raise ValueError("it is cut short, or one of its values is broken") from None
            else:
                # A number may go on: of 1e+5 cut to 1e+ the decoder would take the 1.
                if end + 3 <= len(self._window) or not self._more():
                    self._at = end
                    return value

    def _more(self) -> bool:
        held = len(self._window) - self._at
        if held > _LONGEST_ELEMENT:
            raise ValueError("one of its values is broken, or too long")
        chunk = self._file.read(max(_CHUNK, held))  # doubling, so that a long value is not read over and over
        if not chunk:
            return False
        self._window = self._window[self._at :] + chunk
        self._at = 0
        return True
