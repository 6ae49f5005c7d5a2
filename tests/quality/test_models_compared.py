"""Two models are compared while the game runs, whoever asks them about whichever pictures."""

import numpy as np
import pytest

from gap_server.quality.evidence import Floats
from gap_server.quality.measures import coverage, rank_correlation
from gap_server.quality.models_compared import Answers, Comparison, Factor, compared

PLAYERS, IMAGES, EACH = 150, 120, 14
CATEGORIES = np.array([-0.3, 0.0, 0.3])


def _answered(seed: int, models: Floats, players: Floats | None = None) -> tuple[Answers, Floats, Floats]:
    """Answers to players of known readiness on pictures of known difficulty, and both."""
    random = np.random.default_rng(seed)
    readiness = random.normal(0, 1, PLAYERS) if players is None else players
    difficulty = random.normal(0, 0.7, IMAGES)
    player = np.repeat(np.arange(len(readiness)), EACH)
    image, category = random.integers(IMAGES, size=len(player)), random.integers(3, size=len(player))
    model = np.repeat(random.integers(len(models), size=len(readiness) * 2), EACH // 2)  # one a session
    odds = readiness[player] + difficulty[image] + CATEGORIES[category] - models[model] - 0.7
    flagged = random.random(len(player)) < 1 / (1 + np.exp(-odds))
    seen = np.ones(len(player), np.intp)
    return Answers(player, image, category, model, seen, flagged.astype(np.intp)), readiness, difficulty


def test_the_better_of_two_models_is_found() -> None:
    found = compared(_answered(1, np.array([-0.4, 0.4]))[0])
    assert found.more_truthful(1, 0) > 0.99
    assert found.more_truthful(0, 1) == pytest.approx(1 - found.more_truthful(1, 0))
    rates = found.flag_rates.effect
    assert rates[0] > rates[1] + 0.08
    assert found.rate_difference(0, 1).effect[0] == pytest.approx(rates[0] - rates[1])
    lower, upper = found.rate_difference(0, 1).within(0.95)
    assert 0 < lower[0] < upper[0]
    assert found.truthfulness.effect.sum() == pytest.approx(0)
    assert found.truthfulness.effect[1] == pytest.approx(found.difference(1, 0).effect[0] / 2)


@pytest.mark.slow
def test_of_two_models_in_the_field_the_order_and_the_distance_are_recovered() -> None:
    """In thirty simulated crowds; no interval is sure and wrong."""
    held, unsure = [], 0
    for seed in range(30):
        models = np.random.default_rng(seed + 100).normal(0, 0.4, 2)
        truth = models[0] - models[1]
        found = compared(_answered(seed, models)[0]).difference(0, 1)
        (lower,), (upper,) = found.within(0.95)
        held.append(lower <= truth <= upper)
        if lower > 0 or upper < 0:
            assert (found.effect[0] > 0) == (truth > 0)
        elif abs(truth) > 0.5:
            unsure += 1
    assert np.mean(held) >= 0.9
    assert unsure <= 2, "of models half a unit of log odds apart it is told which is better"


@pytest.mark.slow
def test_intervals_hold_what_they_are_of() -> None:
    held: dict[Factor, list[float]] = {Factor.PLAYER: [], Factor.IMAGE: []}
    crowds = 12
    for seed in range(crowds):
        models = np.random.default_rng(seed + 100).normal(0, 0.4, 2)
        answers, readiness, difficulty = _answered(seed, models)
        found = compared(answers)
        held[Factor.PLAYER].append(_covered(found, Factor.PLAYER, readiness))
        held[Factor.IMAGE].append(_covered(found, Factor.IMAGE, difficulty))
    assert np.mean(held[Factor.PLAYER]) >= 0.9
    assert np.mean(held[Factor.IMAGE]) >= 0.9


def _covered(found: Comparison, factor: Factor, truth: Floats) -> float:
    lower, upper = found.effects[factor].within(0.95)
    return coverage(lower, truth, upper)


def test_counted_together_or_one_by_one_is_the_same() -> None:
    single = _answered(4, np.array([-0.2, 0.2]))[0]
    columns = np.stack([single.player, single.image, single.category, single.model])
    (player, image, category, model), of_row = np.unique(columns, axis=1, return_inverse=True)
    seen, flagged = (np.bincount(of_row, n).astype(np.intp) for n in (single.seen, single.flagged))
    assert len(seen) < len(single.seen)
    one, other = compared(single), compared(Answers(player, image, category, model, seen, flagged))
    assert one.difference(0, 1).effect == pytest.approx(other.difference(0, 1).effect, abs=1e-3)
    assert one.flag_rates.error == pytest.approx(other.flag_rates.error, rel=1e-3)


def test_players_and_pictures_come_in_their_order() -> None:
    answers, readiness, difficulty = _answered(3, np.zeros(2))
    found = compared(answers)
    assert rank_correlation(found.effects[Factor.PLAYER].effect, readiness) > 0.7
    assert rank_correlation(found.effects[Factor.IMAGE].effect, difficulty) > 0.5
    assert found.effects[Factor.CATEGORY].effect[2] > found.effects[Factor.CATEGORY].effect[0]
    assert found.spread[Factor.PLAYER] == pytest.approx(1, abs=0.25)


def test_who_flags_everything_says_nothing_of_the_models() -> None:
    fair = _answered(5, np.zeros(2))[0]
    blind = np.arange(PLAYERS, PLAYERS + 60).repeat(EACH)
    random = np.random.default_rng(0)
    image, category = random.integers(IMAGES, size=len(blind)), random.integers(3, size=len(blind))
    columns = ((fair.player, blind), (fair.image, image), (fair.category, category))
    player, image, category = (np.concatenate(both) for both in columns)
    model = np.concatenate([fair.model, random.integers(2, size=60 * 2).repeat(EACH // 2)])
    seen, flagged = (np.concatenate([of, np.ones(len(blind), np.intp)]) for of in (fair.seen, fair.flagged))
    joined = Answers(player, image, category, model, seen, flagged)
    before, after = (compared(answers).difference(0, 1) for answers in (fair, joined))
    assert abs(after.effect[0] - before.effect[0]) < before.error[0]


def test_answers_without_a_judgement_are_refused() -> None:
    none = np.zeros(0, np.intp)
    with pytest.raises(ValueError, match="each answer has"):
        Answers(none, none, none, none, none, none)
