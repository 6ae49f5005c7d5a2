"""Answers that keep to what was asked: what it leaves out, the order, the alternatives, both its halves."""

from tests.demo.answerer.strangers.rows import Row

LEFT_OUT: tuple[Row, ...] = (
    ("complex", 7204, "How many things here are red?", r"two red things", r"(three|four|one) red thing"),
    ("complex", 7106, "how many of the things are yellow", r"four yellow things", r"(three|five) yellow"),
    (
        "complex",
        7106,
        "apart from the flower, what else is yellow?",
        r"^There is a yellow flag, a yellow frog and a yellow pumpkin\.",
        r"^There is a (?!yellow flag, a yellow frog)",
    ),
    (
        "complex",
        7206,
        "Is there anything pink besides the tree?",
        r"^Yes, there is a pink ball and a pink flag\.",
        r"^No, there is nothing pink",
    ),
    ("complex", 7206, "other than the ball, is anything pink?", r"^Yes, .*pink tree and", r"^No, .*nothing"),
    (
        "complex",
        7106,
        "can u see any stars",
        r"^No, there are no stars in the picture\.$",
        r"^Yes, .*one star",
    ),
)
EITHER: tuple[Row, ...] = (
    (
        "complex",
        7101,
        "Are the two ducks looking at each other or away from each other?",
        r"^The ducks are looking away from each other\.$",
        r"^The ducks are looking at each other\.$",
    ),
    ("complex", 7201, "are the ducks face to face or back to back", r"away from each", r"at each other"),
    ("complex", 7201, "do the two ducks face each other?", r"^No, .*away from", r"^Yes, .*at each other"),
    ("complex", 7101, "do the ducks look the same way?", r"^No, .*different ways", r"^Yes, .*the same way"),
    (
        "complex",
        7103,
        "are the car and the bus going the same way?",
        r"^Yes, .*the same",
        r"^No, .*different",
    ),
    (
        "simple",
        7202,
        "Is the tortoise heading toward the path or away from it?",
        r"to the right",
        r"to the left",
    ),
    ("complex", 7103, "Is the bus in front of the car or behind it in line?", r"behind the", r"in front of"),
    ("complex", 7103, "who is ahead, the bus or the car", r"bus is behind the car", r"bus is in front of"),
    ("simple", 7103, "Is the boat a motorboat or a sailboat?", r"is a sailboat\.$", r"is a motorboat\.$"),
    ("simple", 7103, "is that a rowing boat or a sailing boat?", r"is a sailing boat\.$", r"is a rowboat\.$"),
    ("simple", 7203, "Is the sky overcast or mostly clear?", r"is mostly clear\.$", r"is overcast\.$"),
    ("complex", 7206, "is it cloudy or clear?", r"is mostly clear\.$", r"is overcast\.$"),
    ("simple", 7203, "is this the countryside or the city?", r"is the countryside", r"is the city"),
    ("complex", 7103, "are we in town or in the country", r"is the city", r"is the countryside"),
    (
        "complex",
        7104,
        "which color appears the most among the objects, green or red?",
        r"more green objects than red",
        r"more red objects than green|as many",
    ),
)
IN_ORDER: tuple[Row, ...] = (
    (
        "complex",
        7202,
        "Name the colors of the sailboats from left to right.",
        r"^From left to right, the sailboats are white, yellow and brown\.$",
        r"^From left to right, the sailboats? (is|are) (?!white, yellow and brown)",
    ),
    (
        "complex",
        7202,
        "list the boats' colours from right to left",
        r"brown, yellow and white",
        r"From right",
    ),
    (
        "complex",
        7103,
        "If I walk along the sidewalk left to right, what do I come across first?",
        r"a purple ball\.$",
        r"first thing on the sidewalk is a (?!purple ball)",
    ),
    (
        "complex",
        7101,
        "if you go along the quay from the left, what comes first?",
        r"a blue crab",
        r"the quay is",
    ),
    (
        "complex",
        7201,
        "If I walk to the right from the tent, what do I bump into?",
        r"a green book to the right of the tent",
        r"There is (?!a green book).* right of the tent",
    ),
    (
        "complex",
        7206,
        "How many of the planes are flying to the left?",
        r"two planes .*left",
        r"(?<!two) plane",
    ),
    ("complex", 7206, "how many planes point right", r"one plane pointing to the right", r"(?<!one) planes"),
)
WHAT_FOR: tuple[Row, ...] = (
    (
        "complex",
        7102,
        "is there anything i could ride on here? what?",
        r"^Yes, there is a yellow scooter and a blue bicycle\.$",
        r"^No, there are no vehicles",
    ),
    ("complex", 7105, "is there some place to sit down", r"^Yes, .*brown bench", r"^No, there are no seats"),
    ("complex", 7105, "could I sit somewhere here", r"^Yes, .*brown bench", r"^No, there are no seats"),
    ("complex", 7106, "somewhere to sit?", r"^No, there are no seats", r"^Yes, .*one seat"),
    ("complex", 7105, "Would I need a warm coat there?", r"^Yes, .*winter", r"^No, .*autumn"),
    ("complex", 7101, "would I be cold there", r"^No, .*summer", r"^Yes, .*winter"),
    ("complex", 7103, "what time of day would you say it is?", r"^It is evening", r"^It is (night|daytime)"),
    ("complex", 7104, "is any1 sitting on the chair?", r"^No, .*nobody", r"^Yes, .*one person"),
    ("simple", 7202, "Who's in the picture?", r"a yellow turtle", r"^There (?!is a yellow turtle)"),
    (
        "complex",
        7202,
        "what kind of animals r on the pier",
        r"^There are penguins and cats on",
        r"on the pier",
    ),
)
WHERE_IT_IS: tuple[Row, ...] = (
    (
        "complex",
        7102,
        "what's sitting on the path between the guitar and the purple bucket?",
        r"a blue bucket between",
        r"(?<!blue bucket) between",
    ),
    ("complex", 7103, "what is on the pavement between the ball and the scooter", r"blue gift", r"between"),
    ("complex", 7104, "are both baskets fully on the rug?", r"^No, not all", r"^Yes, both"),
    ("complex", 7104, "is the robot entirely on the rug", r"^Yes, .*fully on the rug", r"^No, .*not fully"),
    ("simple", 7101, "What's directly above the bird?", r"a yellow sun above", r"(?<!yellow sun) above"),
    ("simple", 7201, "What's above the roof of the house?", r"white moon above", r"(?<!white moon) above"),
    (
        "complex",
        7205,
        "is the owl bigger than the cat?",
        r"^Yes, the owl is larger",
        r"^No, the cat is larger",
    ),
)
BOTH_HALVES: tuple[Row, ...] = (
    (
        "complex",
        7107,
        "Where exactly is the orange thing floating, and what is it?",
        r"at the top right\. There is an orange balloon\.$",
        r"^The orange thing is .*\. There is an orange ",
    ),
    (
        "complex",
        7105,
        "what animal is that over on the right and is it a fish?",
        r"grey penguin\. No, the animal on the right is a penguin\.$",
        r"is the \w+ (\w+)\. (No, the animal on the right is a \1|Yes)",
    ),
    (
        "complex",
        7205,
        "what's the balloon next to n what color is it",
        r"window next to the balloon\. The balloon is red",
        r"next to the balloon\. The balloon is (?!red)|nearest to",
    ),
)

ROWS = (*LEFT_OUT, *EITHER, *IN_ORDER, *WHAT_FOR, *WHERE_IT_IS, *BOTH_HALVES)
