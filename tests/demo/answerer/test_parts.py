"""What is asked of the parts of things: how many, of what colour, on which side, in what state."""

import re

import pytest

from gap_server.demo.answerer.answers import answers_to
from gap_server.demo.answerer.russian.words import SAID
from gap_server.demo.scene.description import Box, Scene, Thing
from gap_server.demo.scene.details import DETAILS
from gap_server.demo.scene.kinds import THINGS, plural_of
from gap_server.demo.scene.panes import panes
from gap_server.demo.scene.sides import ON, SIDES

_PLACES = {
    "park": (Thing("sky", "blue", Box(0, 0, 1, 0.5)), Thing("grass", "green", Box(0, 0.46, 1, 1))),
    "kitchen": (Thing("wall", "green", Box(0, 0, 1, 0.5)), Thing("counter", "brown", Box(0, 0.48, 1, 1))),
    "living room": (
        Thing("wall", "green", Box(0, 0, 1, 0.54)),
        Thing("floor", "brown", Box(0, 0.538, 1, 1)),
        Thing("rug", "blue", Box(0.1, 0.63, 0.9, 0.95)),
    ),
}


def alone(kind: str, place: str = "park", *, mirrored: bool | None = False, colour: str = "red") -> Scene:
    """One thing of a kind in the middle of nothing else."""
    facing = {True: "left", False: "right", None: ""}[mirrored]
    own = Thing(kind, colour, Box(0.2, 0.5, 0.45, 0.8), _PLACES[place][-1].kind, None, facing, mirrored)
    return Scene(place, "day", 1024, 768, (own,), _PLACES[place])


ASKED = (  # the kind, the question, what is told, and what is told by whoever lies
    ("kite", "how many bows are on the kite's tail", r"three bows", r"(two|four) bows"),
    ("kite", "сколько бантиков на хвосте змея", r"три банта", r"(два|четыре) банта"),
    ("plane", "сколько окошек у самолета видно", r"четыре окна", r"(три окна|пять окон)"),
    ("chair", "сколько перекладин на спинке стула?", r"три перекладины", r"(две|четыре) перекладины"),
    ("chair", "Does the chair have armrests?", r"^No, .*no armrests", r"^Yes, .*armrests"),
    ("bread", "how many slashes are cut into the loaf", r"three slashes", r"(two|four) slashes"),
    ("drum", "Что лежит сверху на барабане?", r"две коричневые палочки", r"палоч(?!.*две коричневые)"),
    ("barrel", "Какого цвета обручи на бочке?", r"два серых обруча", r"обруч(?!.*серы)"),
    ("robot", "What's on the robot's chest?", r"black screen.*green curve", r"(?<!black) screen"),
    ("robot", "Что нарисовано на груди у робота?", r"чёрный экран.*зелёная кривая", r"(?<!чёрный) экран"),
    ("cup", "On which side is the mug's handle?", r"on the right", r"on the left"),
    ("cup", "is the handle of the cup on the left?", r"^No, .* on the right", r"^Yes, .* on the left"),
    ("house", "which side of the roof is the chimney on?", r"chimney .*right", r"chimney .*left"),
    ("house", "What's above the roof of the house?", r"above the house", r"above the house"),
    ("boat", "Is the boat a sailboat?", r"^Yes, the boat has two sails", r"^No, the boat has no sails"),
    (
        "dog",
        "is the tongue of the dog sticking out",
        r"^Yes, .* is sticking out",
        r"^No, .* not sticking out",
    ),
    ("dog", "у собаки высунут язык?", r"^Да, язык высунутый", r"^Нет, язык спрятанный"),
    ("dog", "What's the pup up to - standing, sitting or sleeping?", r"is sitting", r"is (?!sitting)"),
    ("pencil", "Where's the red pencil pointing?", r"to the right", r"to the left"),
    ("pencil", "карандаш заточен?", r"^Да, карандаш острый", r"^Нет, карандаш тупой"),
    ("cake", "Is the cake cut or whole?", r"^The cake is whole", r"^The cake is cut"),
    ("rabbit", "Which way do the rabbit's ears point?", r"point up", r"hang down"),
    ("dog", "уши у собаки торчат или висят?", r"висят", r"торчат вверх"),
    ("cat", "Is the sky overcast or mostly clear?", r"mostly clear", r"overcast"),
    ("clock", "what colour are the hands of the clock?", r"red hour.*black minute", r"hour.*minute"),
    ("guitar", "сколько струн у гитары?", r"три струны", r"(две|четыре) струны"),
    ("tree", "How many leaves does the tree have?", r"more leaves than one can count", r"(two|three) leaves"),
    ("duck", "How many legs does the duck have?", r"no legs", r"two legs"),
    ("suitcase", "how many stickers are on the suitcase?", r"no stickers", r"two stickers"),
    ("dog", "does the red dog have a blue collar", r"^Yes, .*blue collar", r"^No, .*(?<!blue) collar"),
    ("cat", "How old is the cat?", r"cannot tell that", r"cannot tell that.*The cat is (?!red)"),
)


@pytest.mark.parametrize(("kind", "question", "truth", "lie"), ASKED)
def test_what_is_drawn_on_a_thing_is_told_and_denied(kind: str, question: str, truth: str, lie: str) -> None:
    pair = answers_to(alone(kind), question, "picture", "told")
    assert pair
    assert re.search(truth, pair.truth), pair
    assert re.search(lie, pair.lie), pair


@pytest.mark.parametrize(
    ("place", "question", "truth", "lie"),
    [
        ("kitchen", "What colour are the kitchen tiles?", r"green tiles", r"tiles(?<!green tiles)"),
        (
            "kitchen",
            "How many tiles are on the wall?",
            r"more tiles than one can count",
            r"(two|three) tiles",
        ),
        ("kitchen", "есть ли плитка на стене?", r"^Да, на стене плитки", r"^Нет, на стене нет плиток"),
        ("living room", "What pattern does the wallpaper have?", r"has stripes", r"no pattern"),
        ("living room", "какого цвета полоски на обоях?", r"зелёные полоски", r"(?<!зелёные) полоски"),
    ],
)
def test_what_is_drawn_on_walls_and_floors_is_told_and_denied(
    place: str, question: str, truth: str, lie: str
) -> None:
    pair = answers_to(alone("lamp", place), question, "picture", "told")
    assert pair
    assert re.search(truth, pair.truth), pair
    assert re.search(lie, pair.lie), pair


@pytest.mark.parametrize("kind", [kind for kind in THINGS if kind in DETAILS])
def test_every_part_is_counted_in_both_languages(kind: str) -> None:
    """Of each kind its last part; together they are most of the parts that are drawn."""
    part = list(DETAILS[kind])[-1]
    ones, word = {part, plural_of(part)}, SAID[part]
    whose = SAID[kind].form("gen")
    for question, names in (
        (f"How many {plural_of(part)} does the {kind} have?", ones),
        (f"Is there a {part} on the {kind}?", ones),
        (f"сколько {word.form('gen', many=True)} у {whose}?", {*word.one, *word.many}),
    ):
        pair = answers_to(alone(kind), question, "picture", "told")
        assert pair
        assert all(any(name in told for name in names) for told in (pair.truth, pair.lie)), pair
        assert pair.truth != pair.lie


def test_a_part_is_on_the_side_to_which_the_picture_shows_it() -> None:
    assert {part for _, part in SIDES} <= {part for parts in DETAILS.values() for part in parts}
    assert all(part in DETAILS[kind] for (kind, _), parts in ON.items() for part in parts)
    for mirrored, side in ((False, "right"), (True, "left")):
        pair = answers_to(alone("house", mirrored=mirrored), "where is the chimney of the house", "p", "told")
        assert pair
        assert side in pair.truth
        assert side not in pair.lie
    unknown = answers_to(alone("house", mirrored=None), "which side is the chimney on?", "p", "told")
    assert unknown
    assert not re.search("left|right", unknown.truth), "an older scene does not say on which side it is"


def test_a_building_has_the_windows_that_are_drawn() -> None:
    front = Box(0.1, 0.3, 0.4, 0.52)
    assert len(panes(front)) == 12
    building = Thing("building", "blue", front)
    tree = Thing("tree", "green", Box(0.0, 0.2, 0.19, 0.6), "pavement")
    dog = Thing("dog", "white", Box(0.7, 0.8, 0.8, 0.95), "pavement")
    for things, seen in (((dog,), "twelve windows"), ((tree, dog), "eight windows")):
        scene = Scene(
            "street", "day", 1024, 768, things, (building, Thing("road", "grey", Box(0, 0.62, 1, 0.86)))
        )
        pair = answers_to(scene, "How many windows does the building have?", "a", "told")
        assert pair
        assert seen in pair.truth
        assert seen not in pair.lie
