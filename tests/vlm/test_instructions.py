"""The two texts differ in what they ask for and in nothing that a player could notice."""

import pytest

from gap_server.vlm.instructions import GATE, HONEST, OFF_TOPIC_MARKER, TAINTED, VERSION, instruction

WRITTEN = {
    "1": {
        "honest": "5c440f979e310656606324268ca142ead663e499095843ff97328e7505dd3ba7",
        "tainted": "1bfb06ee86d6b3b3ec37b1b7d129282f397c8d1105cc2f38fe578f2decdec90c",
        "gate": "15aa7d7659af78a9539c699b9b717f24b927a12553bcc9369d8d90c1c6c5ba8a",
    }
}
"""What each version said, by the text's hash. A version that answers were given under is never changed."""


def test_a_changed_text_has_a_new_version() -> None:
    assert {told.part: told.sha256 for told in (HONEST, TAINTED, GATE)} == WRITTEN[VERSION]


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
