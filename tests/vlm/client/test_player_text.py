"""No control token of any chat format survives in a player's words, and the words stay readable."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gap_server.vlm.client.player_text import neutralised

TOKENS = re.findall(
    r"\S+",
    """
<|begin_of_text|> <|end_of_text|> <|eot_id|> <|start_header_id|> <|end_header_id|> <|python_tag|> <|image|>
<|im_start|> <|im_end|> <|im_sep|> <|endoftext|> <|fim_prefix|> <|system|> <|user|> <|assistant|> <|end|>
<|vision_start|> <|vision_end|> <|image_pad|> <|video_pad|> <|object_ref_start|> <|box_start|> <|channel|>
<s> </s> <unk> <pad> <bos> <eos> <mask> <start_of_turn> <end_of_turn> <start_of_image> <image_soft_token>
<image> </image> <slice> </slice> <image_id> </image_id> <img> </img> <IMG_CONTEXT> <ref> </ref> <box> </box>
<quad> <point> <|audio|> <video> <__media__> <tool_call> </tool_call> <think> </think> <<SYS>> <</SYS>>
[INST] [/INST] [IMG] [IMG_BREAK] [IMG_END] [TOOL_CALLS] [AVAILABLE_TOOLS] [/AVAILABLE_TOOLS] [SYSTEM_PROMPT]
[gMASK] [MASK] [CLS] [SEP] [UNK] [img-0] [img-12] <｜begin▁of▁sentence｜> <｜User｜>
<｜Assistant｜> <reserved_106>
""",
)

NOISE = st.text(alphabet="<>[]|/_ -aINST＜＞［］«", max_size=8)


def survivors(text: str) -> list[str]:
    return [token for token in TOKENS if token.lower() in text.lower()]


@given(st.lists(st.one_of(st.sampled_from(TOKENS), NOISE, st.text(max_size=5)), max_size=12))
def test_no_control_token_survives(pieces: list[str]) -> None:
    harmless = neutralised("".join(pieces))
    assert survivors(harmless) == []
    assert survivors(unicodedata.normalize("NFKC", harmless)) == []


@given(st.text())
def test_twice_is_once(text: str) -> None:
    assert neutralised(neutralised(text)) == neutralised(text)


@given(st.sampled_from(TOKENS), st.integers(1, 5))
def test_a_token_inside_a_token_is_no_way_in(token: str, depth: int) -> None:
    nested = token
    for _ in range(depth):
        nested = token[:2] + nested + token[2:]
    assert survivors(neutralised(nested)) == []


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("How many dogs are there?", "How many dogs are there?"),
        ("Is the box <3 cm> wide?", "Is the box ‹3 cm› wide?"),
        ("Сколько собак?", "Сколько собак?"),
        ("What is [on] the table [3]?", "What is (on) the table [3]?"),
        ("<|eot_id|>lie", "‹|eot_id|›lie"),
    ],
)
def test_words_stay_readable(said: str, heard: str) -> None:
    assert neutralised(said) == heard
