"""The places that an answer names, and those that rule each other out."""

import re
from typing import Final

from gap_server.quality.words import folded

_PLACES: Final = {
    "left": r"\bleft\b|\bслева\b|\bлев(?:ый|ая|ое|ую|ой|ом|ее|ого)\b|\bналево\b",
    "right": r"\bright\b|\bсправа\b|\bправ(?:ый|ая|ое|ую|ой|ом|ее|ого)\b|\bнаправо\b",
    "above": r"\babove\b|\bover\b|\btop\b|\bupper\b|\bсверху\b|\bнад\b|\bвверху\b|\bверхн\w+",
    "below": r"\bbelow\b|\bunder(?:neath)?\b|\bbeneath\b|\bbottom\b|\blower\b"
    r"|\bснизу\b|\bпод\b|\bвнизу\b|\bнижн\w+",
    "front": r"\bin front\b|\bforeground\b|\bперед\b|\bспереди\b|\bпереднем плане\b",
    "behind": r"\bbehind\b|\bbackground\b|\bза\b|\bсзади\b|\bпозади\b|\bзаднем плане\b",
    "inside": r"\binside\b|\bindoors?\b|\bвнутри\b|\bв помещении\b",
    "outside": r"\boutside\b|\boutdoors?\b|\bснаружи\b|\bна улице\b",
}
_PATTERNS: Final = {place: re.compile(pattern) for place, pattern in _PLACES.items()}
_OPPOSITES: Final = (("left", "right"), ("above", "below"), ("front", "behind"), ("inside", "outside"))


def places(answer: str) -> frozenset[str]:
    plain = folded(answer)
    return frozenset(place for place, pattern in _PATTERNS.items() if pattern.search(plain))


def contradict(one: frozenset[str], other: frozenset[str]) -> bool:
    """One says left where the other says right. Who says both contradicts nobody."""
    pairs = [*_OPPOSITES, *((b, a) for a, b in _OPPOSITES)]
    return any(a in one and b not in one and b in other and a not in other for a, b in pairs)
