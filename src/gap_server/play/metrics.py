"""What an operator sees of the data: counted when sessions are over."""

from prometheus_client import Counter

TRAPS_CHECKED = Counter(
    "gap_traps_checked",
    "Traps whose answer was compared with an honest one: lied, void (no lie), unclear.",
    ["outcome"],
)
FINDS = Counter("gap_finds", "Flagged honest answers that jurors found to be wrong.")
VERDICTS = Counter("gap_verdicts", "Verdicts that jurors sent, repeated ones included.")
