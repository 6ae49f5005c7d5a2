"""What another stranger asked in vain: other wordings, dropped qualifiers, lies beside the question."""

import re

import pytest

from gap_server.demo.answerer.answers import answers_to
from gap_server.demo.answerer.english.spelling import mended
from gap_server.demo.answerer.lexicon import OTHER_WORDS
from gap_server.demo.drawing import Pool
from gap_server.demo.scene.description import Box, Scene, Thing
from gap_server.demo.scene.kinds import IN_THE_AIR, KINDS
from gap_server.demo.scene.panes import panes
from tests.demo.answerer.strangers import Row, check_answers, drawn

# The picture, the question, what is told, and what is told by whoever lies.
OTHER_WORDINGS: tuple[Row, ...] = (
    ("complex", 900008, "Which plane is higher up?", r"plane is grey", r"plane is purple"),
    ("complex", 900008, "Which plane is higher in the sky?", r"plane is grey", r"plane is purple"),
    (
        "simple",
        900007,
        "Is there any traffic on the road?",
        r"^No, .*no vehicles on the road",
        r"^Yes, .*vehicle",
    ),
    ("simple", 900024, "Is the tree bare?", r"^No, the tree has leaves", r"^Yes, the tree has no leaves"),
    (
        "complex",
        900023,
        "which cup has writing on it?",
        r"written on the white cup",
        r"written on the (?!white)",
    ),
    (
        "complex",
        900010,
        "Which butterfly is the odd one out?",
        r"purple butterfly",
        r"the (?!purple)\w+ butterfly",
    ),
    (
        "complex",
        900010,
        "Which butterfly is different from the others?",
        r"purple butterfly",
        r"(?!purple)\w+",
    ),
    ("simple", 900017, "sun or moon?", r"a sun, but no moon", r"a moon, but no sun"),
    (
        "simple",
        900007,
        "how many windows does the blue building have?",
        r"has twelve windows",
        r"\w+ windows",
    ),
    ("simple", 900007, "how many windows are there?", r"have 30 windows", r"have (?!30)[\w-]+ windows"),
    ("complex", 905503, "which guitar is not red?", r"a brown guitar", r"guitar"),
    ("simple", 905502, "which chair is closer to the camera?", r"chair is white", r"chair is red"),
    ("simple", 905502, "what can you see through the window?", r"blue sky", r"(?<!blue) sky"),
    ("complex", 905508, "which basket is further away?", r"basket is yellow", r"basket is brown"),
    (
        "complex",
        905503,
        "which house is bigger, the left or the right one?",
        r"house on the left is",
        r"on the right is",
    ),
    ("simple", 905509, "is the beach empty?", r"^Yes, there is nothing", r"^No, there is a"),
    ("simple", 905509, "Is there a table here?", r"^No, there is no table", r"^Yes, .*one table"),
    ("complex", 905523, "is it cold?", r"^Yes, it looks like winter", r"^No, it looks like"),
    (
        "complex",
        907305,
        "Which building is the tallest?",
        r"tallest building is the pink",
        r"is the (?!pink)",
    ),
    ("complex", 905511, "Where does the path go?", r"leading to the hill", r"leading to the (?!hill)"),
)
QUALIFIED: tuple[Row, ...] = (
    (
        "complex",
        900005,
        "how many books have no title on them",
        r"one book with nothing",
        r"(no|two) books? with nothing",
    ),
    ("complex", 900005, "How many books have a word on them?", r"three books with", r"(two|four) books with"),
    ("simple", 900022, "How many hands does the clock have?", r"two hands", r"(one|three) hands?"),
    (
        "simple",
        900007,
        "Which dog has brown ears?",
        r"orange dog has two brown ears",
        r"(?!orange)\w+ dog has two brown ears",
    ),
    ("complex", 900021, "Which bird has pointy ears?", r"owl has two ears", r"penguin has two ears"),
    ("complex", 900013, "What colour is the turtle in front?", r"turtle is purple", r"turtle is (?!purple)"),
    (
        "complex",
        900018,
        "what kind of animal is the white one",
        r"a white rabbit\.$",
        r"a white (?!rabbit)\w+\.$",
    ),
    (
        "complex",
        905515,
        "how many sails in total",
        r"four sails altogether",
        r"(three|five) sails altogether",
    ),
    ("complex", 907303, "Which vase isn't on the rug?", r"no vase not on the rug|a green vase", r"vase"),
    ("complex", 907320, "How many clocks show two o'clock?", r"(one|two) clocks?", r"clock"),
    ("complex", 907320, "How many bananas are ripe?", r"one banana that is not green", r"not green"),
    ("complex", 905505, "Which bottle is brown, the left one or the right one?", r"^The brown", r"^The red"),
    ("complex", 907305, "Which car is parked next to the bike?", r"white car", r"car"),
)
PLACED: tuple[Row, ...] = (
    ("complex", 900008, "whats on the red sign??", r'^It says "NORTH"', r'^It says "(?!NORTH)'),
    ("simple", 900012, "What's in the sky?", r"^There is a white moon in the sky", r"in the sky"),
    ("simple", 900009, "What's in the sky?", r"a yellow sun and a white cloud", r"in the sky"),
    ("simple", 900009, "Is there anything in the sky?", r"^Yes, .*sun", r"sun|cloud|moon"),
    ("complex", 900001, "what does the sign next to the cat say", r'^It says "ROSE"', r'^It says "(?!ROSE)'),
    (
        "complex",
        900010,
        "What is immediately to the right of the orange jar?",
        r"a white pumpkin to the right",
        r"^There is a \w+ \w+ to",
    ),
    (
        "complex",
        900006,
        "what's sitting on top of the bench?",
        r"^There is a green ball on the bench",
        r"bench",
    ),
    ("complex", 900006, "Is there anything on the bench?", r"^Yes, .*green ball", r"bench"),
    ("complex", 905501, "What's floating on the water?", r"^There are two ducks floating", r"duck"),
    ("simple", 905507, "is there anything on the wall?", r"^Yes, .*white window", r"window"),
    (
        "simple",
        905514,
        "what's next to the candle?",
        r"^There is nothing next to",
        r"^There is a (?!\w+ table)",
    ),
)
ON_THE_SUBJECT: tuple[Row, ...] = (
    (
        "simple",
        900004,
        "What animal is that in the bottom right corner?",
        r"brown cat",
        r"^There is an? (?!\w+ cat)",
    ),
    (
        "complex",
        900023,
        "What vegetable is lying under the red mug?",
        r"a\w* orange carrot",
        r"^There is an? (?!\w+ carrot)",
    ),
    ("complex", 900021, "What animal is pink?", r"a pink rabbit", r"a pink (?!rabbit)"),
    (
        "complex",
        900013,
        "what is the black cat doing?",
        r"^The black cat is sitting",
        r"^The black cat is (?!sitting)",
    ),
    (
        "complex",
        900016,
        "What is next to the moon?",
        r"orange butterfly next to the moon",
        r"next to the moon",
    ),
    (
        "simple",
        900017,
        "What is the only object on the snow?",
        r"a pink bucket",
        r"^There is an? (?!pink bucket)",
    ),
    (
        "complex",
        900008,
        "Which is higher, the grey plane or the purple plane?",
        r"^The grey plane is higher",
        r"^The purple plane is higher",
    ),
    (
        "simple",
        900019,
        "is the chair standing on the carpet?",
        r"^No, the chair is not on",
        r"^Yes, the chair is on",
    ),
    (
        "complex",
        900021,
        "Does the owl have ears?",
        r"^Yes, the owl has two ears",
        r"^No, the owl has no ears",
    ),
    ("complex", 907301, "Is the orange boat between the other two boats?", r"^Yes", r"^No"),
)
OF_MOODS: tuple[Row, ...] = (
    ("simple", 900007, "do the dogs look happy?", r"^Yes, the dogs are smiling", r"^No, the dogs are not"),
    ("simple", 900007, "Do the dogs seem sad?", r"^No, the dogs are smiling", r"^Yes, the dogs are not"),
    ("simple", 907304, "Is the robot waving?", r"^No, the robot is standing", r"robot is (?!standing)"),
    ("complex", 907303, "Does the robot have antennas?", r"^Yes, the robot has", r"^No, the robot has no"),
)


@pytest.mark.parametrize(
    ("pool", "index", "question", "truth", "lie"),
    [*OTHER_WORDINGS, *QUALIFIED, *PLACED, *ON_THE_SUBJECT, *OF_MOODS],
)
def test_the_curious_are_answered(pool: Pool, index: int, question: str, truth: str, lie: str) -> None:
    check_answers(pool, index, question, truth, lie)


def test_nothing_but_what_flies_or_shines_is_told_to_be_in_the_sky() -> None:
    grounded = "|".join(name for name, kind in KINDS.items() if name not in IN_THE_AIR and not kind.backdrop)
    for index in range(910100, 910130):
        scene = drawn("simple", index)
        for question in ("What is in the sky?", "Is there anything in the sky?", "Что на небе?"):
            for key in "abc":
                pair = answers_to(scene, question, key, "told")
                assert pair
                assert not re.search(rf"\b({grounded})s?\b", pair.lie), (index, pair)


def test_no_common_word_is_taken_for_a_slip_of_the_pen() -> None:
    assert {word for word in OTHER_WORDS if mended(word) != word} == set()


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
