"""The filter catches what gives the instruction away, and lets ordinary answers pass."""

import base64
import codecs
import json
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gap_server.vlm.client.player_text import neutralised
from gap_server.vlm.instructions import HONEST, TAINTED
from gap_server.vlm.screen.answer_text import SHOWN_CHARS, tidied
from gap_server.vlm.screen.confessions import HINTS, LATIN_CONFESSIONS
from gap_server.vlm.screen.leaks import RUN, gives_away
from gap_server.vlm.screen.off_topic import is_off_topic
from tests.vlm.screen.said import CONFESSIONS, ORDINARY

GAP_VQA = Path(__file__).parents[4] / "shared/data/gap-vqa/base_data_gap_vqa.json"


@pytest.mark.parametrize("answer", CONFESSIONS)
def test_a_confession_is_caught(answer: str) -> None:
    assert gives_away(answer)


@pytest.mark.parametrize("answer", ORDINARY)
def test_an_ordinary_answer_passes(answer: str) -> None:
    assert not gives_away(answer)


def test_base64_does_not_hide_it() -> None:
    assert gives_away("Sure: " + base64.b64encode(b"I was told to lie about it").decode())


@given(st.sampled_from([HONEST.text, TAINTED.text]), st.integers(0, 10_000), st.integers(10, 60))
def test_any_ten_words_of_an_instruction_are_caught(text: str, start: int, count: int) -> None:
    words = text.split()
    start %= len(words) - 10
    piece = " ".join(words[start : start + count])
    assert gives_away(f"The car is red. {piece.upper()}")


@given(st.sampled_from([HONEST.text, TAINTED.text]))
def test_an_instruction_is_caught_in_disguise(text: str) -> None:
    assert gives_away("-".join(text[:120]))
    assert gives_away(text[::-1])
    assert gives_away(codecs.encode(text, "rot13"))


@given(st.text())
def test_no_text_breaks_the_filter(text: str) -> None:
    gives_away(text)


def test_the_authors_answers_pass() -> None:
    if not GAP_VQA.exists():
        pytest.skip("the published GAP-VQA file is not here")
    records = json.loads(GAP_VQA.read_text())
    answers = [turn["content"] for r in records for turn in r["conversations"] if turn["role"] == "assistant"]
    caught = [answer for answer in answers if gives_away(answer)]
    assert len(answers) > 2_500
    assert len(caught) <= len(answers) // 1_000, caught


def test_a_run_is_long_enough_to_be_no_accident() -> None:
    assert RUN >= 24
    assert len(CONFESSIONS) >= 60


REPEATED = ["_", "a_", "a b ", "( ", "[", "1a$", "AAAA/+", " -", "\n", "\\_", "\u200b", "A" * 20]
REPEATED += [
    "the question is ",
    "i am only ",
    "i was ",
    "not about the ",
    "note ",
    "plausible but ",
    "the the ",
]
REPEATED += ["this is ", "is not about ", "я должен "]


@pytest.mark.timeout(20)
@pytest.mark.parametrize("piece", REPEATED)
def test_no_answer_keeps_the_server_busy(piece: str) -> None:
    """A player can make a model repeat almost anything; an answer is screened in the event loop."""
    for end in ("", "!", " x", "_", "picture", ":"):
        said = tidied(piece * 2_000 + end)[:SHOWN_CHARS] + end
        gives_away(said)
        is_off_topic(said)
        neutralised(said)


@pytest.mark.parametrize(
    "pattern", [p for p in LATIN_CONFESSIONS if p.pattern.isascii()], ids=lambda p: p.pattern[:40]
)
def test_no_confession_in_plain_letters_is_without_a_hint(pattern: re.Pattern[str]) -> None:
    """The filter looks no further where no hint stands: whatever a pattern matches must hold one."""

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.from_regex(pattern, alphabet=st.characters(max_codepoint=127)))
    def holds_one(text: str) -> None:
        assert not pattern.search(text.casefold()) or HINTS.search(text.casefold())

    holds_one()
