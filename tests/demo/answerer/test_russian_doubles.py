"""What strangers asked in Russian in one breath: both halves are answered, and go together."""

import pytest

from gap_server.demo.drawing import Pool
from tests.demo.answerer.strangers import Row, check_answers

ASKED: tuple[Row, ...] = (
    # of one thing
    (
        "complex",
        7304,
        "что за музыкальный инструмент на песке и какого он цвета",
        r"^На песке синяя гитара\.$",
        r"^На песке (?!синяя)\w+ \w+\.$",
    ),
    (
        "complex",
        7404,
        "видишь вертолёт? где он находится?",
        r"^Да, .*вверху справа\.$",
        r"\. (Он|Вертолёты|Вертолёт) (?!вверху справа)",
    ),
    (
        "complex",
        7403,
        "видишь краба? какого он цвета?",
        r"Краб красный\.$",
        r"(два|три) краба\. Крабы (?!красные)|нет краба",
    ),
    ("complex", 7402, "есть ли медведь белого цвета и где он", r"внизу слева\.$", r"^Нет, [^.]*\.$"),
    ("complex", 7403, "что лежит справа от корзины и какого оно цвета?", r"розовая шляпа\.$", r"^Справа"),
    ("complex", 7402, "что на дорожке? перечисли", r"^На дорожке две скамейки\.$", r"^На дорожке [^.]*\.$"),
    # how many, and which
    (
        "simple",
        7303,
        "Сколько предметов стоит на ковре, назови их",
        r"два предмета\. На ковре жёлтая корзина и красный барабан",
        r"(?<!два) предмет\w*\. На ковре",
    ),
    ("simple", 7303, "сколько предметов на ковре и какие?", r"два предмета\. На ковре ж", r"\. На ковре"),
    ("complex", 7401, "сколько животных, назови их", r"\. Здесь две собаки", r"\. Здесь"),
    ("complex", 7402, "сколько животных и кто это?", r"\. Здесь жёлтая бабочка", r"\. Здесь"),
    ("complex", 7403, "сколько всего предметов и какие?", r"девять предметов\. Здесь", r"\. Здесь"),
)


@pytest.mark.parametrize(("pool", "index", "question", "truth", "lie"), ASKED)
def test_both_halves_of_a_russian_question_are_answered(
    pool: Pool, index: int, question: str, truth: str, lie: str
) -> None:
    check_answers(pool, index, question, truth, lie)
