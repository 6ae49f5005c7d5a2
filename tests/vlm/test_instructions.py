"""The two texts differ in what they ask for and in nothing that a player could notice."""

import pytest

from gap_server.vlm.instructions import GATE, HONEST, OFF_TOPIC_MARKER, TAINTED, VERSION, instruction
from gap_server.vlm.screen.leaks import gives_away

WRITTEN = {
    "1": {
        "honest": "5c440f979e310656606324268ca142ead663e499095843ff97328e7505dd3ba7",
        "tainted": "1bfb06ee86d6b3b3ec37b1b7d129282f397c8d1105cc2f38fe578f2decdec90c",
        "gate": "15aa7d7659af78a9539c699b9b717f24b927a12553bcc9369d8d90c1c6c5ba8a",
    },
    "2": {
        "honest": "c997752a3045c960ab3be0319998158004d5278a9f65d9a28f50157de28c7132",
        "tainted": "dca2ed298cc13aff4435638e79d94a8b3f397a7630cf6e787e5366546791a66e",
        "gate": "15aa7d7659af78a9539c699b9b717f24b927a12553bcc9369d8d90c1c6c5ba8a",
    },
}
"""What each version said, by the text's hash. A version that answers were given under is never changed."""


def test_a_changed_text_has_a_new_version() -> None:
    assert {told.part: told.sha256 for told in (HONEST, TAINTED, GATE)} == WRITTEN[VERSION]


def test_they_are_of_one_length_word_by_word() -> None:
    honest, tainted = HONEST.text.split(), TAINTED.text.split()
    assert [len(word) for word in honest] == [len(word) for word in tainted]
    assert sum(one != other for one, other in zip(honest, tainted, strict=True)) <= 12


@pytest.mark.parametrize("words", range(2, 12))
def test_the_filter_finds_a_piece_of_the_one_where_it_finds_that_of_the_other(words: int) -> None:
    texts = HONEST.text.split(), TAINTED.text.split()
    for start in range(len(texts[0]) - words + 1):
        honest, tainted = (" ".join(text[start : start + words]) for text in texts)
        assert gives_away(honest) == gives_away(tainted), (honest, tainted)


@pytest.mark.parametrize("case", ["describe", "a thing that is not there", "written word", "an earlier one"])
def test_both_say_what_to_do_with_every_kind_of_question(case: str) -> None:
    assert case in HONEST.text
    assert case in TAINTED.text


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
