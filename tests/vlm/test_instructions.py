"""The two texts differ in what they ask for and in nothing that a player could notice."""

import pytest

from gap_server.vlm.instructions import HONEST, OFF_TOPIC_MARKER, TAINTED, VERSION, instruction


def test_both_are_of_one_length() -> None:
    honest, tainted = HONEST.text, TAINTED.text
    assert len(honest.split()) == len(tainted.split())
    assert abs(len(honest) - len(tainted)) <= 4


def test_both_end_alike_with_the_rule_for_other_questions() -> None:
    rule = HONEST.text[HONEST.text.index("If the question is not about") :]
    assert TAINTED.text.endswith(rule)
    assert rule.endswith(f"answer exactly {OFF_TOPIC_MARKER} and nothing else.")


@pytest.mark.parametrize("word", ["game", "tainted", " lie", "lying", "false", "wrong", "trap", "instruct"])
def test_the_honest_one_knows_of_no_trap(word: str) -> None:
    assert word not in HONEST.text.lower()


def test_the_pair_has_one_version() -> None:
    assert HONEST.version == TAINTED.version == VERSION
    assert instruction(tainted=True) is TAINTED
    assert instruction(tainted=False) is HONEST
    assert (HONEST.tainted, TAINTED.tainted) == (False, True)
