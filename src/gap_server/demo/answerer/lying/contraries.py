"""What is told where the false world tells what is so: a near miss of the truth."""

from dataclasses import replace

from gap_server.demo.answerer.claims import Claim, Written
from gap_server.demo.answerer.judging import denies, so
from gap_server.demo.answerer.lying.demands import (
    Case,
    beside_contrary,
    claims_of_contrary,
    near_misses_of,
    yes_of_contrary,
)


def contrary(case: Case) -> Case:
    """With the first claim of the truth turned about; the same where nothing near it is clearly not so."""
    first, truth = case.first, case.truth
    told = next((claim for claim in near_misses_of(first, case) if so(claim, case.world) is False), None)
    if told is None:
        return case
    yes = None if truth.yes is None else yes_of_contrary(first, told, yes=truth.yes)
    lie = replace(truth, claims=claims_of_contrary(first, told, _rest(case), case), yes=yes)
    return replace(
        case, truth=replace(truth, claims=tuple(beside_contrary(claim) for claim in truth.claims)), lie=lie
    )


def _rest(case: Case) -> tuple[Claim, ...]:
    """What follows in the lie; in the truth, where that goes with what is turned about."""
    truth, lie = case.truth.claims, case.lie.claims
    rest = lie[1:] if len(lie) == len(truth) else ()
    kept = any(map(denies, rest)) or any(isinstance(claim, Written) for claim in truth[1:])
    return truth[1:] if kept else rest
