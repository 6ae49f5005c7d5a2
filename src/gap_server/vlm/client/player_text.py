"""A player's words made harmless to a chat template, and still readable."""

import re
from typing import Final

# Every chat format known marks its control tokens with angle brackets (<|eot_id|>, <image>, <<SYS>>,
# <start_of_turn>) or with a bracketed word ([INST], [/INST], [img-0], [gMASK]). Look-alike quotes keep the
# text readable and are no token anywhere; a list of known tokens would always lack the next model's.
_ANGLES: Final = str.maketrans({"<": "‹", "＜": "‹", "﹤": "‹", ">": "›", "＞": "›", "﹥": "›"})
_BRACKETED_WORD: Final = re.compile(r"[\[［]([\s/]*[A-Za-z][A-Za-z0-9_ -]*)[\]］]")


def neutralised(text: str) -> str:
    """`text` without anything that a chat template could take for a control token. Twice is as once."""
    return _BRACKETED_WORD.sub(r"(\1)", text.translate(_ANGLES))
