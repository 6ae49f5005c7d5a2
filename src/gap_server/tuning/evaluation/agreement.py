"""How far judges agree: each two of them, all of them together, and each of them with people."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, groupby
from typing import Final

import numpy as np

from gap_server.quality.scoring.kappa import Agreement, cohen, fleiss
from gap_server.tuning.evaluation.judging import RULE
from gap_server.tuning.evaluation.scores import PANEL, Score

PEOPLE: Final = "people"
LEAST_KAPPA: Final = 0.6
"""Below it a score by such judges is not for publishing."""

_Key = tuple[str, str]
_Said = Mapping[_Key, Score]


@dataclass(frozen=True, slots=True)
class JudgesAgreement:
    """`judges`: two by Cohen's kappa, near misses by their distance; three or more by Fleiss', by grade."""

    protocol: str
    judges: tuple[str, ...]
    found: Agreement

    @property
    def is_poor(self) -> bool:
        return not self.found.kappa >= LEAST_KAPPA


def judges_agreement(scores: Sequence[Score]) -> list[JudgesAgreement]:
    """On the rows that no rule decided and all of the judges did."""
    return list(_among(_by_judge(scores, with_rule=False)))


def agreement_with_people(scores: Sequence[Score], people: Mapping[str, float]) -> list[JudgesAgreement]:
    """Every judge, the panel and the rule with what people said of the same answers, by the row's id."""
    found = []
    for (protocol, judge), said in sorted(_by_judge(scores, with_rule=True).items()):
        rows = [score for (row_id, time), score in sorted(said.items()) if time == "1" and row_id in people]
        theirs = np.array([people[score.id] for score in rows], dtype=np.float64)
        agreement = cohen(_values(rows), theirs, _images(rows))
        found.append(JudgesAgreement(protocol, (judge, PEOPLE), agreement))
    return found


def _among(said: Mapping[tuple[str, str], _Said]) -> Iterator[JudgesAgreement]:
    for protocol, keys in groupby(sorted(said), key=lambda key: key[0]):
        judges = [judge for _, judge in keys]
        together = [*combinations(judges, 2), *([tuple(judges)] if len(judges) > 2 else [])]
        for several in together:
            yield _agreement(protocol, several, [said[protocol, judge] for judge in several])


def _agreement(protocol: str, judges: tuple[str, ...], said: Sequence[_Said]) -> JudgesAgreement:
    shared = sorted(set.intersection(*(set(one) for one in said)))
    columns = [_values([one[key] for key in shared]) for one in said]
    images = _images([said[0][key] for key in shared])
    if len(columns) == 2:
        return JudgesAgreement(protocol, judges, cohen(columns[0], columns[1], images))
    grades = np.round(np.stack(columns, axis=1) * 2) / 2  # as names: wrong, in part, right
    return JudgesAgreement(protocol, judges, fleiss(grades, images))


def _by_judge(scores: Sequence[Score], *, with_rule: bool) -> dict[tuple[str, str], dict[_Key, Score]]:
    """What each judge said itself; with the rule's word and the panel's, which is the judges' together."""
    said: dict[tuple[str, str], dict[_Key, Score]] = defaultdict(dict)
    for score in scores:
        own = score.by == score.judge and (with_rule or score.judge != PANEL)
        ruled = with_rule and score.judge == PANEL and score.by == RULE
        if score.score is not None and (own or ruled):
            said[score.protocol, score.by][score.id, score.time] = score
    return said


def _values(scores: Sequence[Score]) -> np.ndarray:
    return np.array([score.score for score in scores], dtype=np.float64)


def _images(scores: Sequence[Score]) -> np.ndarray:
    names = [score.image for score in scores]
    return np.asarray(np.unique(names, return_inverse=True)[1], dtype=np.intp)
