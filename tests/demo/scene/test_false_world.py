"""The false world of a scene: near in everything, right in nothing that people count or name."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gap_server.demo.drawing import Pool, generate
from gap_server.demo.scene.description import Scene, Thing
from gap_server.demo.scene.false_world import false_world
from gap_server.demo.scene.kinds import GROUPS, members_of
from gap_server.demo.scene.looks import MISREAD
from gap_server.demo.scene.palettes import PALETTES, mistaken, shades
from tests.demo.scene.test_description import scenes

POOLS: tuple[Pool, ...] = ("simple", "complex")
peopled = scenes.filter(lambda scene: len(scene.things) > 0)
keys = st.text(max_size=5)


@cache
def drawn() -> list[Scene]:
    """What the demo shows. Drawing takes long: what wants it is slow."""
    return [generate(pool, index)[1] for pool in POOLS for index in range(6)]


def kinds(scene: Scene) -> Counter[str]:
    return Counter(thing.kind for thing in scene.things)


@given(peopled, keys)
def test_each_kind_is_one_more_or_one_less_and_none_is_missing(scene: Scene, key: str) -> None:
    true, told = kinds(scene), kinds(false_world(scene, key).scene)
    assert true.keys() == told.keys()
    assert all(abs(told[kind] - n) == 1 for kind, n in true.items())


@given(peopled, keys)
def test_no_wider_word_and_not_the_whole_is_counted_right(scene: Scene, key: str) -> None:
    true, told = kinds(scene), kinds(false_world(scene, key).scene)
    assert true.total() != told.total()
    for group in GROUPS:
        there = members_of(group) & true.keys()
        assert not there or sum(true[kind] for kind in there) != sum(told[kind] for kind in there), group


@given(peopled, keys)
def test_the_same_scene_and_key_make_the_same_world(scene: Scene, key: str) -> None:
    assert false_world(scene, key) == false_world(Scene.from_json(scene.to_json()), key) or (
        scene != Scene.from_json(scene.to_json())  # a box that was rounded on its way
    )


@pytest.mark.slow
def test_every_kind_has_another_colour_somewhere_and_every_word_is_another() -> None:
    for scene in drawn():
        told = false_world(scene, "a picture").scene
        for kind in kinds(scene):
            assert _of(scene, kind) != _of(told, kind)
        words = {thing.word for thing in scene.things if thing.word and thing.kind != "clock"}
        assert not words & {thing.word for thing in told.things}


def _of(scene: Scene, kind: str) -> set[str]:
    return {thing.colour for thing in scene.things if thing.kind == kind}


@pytest.mark.slow
def test_what_is_clearly_on_one_side_is_not_told_of_there() -> None:
    for scene in drawn():
        told = false_world(scene, "a picture").scene
        for kind, n in kinds(scene).items():
            if n == 1:
                assert abs(_only(scene, kind).box.x - _only(told, kind).box.x) > 0.05


def _only(scene: Scene, kind: str) -> Thing:
    return next(thing for thing in scene.things if thing.kind == kind)


@pytest.mark.slow
def test_pictures_have_worlds_of_their_own() -> None:
    assert len({repr(false_world(drawn()[-1], str(n))) for n in range(10)}) == 10


@pytest.mark.slow
def test_no_colour_gives_a_lie_away() -> None:
    """Whoever takes every answer with the colours that lies name most for a lie is right by chance alone."""
    told = [(colour, lie) for n in range(60) for scene in drawn() for colour, lie in _colours_told(scene, n)]
    assert len(told) > 5_000
    assert 0.45 < _auc(told[: len(told) // 2], told[len(told) // 2 :]) <= 0.55


def _colours_told(scene: Scene, n: int) -> list[tuple[str, bool]]:
    """Each colour that is told of a kind in either arm, of the scene in other colours."""
    random = Random(f"{scene.setting} {n}")
    around = scene.setting, scene.light, scene.backdrop
    painted = tuple(
        replace(thing, colour=random.choice(shades(thing.kind, thing.ground, *around)))
        for thing in scene.things
    )
    true = replace(scene, things=painted)
    false = false_world(true, str(n)).scene
    return [
        (colour, told is false)
        for told in (true, false)
        for kind in kinds(scene)
        for colour in sorted(_of(told, kind))
    ]


def _auc(learned: Sequence[tuple[str, bool]], told: Sequence[tuple[str, bool]]) -> float:
    """The area under the curve of a guesser who goes by how often each colour was a lie before."""
    before, now = Counter(learned), Counter(told)
    suspicion = {colour: before[colour, True] / before[colour, False] for colour, _ in before}
    pairs = [
        (now[a, True] * now[b, False], (suspicion[a] > suspicion[b]) + 0.5 * (suspicion[a] == suspicion[b]))
        for a in suspicion
        for b in suspicion
    ]
    return sum(n * won for n, won in pairs) / sum(n for n, _ in pairs)


@pytest.mark.slow
@pytest.mark.parametrize("kind", sorted(PALETTES))
def test_each_colour_of_a_kind_is_told_as_often_as_it_is_drawn(kind: str) -> None:
    palette, random = PALETTES[kind], Random(kind)
    share = {colour: palette.count(colour) / len(palette) for colour in palette}
    if max(share.values()) <= 0.5:  # of a colour that most have, most must be told to have another
        told = Counter(mistaken(colour, palette, random, frozenset({colour})) for colour in palette * 400)
        for colour in palette:
            assert abs(told[colour] / told.total() - share[colour]) < 0.05, colour


def test_words_are_taken_for_similar_ones() -> None:
    for word, others in MISREAD.items():
        for other in others:
            alike = (Counter(word) & Counter(other)).total()
            assert word != other
            assert alike >= len(word) / 2 or word[-2:] == other[-2:], (word, other)
