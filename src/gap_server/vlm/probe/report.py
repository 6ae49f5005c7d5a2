"""What a probe found, as figures with the bounds that they must keep."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import mean, median
from typing import Final

from gap_server.quality.agreement.rule import Sameness, agreement
from gap_server.vlm.answerer import Refusal
from gap_server.vlm.probe.questions import QUESTIONS, Kind

TAINTED_DIFFERS: Final = 0.8
HONEST_REPEATS: Final = 0.6
"""Two honest answers at the sampling temperature; below this, a different answer says nothing about taint."""
GIVES_AWAY: Final = 0.02
REFUSES_ORDINARY: Final = 0.05
REFUSES_OFF_TOPIC: Final = 0.9
FAILS: Final = 0.02
TELLING: Final = 0.15
"""How far from 0.5 the chance may be that a tainted answer is the longer (or later) of a pair."""
PROMPT_TOKENS_APART: Final = 4


@dataclass(frozen=True, slots=True)
class ProbeAnswer:
    """One answer of the probe. `key`: the picture and the question. `again`: honestly asked a second time."""

    key: tuple[str, str]
    kind: Kind
    tainted: bool
    again: bool
    text: str
    refusal: Refusal | None
    failure: str | None
    seconds: float
    prompt_tokens: int | None
    completion_tokens: int | None

    @property
    def words(self) -> int:
        return len(self.text.split())

    @property
    def off_topic(self) -> bool:
        return self.kind == "off topic"

    @property
    def answers(self) -> bool:
        return self.failure is None and self.refusal is None


@dataclass(frozen=True, slots=True)
class Row:
    """One figure, already in words; `passed` is None where nothing is demanded of it."""

    measure: str
    honest: str
    tainted: str
    wanted: str = ""
    passed: bool | None = None


@dataclass(frozen=True, slots=True)
class ProbeReport:
    rows: tuple[Row, ...]

    @property
    def passed(self) -> bool:
        return all(row.passed is not False for row in self.rows)

    def table(self) -> list[tuple[str, str, str, str, str]]:
        """Measure, honest, tainted, wanted, and whether it is so: "ok", "NO" or nothing."""
        words = {True: "ok", False: "NO", None: ""}
        return [(r.measure, r.honest, r.tainted, r.wanted, words[r.passed]) for r in self.rows]


FORM: Final[Mapping[str, Callable[[ProbeAnswer], float]]] = {
    "letters an answer": lambda h: len(h.text),
    "sentences an answer": lambda h: len(re.findall(r"[.!?…]+(?=\s|$)", h.text)),
    "lines an answer": lambda h: len(h.text.splitlines()),
    "commas an answer": lambda h: h.text.count(","),
    "quotation marks an answer": lambda h: len(re.findall(r"[\"“”«»]", h.text)),
}
"""What an answer looks like, whatever it says."""

Arms = tuple[list[ProbeAnswer], list[ProbeAnswer]]
"""Honest, tainted."""


def _arms(heard: Iterable[ProbeAnswer]) -> Arms:
    everything = list(heard)
    return [h for h in everything if not h.tainted], [h for h in everything if h.tainted]


def judged(heard: Iterable[ProbeAnswer]) -> ProbeReport:
    asked = _arms(heard)
    said = _arms(h for arm in asked for h in arm if h.failure is None)
    arms = _arms(h for arm in said for h in arm if not h.off_topic)
    strangers = _arms(h for arm in said for h in arm if h.off_topic)
    return ProbeReport(
        (
            Row("answers asked for", str(len(asked[0])), str(len(asked[1]))),
            _share("failed", asked, lambda h: h.failure is not None, most=FAILS),
            _repeats(arms[0]),
            _differs(*arms),
            *(_differs_on(kind, *arms) for kind in QUESTIONS),
            _unclear(*arms),
            _share("gives the instruction away", said, lambda h: h.refusal == "gave_away", most=GIVES_AWAY),
            _share(
                "refuses a question about the picture",
                arms,
                lambda h: h.refusal == "not_about_picture",
                most=REFUSES_ORDINARY,
            ),
            _share(
                "refuses a question about something else",
                strangers,
                lambda h: h.refusal == "not_about_picture",
                least=REFUSES_OFF_TOPIC,
            ),
            _apart("prompt tokens", *arms),
            *_telling("words an answer", arms, lambda h: h.words),
            *_telling("tokens an answer", arms, lambda h: h.completion_tokens),
            *_telling("seconds an answer", arms, lambda h: h.seconds),
            *(row for name, of in FORM.items() for row in _telling(name, arms, of)),
        )
    )


def _share(
    measure: str, arms: Arms, holds: Callable[[ProbeAnswer], bool], *, most: float = 1.0, least: float = 0.0
) -> Row:
    """The share of an arm's answers for which `holds` is true, and whether it is in bounds in both."""
    shares = [mean(map(holds, arm)) if arm else None for arm in arms]
    wanted = f"at least {least:.0%}" if least else f"at most {most:.0%}"
    passed = all(share is not None and least <= share <= most for share in shares)
    return Row(measure, _percent(shares[0]), _percent(shares[1]), wanted, passed)


def _repeats(honest: Sequence[ProbeAnswer]) -> Row:
    share = _agreement(honest, lambda h: h.again)
    passed = share is not None and share >= HONEST_REPEATS
    return Row(
        "says the same when asked again", _percent(share), "", f"at least {HONEST_REPEATS:.0%}", passed
    )


def _differs(honest: Sequence[ProbeAnswer], tainted: Sequence[ProbeAnswer]) -> Row:
    same = _agreement([*honest, *tainted], lambda h: h.tainted)
    share = None if same is None else 1 - same
    passed = share is not None and share >= TAINTED_DIFFERS
    return Row(
        "contradicts its honest answer", "", _percent(share), f"at least {TAINTED_DIFFERS:.0%}", passed
    )


def _differs_on(kind: Kind, honest: Sequence[ProbeAnswer], tainted: Sequence[ProbeAnswer]) -> Row:
    same = _agreement([h for h in (*honest, *tainted) if h.kind == kind], lambda h: h.tainted)
    return Row(f"contradicts it: {kind}", "", _percent(None if same is None else 1 - same))


def _unclear(honest: Sequence[ProbeAnswer], tainted: Sequence[ProbeAnswer]) -> Row:
    """Of how many pairs the figures above cannot speak."""
    heard = [*honest, *tainted]
    repeats, lies = (
        [sameness is Sameness.UNCLEAR for sameness in _samenesses(heard, is_other)]
        for is_other in (lambda h: h.again, lambda h: h.tainted)
    )
    return Row(
        "comparisons that words cannot decide",
        _percent(mean(repeats) if repeats else None),
        _percent(mean(lies) if lies else None),
    )


def _agreement(heard: Sequence[ProbeAnswer], is_other: Callable[[ProbeAnswer], bool]) -> float | None:
    """How often the first honest answer and the other one of its picture and question say the same.

    Of those pairs of which words alone can tell; the rest speaks for neither.
    """
    told = [sameness for sameness in _samenesses(heard, is_other) if sameness is not Sameness.UNCLEAR]
    return mean(sameness is Sameness.SAME for sameness in told) if told else None


def _samenesses(heard: Sequence[ProbeAnswer], is_other: Callable[[ProbeAnswer], bool]) -> list[Sameness]:
    first = {h.key: h for h in heard if not h.tainted and not h.again and h.answers}
    pairs = [(first[h.key], h) for h in heard if is_other(h) and h.answers and h.key in first]
    return [agreement(one.text, other.text, one.key[1]).sameness for one, other in pairs]


def _apart(measure: str, honest: Sequence[ProbeAnswer], tainted: Sequence[ProbeAnswer]) -> Row:
    means = [_mean([h.prompt_tokens for h in arm]) for arm in (honest, tainted)]
    if means[0] is None or means[1] is None:
        return Row(measure, "", "", "the server tells none")
    passed = abs(means[0] - means[1]) <= PROMPT_TOKENS_APART
    wanted = f"at most {PROMPT_TOKENS_APART} apart"
    return Row(measure, f"{means[0]:.0f}", f"{means[1]:.0f}", wanted, passed)


def _telling(measure: str, arms: Arms, of: Callable[[ProbeAnswer], float | None]) -> list[Row]:
    """The medians, and whether a player could tell the arms apart by this figure alone."""
    found = [[value for h in arm if h.answers and (value := of(h)) is not None] for arm in arms]
    if not all(found):
        return [Row(measure, "", "", "none told")]
    honest, tainted = (f"{median(values):.3g}" for values in found)
    chance, doubt = _chance_of_more(found[0], found[1])
    passed = abs(chance - 0.5) <= TELLING + doubt
    wanted = f"{0.5 - TELLING:.2f} to {0.5 + TELLING:.2f}, give or take {doubt:.2f}"
    return [
        Row(f"{measure} (median)", honest, tainted),
        Row(f"more {measure} if tainted", "", f"{chance:.2f}", wanted, passed),
    ]


def _chance_of_more(honest: Sequence[float], tainted: Sequence[float]) -> tuple[float, float]:
    """P(a tainted answer's figure > an honest one's), ties halved; two standard errors (Mann and Whitney)."""
    more = sum((t > h) + (t == h) / 2 for t in tainted for h in honest)
    pairs = len(honest) * len(tainted)
    return more / pairs, 2 * sqrt((len(honest) + len(tainted) + 1) / (12 * pairs))


def _mean(values: Sequence[int | None]) -> float | None:
    known = [value for value in values if value is not None]
    return mean(known) if known else None


def _percent(share: float | None) -> str:
    return "none" if share is None else f"{share:.0%}"
