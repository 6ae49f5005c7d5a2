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
LATER: tuple[Row, ...] = (
    ("complex", 8604, "что над ковром", r"шар и красная бабочка\.", r"(?!.*красная бабочка)"),
    (
        "complex",
        8604,
        "мяч полосатый или однотонный?",
        r"^Да, у мяча три полоски",
        r"^Нет, у мяча нет полосок",
    ),
    ("complex", 8606, "это кухня или кабинет?", r"^Это кабинет", r"^Это кухня"),
    (
        "complex",
        8403,
        "скока груш и скока клубничек?",
        r"две груши\. .*две ягоды клубники",
        r"(?!.*две груши).*(?!.*две яг)",
    ),
    (
        "complex",
        8404,
        "что стоит между синей и красной корзиной?",
        r"^Между синей корзиной и красной корзиной оранжевая ваза\.",
        r"^Между синей .*(?<!оранжевая ваза)\.$",
    ),
    ("complex", 8405, "все якоря серые?", r"^Нет, якоря синего и серого", r"^Да, все якоря серые"),
    (
        "complex",
        8407,
        "какого цвета гитара и сколько у нее струн?",
        r"красная\. У гитары три струны",
        r"У гитары (?!три)",
    ),
    (
        "simple",
        8403,
        "что лежит на досках причала?",
        r"^На причале чёрная шляпа",
        r"^На причале (?!чёрная шляпа)",
    ),
    (
        "complex",
        8306,
        "бабочка есть? если да то какая",
        r"^Да, .*Бабочка розовая\.$",
        r"две бабочки\. Бабочки (?!розовые)",
    ),
    ("complex", 8306, "есть ли бабочка и если есть, то какого цвета?", r"Бабочка розовая\.$", r"(?!.*розов)"),
    ("simple", 8301, "банан целый или очищеный?", r"^Банан неочищенный", r"^Банан очищенный"),
    ("complex", 8307, "это спальня?", r"^Нет, это кухня", r"^Нет, это (?!кухня)"),
    ("complex", 8302, "это деревня?", r"^Нет, это городская", r"^Нет, это (?!городская)"),
    ("complex", 8304, "идёт снег или дождь?", r"^Идёт снег", r"^Идёт дождь"),
    ("complex", 8307, "что видно за окном, день или ночь?", r"ночь", r"день"),
    (
        "complex",
        8303,
        "что находится слева от грузовика?",
        r"^Слева от грузовика белый снеговик\.",
        r"(?!.*снеговик)",
    ),
    ("complex", 8307, "что над правым тортом", r"банка и оранжевая бабочка\.", r"(?!.*банка)"),
    ("complex", 8307, "что стоит над правым тортом", r"^Над тортом справа оранжевая банка\.", r"(?!.*банка)"),
    (
        "complex",
        8301,
        "что стоит справа от фонаря",
        r"^Справа от фонаря зелёная бочка\.",
        r"(?!.*зелёная бочка)",
    ),
    (
        "complex",
        8404,
        "а черенок у яблока есть? и листик?",
        r"^Да, .*стебель\. Да, .*лист",
        r"^Нет, .*стебля\. Нет, .*листа",
    ),
    (
        "simple",
        8602,
        "у яблока есть листик? какого цвета?",
        r"^Да, у яблока зелёный лист\.$",
        r"^Нет, у яблока нет листа\.$",
    ),
    ("complex", 8606, "барабаны стоят рядом?", r"^Да, барабаны рядом друг", r"^Нет, барабаны не рядом"),
    ("complex", 8401, "бутылка и чемодан стоят рядом?", r"^Нет, бутылка не рядом", r"^Да, бутылка рядом"),
    (
        "complex",
        8606,
        "are the drums next to each other?",
        r"^Yes, the drums are next",
        r"^No, the drums are not",
    ),
    ("complex", 8303, "какой самолет дальше от снеговика?", r"снеговика красный", r"снеговика (?!красный)"),
    (
        "complex",
        8606,
        "which drum is further from the butterfly?",
        r"^The yellow drum is furthest",
        r"is furthest from the butterfly",
    ),
    ("complex", 8606, "карандаш острый?", r"^Да, карандаши острые", r"^Нет, карандаши тупые"),
    ("complex", 8602, "змей левее луны или правее?", r"справа от луны", r"слева от луны"),
    ("complex", 8604, "что лежит слева от ковра", r"^Слева от ковра зелёный мяч\.", r"(?!.*зелёный мяч)"),
    ("complex", 8403, "какие фрукты лежат на столе?", r"груши и клубника\.", r"(?!.*груши и клубника)"),
    ("complex", 8303, "что летит и в какую сторону", r"самолёт", r"."),
)


@pytest.mark.parametrize(
    ("pool", "index", "question", "truth", "lie"),
    [*ON_A_SIDE, *BY_NAME, *OF_PARTS, *BESIDE_NOTHING_ASKED, *LATER],
)
def test_the_last_strangers_are_answered(pool: Pool, index: int, question: str, truth: str, lie: str) -> None:
    check_answers(pool, index, question, truth, lie)
