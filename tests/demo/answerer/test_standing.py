"""What things stand on: the path rather than the grass, the rug rather than the floor."""

import re

import pytest

from gap_server.demo.answerer.answers import answers_to
from gap_server.demo.scene.description import Box, Scene, Thing

PARK = (Thing("grass", "green", Box(0, 0.46, 1, 1)), Thing("path", "brown", Box(0.28, 0.462, 0.62, 1)))
ROOM = (Thing("floor", "brown", Box(0, 0.6, 1, 1)), Thing("rug", "red", Box(0.1, 0.64, 0.9, 0.94)))
KITCHEN = (Thing("counter", "brown", Box(0, 0.55, 1, 1)),)
ON_PATH, ON_RUG, ASIDE = Box(0.42, 0.8, 0.52, 0.95), Box(0.43, 0.64, 0.53, 0.84), Box(0.02, 0.8, 0.12, 0.97)
EVERYWHERE = [
    ("park", "grass", PARK, ON_PATH, "path"),
    ("park", "grass", PARK, ASIDE, "grass"),
    ("living room", "floor", ROOM, ON_RUG, "rug"),
    ("living room", "floor", ROOM, ASIDE, "floor"),
    ("kitchen", "counter", KITCHEN, ASIDE, "counter"),
]
RUSSIAN = {"path": "дорожке", "grass": "траве", "rug": "ковре", "floor": "полу", "counter": "столешнице"}


@pytest.mark.parametrize(("setting", "ground", "backdrop", "box", "seen"), EVERYWHERE)
def test_a_turtle_stands_where_it_is_seen_and_in_a_lie_elsewhere(
    setting: str, ground: str, backdrop: tuple[Thing, ...], box: Box, seen: str
) -> None:
    scene = Scene(setting, "day", 1024, 768, (Thing("turtle", "green", box, ground),), backdrop)
    for question, word in (
        ("What is the turtle standing on?", seen),
        ("What is the turtle walking on?", seen),
        ("На чём стоит черепаха?", RUSSIAN[seen]),
    ):
        for key in "abcd":
            pair = answers_to(scene, question, key, "told")
            assert pair
            assert word in pair.truth, pair
            assert word not in pair.lie, pair
            told = {name for name in (*RUSSIAN, *RUSSIAN.values(), "table", "столе") if name in pair.lie}
            assert told, pair  # the lie is where it stands, not a remark


@pytest.mark.parametrize(("box", "seen", "other"), [(ON_PATH, "path", "grass"), (ASIDE, "grass", "path")])
def test_yes_and_no_agree_with_it(box: Box, seen: str, other: str) -> None:
    scene = Scene("park", "day", 1024, 768, (Thing("turtle", "green", box, "grass"),), PARK)
    for ground, truth, lie in ((seen, "Yes", "No"), (other, "No", "Yes")):
        pair = answers_to(scene, f"Is the turtle on the {ground}?", "p", "told")
        assert pair
        assert pair.truth.startswith(truth), pair
        assert pair.lie.startswith(lie), pair


def test_half_on_the_rug_it_stands_on_it_and_in_a_lie_on_something_else() -> None:
    box = Box(0.4, 0.76, 0.6, 0.948)
    scene = Scene("living room", "day", 1024, 768, (Thing("turtle", "green", box, "floor"),), ROOM)
    pair = answers_to(scene, "What is the turtle standing on?", "p", "told")
    assert pair
    assert "on the rug" in pair.truth, pair
    assert not re.search("rug|floor", pair.lie), pair
