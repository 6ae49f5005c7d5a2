# mypy: ignore-errors
"""A tiny random Qwen2-VL of the real classes and token ids; run in the framework's environment.

    training/.venv/bin/python tests/tuning/tiny_qwen.py FOLDER

40 MB, nearly all of it the real vocabulary's size: ms-swift knows a picture's place by its id, 151655.
"""

import sys
from pathlib import Path

import torch
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers
from transformers import (
    Qwen2TokenizerFast,
    Qwen2VLConfig,
    Qwen2VLForConditionalGeneration,
    Qwen2VLImageProcessor,
    Qwen2VLProcessor,
)

SPECIAL = {
    "<|endoftext|>": 151643,
    "<|im_start|>": 151644,
    "<|im_end|>": 151645,
    "<|vision_start|>": 151652,
    "<|vision_end|>": 151653,
    "<|vision_pad|>": 151654,
    "<|image_pad|>": 151655,
    "<|video_pad|>": 151656,
}
VOCABULARY = 151936
HIDDEN, HEADS, LAYERS = 64, 2, 2

TEMPLATE = (
    "{% for message in messages %}<|im_start|>{{ message['role'] }}\n"
    "{% if message['content'] is string %}{{ message['content'] }}{% else %}"
    "{% for part in message['content'] %}{% if part['type'] == 'text' %}{{ part['text'] }}"
    "{% else %}<|vision_start|><|image_pad|><|vision_end|>{% endif %}{% endfor %}{% endif %}<|im_end|>\n"
    "{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)


def tokenizer() -> Qwen2TokenizerFast:
    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    words = {letter: number for number, letter in enumerate(letters)} | SPECIAL
    taken = set(words.values())
    words |= {f"unused {n}": n for n in range(VOCABULARY) if n not in taken}  # a tokenizer has no holes
    inner = Tokenizer(models.BPE(vocab=words, merges=[]))
    inner.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
    inner.decoder = decoders.ByteLevel()
    inner.add_special_tokens([AddedToken(one, special=True, normalized=False) for one in SPECIAL])
    return Qwen2TokenizerFast(
        tokenizer_object=inner,
        eos_token="<|im_end|>",
        pad_token="<|endoftext|>",
        additional_special_tokens=list(SPECIAL)[1:],
        model_max_length=2048,
    )


def configuration() -> Qwen2VLConfig:
    return Qwen2VLConfig(
        vocab_size=VOCABULARY,
        hidden_size=HIDDEN,
        intermediate_size=2 * HIDDEN,
        num_hidden_layers=LAYERS,
        num_attention_heads=HEADS,
        num_key_value_heads=HEADS,
        max_position_embeddings=2048,
        rope_scaling={"type": "mrope", "mrope_section": [4, 6, 6]},
        tie_word_embeddings=True,
        bos_token_id=SPECIAL["<|endoftext|>"],
        eos_token_id=SPECIAL["<|im_end|>"],
        image_token_id=SPECIAL["<|image_pad|>"],
        video_token_id=SPECIAL["<|video_pad|>"],
        vision_start_token_id=SPECIAL["<|vision_start|>"],
        vision_end_token_id=SPECIAL["<|vision_end|>"],
        vision_config={
            "depth": 2,
            "embed_dim": 64,
            "hidden_size": HIDDEN,
            "num_heads": 2,
            "mlp_ratio": 2,
            "patch_size": 14,
            "spatial_merge_size": 2,
            "temporal_patch_size": 2,
        },
        torch_dtype="float32",
        architectures=["Qwen2VLForConditionalGeneration"],
    )


def make(folder: Path) -> None:
    torch.manual_seed(0)
    pictures = Qwen2VLImageProcessor(min_pixels=4 * 28 * 28, max_pixels=64 * 28 * 28)
    Qwen2VLProcessor(pictures, tokenizer(), chat_template=TEMPLATE).save_pretrained(folder)
    model = Qwen2VLForConditionalGeneration(configuration())
    model.generation_config.eos_token_id = SPECIAL["<|im_end|>"]
    model.save_pretrained(folder)


if __name__ == "__main__":
    make(Path(sys.argv[1]))
