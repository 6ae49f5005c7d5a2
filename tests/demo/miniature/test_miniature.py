"""The miniature: all that is said of a picture is so, and nothing is taught wrongly but what is planted."""

from collections import Counter
from random import Random

import pytest

from gap_server.demo.answerer.answers import answers_to
from gap_server.demo.crowd.gallery import Known
from gap_server.demo.miniature.crowd import KnownInMiniature
from gap_server.demo.miniature.questions import (
    RINGS,
    WEAK_FROM,
    Fact,
    absent,
    after,
    facts,
    one_of,
    probed,
    said_of,
    vocabulary,
)
from gap_server.demo.miniature.scenes import MOST_ALIKE, SIDE, generate
from gap_server.demo.scene.description import Scene
from gap_server.game.state import Pool
from gap_server.quality.agreement.rule import Sameness, agreement
from gap_server.quality.questions.category import categorised
from gap_server.vlm.instructions import OFF_TOPIC_MARKER
from gap_server.vlm.probe.questions import OFF_TOPIC, QUESTIONS

NUMBERS = 40


@pytest.fixture(scope="module")
def shown() -> list[tuple[Pool, Scene]]:
    return [(pool, generate(pool, n)[1]) for pool in Pool for n in range(NUMBERS)]


def test_a_number_is_one_picture_in_each_world() -> None:
    (picture, scene), (again, _) = (generate(Pool.COMPLEX, 3) for _ in range(2))
    assert picture.size == (SIDE, SIDE)
    assert picture.tobytes() == again.tobytes()
    assert generate(Pool.COMPLEX, 3, "another")[1] != scene
    assert Scene.from_json(scene.to_json()).crowded is True


def test_pools_differ_as_the_games_pools_do_and_little_is_alike_on_a_simple_picture(
    shown: list[tuple[Pool, Scene]],
) -> None:
    for pool, scene in shown:
        assert scene.crowded is (pool is Pool.COMPLEX)
        assert len(scene.things) in (range(1, 4) if pool is Pool.SIMPLE else range(5, 8))
        for alike in (Counter(t.kind for t in scene.things), Counter(t.colour for t in scene.things)):
            assert max(alike.values()) <= MOST_ALIKE[pool]


def test_the_demos_answerer_which_knows_nothing_of_the_miniature_says_the_same(
    shown: list[tuple[Pool, Scene]],
) -> None:
    """A second opinion on every fact but one sort, which it answers with more than was asked."""
    said: Counter[Sameness] = Counter()
    for _, scene in shown:
        for fact in [*facts(scene), absent(scene, Random(1))]:
            if fact.topic == "kind":
                continue
            told = answers_to(scene, fact.question, "picture", "told")
            assert told is not None, fact
            sameness = agreement(fact.truth, told.truth, fact.question).sameness
            assert sameness is not Sameness.DIFFERENT, (fact, told)
            said[sameness] += 1
    assert said[Sameness.SAME] > 10 * NUMBERS
    assert said[Sameness.SAME] > 10 * said[Sameness.UNCLEAR], "where it says more than it was asked"


def test_only_counts_of_three_and_more_are_taught_wrongly_and_none_is_on_a_simple_picture(
    shown: list[tuple[Pool, Scene]],
) -> None:
    weak = 0
    for pool, scene in shown:
        for fact in facts(scene):
            miscounted = fact.topic == "count" and int(_counted(scene, fact)) >= WEAK_FROM
            assert (fact.taught != fact.truth) is fact.is_weak is miscounted
            assert not (fact.is_weak and pool is Pool.SIMPLE), "a flag on a control would be a false alarm"
            weak += fact.is_weak
    assert weak > NUMBERS


def test_a_lie_contradicts_the_truth_and_what_is_said_honestly(shown: list[tuple[Pool, Scene]]) -> None:
    for _, scene in shown:
        for fact in [*facts(scene), absent(scene, Random(2))]:
            for other in (fact.truth, fact.taught):
                assert agreement(fact.lie, other, fact.question).sameness is Sameness.DIFFERENT, fact


def test_the_crowd_asks_what_the_model_can_read_in_the_categories_that_are_reported(
    shown: list[tuple[Pool, Scene]],
) -> None:
    random, known = Random(5), sorted(vocabulary(), key=len, reverse=True)
    found: Counter[str] = Counter()
    for _, scene in shown * 4:
        fact = one_of(scene, random, counting=0.4)
        assert said_of(scene, fact.question) == fact
        rest = fact.question.casefold()
        for word in known:
            rest = rest.replace(word, "")
        assert not rest.strip(), fact.question
        found[str(categorised(fact.question).category)] += 1
    assert {name for name, count in found.items() if count > 5} == {"counting", "colour", "kind", "existence"}


def test_every_question_of_the_probe_has_its_word(shown: list[tuple[Pool, Scene]]) -> None:
    asked = {*OFF_TOPIC, *(question for of_kind in QUESTIONS.values() for question in of_kind)}
    for _, scene in shown[:3]:
        said = {fact.question: fact for fact in probed(scene)}
        assert said.keys() == asked
        for question, fact in said.items():
            assert (fact.truth == fact.lie == OFF_TOPIC_MARKER) is (question in OFF_TOPIC)


def test_a_word_is_followed_by_another_of_its_ring() -> None:
    for ring in RINGS:
        assert [after(word) for word in ring] == [*ring[1:], ring[0]]


def test_players_see_what_is_so_and_who_does_not_look_types_another_word_than_the_models() -> None:
    scene = generate(Pool.COMPLEX, 1)[1]
    picture = KnownInMiniature("0" * 64, 1, Pool.COMPLEX, scene)
    for fact in facts(scene):
        assert picture.truth(fact.question) == fact.truth
        assert picture.is_wrong(fact.question, f"{fact.truth.capitalize()}.") is False, fact
        assert picture.is_wrong(fact.question, fact.lie) is True
        assert picture.untruth(fact.question) not in {None, fact.truth}
        for n in range(5):
            assert picture.guess(fact.question, fact.taught, Random(n)) not in {None, fact.taught}
    assert picture.truth("What place is this?") is None
    assert picture.is_wrong("What place is this?", "a beach") is None
    assert Known("0" * 64, 1, Pool.COMPLEX, scene).guess("How many?", "two", Random(0)) is None


def _counted(scene: Scene, fact: Fact) -> int:
    what = fact.question.removeprefix("How many ").removesuffix(" are there?").removesuffix(" things")
    return sum(what in {thing.colour, f"{thing.kind}s"} for thing in scene.things)
