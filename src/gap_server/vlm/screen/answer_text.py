"""A model's words made fit to be shown and stored."""

import re
import unicodedata
from typing import Final

SHOWN_CHARS: Final = 1_000
"""150 tokens are some 600 characters; whatever is longer has gone wrong, and is cut."""

_UNSEEN: Final = frozenset({"Cc", "Cs", "Co"})
# Invisible characters that carry no meaning by themselves or turn the line's direction. Joiners stay: emoji
# and several scripts are written with them.
_TRICKS: Final = frozenset(
    "\u200b\u2060\ufeff\u00ad\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_CONTROL_TOKEN: Final = re.compile(r"<\|[a-z_]{2,30}\|>|</?s>")


def tidied(text: str) -> str:
    """`text` without control characters and tokens, spare white space or a tail beyond SHOWN_CHARS."""
    if text.isascii() and text.isprintable() and "<" not in text:  # most answers: one plain line
        return _cut(" ".join(text.split()))
    words = _CONTROL_TOKEN.sub(" ", text)
    seen = "".join(c for c in words if c in "\n\t" or _is_seen(c))
    lines = (" ".join(line.split()) for line in seen.split("\n"))
    return _cut(re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip())


def _is_seen(character: str) -> bool:
    return character not in _TRICKS and unicodedata.category(character) not in _UNSEEN


def _cut(text: str) -> str:
    if len(text) <= SHOWN_CHARS:
        return text
    return text[: SHOWN_CHARS - 1].rsplit(None, 1)[0] + "…"
