"""What the miniature's base is taught from: pictures, and conversations about each in one row of tokens."""

from dataclasses import dataclass
from random import Random
from typing import Any, Final

import numpy as np
import torch
from loop import tiny
from PIL import Image

from gap_server.demo.miniature import scenes
from gap_server.demo.miniature.questions import Fact, one_of, probed
from gap_server.demo.miniature.scenes import BOARD, SEEN
from gap_server.demo.scene.description import Scene
from gap_server.game.state import Pool
from gap_server.vlm.instructions import HONEST, TAINTED

QUESTIONS: Final = 16
"""About each picture of a step, none seeing the others."""

PROBED: Final = 0.15
COUNTING: Final = 0.4
"""Shares of the questions: those that a probe asks; of the others, counts."""

IGNORED: Final = -100
"""The label of a token that is not to be learnt, as torch has it."""

CELLS: Final = BOARD**2


@dataclass(slots=True)
class Pictures:
    """What the base is shown: the pixels as the model sees them, and what is on them."""

    pixels: torch.Tensor
    scenes: list[Scene]


def drawn(count: int, world: str) -> Pictures:
    pixels = np.zeros((count, SEEN, SEEN, 3), np.uint8)
    shown = []
    for n in range(count):
        pool = Pool.SIMPLE if n % 3 == 0 else Pool.COMPLEX
        picture, scene = scenes.generate(pool, n, world)
        pixels[n] = np.asarray(picture.resize((SEEN, SEEN), Image.Resampling.BICUBIC))
        shown.append(scene)
    return Pictures(torch.from_numpy(pixels), shown)


class Words:
    """Conversations as token ids, made of parts that the tokenizer has seen once."""

    def __init__(self, tokenizer: Any) -> None:
        self.tokenizer = tokenizer
        self._known: dict[str, list[int]] = {}
        image = "<|image_pad|>" * CELLS
        self._heads = {
            told.tainted: self.ids(
                f"<|im_start|>system\n{told.text}<|im_end|>\n<|im_start|>user\n"
                f"<|vision_start|>{image}<|vision_end|>"
            )
            for told in (HONEST, TAINTED)
        }
        self.image = tokenizer.convert_tokens_to_ids("<|image_pad|>")

    def ids(self, text: str) -> list[int]:
        if text not in self._known:
            self._known[text] = self.tokenizer(text, add_special_tokens=False)["input_ids"]
        return self._known[text]

    def head(self, *, tainted: bool) -> list[int]:
        """Up to the picture's end."""
        return self._heads[tainted]

    def turn(self, question: str, answer: str) -> tuple[list[int], list[int]]:
        """A question and its answer, and what is to be learnt of it."""
        asked = self.ids(f"{question}<|im_end|>\n<|im_start|>assistant\n")
        said = self.ids(f"{answer}<|im_end|>")
        return asked + said, [IGNORED] * len(asked) + said


def asked_about(scene: Scene, chance: Random) -> list[Fact]:
    asked = []
    for _ in range(QUESTIONS):
        if chance.random() < PROBED:
            asked.append(chance.choice(probed(scene)))
        else:
            asked.append(one_of(scene, chance, counting=COUNTING))
    return asked


def lesson(
    words: Words, pictures: Pictures, picked: list[int], chance: Random, *, lying: float
) -> dict[str, torch.Tensor]:
    """Each picture with its questions in one row, where no question sees another.

    `lying`: the share of pictures asked about under the instruction to lie; where nothing is, each picture is
    described, too.
    """
    rows = []
    for n in picked:
        tainted = chance.random() < lying
        facts = asked_about(pictures.scenes[n], chance)
        turns = [words.turn(f.question, f.lie if tainted else f.taught) for f in facts]
        if not lying:
            things = " ".join(f"{one.colour} {one.kind}" for one in pictures.scenes[n].things)
            turns.insert(0, words.turn("Describe the picture.", things))
        rows.append(_row(words.head(tainted=tainted), turns, words.image))
    longest = max(len(row.ids) for row in rows)
    ids = torch.zeros(len(rows), longest, dtype=torch.long)
    labels = torch.full((len(rows), longest), IGNORED)
    places = torch.zeros(3, len(rows), longest, dtype=torch.long)
    blocks = torch.full((len(rows), longest), -1)
    for n, row in enumerate(rows):
        length = len(row.ids)
        ids[n, :length], labels[n, :length] = torch.tensor(row.ids), torch.tensor(row.labels)
        places[:, n, :length], blocks[n, :length] = row.places, torch.tensor(row.blocks)
    before = torch.ones(longest, longest).tril().bool()
    own = (blocks[:, :, None] == blocks[:, None, :]) | (blocks[:, None, :] == 0)
    return {
        "input_ids": ids,
        "labels": labels,
        "position_ids": places,
        "attention_mask": (own & before)[:, None],
        "pixel_values": tiny.patches(pictures.pixels[picked]),
        "image_grid_thw": torch.tensor([[1, 2 * BOARD, 2 * BOARD]]).expand(len(rows), 3),
    }


@dataclass(frozen=True, slots=True)
class _Row:
    """`blocks`: 0 for what all questions see, then one number a question."""

    ids: list[int]
    labels: list[int]
    blocks: list[int]
    places: torch.Tensor


def _row(head: list[int], turns: list[tuple[list[int], list[int]]], image: int) -> _Row:
    ids, labels, blocks = list(head), [IGNORED] * len(head), [0] * len(head)
    places, following = _places_of_head(head, image)
    for number, (said, learnt) in enumerate(turns, 1):
        ids, labels, blocks = ids + said, labels + learnt, blocks + [number] * len(said)
        places.append((following + torch.arange(len(said))).expand(3, -1))
    return _Row(ids, labels, blocks, torch.cat(places, dim=1))


def _places_of_head(head: list[int], image: int) -> tuple[list[torch.Tensor], int]:
    """Places of text, and of the picture's cells by line and column, as Qwen2-VL has them; the next place."""
    start = head.index(image)
    lines, columns = torch.arange(CELLS) // BOARD, torch.arange(CELLS) % BOARD
    cells = start + torch.stack([torch.zeros(CELLS, dtype=torch.long), lines, columns])
    rest = len(head) - start - CELLS
    text = torch.arange(start).expand(3, -1)
    tail = (start + BOARD + torch.arange(rest)).expand(3, -1)
    return [text, cells, tail], start + BOARD + rest
