"""What a stranger asked of pictures drawn for nothing else, and was told wrongly, in both languages."""

import re
from functools import cache

import pytest

from gap_server.demo.answerer.answers import answers_to
from gap_server.demo.drawing import Pool, generate
from gap_server.demo.scene.description import Scene


@cache
def drawn(pool: Pool, index: int) -> Scene:
    return generate(pool, index)[1]


# What is told, and what is told by whoever lies.
ASKED: tuple[tuple[Pool, int, str, str, str], ...] = (
    ("simple", 910003, "Is the orange cat wearing a collar?", r"^No, .*not wearing a collar", r"^Yes"),
    ("simple", 910003, "Is the orange cat wearing glasses?", r"not wearing glasses", r"wearing red glasses"),
    (
        "simple",
        910001,
        "how many teddys are there and what color are they",
        r"two teddies. The teddies are",
        r"tedd",
    ),
    ("simple", 910003, "сколко кошек на пляже?", r"две кошки", r"(три|одна) ко"),
    ("complex", 910001, "Сколко черепашк и сколко уток?", r"четыре черепах.*две утки", r"(пять|три) черепах"),
    ("simple", 910005, "какого цвета тыквва", r"^Тыква белая\.", r"^Тыква (?!белая)"),
    ("simple", 910002, "Есть ли на песке ракушки?", r"^Нет, .*нет ракушек", r"^Да, .*одна ракушка"),
    ("simple", 910002, "Какого цвета ракушка улитки?", r"нет улиток", r"У улитки \w+ панцирь"),
    (
        "complex",
        910003,
        "what is the leftmost thing on the floor",
        r"a grey rabbit on the floor",
        r"There is a",
    ),
    (
        "complex",
        910003,
        "Какой кролик левее всех на полу?",
        r"^На полу серый кролик\.",
        r"^На полу \w+ кролик\.",
    ),
    ("simple", 910002, "Что лежит правее красной звезды?", r"розовая", r"звезды (?!красная)"),
    (
        "simple",
        910002,
        "чья это шляпа, и какого она цвета?",
        r"(?<!синяя\. )Шляпа синяя\.$",
        r"понять\. \w+ \w+\.$",
    ),
    ("simple", 910004, "Какой самолет летит впереди?", r"^Правее всего — фиолетовый самолёт", r"— (?!фиол)"),
    ("simple", 910004, "Which plane is flying in front?", r"most plane is purple", r"plane is (?!purple)"),
    ("complex", 910003, "Что висит в воздухе?", r"шар", r"\w"),
    ("simple", 910006, "What can I sit on in this room?", r"chair", r"\w"),
    ("simple", 910006, "На чём тут можно посидеть?", r"стул", r"\w"),
    ("simple", 910001, "Какой ковёр?", r"^Ковёр зелёный", r"^Ковёр (?!зелёный)"),
    ("simple", 910006, "какие обои в комнате", r"^Стена розовая", r"^Стена (?!розовая)"),
    ("simple", 71001, "whats in the jar", r"jam in the jar", r"(honey|milk) in the jar"),
    ("simple", 71001, "what can i eat here", r"some orange bread", r"bread"),
    ("simple", 71004, "which way does the teapot spout point?", r"to the left", r"to the right"),
    ("simple", 71004, "куда повернут носик чайника", r"повёрнут влево", r"повёрнут вправо"),
    ("simple", 71004, "is it bright outside", r"^No, it is night", r"^(Yes|No), it is"),
    (
        "simple",
        71005,
        "Are there any footprints in the snow?",
        r"^No, there are no footprints in",
        r"^Yes, .*one footprint in",
    ),
    ("simple", 71005, "is it a winter or summer", r"^It looks like winter", r"autumn"),
    ("simple", 71005, "солнце светит?", r"^Да, солнце светит", r"^Нет, солнце не светит"),
    ("simple", 71005, "is the sun behind a cloud", r"^No, the sun is not behind", r"^Yes, the sun is behind"),
    (
        "simple",
        71007,
        "Is the car parked in front of the suitcases or behind them?",
        r"behind the suitcases",
        r"in front of the suitcases",
    ),
    (
        "simple",
        71007,
        "what's in the suitcases?",
        r"closed, nothing inside can be seen",
        r"There are \w+ in the suitcases",
    ),
    (
        "complex",
        71000,
        "what's the robot's expression",
        r"^The robot is smiling",
        r"^The robot is not smiling",
    ),
    (
        "complex",
        71001,
        "Which color of balloon is most common?",
        r"balloons is pink",
        r"balloons is (?!pink)",
    ),
    ("complex", 71001, "каких шаров больше всего", r"розовых", r"всего (?!розовых)"),
    (
        "complex",
        71002,
        "is there a boat without sails",
        r"^No, the boat has two sails",
        r"^Yes, the boat has no sails",
    ),
    ("complex", 71003, "is anything orange", r"^Yes, there is an orange (balloon|jar)", r"orange|nothing"),
    ("complex", 71003, "which fruit is yellow", r"a yellow pear", r"^There is"),
    ("complex", 71004, "Which animal is white?", r"a white dog", r"^There is a"),
    ("complex", 71004, "есть ли в комнате камень", r"^Нет, на картинке нет камня", r"^Да, .*один камень"),
    ("complex", 71004, "Во что одеты роботы", r"^На роботе ничего не надето", r"^На роботе \w+ шляпа"),
    ("complex", 71006, "which tent is closer to us?", r"closer tent is purple", r"closer tent is (?!purple)"),
    ("complex", 71006, "птицы летят навстречу друг другу?", r"^Нет, птицы смотрят влево", r"смотр"),
    ("complex", 71007, "Where does the path lead?", r"leading to the hill", r"leading to the (?!hill)"),
    ("complex", 71007, "куда ведет дорожка", r"ведёт к холму", r"ведёт к (?!холму)"),
    ("complex", 71007, "Чего здесь нет: солнца или луны?", r"нет луны", r"нет солнца"),
    (
        "complex",
        71008,
        "what color flag is on the left",
        r"^The flag on the left is orange",
        r"^The flag on the left is (?!orange)",
    ),
    ("complex", 71008, "что держит краб", r"ничего не держит", r"^Краб держит"),
    ("complex", 71009, "is the cat on the rug or on the floor", r"on the rug", r"on the (?!rug)"),
    ("complex", 71010, "What is the bear holding?", r"not holding anything", r"is holding the"),
    ("complex", 71010, "лампы включены?", r"^Да, лампы горят", r"^Нет, лампы не горят"),
    ("complex", 71011, "is the truck moving to the left or right", r"to the right", r"to the left"),
    ("complex", 71011, "Is the bow on the present red?", r"^No, .*pink bow", r"bow"),
    ("complex", 71011, "сколько фонарей", r"два фонаря", r"фонар"),
    (
        "complex",
        71013,
        "are there any balls off the rug",
        r"^Yes, .*two balls not on the rug",
        r"balls? not on the rug",
    ),
    (
        "complex",
        71013,
        "сколько мячиков не на ковре",
        r"два мяча не на ковре",
        r"мяч\w* не на ковре",
    ),
    (
        "complex",
        71013,
        "is the guitar leaning against something",
        r"not leaning against anything",
        r"leaning against the",
    ),
    ("complex", 71014, "какой самокат ближе к нам", r"жёлтый самокат", r"самокат"),
    ("complex", 71014, "какой вертолет летит выше", r"жёлтый вертолёт", r"— (?!жёлтый)"),
    ("complex", 71014, "what is the black animal", r"a black sheep", r"There is a"),
    (
        "complex",
        71015,
        "что лежит в центре ковра",
        r"^Посередине ковра зелёная шляпа",
        r"^Посередине ковра (?!зелёная шляпа)",
    ),
    ("simple", 71003, "какой якорь левее черный или синий", r"^Чёрный якорь левее", r"^Синий якорь левее"),
    ("simple", 71001, "что правее, банка или хлеб?", r"^Хлеб правее", r"^Банка правее"),
    ("complex", 71005, "сколько клубничек", r"три клубники", r"клубник"),
    (
        "simple",
        71003,
        "which anchor is bigger, the blue or the black one?",
        r"about the same size",
        r"^The (blue|black) anchor is larger",
    ),
    (
        "simple",
        82001,
        "is the clock standing on the table or hanging on the wall",
        r"^The clock is on the counter",
        r"^The clock is on the (?!counter)",
    ),
    ("simple", 82004, "whats on the bench", r"nothing on the bench", r"^There is a (?!\w+ bench)"),
    ("simple", 82004, "скамейка пустая?", r"^Да, на скамейке нет людей", r"^Нет, .*один человек"),
    (
        "complex",
        82003,
        "who is sitting between the signs",
        r"^There is an orange dog between",
        r"between the signs",
    ),
    (
        "complex",
        82005,
        "which car is closer to us, the orange or the purple",
        r"^The orange car is closer",
        r"^The purple car is closer",
    ),
    (
        "complex",
        82007,
        "Is the lamp post in front of the white boat?",
        r"^Yes, the lamp post is in front",
        r"^No, the lamp post is",
    ),
    (
        "complex",
        82009,
        "сколько бабочек на окне",
        r"На окне одна бабочка",
        r"На окне \w+ бабоч",
    ),
    ("complex", 82015, "какой шарик самый нижний", r"фиолетовый", r"— (?!фиол)"),
    ("simple", 82007, "какая лодка больше левая или правая", r"^Лодка слева больше", r"^Лодка справа больше"),
    ("complex", 82015, "do both clocks show the same time", r"^No, the clocks show", r"the clocks? show"),
    ("simple", 93000, "is the lamp shining", r"^No, the lamp is not lit", r"^Yes, the lamp is lit"),
    ("simple", 93000, "сколько сапогов", r"один сапог", r"два сапога"),
    (
        "complex",
        93001,
        "which plane is flying to the left",
        r"pointing to the left is orange",
        r"pointing to the left (is|are) (?!orange)",
    ),
    (
        "complex",
        93001,
        "какие самолеты летят влево",
        r"^Влево смотрит оранжевый самолёт",
        r"^Влево смотр(?!ит оранж)",
    ),
    ("complex", 93006, "что на подоконнике", r"оранжевая бабочка", r"^На окне"),
    ("complex", 93006, "все ли свечи зажжены", r"^Да, свечи горят", r"^Нет, свечи не горят"),
    ("complex", 93008, "which cup has no text", r"nothing written on the red cup", r"written on the (?!red)"),
    (
        "complex",
        93008,
        "на какой кружке ничего не написано",
        r"на красной кружке",
        r"на (?!красной)\w+ кружке",
    ),
    ("complex", 93009, "what is lying in the bottom right corner", r"a black boot", r"at the bottom right"),
    ("complex", 93013, "какого цвета морда у овцы", r"чёрная морда", r"морда"),
    ("complex", 910002, "What do the snowmen have on their heads?", r"a black hat", r"wearing a \w+ hat"),
)


@pytest.mark.parametrize(("pool", "index", "question", "truth", "lie"), ASKED)
def test_a_stranger_is_answered(pool: Pool, index: int, question: str, truth: str, lie: str) -> None:
    for key in "ab":
        pair = answers_to(drawn(pool, index), question, key, "told")
        assert pair
        assert re.search(truth, pair.truth), pair
        assert re.search(lie, pair.lie), pair
        assert pair.lie != pair.truth
