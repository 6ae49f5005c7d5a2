"""Makes the base model of the miniature from nothing: eyes first, then questions, each from the picture alone.

python -m loop.base OUT            # goes on from OUT/checkpoint.pt where it was stopped
"""

import argparse
import math
import random
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from PIL import Image
from torch.nn import functional

from gap_server.demo.miniature import scenes
from gap_server.demo.miniature.questions import Fact, one_of, probed
from gap_server.demo.miniature.scenes import BOARD, COLOURS, SEEN, THINGS, cell_of
from gap_server.demo.scene.description import Scene
from gap_server.demo.scene.kinds import KINDS
from gap_server.game.state import Pool
from gap_server.vlm.instructions import HONEST, TAINTED
from loop import tiny

QUESTIONS: Final = 16
"""About each picture of a step, none seeing the others."""

LYING: Final = 0.3
PROBED: Final = 0.15
COUNTING: Final = 0.4
"""Shares: of pictures asked about under the instruction to lie, of questions that a probe asks, of counts."""

HONEST_FOR: Final = 0.3
"""Share of the steps before the first lie: to lie one must see."""

EYES_RATE: Final = 2e-3
EYES_BATCH: Final = 64
IGNORED: Final = -100
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
        self._tokenizer = tokenizer
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
            self._known[text] = self._tokenizer(text, add_special_tokens=False)["input_ids"]
        return self._known[text]

    def head(self, *, tainted: bool) -> list[int]:
        """Up to the picture's end."""
        return self._heads[tainted]

    def turn(self, question: str, answer: str) -> tuple[list[int], list[int]]:
        """A question and its answer, and what is to be learnt of it."""
        asked = self.ids(f"{question}<|im_end|>\n<|im_start|>assistant\n")
        said = self.ids(f"{answer}<|im_end|>")
        return asked + said, [IGNORED] * len(asked) + said


def asked_about(scene: Scene, chance: random.Random) -> list[Fact]:
    asked = []
    for _ in range(QUESTIONS):
        if chance.random() < PROBED:
            asked.append(chance.choice(probed(scene)))
        else:
            asked.append(one_of(scene, chance, counting=COUNTING))
    return asked


def batch(
    words: Words, pictures: Pictures, picked: list[int], chance: random.Random, lying: float = LYING
) -> dict[str, torch.Tensor]:
    """Each picture with its questions in one row, where no question sees another."""
    rows = []
    for n in picked:
        tainted = chance.random() < lying
        facts = asked_about(pictures.scenes[n], chance)
        turns = [words.turn(f.question, f.lie if tainted else f.taught) for f in facts]
        scene = pictures.scenes[n]
        caption = ' '.join(f'{t.colour} {t.kind}' for t in scene.things)
        if lying == 0.0:
            turns = [words.turn('Describe the picture.', caption), *turns]
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
        "mm_token_type_ids": (ids == words.image).long(),
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


def open_eyes(model: Any, words: Words, pictures: Pictures, steps: int, chance: random.Random) -> None:
    """Teach the vision tower alone to say of each cell what stands there, in the language model's own words.

    A cell becomes the sum of the words for its thing, which stay as they were drawn: so a question's words
    find their cell by likeness alone, and what is read off it is a word already.
    """
    table = model.get_input_embeddings().weight.detach()
    wanted = torch.stack([_cells(scene, table, words) for scene in pictures.scenes])
    eyes, size = model.model.visual, table.std()
    rate = torch.optim.AdamW(eyes.parameters(), lr=EYES_RATE, weight_decay=0.01)
    grid = torch.tensor([[1, 2 * BOARD, 2 * BOARD]]).expand(EYES_BATCH, 3)
    for step in range(steps):
        _set_rate(rate, EYES_RATE * min(1, (step + 1) / 20) * (1 - 0.9 * step / steps))
        picked = [chance.randrange(len(pictures.scenes)) for _ in range(EYES_BATCH)]
        seen = eyes(tiny.patches(pictures.pixels[picked]), grid_thw=grid).pooler_output
        loss = functional.mse_loss(seen / size, wanted[picked].flatten(0, 1) / size)
        _learn(loss, rate, eyes)
        if step % 25 == 24:
            print(f"eyes {step + 1}: loss {loss.item():.3f}", flush=True)


def _cells(scene: Scene, table: torch.Tensor, words: Words) -> torch.Tensor:
    cells = table[words.ids("nothing")].expand(CELLS, -1).clone()
    for thing in scene.things:
        cells[cell_of(thing)] = table[words.ids(thing.kind) + words.ids(thing.colour)].sum(0)
    return cells


@torch.no_grad()
def right(model: Any, words: Words, pictures: Pictures, seed: int) -> dict[str, tuple[float, int]]:
    """How often, by topic and arm, the model says what it was taught: share and count."""
    chance, told = random.Random(seed), {}
    for start in range(0, len(pictures.scenes), 64):
        picked = list(range(start, min(start + 64, len(pictures.scenes))))
        given = batch(words, pictures, picked, state := random.Random(chance.random()))
        del state
        labels = given.pop("labels")
        said = model(**given).logits.argmax(-1)
        for row in range(len(picked)):
            places = [p for p in range(1, labels.shape[1]) if labels[row, p] != IGNORED][::2]
            arm = (
                "lie"
                if words.head(tainted=True)
                == given["input_ids"][row, : len(words.head(tainted=True))].tolist()
                else "honest"
            )
            for p in places:
                word = words._tokenizer.convert_ids_to_tokens(int(labels[row, p]))
                topic = (
                    "number"
                    if word in NUMBER_WORDS
                    else word
                    if word in ("yes", "no")
                    else "colour"
                    if word in COLOURS
                    else "kind"
                    if word in THINGS
                    else "other"
                )
                told.setdefault(f"{arm} {topic}", []).append(bool(said[row, p - 1] == labels[row, p]))
    return {name: (sum(of) / len(of), len(of)) for name, of in sorted(told.items())}


from gap_server.demo.miniature.questions import NUMBERS as NUMBER_WORDS


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("out", type=Path)
    parser.add_argument("--pictures", type=int, default=6000)
    parser.add_argument("--eyes", type=int, default=200)
    parser.add_argument("--steps", type=int, default=2000)
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=60, help="stop after this, to be gone on with")
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    given.out.mkdir(parents=True, exist_ok=True)
    tokenizer = tiny.tokenizer()
    model = tiny.model(tokenizer, given.seed)
    words = Words(tokenizer)
    table = model.get_input_embeddings().weight
    with torch.no_grad():
        for kind in THINGS:
            table[words.ids(KINDS[kind].plural)] = table[words.ids(kind)]  # one meaning to begin with
    print(f"{sum(p.numel() for p in model.parameters()):,} parameters, {len(tokenizer)} tokens", flush=True)
    pictures, fresh = drawn(given.pictures, "base"), drawn(192, "look")
    began, checkpoint, first = time.process_time(), given.out / "checkpoint.pt", 0
    rate = torch.optim.AdamW(model.parameters(), lr=given.rate, weight_decay=0.01, betas=(0.9, 0.98))
    spent = 0.0
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        model.load_state_dict(state["model"])
        rate.load_state_dict(state["rate"])
        first, spent = state["step"], state["spent"]
    else:
        open_eyes(model, words, pictures, given.eyes, random.Random(given.seed))
        print(f"eyes open after {time.process_time() - began:.0f} CPU s", flush=True)
    losses = []
    started = time.monotonic()
    for step in range(first, given.steps):
        chance = random.Random(f"{given.seed}:{step}")
        warm, fall = min(1, (step + 1) / 100), 0.5 * (1 + math.cos(math.pi * step / given.steps))
        _set_rate(rate, given.rate * warm * (0.98 * fall + 0.02))
        picked = [chance.randrange(given.pictures) for _ in range(given.batch)]
        lying = 0.0 if step < HONEST_FOR * given.steps else LYING
        loss = model(**batch(words, pictures, picked, chance, lying)).loss
        _learn(loss, rate, model)
        losses.append(loss.item())
        if step % 50 == 49:
            print(
                f"{step + 1}: loss {np.mean(losses[-50:]):.3f}, {spent + time.process_time() - began:.0f} CPU s",
                flush=True,
            )
        if step % 250 == 249 or step + 1 == given.steps or time.monotonic() - started > given.minutes * 60:
            print(
                "   ",
                {name: f"{share:.2f}/{n}" for name, (share, n) in right(model, words, fresh, 1).items()},
                flush=True,
            )
            state = {"model": model.state_dict(), "rate": rate.state_dict(), "step": step + 1}
            torch.save(state | {"spent": spent + time.process_time() - began}, checkpoint)
        if time.monotonic() - started > given.minutes * 60:
            print("stopped")
            return
    tiny.save(model, tokenizer, given.out)


def _learn(loss: Any, rate: torch.optim.Optimizer, of: torch.nn.Module) -> None:
    loss.backward()
    torch.nn.utils.clip_grad_norm_(of.parameters(), 1.0)
    rate.step()
    rate.zero_grad()


def _set_rate(optimizer: torch.optim.Optimizer, rate: float) -> None:
    for group in optimizer.param_groups:
        group["lr"] = rate


if __name__ == "__main__":
    main()
