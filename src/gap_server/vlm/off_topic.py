"""Did the model say that the question is not about the picture? However it spelled it, and nothing else."""

import re
from typing import Final

from gap_server.vlm.views import folded

# Joined by underscores or hyphens it is the marker, whatever stands around it; as loose words it may be a
# sign in the picture, so there all the rest of the answer must be words that go with the marker.
_JOINED: Final = re.compile(
    r"\b(?:not[_-]+about[_-]+(?:the[_-]+|this[_-]+)?(?:picture|image|photo)s?|notaboutthepicture|"
    r"не[_-]+о[_-]+(?:картинке|изображении))\b"
)
_LOOSE: Final = re.compile(
    r"(?:(?:i'm |i am )?sorry |apologies |answer |response |output |the answer is |my answer is |i answer |"
    r"(?:this |that |the |your )(?:question )?(?:is |was |seems )?|it's |it is |question is |so |then )*"
    r"not about (?:the |this )?(?:picture|image|photo|photograph)s?"
)
_STRAY_WORDS: Final = 8


def is_off_topic(answer: str) -> bool:
    """True where `answer` is the marker: in any case, quoted, spaced, nearly so, few words around."""
    text = folded(answer)
    if (marker := _JOINED.search(text)) is not None:
        around = f"{text[: marker.start()]} {text[marker.end() :]}"
        return len(re.findall(r"\w+", around)) <= _STRAY_WORDS
    return _LOOSE.fullmatch(" ".join(re.findall(r"[^\W_]+(?:'\w+)?", text))) is not None
