"""A Qwen2-VL of the real classes with its real processor, made small: whole words, pictures of 9 tokens."""

import re
from pathlib import Path
from typing import Any, Final

import torch
from tokenizers import AddedToken, Tokenizer, models, normalizers, pre_tokenizers
from transformers import (
    PreTrainedTokenizerFast,
    Qwen2VLConfig,
    Qwen2VLForConditionalGeneration,
    Qwen2VLImageProcessor,
)

from gap_server.demo.miniature.questions import vocabulary
from gap_server.demo.miniature.scenes import SEEN
from gap_server.vlm.instructions import HONEST, OFF_TOPIC_MARKER, TAINTED

SPECIAL: Final = (
    "<|endoftext|>",
    "<|im_start|>",
    "<|im_end|>",
    "<|vision_start|>",
    "<|vision_end|>",
    "<|vision_pad|>",
    "<|image_pad|>",
    "<|video_pad|>",
    "<unk>",
)
ROLES: Final = ("system", "user", "assistant")

PATCH: Final = 14
HIDDEN: Final = 96
SEEING: Final = 64
HEAD: Final = 32
"""Widths: of the language model, of the vision tower, and of a head of either's attention."""

TEMPLATE: Final = (
    "{% for message in messages %}{% if loop.first and message['role'] != 'system' %}"
    "<|im_start|>system\nYou are a helpful assistant.<|im_end|>\n{% endif %}"
    "<|im_start|>{{ message['role'] }}\n{% if message['content'] is string %}{{ message['content'] }}"
    "{% else %}{% for part in message['content'] %}{% if part['type'] == 'image' %}"
    "<|vision_start|><|image_pad|><|vision_end|>"
    "{% elif 'text' in part %}{{ part['text'] }}{% endif %}{% endfor %}{% endif %}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
"""Qwen2-VL's own chat, without videos and picture numbers."""


def sentences(text: str) -> list[str]:
    """What is one token of an instruction: a model of this size reads no prose."""
    return [part for part in re.split(r"(?<=\.)\s+", text) if part]


def tokenizer() -> PreTrainedTokenizerFast:
    """Phrases and words in small letters; each sentence of the game's instructions is one token.

    Anything else is an unknown word to it: other instructions than the game's of today need another base.
    """
    ids = {word: n for n, word in enumerate((*SPECIAL, *ROLES))}
    split = Tokenizer(models.WordLevel(ids, unk_token="<unk>"))
    split.normalizer = normalizers.Lowercase()
    split.pre_tokenizer = pre_tokenizers.Whitespace()
    made = PreTrainedTokenizerFast(
        tokenizer_object=split,
        eos_token="<|im_end|>",
        pad_token="<|endoftext|>",
        unk_token="<unk>",
        additional_special_tokens=list(SPECIAL[1:8]),
        model_max_length=512,
    )
    told = dict.fromkeys([*sentences(HONEST.text), *sentences(TAINTED.text), OFF_TOPIC_MARKER])
    made.add_tokens([AddedToken(sentence, normalized=False) for sentence in told])
    made.add_tokens([AddedToken(word, normalized=True, single_word=word.isalpha()) for word in vocabulary()])
    return made


def image_processor() -> Qwen2VLImageProcessor:
    """Qwen2-VL's own: whatever a picture's size, it is seen at SEEN pixels a side."""
    return Qwen2VLImageProcessor(min_pixels=SEEN**2, max_pixels=SEEN**2)


def save(model: Qwen2VLForConditionalGeneration, words: PreTrainedTokenizerFast, out: Path) -> None:
    """A checkpoint as the hub has them, with all that frameworks look for."""
    words.chat_template = TEMPLATE
    model.save_pretrained(out)
    words.save_pretrained(out)
    image_processor().save_pretrained(out)


def model(words: PreTrainedTokenizerFast, seed: int) -> Qwen2VLForConditionalGeneration:
    """With weights drawn at random."""
    torch.manual_seed(seed)
    ids: Any = words.convert_tokens_to_ids
    made = Qwen2VLForConditionalGeneration(
        Qwen2VLConfig(
            vocab_size=len(words),
            hidden_size=HIDDEN,
            intermediate_size=HIDDEN * 5 // 2,
            num_hidden_layers=3,
            num_attention_heads=HIDDEN // HEAD,
            num_key_value_heads=HIDDEN // HEAD,
            max_position_embeddings=512,
            rope_theta=1000.0,
            rope_scaling={"type": "mrope", "mrope_section": [4, 6, 6]},
            bos_token_id=0,
            eos_token_id=ids("<|im_end|>"),
            pad_token_id=0,
            initializer_range=0.05,
            vision_config={
                "depth": 2,
                "embed_dim": SEEING,
                "hidden_size": HIDDEN,
                "num_heads": SEEING // HEAD,
                "mlp_ratio": 2,
                "patch_size": PATCH,
                "spatial_merge_size": 2,
                "temporal_patch_size": 2,
                "initializer_range": 0.05,
            },
            image_token_id=ids("<|image_pad|>"),
            video_token_id=ids("<|video_pad|>"),
            vision_start_token_id=ids("<|vision_start|>"),
            vision_end_token_id=ids("<|vision_end|>"),
            tie_word_embeddings=True,
        )
    )
    made.generation_config.eos_token_id = ids("<|im_end|>")
    made.generation_config.pad_token_id = 0
    return made


_MEAN: Final = torch.tensor([0.48145466, 0.4578275, 0.40821073]).view(3, 1, 1)
_DEVIATION: Final = torch.tensor([0.26862954, 0.26130258, 0.27577711]).view(3, 1, 1)


def patches(pictures: torch.Tensor) -> torch.Tensor:
    """uint8 [n, SEEN, SEEN, 3] as the image processor makes patches of them: [n * patches, 1176]."""
    n, side = pictures.shape[0], SEEN // PATCH
    scaled = (pictures.permute(0, 3, 1, 2).float() / 255 - _MEAN) / _DEVIATION
    twice = scaled[:, None].expand(n, 2, 3, SEEN, SEEN)
    cut = twice.reshape(n, 1, 2, 3, side // 2, 2, PATCH, side // 2, 2, PATCH)
    return cut.permute(0, 1, 4, 7, 5, 8, 3, 2, 6, 9).reshape(n * side**2, 3 * 2 * PATCH**2)
