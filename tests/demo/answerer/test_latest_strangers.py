"""What the strangers of the last days asked and were told wrongly."""

import pytest

from gap_server.demo.drawing import Pool
from tests.demo.answerer.strangers import Row, check_answers

# The picture, the question, what is told, and what is told by whoever lies.
LATEST: tuple[Row, ...] = (
    ("complex", 9102, "how many buterflies are on the wall", r"two butterflies on", r"three butterflies on"),
    ("complex", 9102, "что на стене", r"^На стене две бабочки", r"^На стене (?!две бабочки и белое)"),
    (
        "complex",
        9104,
        "Does the car have its wheels in the road or on the pavement?",
        r"^The car is on the road\.$",
        r"^The car is on the pavement\.$",
    ),
    (
        "complex",
        9104,
        "Is the car standing with its wheels on the pavement?",
        r"^No, the car",
        r"^Yes, the car",
    ),
    ("complex", 9104, "What's in front of the car?", r"^There is a red bicycle in", r"in front of the car"),
    ("complex", 9104, "which way is the car driving", r"driving to the left", r"driving to the right"),
    ("complex", 9107, "do the two boots match in colour?", r"^No, they have different", r"^Yes, they have"),
    ("complex", 9107, "do the boots go together?", r"^No, they have different", r"^Yes, they have"),
    ("complex", 9107, "are the penguins identical in colour", r"^Yes, they have the same", r"^No, they have"),
    (
        "simple",
        9103,
        "what color is the inside of the bunnys ears?",
        r"two pink inner ears",
        r"(?!.*pink)inner ears?",
    ),
    (
        "simple",
        9103,
        "Is there a picture hanging on the wall?",
        r"^No, .*no painting on",
        r"^Yes, .*painting",
    ),
    ("simple", 9103, "is there a bookcase against the wall", r"^No, there is no shelf", r"^Yes, .*one shelf"),
    (
        "simple",
        9103,
        "does the room have a door",
        r"^No, there is no door in the picture\.$",
        r"^Yes, .*door",
    ),
    (
        "complex",
        9201,
        "is ther smoke coming from the chimneys?",
        r"^No, .*no smoke",
        r"^Yes, there is some smoke",
    ),
    (
        "complex",
        9204,
        "wat do the snowmen have on their heads?",
        r"^The snowmen are wearing black hats",
        r"^The snowmen are wearing (?!black)\w+ hats",
    ),
    (
        "complex",
        9204,
        "are the snowmen wearing hats?",
        r"^Yes, the snowmen are",
        r"snowmen are not wearing hats",
    ),
    (
        "complex",
        9205,
        "where does the path lead?",
        r"leading to the hill",
        r"leading to the (?!hill|tree|tent)",
    ),
    ("complex", 9207, "what is written on the mailboxes?", r"nothing written on the mail", r"say"),
    (
        "complex",
        9207,
        "is anything written on the mailboxes?",
        r"^No, there is nothing",
        r"^Yes, (it|they) say",
    ),
    (
        "complex",
        9207,
        "which mailbox has writing on it",
        r"nothing written on any mailbox",
        r"something written",
    ),
    ("complex", 8303, "which way is the red plane flying", r"flying to the left", r"flying to the right"),
)
TODAY: tuple[Row, ...] = (
    ("complex", 9902, "is it snowing or raining?", r"^It is snowing\.", r"^It is raining\."),
    (
        "complex",
        9903,
        "which kite is higher, and what color is the other one?",
        r"higher kite is red\. .* orange\.$",
        r"higher kite is (?!red).*kite is (?!orange)\w+\.$",
    ),
    (
        "complex",
        9905,
        "What is the yellow vehicle on the right, a bus?",
        r"^No, the yellow vehicle .* is a truck",
        r"^(?!.*truck)",
    ),
    ("complex", 9905, "what season does it look like from the trees?", r"autumn", r"summer|winter"),
    (
        "complex",
        9906,
        "how many animals are there and which is blue?",
        r" five animals\. .*a blue frog\.$",
        r" (three|four|six|seven) animals\. .*a blue (?!frog)\w+\.$",
    ),
    (
        "complex",
        9907,
        "what is on the right side of the dock?",
        r"^There is a blue bucket on",
        r"on the dock on the right",
    ),
    (
        "complex",
        9907,
        "does the suitcase have stripes or straps on it?",
        r"^Yes, .* two straps",
        r"no straps",
    ),
    (
        "simple",
        9902,
        "what animal is in the picture?",
        r"^There is a white teddy bear",
        r"^(?!.*bear).*white",
    ),
    (
        "simple",
        9903,
        "what is the frog sitting on?",
        r"^The frog is on the path",
        r"^The frog is on the (?!path)",
    ),
    ("complex", 9953, "What is at the far end of the path?", r"the hill\.$", r"^The path (?!.*hill)"),
    (
        "complex",
        9953,
        "Which owl is in front of the bucket?",
        r"is a white owl in front",
        r" a (?!white)\w+ owl",
    ),
    (
        "complex",
        9957,
        "Is there anything written on the red truck?",
        r"^No, .*nothing written",
        r"^Yes, it says",
    ),
    (
        "simple",
        9951,
        "How many letters are on the sign?",
        r"three letters on the sign",
        r"(two|four) letters",
    ),
    ("simple", 9951, "сколько букв на вывеске?", r"три буквы", r"(две|четыре) буквы"),
    (
        "simple",
        9953,
        "What color are the clasps on the bag?",
        r"two yellow locks",
        r"bag has two (?!yellow)\w+ l",
    ),
    ("simple", 9953, "What does the truck probably deliver?", r"BAKERY", r"says \"(?!BAKERY)"),
)


@pytest.mark.parametrize(("pool", "index", "question", "truth", "lie"), [*LATEST, *TODAY])
def test_the_latest_strangers_are_answered(
    pool: Pool, index: int, question: str, truth: str, lie: str
) -> None:
    check_answers(pool, index, question, truth, lie)
