"""What strangers asked in Russian of the whole picture, and of what it is good for."""

import pytest

from gap_server.demo.drawing import Pool
from tests.demo.answerer.strangers import Row, check_answers

DESCRIBED: tuple[Row, ...] = (
    (
        "complex",
        7303,
        "Опиши в двух словах, что тут вообще происходит",
        r"^Это заснеж.*ведро",
        r"^Это заснеж",
    ),
    ("complex", 7406, "в двух словах: что на картинке?", r"белый снеговик", r"(?<!белый) снеговик"),
    ("complex", 7406, "Коротко опиши сцену", r"^Это заснеженное поле", r"^Это заснеженное поле"),
    ("complex", 7404, "дай краткое описание", r"^Это пляж\. Сейчас день", r"^Это пляж\. Сейчас день"),
    ("simple", 7403, "в каком помещении это происходит?", r"^Это кухня", r"^Это (?!кухня)"),
    ("simple", 7401, "какая комната нарисована", r"^Это гостиная", r"^Это (?!гостиная)"),
    ("complex", 7407, "чего больше всего на столе", r"банан: пять", r"встречается (?!банан)"),
    ("complex", 7306, "чего нарисовано больше всего?", r"мяч: пять", r"встречается (?!мяч)"),
)
USED: tuple[Row, ...] = (
    ("simple", 7401, "На чём можно было бы посидеть в этой комнате?", r"синий стул", r"(?<!стул)\.$"),
    ("complex", 7406, "есть где посидеть?", r"^Да, .*коричневая скамейка", r"^Нет, .*нет сидений"),
    ("complex", 7402, "на чем тут можно покататься?", r"два велосипеда", r"(?<!два) велосипед|самолёт"),
)
WRITTEN: tuple[Row, ...] = (
    ("complex", 7404, "а на книжке слева какое слово?", r"^Написано «STOP»", r"^Написано «(?!STOP)"),
    ("complex", 7404, "прочти слово на книжке справа", r"^Написано «ROSE»", r"^Написано «(?!ROSE)"),
    ("complex", 7404, "книга слева — какая на ней надпись?", r"^Написано «STOP»", r"^Написано «(?!STOP)"),
    ("complex", 7404, "на табличке что за слово?", r"^Написано «OPEN»", r"^Написано «(?!OPEN)"),
)


@pytest.mark.parametrize(("pool", "index", "question", "truth", "lie"), [*DESCRIBED, *USED, *WRITTEN])
def test_a_stranger_is_told_in_russian_of_the_whole_picture(
    pool: Pool, index: int, question: str, truth: str, lie: str
) -> None:
    check_answers(pool, index, question, truth, lie)
