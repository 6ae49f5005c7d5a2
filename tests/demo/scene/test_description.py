"""Scenes as they are kept, and how their things stand to one another."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gap_server.demo.scene import relations
from gap_server.demo.scene.description import Box, Scene, Thing
from gap_server.demo.scene.kinds import (
    KINDS,
    NEVER_DRAWN,
    THINGS,
    article_of,
    members_of,
    plural_of,
)
from gap_server.demo.scene.looks import COLOURS, NATURAL, SETTINGS, near_colours


@st.composite
def boxes(draw: st.DrawFn) -> Box:
    left, top = draw(st.floats(0, 0.8)), draw(st.floats(0, 0.8))
    return Box(left, top, left + draw(st.floats(0.05, 0.2)), top + draw(st.floats(0.05, 0.2)))


things = st.builds(
    Thing,
    st.sampled_from(THINGS),
    st.sampled_from(COLOURS),
    boxes(),
    st.sampled_from(["grass", "sky"]),
    mirrored=st.sampled_from((None, True, False)),
)
scenes = st.builds(
    Scene,
    st.sampled_from(sorted(SETTINGS)),
    st.just("day"),
    st.just(1024),
    st.just(768),
    st.lists(things, max_size=12).map(tuple),
    st.just(()),
)


@given(scenes)
def test_a_scene_survives_json(scene: Scene) -> None:
    kept = Scene.from_json(json.loads(json.dumps(scene.to_json())))
    assert [thing.kind for thing in kept.things] == [thing.kind for thing in scene.things]
    assert kept == Scene.from_json(kept.to_json())


@given(scenes)
def test_five_things_make_a_crowd(scene: Scene) -> None:
    assert scene.crowded == (len(scene.things) >= 5)


@given(things, things)
def test_opposites_never_both_hold(a: Thing, b: Thing) -> None:
    for relation in (
        relations.left_of,
        relations.above,
        relations.larger,
        relations.taller,
        relations.closer,
    ):
        assert not (relation(a, b) and relation(b, a))


@given(things, things)
def test_what_is_clear_one_way_is_denied_the_other_way(a: Thing, b: Thing) -> None:
    assert relations.left_of(b, a) is (
        None if relations.left_of(a, b) is None else not relations.left_of(a, b)
    )
    if relations.above(a, b):
        assert relations.above(b, a) is False


@given(things)
def test_a_thing_is_never_on_two_sides(thing: Thing) -> None:
    sides = [relations.lies(thing, side) for side in ("left", "centre", "right")]
    assert sides.count(True) <= 1
    assert sides.count(False) < 3


def test_relations_as_people_see_them() -> None:
    dog = Thing("dog", "brown", Box(0.1, 0.6, 0.2, 0.8), "grass")
    tree = Thing("tree", "green", Box(0.6, 0.2, 0.8, 0.6), "grass")
    kite = Thing("kite", "red", Box(0.1, 0.05, 0.2, 0.2), "sky")
    scene = Scene("park", "day", 1000, 1000, (tree, dog, kite), ())
    assert relations.left_of(dog, tree)
    assert relations.right_of(tree, dog)
    assert relations.right_of(dog, tree) is False
    assert relations.above(kite, dog)
    assert relations.below(dog, kite)
    assert relations.larger(tree, dog)
    assert relations.taller(tree, dog)
    assert relations.wider(tree, dog)
    assert relations.closer(dog, tree)
    assert relations.closer(dog, kite) is None
    assert relations.higher(kite, tree)
    assert relations.beside(scene, dog, tree) is False
    assert relations.between(tree, dog, kite) is False
    assert relations.most([dog, tree, kite], relations.larger) is tree
    assert relations.lies(dog, "left")
    assert relations.lies(dog, "bottom left")
    assert relations.lies(tree, "left") is False


def test_what_is_close_to_a_border_is_left_open() -> None:
    edge = Thing("dog", "brown", Box(0.33, 0.4, 0.43, 0.6), "grass")
    assert relations.lies(edge, "left") is None
    assert relations.lies(edge, "right") is False


def test_the_nearest_is_unclear_where_two_are_as_near() -> None:
    scene = Scene("park", "day", 1000, 1000, (), ())
    middle, left, right, far = (
        Thing("dog", "brown", Box(x, 0.5, x + 0.1, 0.6), "grass") for x in (0.45, 0.25, 0.65, 0.0)
    )
    assert relations.nearest(scene, middle, [left, right]) is None
    assert relations.nearest(scene, middle, [left, far]) is left
    assert relations.nearest(scene, middle, []) is None


def test_a_word_names_one_thing_only() -> None:
    """No synonym of one kind is another kind, or a thing that is never drawn."""
    synonyms = [synonym for kind in KINDS.values() for synonym in kind.synonyms]
    assert len(set(synonyms)) == len(synonyms)
    assert not set(synonyms) & KINDS.keys()
    assert not (set(synonyms) | KINDS.keys()) & set(NEVER_DRAWN)


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("butterfly", "butterflies"),
        ("bus", "buses"),
        ("bench", "benches"),
        ("man", "men"),
        ("toy", "toys"),
        ("dog", "dogs"),
    ],
)
def test_plurals(one: str, many: str) -> None:
    assert plural_of(one) == many


def test_articles() -> None:
    assert [article_of(noun) for noun in ("apple", "umbrella", "unicorn", "dog")] == ["an", "an", "a", "a"]


def test_wider_words_cover_their_kinds() -> None:
    assert {"dog", "cat", "penguin"} <= members_of("animal")
    assert "teddy bear" not in members_of("animal")
    assert not members_of("dog")


def test_near_colours_are_near_both_ways() -> None:
    assert near_colours("red", "orange")
    assert near_colours("orange", "red")
    assert near_colours("blue", "blue")
    assert not near_colours("red", "green")


def test_natural_colours_are_colours() -> None:
    assert all(set(colours) <= set(COLOURS) and kind in KINDS for kind, colours in NATURAL.items())
