"""What was compiled for one question is not compiled again for the next."""

import re

import pytest

from gap_server.demo.answerer import patterns
from gap_server.demo.answerer.answers import answers_to
from tests.demo.answerer.strangers.rows import drawn
from tests.demo.answerer.strangers.russian import ROWS


def test_what_was_asked_before_is_answered_without_compiling_anything(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = [(drawn(pool, index), question) for pool, index, question, _, _ in ROWS]
    for scene, question in asked:
        answers_to(scene, question, "a", "told")
    compiled = patterns.compiled.cache_info().misses
    assert compiled < patterns.MOST

    def fail(*_: object) -> None:
        pytest.fail("a pattern is compiled again")

    monkeypatch.setattr(re, "_compile", fail)
    for scene, question in asked:
        answers_to(scene, question, "a", "told")
    assert patterns.compiled.cache_info().misses == compiled
