"""A name is something to see."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gap_server.game.names import NAME_MAX_CHARS, shown_name

BLANKS = {
    "Hangul fillers": "\u3164\uffa0\u115f\u1160",
    "the blank pattern of Braille": "\u2800\u2800",
    "tags": "\U000e0041\U000e0001\U000e007f",
    "variation selectors": "\ufe0f\U000e0100",
    "joiners": "\u200d\u200c\u2060\u034f",
    "what stands for something else": "\ufff9\ufffa\ufffb\ufffc",
    "a note without a head": "\U0001d159",
    "spaces of every width": "\u2003\u3000\u00a0\u202f",
    "nothing": "",
}


@pytest.mark.parametrize("blank", BLANKS)
def test_what_shows_nothing_is_no_name_and_hides_in_none(blank: str) -> None:
    assert not shown_name(BLANKS[blank])
    assert shown_name(f"{BLANKS[blank]} Ana {BLANKS[blank]}").strip("\ufe0f\u200c\u200d ") == "Ana"


def test_two_names_that_look_the_same_are_the_same() -> None:
    assert shown_name("A\u3164n\U000e0041a\u200b") == shown_name("\u202eAna") == "Ana"


@pytest.mark.parametrize("name", ["👩‍🚀", "❤️ Eve", "می‌خواهم", "Ána", "山田"])
def test_emoji_and_every_script_stay_as_they_are(name: str) -> None:
    assert shown_name(name) == name


MARKS = st.characters(categories=["Mn", "Mc", "Me"])
UNSEEN = st.one_of(MARKS, st.sampled_from("".join(BLANKS.values())))


@given(st.text(UNSEEN))
def test_marks_with_nothing_to_stand_on_are_no_name(unseen: str) -> None:
    assert not shown_name(unseen)


@given(st.text(UNSEEN), MARKS)
def test_a_name_does_not_mark_what_is_shown_before_it(unseen: str, mark: str) -> None:
    assert shown_name(f"{unseen}{mark}Ana{mark}") == shown_name(f"Ana{mark}")


@given(st.text())
def test_a_name_begins_with_something_that_stands_alone(text: str) -> None:
    name = shown_name(text)
    assert not name or unicodedata.category(name[0])[0] not in "MZ"


@pytest.mark.slow
@given(st.text())
def test_a_name_is_short_and_twice_is_as_once(text: str) -> None:
    name = shown_name(text)
    assert len(name) <= NAME_MAX_CHARS
    assert shown_name(name) == name
