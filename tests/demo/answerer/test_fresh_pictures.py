"""What strangers asked about fresh pictures: light parts, clocks, windows, what else there is."""

import pytest

from gap_server.demo.drawing import Pool
from tests.demo.answerer.strangers import Row, check_answers

# The picture, the question, what is told, and what is told by whoever lies.
ON_FRESH_PICTURES: tuple[Row, ...] = (
    ("complex", 7502, "would I freeze there?", r"^Yes, .*winter", r"^No, .*autumn"),
    ("complex", 7502, "What does the sign point to, north or south?", r'"NORTH"', r'"(?!NORTH)'),
    ("complex", 7503, "what could one sleep in here?", r"a purple tent", r"(?<!purple tent)\.$"),
    (
        "complex",
        7503,
        "what is the bird flying next to, and what colour is it?",
        r"white cloud next to the bird\. The bird is black",
        r"The bird is (?!black)",
    ),
    (
        "complex",
        7504,
        "What's parked closest to the sign?",
        r"yellow bicycle is nearest",
        r"(?<!yellow bicycle) is",
    ),
    (
        "complex",
        7504,
        "whats above the house, cloud or moon?",
        r"a blue cloud above",
        r"(?<!blue cloud) above",
    ),
    (
        "complex",
        7506,
        "how many more flowers than buckets are there",
        r"three flowers\. .*two buckets",
        r"flower",
    ),
    ("complex", 7507, "how many bottles are blue and how many are red?", r"two blue .*two red", r"bottle"),
    (
        "complex",
        7507,
        "which ducks look to the left",
        r"left are yellow and brown",
        r"left (is|are) (?!yellow and)",
    ),
    (
        "complex",
        7501,
        "is the duck swimming toward the boat?",
        r"^Yes, .*to the right",
        r"^No, .*to the left",
    ),
    (
        "complex",
        7501,
        "what musical instrument can you see, and where?",
        r"guitar\. .*bottom left",
        r"instrument",
    ),
    (
        "complex",
        7503,
        "is there a boat that isn't brown?",
        r"^Yes, .*one boat that is not",
        r"^No, .*not brown",
    ),
    ("complex", 7503, "does the plane fly to the right or left?", r"to the right", r"to the left"),
    ("complex", 7504, "which two bikes have the same color", r"bikes is yellow", r"bikes is (?!yellow)"),
    ("complex", 7505, "name everything green", r"^There is a green vase\.$", r"^There is a (?!green vase)"),
    ("complex", 7506, "where does the path start and end?", r"to the hill", r"to the (?!hill)"),
    (
        "complex",
        7507,
        "what's floating in the air?",
        r"^There is a yellow plane and a purple balloon",
        r" floating",
    ),
    ("simple", 7503, "what's in the mug, tea or coffee?", r"^There is coffee", r"^There is tea"),
    (
        "complex",
        7511,
        "how many flying things are there",
        r"three things flying",
        r"(?<!three) things? flying",
    ),
    (
        "complex",
        7511,
        "Is the duck looking towards the orange kite or away?",
        r"to the right",
        r"to the left",
    ),
    (
        "complex",
        7511,
        "name the things in the sky from left to right",
        r"a green balloon, an orange kite and a green kite\.$",
        r"^From left to right, I see a",
    ),
    (
        "complex",
        7513,
        "Which chair is behind the red basket?",
        r"a green chair behind",
        r"(?<!green) chair behind",
    ),
    ("complex", 7513, "what stands in the bottom left corner?", r"a red chair at", r"(?<!red chair) at"),
    ("complex", 7514, "what does the robot stand next to?", r"an orange vase", r"next to the robot"),
    ("simple", 7511, "is any vase on the rug?", r"^Yes, .*one vase", r"no vase|(?<!one) vases? on"),
    ("simple", 7512, "is the dog's collar red or blue", r"a red collar", r"a blue collar"),
    ("simple", 7503, "Are both butterflies in front of the window?", r"^No, not all", r"^Yes, both"),
)
OF_PALE_PARTS: tuple[Row, ...] = (
    ("complex", 8102, "what color is the owl's belly?", r"light brown belly", r"light (?!brown)\w+ belly"),
    ("complex", 8102, "какого цвета живот у совы?", r"светло-коричневый", r"светло-(?!кор)"),
    ("complex", 8102, "is the owl's belly brown?", r"^Yes, .*light brown", r"^No, .*light (?!brown)"),
    ("complex", 8506, "what color are the turtle's legs?", r"brown legs .*purple legs", r"light (?!brown)"),
    ("simple", 8203, "how many stripes are on the bread", r"three stripes", r"(two|four) stripes"),
    (
        "simple",
        8103,
        "what color are the short hands?",
        r"^Each clock has a red",
        r"^Each clock has an? (?!red)",
    ),
)
OF_CLOCKS: tuple[Row, ...] = (
    ("simple", 8103, "what time does the pink clock show?", r"pink .* one o", r"pink clock shows (?!one)"),
    ("simple", 8103, "сколько времени на розовых часах?", r"розовых часах 1:00", r"розовых часах (?!1:)"),
    ("simple", 8103, "do both clocks show the same time?", r"^No, .*one and eight", r"^Yes, the clocks show"),
    ("simple", 8103, "часы показывают одно и то же время?", r"^Нет, .*1:00 и 8:00", r"^Да, на часах"),
    (
        "simple",
        8103,
        "does the pink clock show 8 o'clock?",
        r"^No, the pink clock .*one",
        r"pink clock shows",
    ),
    ("simple", 8103, "which clock shows 8 o'clock?", r"^The green", r"^The (?!green)\w+ clock shows eight"),
    (
        "simple",
        8103,
        "which clock shows 1 o'clock, the pink or the green one?",
        r"^The pink",
        r"^The (?!pink)",
    ),
)
OF_WINDOWS: tuple[Row, ...] = (
    ("complex", 8501, "what colour is the sky outside the window?", r"orange sky", r"(?<!orange) sky"),
    ("complex", 8505, "Is there a crescent moon?", r"^No, the moon is full", r"^Yes, the moon is not full"),
    ("simple", 8102, "What can you see through the window?", r"blue sky outside", r"(?<!blue) sky outside"),
    ("simple", 8102, "что за окном?", r"^За окном голубое небо", r"^За окном (?!голубое)"),
    ("complex", 8505, "что видно за окном?", r"ночь", r"(?<!ночь)\.$"),
    (
        "complex",
        8204,
        "are the lights on in the windows of the houses?",
        r"^Yes, .*are lit",
        r"^No, .*not lit",
    ),
    ("complex", 8204, "в окнах домов горит свет?", r"^Да, .*горит свет", r"^Нет, .*не горит"),
    ("complex", 8505, "is there a light in the house windows?", r"^No, .*not lit", r"^Yes, .*is lit"),
    (
        "complex",
        8105,
        "what is the moon shape, full or crescent?",
        r"moon is full\.$",
        r"moon is not full\.$",
    ),
)
WHAT_ELSE: tuple[Row, ...] = (
    ("complex", 8506, "are there other animals besides the turtles?", r"^Yes, .*one animal", r"two animals"),
    (
        "complex",
        8506,
        "are there any other animals?",
        r"^Yes, .*turtles and an orange dog",
        r"^No, .*no anim",
    ),
    (
        "complex",
        8502,
        "is there anything else on the counter besides the cake and the candles?",
        r"^Yes, .*on the counter",
        r"^No, .*nothing on the counter",
    ),
    ("simple", 8102, "is there any other fruit?", r"^No, .*two strawberries\.$", r"^Yes, .* and an? "),
    (
        "simple",
        8102,
        "is there any fruit besides the strawberries?",
        r"^No, .*two straw",
        r"^Yes, .* and an? ",
    ),
    ("simple", 8102, "есть ли другие фрукты?", r"^Нет, .*две .*клубники\.$", r"^Да, .* и "),
    ("complex", 8104, "what kind of car is on the road?", r"a truck, but no car", r"a car, but no truck"),
    ("complex", 8104, "какая машина на дороге?", r"грузовик, а машины нет", r"машина, а грузовика нет"),
)
WHICH_AND_WHERE: tuple[Row, ...] = (
    (
        "complex",
        8502,
        "which is closer to the window, the left candle or the right candle?",
        r"^The candle on the left is nearer",
        r"^The candle on the right is nearer",
    ),
    ("simple", 8501, "what are the gifts tied with?", r"white ribbon", r"(?<!white) ribbon"),
    ("complex", 8504, "what colour is the dog's belly?", r"dog is brown", r"dog is (?!brown)"),
    (
        "simple",
        8102,
        "which one is closer to the window, the left or the right one?",
        r"^The \w+ on the left",
        r"^The \w+ on the right",
    ),
    (
        "simple",
        8102,
        "какая ближе к окну, левая или правая?",
        r"^Клубника слева ближе",
        r"^Клубника справа ближе",
    ),
    (
        "complex",
        8207,
        "What's on the right at the bottom of the picture?",
        r"^There is a black boot at",
        r"^There is a (?!black)",
    ),
    ("complex", 8206, "What is the crab doing?", r"standing", r"sleeping"),
    ("complex", 8206, "is the crab sitting or standing?", r"standing", r"sitting"),
    (
        "simple",
        8202,
        "Is the rug round or square, and what color is it?",
        r"oval\. The rug is blue",
        r"\. The rug is (?!blue)",
    ),
)


@pytest.mark.parametrize(
    ("pool", "index", "question", "truth", "lie"),
    [*ON_FRESH_PICTURES, *OF_PALE_PARTS, *OF_CLOCKS, *OF_WINDOWS, *WHAT_ELSE, *WHICH_AND_WHERE],
)
def test_what_strangers_asked_about_fresh_pictures_is_answered(
    pool: Pool, index: int, question: str, truth: str, lie: str
) -> None:
    check_answers(pool, index, question, truth, lie)
