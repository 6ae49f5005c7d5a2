"""A crowd whose truth is known: what the estimates say of it must be so, whatever the deal."""

from functools import cache

import numpy as np
import pytest

from gap_server.quality.crowd.jurors import judged, refitted
from gap_server.quality.crowd.play import BALANCED, KINDS, PAPER, Crowd, Deal, played, with_poisoner
from gap_server.quality.crowd.policies import TYPICAL, Behaviour, Eyes, Sight, flag_chance
from gap_server.quality.evidence import Pool
from gap_server.quality.jury import Outcome
from gap_server.quality.measures import calibration_error, coverage, precision_and_recall, rank_correlation
from gap_server.quality.reliability import Estimates, estimates, fit
from gap_server.quality.sharpness import sharpness
from tests.repeats import repeats

PLAYERS, SESSIONS = repeats(2000, full=4000), 5
CLAIMED = 0.95

pytestmark = pytest.mark.slow


@cache
def _played(deal: Deal) -> tuple[Crowd, Estimates]:
    crowd = played(PLAYERS, SESSIONS, deal=deal, seed=11)
    return crowd, estimates(fit(crowd.evidence), level=CLAIMED)


@pytest.fixture(params=["balanced", "paper"])
def crowd(request: pytest.FixtureRequest) -> tuple[Crowd, Estimates]:
    return _played(BALANCED if request.param == "balanced" else PAPER)


def test_trust_is_what_it_says(crowd: tuple[Crowd, Estimates]) -> None:
    played_, found = crowd
    trust = played_.trust(found.trust)
    assert calibration_error(trust, played_.flag_wrong) <= 0.05
    precision, recall = precision_and_recall(trust >= 0.9, played_.flag_wrong)
    assert precision >= 0.9
    assert recall > 0.03


def test_players_come_in_the_order_of_what_they_can_do(crowd: tuple[Crowd, Estimates]) -> None:
    played_, found = crowd
    estimated = (found.s - found.f).mean(axis=1)
    assert rank_correlation(estimated, played_.sharpness) >= 0.8


def test_intervals_hold_what_they_promise(crowd: tuple[Crowd, Estimates]) -> None:
    played_, found = crowd
    assert coverage(found.s_lower, played_.s, found.s_upper) == pytest.approx(CLAIMED, abs=0.05)
    assert coverage(found.f_lower, played_.f, found.f_upper) == pytest.approx(CLAIMED, abs=0.05)


def test_the_jury_makes_rows_that_a_model_can_be_trained_on(crowd: tuple[Crowd, Estimates]) -> None:
    played_, found = crowd
    after = judged(played_, played_.trust(found.trust))
    later = refitted(played_, after)
    for chances in (later.unjudged, later.trust):
        assert calibration_error(chances, played_.flag_wrong) <= 0.05
        assert precision_and_recall(chances >= 0.9, played_.flag_wrong)[0] >= 0.9
    confirmed = np.array([outcome is Outcome.WRONG for outcome in after.outcomes])
    precision, recall = precision_and_recall(confirmed, played_.flag_wrong)
    assert precision >= 0.98
    assert recall >= 0.5


@pytest.mark.parametrize(
    ("deal", "kind"),
    [(BALANCED, Behaviour.ACCUSER), (PAPER, Behaviour.EXCUSER)],
    ids=["accuser", "excuser"],
)
def test_jurors_who_are_honest_where_it_is_known_anyway_are_found_out(deal: Deal, kind: Behaviour) -> None:
    played_ = played(1000, SESSIONS, deal=deal, mix=with_poisoner(kind), seed=11)
    after = judged(played_, played_.trust(estimates(fit(played_.evidence)).trust))
    jurors = estimates(fit(after.known))
    apart = jurors.s[:, Pool.COMPLEX] - jurors.f[:, Pool.COMPLEX]
    by_kind = {
        of: apart[[one is of for one in played_.behaviours]].mean() for of in (kind, Behaviour.CAREFUL)
    }
    assert abs(by_kind[kind]) < 0.1
    assert by_kind[Behaviour.CAREFUL] > 0.75
    trust = refitted(played_, after).trust
    assert calibration_error(trust, played_.flag_wrong) <= 0.05
    assert precision_and_recall(trust >= 0.9, played_.flag_wrong)[0] >= 0.98
    confirmed = np.array([outcome is Outcome.WRONG for outcome in after.outcomes])
    assert precision_and_recall(confirmed, played_.flag_wrong)[0] >= 0.97


def test_without_what_others_settled_they_are_not() -> None:
    played_ = played(500, SESSIONS, mix=with_poisoner(Behaviour.ACCUSER), seed=11)
    alone = played_.trust(estimates(fit(played_.evidence)).trust)
    jurors = estimates(fit(judged(played_, alone, measured_by_settled=False).known))
    accusers = [one is Behaviour.ACCUSER for one in played_.behaviours]
    careful = [one is Behaviour.CAREFUL for one in played_.behaviours]
    assert jurors.f[accusers, Pool.COMPLEX].mean() == pytest.approx(
        jurors.f[careful, Pool.COMPLEX].mean(), abs=0.1
    )


def test_only_who_looks_is_sharp() -> None:
    crowd_, _ = _played(BALANCED)
    seen = sharpness(crowd_.evidence)
    mean = {kind: seen[[b is kind for b in crowd_.behaviours]].mean() for kind in set(crowd_.behaviours)}
    blind = {Behaviour.ALWAYS, Behaviour.NEVER, Behaviour.COIN, Behaviour.BY_FILE_SIZE, Behaviour.BY_LOOK}
    assert all(mean[kind] <= 10 for kind in blind | {Behaviour.COPIER, Behaviour.COMMON_KNOWLEDGE})
    assert mean[Behaviour.CAREFUL] > 55 > mean[Behaviour.SLOPPY]
    assert mean[Behaviour.POISONER] < mean[Behaviour.CAREFUL] - 15


@pytest.mark.parametrize("behaviour", Behaviour)
def test_a_policy_decides_about_one_answer_as_about_many(behaviour: Behaviour) -> None:
    sights = [(w, c, s, b, n) for w in (0, 1) for c in (0, 1) for s in (0, 1) for b in (0, 1) for n in (0, 3)]
    columns = [np.array(column) for column in zip(*sights, strict=True)]
    many = flag_chance(
        behaviour,
        TYPICAL[behaviour],
        Sight(columns[0] == 1, columns[1] == 1, columns[2] == 1, columns[3] == 1, columns[4]),
    )
    one_by_one = [
        float(flag_chance(behaviour, Eyes(e.hit, e.slip), Sight(w == 1, c == 1, s == 1, b == 1, n)))
        for w, c, s, b, n in sights
        for e in [TYPICAL[behaviour]]
    ]
    np.testing.assert_allclose(many, one_by_one)
    assert ((many >= 0) & (many <= 1)).all()


def test_the_same_seed_is_the_same_crowd() -> None:
    one, other = (played(300, 2, seed=5) for _ in range(2))
    np.testing.assert_array_equal(one.evidence.flagged, other.evidence.flagged)
    np.testing.assert_array_equal(one.flag_wrong, other.flag_wrong)


def test_the_rounds_are_those_of_the_deal() -> None:
    rounds = played(200, 2, deal=PAPER, seed=0).evidence.seen
    assert (rounds[:, KINDS.index(KINDS[1])] == 0).all(), "the paper's traps are all simple"
    assert BALANCED.rounds == (3, 2, 2, 3)
    assert sum(PAPER.rounds) == sum(BALANCED.rounds) == 10
