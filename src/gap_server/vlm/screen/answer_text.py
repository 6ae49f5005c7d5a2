"""A model's words made fit to be shown and stored."""

import re
import unicodedata
from typing import Final

from gap_server.game.names import TURNING

SHOWN_CHARS: Final = 1_000
"""150 tokens are some 600 characters; whatever is longer has gone wrong, and is cut."""

_UNSEEN: Final = frozenset({"Cc", "Cs", "Co"})
# Invisible characters that carry no meaning by themselves or turn the line's direction. Joiners stay: emoji
# and several scripts are written with them.
_TRICKS: Final = re.compile(f"[\u200b\u2060\ufeff\u00ad{TURNING}]")
_CONTROL_TOKEN: Final = re.compile(r"<\|[a-z_]{2,30}\|>|</?s>")


def tidied(text: str) -> str:
    """`text` without control characters and tokens, spare white space or a tail beyond SHOWN_CHARS."""
    if text.isascii() and text.isprintable() and "<" not in text:  # most answers: one plain line
        return _cut(" ".join(text.split()))
    seen = "".join(c for c in _TRICKS.sub("", text) if c in "\n\t" or unicodedata.category(c) not in _UNSEEN)
    words = _CONTROL_TOKEN.sub(" ", seen)  # also one that unseen characters had hidden
    lines = (" ".join(line.split()) for line in words.split("\n"))
    return _cut(re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip())


def _cut(text: str) -> str:
    if len(text) <= SHOWN_CHARS:
        return text
    return text[: SHOWN_CHARS - 1].rsplit(None, 1)[0] + "…"
