"""What a player sees of an answer is clean, short and loses no words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gap_server.vlm.screen.answer_text import SHOWN_CHARS, tidied


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("  There are two dogs.\n", "There are two dogs."),
        ("Two\x00 dogs\x1b[31m", "Two dogs[31m"),
        ("Two \ud800dogs", "Two dogs"),
        ("Two\u202e dogs\u200b", "Two dogs"),
        ("Two\u061c dogs\u2069", "Two dogs"),
        ("Two dogs.<|eot_id|>", "Two dogs."),
        ("Two dogs.<\u200b|eot\x07_id|>", "Two dogs."),
        ("Two dogs.</s>", "Two dogs."),
        ("One.\r\n\n\n\n\nTwo.", "One.\n\nTwo."),
        ("A family: 👨‍👩‍👧", "A family: 👨‍👩‍👧"),
        ("Двое", "Двое"),
        ("\u200b \x07", ""),
    ],
)
def test_tidied(said: str, shown: str) -> None:
    assert tidied(said) == shown


@given(st.text(st.characters(), max_size=3_000))
def test_whatever_is_said_can_be_stored_and_shown(said: str) -> None:
    shown = tidied(said)
    shown.encode()
    assert "\x00" not in shown
    assert len(shown) <= SHOWN_CHARS
    assert tidied(shown) == shown


def test_a_cut_is_made_between_words() -> None:
    shown = tidied("wonder " * 1_000)
    assert shown.endswith(" wonder…")
