"""What a report says of the judges themselves: how far they agree, what they prefer in pairs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gap_server.quality.scoring.kappa import Agreement
from gap_server.tuning.evaluation.agreement import LEAST_KAPPA, JudgesAgreement
from gap_server.tuning.evaluation.journal import Line
from gap_server.tuning.evaluation.markdown import heads, part
from gap_server.tuning.evaluation.pairs import PairStanding


@dataclass(frozen=True, slots=True)
class Pairwise:
    """Judged in pairs against another run. `lines`: every choice. `lacking`: choices that no judge made."""

    standings: Sequence[PairStanding]
    lines: Sequence[Line]
    lacking: int


@dataclass(frozen=True, slots=True)
class WithPeople:
    """`rows`: those of this run that people judged. `of_other_answers`: verdicts on what it did not say."""

    agreement: Sequence[JudgesAgreement]
    rows: int
    of_other_answers: int


def told_agreement(found: Sequence[JudgesAgreement]) -> Iterator[str]:
    if found:
        yield "\n## How far judges agree\n"
        yield from _kappas(found)


def told_people(found: WithPeople) -> Iterator[str]:
    yield "\n## How far judges agree with people\n"
    yield (
        f"People judged {found.rows} of these answers; {found.of_other_answers} more of their verdicts are on"
        " other answers, and count for nothing here.\n"
    )
    yield from _kappas(found.agreement)


def told_pairs(found: Pairwise, against: str | None) -> Iterator[str]:
    yield "\n## Side by side, blind, in both orders\n"
    yield from heads(
        "judge", "of", "better", "tie", "worse", "won", "95 % interval", "p", "swayed", "undecided"
    )
    for one in found.standings:
        share, swayed = one.share, "" if one.swayed is None else f"{one.swayed:.0%}"
        yield (
            f"| {one.judge} | {part(one.stratum, one.category)} | {one.better} | {one.tie} | {one.worse} |"
            f" {share.mean:.3f} | {share.lower:.3f} to {share.upper:.3f} | {one.test.p:.3g} | {swayed} |"
            f" {one.undecided} |"
        )
    yield (
        f"\nAgainst {against}. *Won*: ties by half, so that .5 is even. *p*: the exact sign test, without"
        " ties. *Swayed*: rows on which the judge chose the same place in both orders: they are ties. Answers"
        f" of the same words are ties without a judge: {found.standings[0].same_words}. Choices lacking:"
        f" {found.lacking}."
    )


def _kappas(found: Sequence[JudgesAgreement]) -> Iterator[str]:
    yield from heads("protocol", "judges", "kappa", "95 % interval", "the same", "rows", "")
    for one in found:
        poor = f"below {LEAST_KAPPA}: not for publishing" if one.is_poor else ""
        yield f"| {one.protocol} | {', '.join(one.judges)} | {_kappa(one.found)} | {poor} |"
    yield "\nTwo by Cohen's kappa, near misses by their distance; more by Fleiss', by grade."


def _kappa(found: Agreement) -> str:
    interval = f"{found.lower:.2f} to {found.upper:.2f}"
    return f"{found.kappa:.2f} | {interval} | {found.same:.0%} | {found.rows}"
