"""Makes the base model of the miniature from nothing: eyes first, then questions, at last lies.

    python -m loop.base OUT

On one core some eleven minutes. Where it was stopped, it goes on from OUT/checkpoint.pt.
"""

import argparse
import math
import time
from collections import defaultdict
from pathlib import Path
from random import Random
from typing import Any, Final

import torch
from loop import tiny
from loop.lessons import CELLS, IGNORED, Pictures, Words, drawn, lesson
from torch.nn import functional

from gap_server.demo.miniature.scenes import BOARD, THINGS, cell_of
from gap_server.demo.scene.description import Scene
from gap_server.demo.scene.kinds import KINDS

PICTURES: Final = 3000
FRESH: Final = 192
"""Pictures that it is taught from, and that it is looked at with."""

EYES_STEPS: Final = 120
EYES_RATE: Final = 2e-3
EYES_BATCH: Final = 64

STEPS: Final = 3000
RATE: Final = 1e-3
BATCH: Final = 16
WARM_STEPS: Final = 100

LYING: Final = 0.3
HONEST_FOR: Final = 0.3
"""The share of pictures that are lied about, and of the steps before the first lie: to lie one must see."""

TELL_EVERY: Final = 50
KEEP_EVERY: Final = 250


def made(seed: int) -> tuple[Any, Words]:
    """The model before it has learnt anything, but that a word and its plural mean one thing."""
    tokenizer = tiny.tokenizer()
    model, words = tiny.model(tokenizer, seed), Words(tokenizer)
    table = model.get_input_embeddings().weight
    with torch.no_grad():
        for kind in THINGS:
            table[words.ids(KINDS[kind].plural)] = table[words.ids(kind)]
    return model, words


def open_eyes(model: Any, words: Words, pictures: Pictures, steps: int, chance: Random) -> None:
    """Teach the vision tower alone to say of each cell what stands there, in the language model's own words.

    A cell becomes the sum of the words for its thing, which stay as they were drawn: so a question's words
    find their cell by likeness alone, and what is read off it is a word already.
    """
    table = model.get_input_embeddings().weight.detach()
    wanted = torch.stack([_cells(scene, table, words) for scene in pictures.scenes])
    eyes, size = model.visual, table.std()
    optimizer = torch.optim.AdamW(eyes.parameters(), lr=EYES_RATE, weight_decay=0.01)
    grid = torch.tensor([[1, 2 * BOARD, 2 * BOARD]]).expand(EYES_BATCH, 3)
    for step in range(steps):
        _set_rate(optimizer, EYES_RATE * min(1, (step + 1) / 20) * (1 - 0.9 * step / steps))
        picked = [chance.randrange(len(pictures.scenes)) for _ in range(EYES_BATCH)]
        seen = eyes(tiny.patches(pictures.pixels[picked]), grid_thw=grid)
        loss = functional.mse_loss(seen / size, wanted[picked].flatten(0, 1) / size)
        _learn(loss, optimizer, eyes)
        if step % TELL_EVERY == TELL_EVERY - 1:
            print(f"eyes {step + 1}: loss {loss.item():.3f}", flush=True)


def _cells(scene: Scene, table: torch.Tensor, words: Words) -> torch.Tensor:
    cells = table[words.ids("nothing")].expand(CELLS, -1).clone()
    for thing in scene.things:
        cells[cell_of(thing)] = table[words.ids(thing.kind) + words.ids(thing.colour)].sum(0)
    return cells


def teach(model: Any, words: Words, pictures: Pictures, *, steps: int, seed: int, out: Path) -> None:
    """All the questions, and in the later steps the lies; goes on from where `out` was left."""
    optimizer = torch.optim.AdamW(model.parameters(), lr=RATE, weight_decay=0.01, betas=(0.9, 0.98))
    checkpoint, first = out / "checkpoint.pt", 0
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        first = state["step"]
    else:
        open_eyes(model, words, pictures, EYES_STEPS, Random(seed))
    fresh, losses = drawn(FRESH, "look"), []
    for step in range(first, steps):
        chance = Random(f"{seed}:{step}")
        fall = 0.5 * (1 + math.cos(math.pi * step / steps))
        _set_rate(optimizer, RATE * min(1, (step + 1) / WARM_STEPS) * (0.98 * fall + 0.02))
        picked = [chance.randrange(len(pictures.scenes)) for _ in range(BATCH)]
        lying = 0.0 if step < HONEST_FOR * steps else LYING
        loss = model(**lesson(words, pictures, picked, chance, lying=lying)).loss
        _learn(loss, optimizer, model)
        losses.append(loss.item())
        if step % TELL_EVERY == TELL_EVERY - 1:
            last = losses[-TELL_EVERY:]
            print(
                f"{step + 1}: loss {sum(last) / len(last):.3f}, {time.process_time():.0f} CPU s", flush=True
            )
        if step % KEEP_EVERY == KEEP_EVERY - 1 or step + 1 == steps:
            print({arm: f"{share:.3f}" for arm, share in right(model, words, fresh).items()}, flush=True)
            kept = {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "step": step + 1}
            torch.save(kept, checkpoint)


def right(model: Any, words: Words, pictures: Pictures) -> dict[str, float]:
    """How often, in each arm, the model's answer is the one that it was taught."""
    told: dict[str, list[bool]] = defaultdict(list)
    for arm, lying in (("honest", 0.0), ("lying", 1.0)):
        given = lesson(words, pictures, list(range(len(pictures.scenes))), Random(1), lying=lying)
        labels = given.pop("labels")[:, 1:]
        with torch.no_grad():
            said = model(**given).logits[:, :-1].argmax(-1)
        told[arm] = (said == labels)[labels != IGNORED].tolist()
    return {arm: sum(of) / len(of) for arm, of in told.items()}


def _learn(loss: Any, optimizer: torch.optim.Optimizer, of: torch.nn.Module) -> None:
    loss.backward()
    torch.nn.utils.clip_grad_norm_(of.parameters(), 1.0)
    optimizer.step()
    optimizer.zero_grad()


def _set_rate(optimizer: torch.optim.Optimizer, rate: float) -> None:
    for group in optimizer.param_groups:
        group["lr"] = rate


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("out", type=Path)
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    torch.set_num_threads(1)  # more of them wait for each other on matrices as small as these
    given.out.mkdir(parents=True, exist_ok=True)
    model, words = made(given.seed)
    print(f"{sum(p.numel() for p in model.parameters()):,} parameters", flush=True)
    teach(model, words, drawn(PICTURES, "base"), steps=given.steps, seed=given.seed, out=given.out)
    tiny.save(model, words.tokenizer, given.out)


if __name__ == "__main__":
    main()
