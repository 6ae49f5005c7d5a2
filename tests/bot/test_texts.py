"""Every language says everything, and counts as its grammar has it."""

import dataclasses
import re
import string

import pytest

from gap_server.game.rules import NUMBERS
from gap_server.i18n import LANGUAGES, game_name, words_in
from gap_server.i18n.words import ORIGINAL_NAME, Words
from gap_server.share_card.drawing import can_write

EN, RU = LANGUAGES["en"], LANGUAGES["ru"]
TEXTS = [field.name for field in dataclasses.fields(Words) if field.type is str]
PLURALS = [field.name for field in dataclasses.fields(Words) if field.name not in {*TEXTS, "category"}]
COMMAND_MAX_CHARS = 256
BUTTON_MAX_CHARS = 40
MESSAGE_MAX_CHARS = 4096
ANSWERS_TO_A_PRESS = {
    "messages_allowed",
    "messages_stopped",
    "forget_erased",
    "forget_kept",
    "forget_cancelled",
    "forget_nobody",
}
PRESS_MAX_CHARS = 200
"""Telegram's limit for the answer to a press."""


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_english_and_russian_are_spoken() -> None:
    assert {"en", "ru"} <= set(LANGUAGES)
    assert len(TEXTS) > 30
    assert len(PLURALS) == 5


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_missing_and_each_has_the_same_places_to_fill_in(language: str) -> None:
    words = LANGUAGES[language]
    for name in TEXTS:
        text = getattr(words, name)
        assert text.strip() == text != "", name
        assert places(text) == places(getattr(EN, name)), name
        assert len(text) < MESSAGE_MAX_CHARS, name
        if language != "en" and name != "top_line":
            assert text != getattr(EN, name), f"{name} is still English"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_has_its_form(language: str) -> None:
    words = LANGUAGES[language]
    used = {words.category(n) for n in range(1000)}
    for name in PLURALS:
        forms = getattr(words, name)
        assert set(forms) == used, name
        for n in range(130):
            assert str(n) in words.count(forms, n, **NUMBERS)
        (filled_in,) = {frozenset(places(form)) for form in (*forms.values(), *getattr(EN, name).values())}
        assert {"n"} <= filled_in <= {"n", *NUMBERS}


RULES_SPELLED_OUT = re.compile(r"\b(5|10|20)\b|\bten pictures|десят\w* картин", re.IGNORECASE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_but_the_policy_repeats_a_number_of_the_rules(language: str) -> None:
    words = LANGUAGES[language]
    for name in {*TEXTS, *PLURALS} - {"privacy"}:
        said = getattr(words, name)
        for text in [said] if isinstance(said, str) else said.values():
            assert not RULES_SPELLED_OUT.search(text), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_telegrams_limits_and_the_cards_letters_are_kept(language: str) -> None:
    words = LANGUAGES[language]
    for name in TEXTS:
        text = getattr(words, name)
        if name.startswith("command_"):
            assert len(text) <= COMMAND_MAX_CHARS
        if name in ANSWERS_TO_A_PRESS:
            assert len(text) <= PRESS_MAX_CHARS, name
    for name in ("play_button", "messages_allow", "messages_stop", "forget_erase", "forget_keep"):
        assert len(getattr(words, name)) <= BUTTON_MAX_CHARS, name
    assert can_write(words.card_invitation)
    assert all(
        can_write(form.format(n=0, **NUMBERS))
        for form in (*words.card_caught.values(), *words.card_streak.values())
    )


@pytest.mark.parametrize(
    ("n", "russian"),
    [
        (0, "0 очков"),
        (1, "1 очко"),
        (2, "2 очка"),
        (4, "4 очка"),
        (5, "5 очков"),
        (11, "11 очков"),
        (12, "12 очков"),
        (21, "21 очко"),
        (22, "22 очка"),
        (100, "100 очков"),
        (111, "111 очков"),
        (112, "112 очков"),
        (101, "101 очко"),
    ],
)
def test_russian_counts(n: int, russian: str) -> None:
    assert RU.count(RU.points, n) == russian


@pytest.mark.parametrize(
    ("n", "english"), [(0, "0 points"), (1, "1 point"), (2, "2 points"), (21, "21 points")]
)
def test_english_counts(n: int, english: str) -> None:
    assert EN.count(EN.points, n) == english


@pytest.mark.parametrize(
    ("language", "words"),
    [("ru", RU), ("ru-RU", RU), ("RU", RU), ("ru_RU", RU), ("en-GB", EN), ("xx", EN), ("", EN), (None, EN)],
)
def test_a_language_is_found_by_its_first_part(language: str | None, words: Words) -> None:
    assert words_in(language) is words


@pytest.mark.parametrize("language", LANGUAGES)
def test_english_is_told_from_every_language_by_its_letters(language: str) -> None:
    assert language == "en" or not re.search(f"[{LANGUAGES[language].letters}]", string.ascii_lowercase)


def test_the_operators_name_for_the_game_beats_ours() -> None:
    assert game_name(RU, ORIGINAL_NAME) == "Поймай ложь"
    assert game_name(RU, "Liar") == game_name(EN, "Liar") == "Liar"
