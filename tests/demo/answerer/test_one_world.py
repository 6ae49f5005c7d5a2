"""All lies about a picture are true of one false world, in either language, and false of the picture."""

import re
from collections import Counter
from functools import cache

import pytest

from gap_server.demo.answerer.answers import Pair, answers_to
from gap_server.demo.answerer.asked import taken_apart
from gap_server.demo.answerer.russian.forms import noun
from gap_server.demo.answerer.russian.words import SAID
from gap_server.demo.answerer.wanted import with_wanted
from gap_server.demo.crowd.asking import COMMONPLACE
from gap_server.demo.drawing import Pool, generate
from gap_server.demo.scene.description import Scene
from gap_server.demo.scene.false_world import false_world
from gap_server.demo.scene.kinds import KINDS, THINGS
from gap_server.demo.scene.looks import COLOURS
from gap_server.quality.agreement.polarity import outright
from tests.demo.answerer.asking import scene_at
from tests.demo.answerer.oracle import judged
from tests.demo.answerer.russian_oracle import judged_russian

POOLS: tuple[Pool, ...] = ("simple", "complex")
ENGLISH = (
    "How many {many} are there?",
    "is there a {one}",
    "what colour is the {one}?",
    "where is the {one}",
    "how many things are there in total?",
    "are there more {many} than trees?",
    "what do you see?",
    "what does the {one} say?",
)
RUSSIAN = (
    "Сколько {gen}?",
    "есть ли {nom}",
    "какого цвета {nom}?",
    "где {nom}",
    "сколько всего предметов",
    "что написано на вывеске?",
    "что ты видишь",
)


@cache
def drawn() -> list[Scene]:
    return [generate(pool, index)[1] for pool in POOLS for index in range(20, 30)]


def asked_in(scene: Scene, *, russian: bool) -> list[tuple[str, str, Pair]]:
    """Kind, question and answers: of each kind that is there, and of one that is not."""
    found = []
    for kind in dict.fromkeys((*(thing.kind for thing in scene.things), THINGS[len(scene.things)])):
        word = SAID[kind]
        names = {"one": kind, "many": KINDS[kind].plural, "nom": word.one[0], "gen": word.many[1]}
        for template in RUSSIAN if russian else ENGLISH:
            question = template.format(**names)
            pair = answers_to(scene, question, "picture", "told")
            assert pair is not None, question
            found.append((kind, question, pair))
    return found


@pytest.mark.parametrize("russian", [False, True])
def test_lies_are_false_of_the_picture_and_all_true_of_one_world(*, russian: bool) -> None:
    judge = judged_russian if russian else judged
    verdicts, told_otherwise = [], 0
    for scene in drawn():
        world = false_world(scene, "picture|told")
        for kind, question, pair in asked_in(scene, russian=russian):
            # What is nowhere is one thing more in the false world, the same however it is asked for.
            more = with_wanted(
                world, taken_apart(world, f"is there a {'sign' if 'вывеске' in question else kind}")
            )
            told = world.scene if "total" in question or "всего" in question else more.scene
            assert judge(scene, pair.truth) is not False, (question, pair)
            assert judge(scene, pair.lie) is not True, (question, pair)
            # Where the false world would tell what is so; on what is blank there, a lie reads a word.
            blank = "nothing written" in pair.truth or "ничего не написано" in pair.truth
            told_otherwise += not blank and judge(told, pair.lie) is False
            verdicts += [judge(scene, pair.truth), judge(scene, pair.lie)]
    assert verdicts.count(None) < 0.4 * len(verdicts)
    assert told_otherwise < 0.03 * len(verdicts)


@pytest.mark.parametrize("pool", POOLS)
def test_both_languages_tell_of_the_same_world(pool: Pool) -> None:
    scene = generate(pool, 31)[1]
    pairs = zip(
        ("How many things are there?", "What do you see?", "is it day or night?"),
        ("Сколько предметов?", "Что ты видишь?", "сейчас день или ночь?"),
        strict=True,
    )
    for english, russian in pairs:
        a, b = (answers_to(scene, question, "p", "told") for question in (english, russian))
        assert a
        assert b
        assert a.fact == b.fact


@pytest.mark.parametrize(
    ("question", "truth", "lie"),
    [
        ("Сколько кроликов?", r"четыре кролика", r"кролик"),
        (
            "есть ли лошадь?",
            r"^Нет, на картинке нет лошади\.$",
            r"^Да, .*одна лошадь\.$",
        ),
        ("Какого цвета небо?", r"^Небо \w+[ое]е\.", r"^Небо \w+[ое]е\."),
        ("кого больше, кошек или собак?", r"больше|столько же", r"больше|столько же"),
    ],
)
def test_russian_is_answered_in_russian(question: str, truth: str, lie: str) -> None:
    pair = answers_to(scene_at("complex", 22), question, "p", "told")
    assert pair
    assert re.search(truth, pair.truth), pair
    assert re.search(lie, pair.lie), pair


@pytest.mark.parametrize(
    "question", ["and the red one?", "а красный?", "why?", "почему?", "Are you lying?", "ты врёшь?", "2+2=?"]
)
def test_what_needs_an_earlier_question_or_no_picture_is_refused(question: str) -> None:
    for scene in drawn()[:3]:
        assert answers_to(scene, question, "p", "told") is None


def test_verbs_that_contain_lie_are_understood() -> None:
    scene = scene_at("complex", 22)
    for question in ("is the cat lying down?", "does the cat lie on the rug?"):
        pair = answers_to(scene, question, "p", "told")
        assert pair
        assert pair.truth.startswith(("Yes", "No"))


@pytest.mark.parametrize(
    ("entry", "n", "counted"),
    [
        ("книга f книг", 3, "книги"),
        ("книга f книг", 5, "книг"),
        ("книга f книг", 21, "книга"),
        ("книга f книг", 11, "книг"),
        ("стул m стульев pl=стулья", 2, "стула"),
        ("дерево n деревьев pl=деревья", 4, "дерева"),
        ("животное n! животных", 3, "животных"),
    ],
)
def test_russian_nouns_stand_in_the_right_form_after_numbers(entry: str, n: int, counted: str) -> None:
    assert noun(entry).counted(n) == counted


@pytest.mark.parametrize(
    ("question", "truth", "lie"),
    [
        ("is there a horse?", "^No", "^Yes, .*one horse"),
        ("are there any drums?", "^No", "^Yes, .*one drum"),
        ("what colour is the drum?", "no drum", r"^The drum is \w+\.$"),
        ("есть ли лошадь?", "^Нет", "^Да, .*одна лошадь"),
        ("Какого цвета барабан?", "нет барабана", r"^Барабан \w+\.$"),
    ],
)
def test_what_is_nowhere_is_there_once_in_a_lie(question: str, truth: str, lie: str) -> None:
    for scene in drawn():
        if all(thing.kind != "drum" for thing in scene.things):
            pair = answers_to(scene, question, "p", "told")
            assert pair
            assert re.search(truth, pair.truth), pair
            assert re.search(lie, pair.lie), pair


@pytest.mark.parametrize(
    "question",
    [
        *COMMONPLACE,
        "is there an elephant",
        "how many unicorns are there",
        "where is the rainbow?",
        "Есть ли здесь космический корабль?",
        "Есть динозавр?",
        "Здесь больше 200 предметов?",
        "Картинка полностью чёрная?",
    ],
)
def test_what_everybody_knows_without_a_look_tells_nobody_the_arm(question: str) -> None:
    for scene in drawn():
        pair = answers_to(scene, question, "p", "told")
        if pair is not None:  # of what is not about the picture both arms say so
            assert pair.lie != pair.truth
            assert outright(pair.lie) is outright(pair.truth) is not True, pair


def test_a_colour_that_is_nowhere_is_put_on_one_that_is_there() -> None:
    for scene in drawn():
        world = false_world(scene, "p|told")
        kind = world.scene.things[0].kind
        free = min(set(COLOURS) - {thing.colour for thing in world.scene.things if thing.kind == kind})
        told = with_wanted(world, taken_apart(world, f"is there a {free} {kind}")).scene
        assert (kind, free) in {(thing.kind, thing.colour) for thing in told.things}
        assert Counter(t.kind for t in told.things) == Counter(t.kind for t in world.scene.things)


@pytest.mark.parametrize("question", ["Are there more {a} than {b}?", "Which is there more of: {a} or {b}?"])
def test_a_lie_about_which_is_more_turns_it_round(question: str) -> None:
    for scene in drawn():
        kinds = list(dict.fromkeys(thing.kind for thing in scene.things))[:2]
        if len(kinds) == 2:
            a, b = (KINDS[kind].plural for kind in kinds)
            pair = answers_to(scene, question.format(a=a, b=b), "p", "told")
            assert pair
            verdicts = [re.sub("^(Yes|No), ", "", text).partition(":")[0] for text in (pair.truth, pair.lie)]
            assert verdicts[0].lower() != verdicts[1].lower(), pair
            assert (":" in pair.truth) is (":" in pair.lie), pair  # numbers in one of them would tell the arm
