"""Did the model say that the question is not about the picture? However it spelled it, and nothing else."""

import re
from typing import Final

from gap_server.vlm.screen.disguises import folded

# Joined by underscores or hyphens it is the marker, whatever stands around it; as loose words it may be a
# sign in the picture, so there all the rest of the answer must be words that go with the marker.
_JOINED: Final = re.compile(
    r"\b(?:not[_-]+about[_-]+(?:the[_-]+|this[_-]+)?(?:picture|image|photo)s?|notaboutthepicture|"
    r"не[_-]+о[_-]+(?:картинке|изображении))\b"
)
_LOOSE: Final = re.compile(r"\bnot about (?:the |this )?(?:picture|image|photo|photograph)s?$")
_COMPANY: Final = frozenset(
    [
        "i'm",
        "i",
        "am",
        "sorry",
        "apologies",
        "answer",
        "response",
        "output",
        "my",
        "the",
        "this",
        "that",
        "it",
        "it's",
        "your",
        "question",
        "is",
        "was",
        "seems",
        "so",
        "then",
    ]
)
_STRAY_WORDS: Final = 8


def is_off_topic(answer: str) -> bool:
    """True where `answer` is the marker: in any case, quoted, spaced, nearly so, few words around."""
    text = folded(answer)
    if (marker := _JOINED.search(text)) is not None:
        around = f"{text[: marker.start()]} {text[marker.end() :]}"
        return len(re.findall(r"\w+", around)) <= _STRAY_WORDS
    words = " ".join(re.findall(r"[^\W_]+(?:'\w+)?", text))
    loose = _LOOSE.search(words)
    return loose is not None and _COMPANY.issuperset(words[: loose.start()].split())
