"""What the last strangers asked, in Russian and in English, and were told wrongly."""

import pytest

from gap_server.demo.drawing import Pool
from tests.demo.answerer.strangers import Row, check_answers

# The picture, the question, what is told, and what is told by whoever lies.
ON_A_SIDE: tuple[Row, ...] = (
    (
        "simple",
        1700001,
        "что лежит на полу справа",
        r"^Справа на полу жёлтый лимон\.",
        r"^Справа на полу (?!жёлтый лимон)",
    ),
    ("simple", 1700001, "What is on the floor on the right?", r"yellow lemon on the floor on", r"hat"),
    ("complex", 1700023, "чё летит в небе справа", r"^Справа красный вертолёт\.", r"^Справа .*зме"),
    ("complex", 1700023, "что в небе справа", r"^Справа в небе красный вертолёт\.", r"зме"),
    ("complex", 1700023, "чё в небе", r"солнце, красный вертолёт и жёлтый", r"^В небе два"),
    ("complex", 1700023, "What's in the sky on the left?", r"a yellow kite in the sky on", r"helicopter"),
    ("complex", 1700015, "что висит в воздухе справа", r"^Справа жёлтый воздушный шар\.", r"(?<!шар)\.$"),
    ("complex", 1900024, "what is floating in the top right corner?", r"red balloon", r"nothing|(?<!red) ba"),
    ("complex", 1900002, "What is on the far left on the floor?", r"a white ball on the floor\.", r"book"),
    ("complex", 1900010, "What is the orange thing on the left of the counter?", r"an orange teapot", r"jar"),
    ("complex", 1900017, "How many things are green on the counter?", r"three green", r"four green"),
    ("simple", 1900021, "What's leaning against the wall on the left?", r"a blue guitar", r"cat"),
    ("complex", 1900025, "what kind of toy is on the far right?", r"grey teddy bear", r"(?<!bear)\.$"),
)
BY_NAME: tuple[Row, ...] = (
    ("simple", 1700006, "че за комната", r"^Это кухня\.", r"^Это (?!кухня)"),
    ("simple", 1700006, "что это за помещение", r"^Это кухня\.", r"^Это (?!кухня)"),
    ("simple", 1700011, "а желтая штука внизу это что", r"жёлтый почтовый ящик", r"(?<!ящик)\.$"),
    ("simple", 1700011, "что это за желтая штука внизу", r"жёлтый почтовый ящик", r"(?<!ящик)\.$"),
    ("complex", 1700012, "кто плавает в воде", r"^На воде три утки\.", r"^На воде (?!три утки)"),
    ("complex", 1700015, "какие фрукты или овощи на столе", r"яблоко и зелёная тыква", r"(?!.*яблоко и з)"),
    ("complex", 1900022, "What are the two yellow fruits?", r"yellow lemon", r"(?<!lemon)\.$"),
    (
        "complex",
        1900004,
        "Is the flag left or right of the pizza sign?",
        r"right of the sign",
        r"left of the",
    ),
    ("complex", 1900019, "What's flying next to the moon?", r"a yellow plane next", r"(?<!yellow) \w+ next"),
    (
        "complex",
        1900019,
        "Which bike is closer to the house, the red or the pink one?",
        r"^The red bike is nearer",
        r"^The pink bike is nearer",
    ),
)
OF_PARTS: tuple[Row, ...] = (
    (
        "complex",
        1700017,
        "Какого цвета ваза и что на ней нарисовано",
        r"оранжевая\. У вазы белый зигзаг",
        r"\. У вазы (?!белый)",
    ),
    ("complex", 1700017, "What is drawn on the vase?", r"has a white zigzag", r"has a (?!white)"),
    ("simple", 1700011, "сколько у автобуса окон сбоку", r"видно пять окон", r"видно (?!пять)"),
    ("simple", 1700006, "носики у чайников в какую сторону", r"влево", r"вправо"),
    ("complex", 1700020, "как переводится надпись на табличке", r"^Написано «EXIT»", r"^Написано «(?!EXIT)"),
    ("complex", 1700025, "лодка посередине какого цвета", r"розовая", r"(?<!розовая)\.$"),
    ("complex", 1700025, "Which boat is in the middle?", r"is pink", r"is (?!pink)"),
    ("complex", 1700025, "фонарь горит?", r"^Нет, фонарь не горит", r"^Да, фонарь горит"),
)
BESIDE_NOTHING_ASKED: tuple[Row, ...] = (
    ("simple", 1700016, "облака есть?", r"^Да, здесь одно облако", r"^Нет, .*нет облаков"),
    ("complex", 1700020, "кто рядом с якорем", r"красный краб", r"(?<!краб)\.$"),
    ("complex", 1700010, "кто это там рядом с сапогом", r"чёрный пингвин", r"(?<!пингвин)\.$"),
)


@pytest.mark.parametrize(
    ("pool", "index", "question", "truth", "lie"),
    [*ON_A_SIDE, *BY_NAME, *OF_PARTS, *BESIDE_NOTHING_ASKED],
)
def test_the_last_strangers_are_answered(pool: Pool, index: int, question: str, truth: str, lie: str) -> None:
    check_answers(pool, index, question, truth, lie)
