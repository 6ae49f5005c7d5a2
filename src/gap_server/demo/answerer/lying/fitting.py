"""What the false world answers, fitted to the truth: to its number, its form, and what was offered."""

from dataclasses import replace

from gap_server.demo.answerer.claims import IsPlace
from gap_server.demo.answerer.judging import so
from gap_server.demo.answerer.lying.demands import Case, fitted, misses, other_offered, suits, yes_told_with


def fitted_to_truth(case: Case) -> Case:
    """The lie in the truth's form."""
    if other := other_offered(case.first, case):
        case = case.telling(other)
    if type(case.first) is type(case.told):
        case = case.telling(fitted(case.first, case.told, case))
    return _near_to_description(case)


def _near_to_description(case: Case) -> Case:
    """Of a description, only what is to be seen is told otherwise: another place and another hour as well
    would be no near miss.
    """
    truth, lie = case.truth.claims, case.lie.claims
    if len(truth) != 3 or len(lie) != 3 or not isinstance(case.first, IsPlace):
        return case
    if so(lie[2], case.world) is not False:
        return case
    return replace(case, lie=replace(case.lie, claims=(*truth[:2], lie[2])))


def misses_the_question(case: Case) -> bool:
    """Whether it is another answer than was asked for, the same one, or not clearly false."""
    first, told = case.first, case.told
    return not suits(first, told) or misses(first, told, case) or so(told, case.world) is not False


def in_form_of_truth(case: Case) -> Case:
    """With a yes or no where the truth has one, and only there: the form of an answer would tell the arm."""
    yes = case.truth.yes
    if (yes is None) is (case.lie.yes is None):
        return case
    return replace(case, lie=replace(case.lie, yes=yes_told_with(case.told, yes=yes)))
