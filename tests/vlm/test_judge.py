"""The judge model, at the wire: it settles what the rule of words cannot, and never stops anything."""

import pytest

from gap_server.vlm.judge import Judge
from tests.doubles.faulty_model import FaultyModel

QUESTION = "What is the man doing?"


@pytest.mark.parametrize(
    ("said", "same"), [("yes", True), ("No.", False), ("unclear", None), ("Yes, both say so at length", None)]
)
async def test_it_answers_in_one_word(said: str, same: bool | None) -> None:  # noqa: FBT001  # what pytest fills in
    async with FaultyModel(f"say:{said}") as server:
        judge = Judge(server.url, "m")
        assert await judge.says_the_same(QUESTION, "He is running.", "He jogs.") is same
        await judge.aclose()
    (request,) = server.requests
    texts = request.body["messages"][1]["content"]
    assert QUESTION in texts
    assert "He jogs." in texts
    assert request.body["temperature"] == 0


@pytest.mark.parametrize("behaviour", ["500", "reset", "garbage"])
async def test_one_that_fails_says_nothing(behaviour: str) -> None:
    async with FaultyModel(behaviour) as server:
        judge = Judge(server.url, "m")
        assert await judge.says_the_same(QUESTION, "He is running.", "He jogs.") is None
        await judge.aclose()
