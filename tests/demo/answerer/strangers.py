"""What strangers asked about pictures drawn today, and how it is held."""

import re
from functools import cache

from gap_server.demo.answerer.answers import answers_to
from gap_server.demo.drawing import Pool, generate
from gap_server.demo.scene.description import Scene

Row = tuple[Pool, int, str, str, str]
"""The picture, the question, and patterns of what is told and of what is told by whoever lies."""


@cache
def drawn(pool: Pool, index: int) -> Scene:
    return generate(pool, index)[1]


def check_answers(pool: Pool, index: int, question: str, truth: str, lie: str) -> None:
    """Both are told as the patterns say, in whichever words the dice choose."""
    for key in "ab":
        pair = answers_to(drawn(pool, index), question, key, "told")
        assert pair
        assert re.search(truth, pair.truth), pair
        assert re.search(lie, pair.lie), pair
        assert pair.lie != pair.truth
