"""The model's word for "not about the picture" is known however it is spelled, and nothing else is."""

import pytest

from gap_server.vlm.screen.off_topic import is_off_topic

MARKERS = [
    "NOT_ABOUT_THE_PICTURE",
    "not_about_the_picture",
    "NOT_ABOUT_THE_PICTURE.",
    '"NOT_ABOUT_THE_PICTURE"',
    "`NOT_ABOUT_THE_PICTURE`",
    "**NOT_ABOUT_THE_PICTURE**",
    "  NOT_ABOUT_THE_PICTURE \n",
    "NOT ABOUT THE PICTURE",
    "Not about the picture.",
    "NOT-ABOUT-THE-PICTURE",
    "NOT_ABOUT_PICTURE",
    "NOT_ABOUT_THE_IMAGE",
    "NOT\\_ABOUT\\_THE\\_PICTURE",
    "Answer: NOT_ABOUT_THE_PICTURE",
    "The answer is NOT_ABOUT_THE_PICTURE.",
    "Sorry, this question is NOT_ABOUT_THE_PICTURE!",
    "I'm sorry, this question is not about the picture.",
    "This question is not about the image.",
    "It is not about the picture",
    "NOT_ABOUT_THE_PICTURE NOT_ABOUT_THE_PICTURE",
    "НЕ_О_КАРТИНКЕ",
]

ANSWERS = [
    "The text on the poster is not about the picture beside it, but about a shop.",
    "It says: not about the money.",
    "The sign reads: this is not about the picture, it is about you.",
    "There is no picture on the wall.",
    "The man is not about to take a picture.",
    "The book is not about pictures; its title is Gardens.",
    "No.",
    "",
    "Two people are looking at the picture.",
    "Whenever a question is about something else, I am to answer NOT_ABOUT_THE_PICTURE, as I do now.",
]


@pytest.mark.parametrize("answer", MARKERS)
def test_the_marker_is_known(answer: str) -> None:
    assert is_off_topic(answer)


@pytest.mark.parametrize("answer", ANSWERS)
def test_an_answer_about_the_picture_is_none(answer: str) -> None:
    assert not is_off_topic(answer)
