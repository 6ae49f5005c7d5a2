"""What a lie about each claim must change, and what it must keep.

Each claim says so itself, in the module that is named like its own in `claims`; of what is seen, `setting`
has the place and the hour, and `shown` what is to be seen somewhere. All that a claim may be asked is in
`demands`.
"""

from gap_server.demo.answerer.lying import compared, qualities, seen, setting, shown
from gap_server.demo.answerer.lying.contraries import contrary
from gap_server.demo.answerer.lying.demands import (
    Case,
    is_told_of_each,
    keeps_what_is_named,
)
from gap_server.demo.answerer.lying.fitting import fitted_to_truth, in_form_of_truth, misses_the_question

__all__ = [
    "Case",
    "compared",
    "contrary",
    "fitted_to_truth",
    "in_form_of_truth",
    "is_told_of_each",
    "keeps_what_is_named",
    "misses_the_question",
    "qualities",
    "seen",
    "setting",
    "shown",
]
