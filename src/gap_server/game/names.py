"""How players may be called: one line that shows something, hides nothing and stays among its neighbours."""

import re
import unicodedata

NAME_MAX_CHARS = 40

TURNING = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
"""Characters that turn the line's direction: names stand among other people's."""

JOINING = "\u200c\u200d\ufe0e\ufe0f"
"""Invisible as well, but part of how Persian and Indic words and many emoji are written."""

INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202f\u2060-\u206f\u2800"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffc\U0001bca0-\U0001bca3\U0001d159\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff"
)
"""Characters that show nothing: Unicode's Default_Ignorable_Code_Point, the separators of lines, the marks of
an annotation and of an object, which browsers draw as nothing, the blank pattern of Braille, and the note
without a head. For use between the brackets of a regular expression, as those above."""

CONTROL = "\x00-\x1f\x7f-\x9f"

_DROPPED = re.compile(f"(?![{JOINING}])[{CONTROL}{INVISIBLE}\ud800-\udfff]")
_BLANK = re.compile(f"[\\s{INVISIBLE}]")


def shown_name(text: str) -> str:
    """`text` as a name: what shows nothing left out, 40 characters at most; empty where nothing is left.

    Twice is as once.
    """
    kept = " ".join(_DROPPED.sub("", " ".join(text.split())).split())
    first = next((at for at, character in enumerate(kept) if _stands_alone(character)), len(kept))
    return kept[first : first + NAME_MAX_CHARS].strip()


def _stands_alone(character: str) -> bool:
    """A mark does not: it goes onto what is before it, and would mark whatever a page shows before a name."""
    return not _BLANK.match(character) and not unicodedata.category(character).startswith("M")
