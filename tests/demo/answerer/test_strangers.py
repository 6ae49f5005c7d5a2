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
