"""What strangers asked about pictures drawn for nothing else, and were told wrongly once."""

import re

import pytest

from gap_server.demo.answerer.answers import answers_to
from gap_server.demo.drawing import Pool
from tests.demo.answerer.strangers import (
    curious,
    first,
    fresh_pictures,
    kept_to_the_question,
    latest,
    more,
    russian,
    russian_attributes,
    russian_directions,
    russian_doubles,
    russian_whole_picture,
)
from tests.demo.answerer.strangers.rows import drawn

ROWS = (
    *curious.ROWS,
    *first.ROWS,
    *fresh_pictures.ROWS,
    *kept_to_the_question.ROWS,
    *latest.ROWS,
    *more.ROWS,
    *russian.ROWS,
    *russian_attributes.ROWS,
    *russian_directions.ROWS,
    *russian_doubles.ROWS,
    *russian_whole_picture.ROWS,
)


@pytest.mark.parametrize(("pool", "index", "question", "truth", "lie"), ROWS)
def test_a_stranger_is_told_what_is_so_and_by_a_liar_what_is_not(
    pool: Pool, index: int, question: str, truth: str, lie: str
) -> None:
    """In whichever words the dice choose."""
    for key in "ab":
        pair = answers_to(drawn(pool, index), question, key, "told")
        assert pair
        assert re.search(truth, pair.truth), pair
        assert re.search(lie, pair.lie), pair
        assert pair.lie != pair.truth
