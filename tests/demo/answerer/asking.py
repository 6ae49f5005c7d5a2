"""The questions that people typed, and the scenes that they looked at."""

import json
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from gap_server.demo.drawing import Pool
from gap_server.demo.scene.description import Scene


class Typed(NamedTuple):
    """A question as typed, and a pattern that every right answer (in lower case) matches."""

    pool: Pool
    number: int
    ask: str
    accept: str


@lru_cache(maxsize=1)
def _kept() -> dict[str, Scene]:
    """Scenes as the first style drew them: old databases are full of them, and people looked at these."""
    told = json.loads((Path(__file__).parent / "scenes_of_style_1.json").read_text())
    return {name: Scene.from_json(scene) for name, scene in told.items()}


def scene_at(pool: Pool, index: int) -> Scene:
    return _kept()[f"{pool}:{index}"]


@lru_cache(maxsize=1)
def typed() -> dict[str, list[Typed]]:
    """By when they were written: before the answerer, or after it, to see what it was not made for."""
    batches = json.loads((Path(__file__).parent / "questions.json").read_text())
    return {
        batch: [
            Typed(group["pool"], group["index"], asked["ask"], asked["accept"])
            for group in groups
            for asked in group["questions"]
        ]
        for batch, groups in batches.items()
    }


def asked_questions() -> list[str]:
    return [question.ask for batch in typed().values() for question in batch]
