"""What the loop is held against: the same run on labels drawn by lot, and on what nobody checked.

Each is a copy of the real release with other answers, written as a release is: the real `tune` takes it.
"""

import asyncio
import json
import random
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import asyncpg

from gap_server.cli.database import administered
from gap_server.demo.miniature.questions import RINGS
from gap_server.research.datasets.card import write_manifest
from gap_server.settings import Settings

SPLITS: Final = ("train", "validation")

BLIND: Final = """
select q.id::text from app.question q join app.player p on p.id = q.player_id
where q.judgement = 'wrong' and p.name like 'Always flag%'
"""


@dataclass(frozen=True, slots=True)
class Lesson:
    """Folders of data sets: what a model is to learn, and what it is not to forget meanwhile."""

    corrections: Path
    replay: Path


def made(out: Path, seed: int) -> dict[str, Lesson]:
    """By name, each control's data sets, beside the loop's own.

    `untrusted` is the loop without trust: as many flags with their corrections, and as many answers that were
    let go, as they came. The others differ in the corrections alone.
    """
    trusted, replay = _rows(out / "corrections"), _rows(out / "replay")
    played = list(_plain(out / "everything"))
    flagged = [row for row in played if row["judgement"] == "wrong" and row["correction"]]
    let_go = [row for row in played if row["judgement"] == "right"]
    by_blind = asyncio.run(_blind(out / "data"))
    sets = {
        "random": _with_random_labels(trusted, seed),
        "untrusted": _as_many(trusted, flagged, "correction", seed),
        "blind": _as_many(trusted, [row for row in flagged if row["id"] in by_blind], "correction", seed),
    }
    lessons = {name: Lesson(out / f"corrections-{name}", out / "replay") for name in sets}
    lessons["untrusted"] = replace(lessons["untrusted"], replay=out / "replay-untrusted")
    for name, rows in sets.items():
        _write(rows, out / "corrections", out / "everything", lessons[name].corrections)
    unchecked = _as_many(replay, let_go, "model_answer", seed)
    _write(unchecked, out / "replay", out / "everything", lessons["untrusted"].replay)
    return lessons


def _with_random_labels(trusted: dict[str, list[Any]], seed: int) -> dict[str, list[Any]]:
    """The same questions, each with a word that could as well be said to it.

    The right answers shuffled would not do: most of them are `three`, and to learn that alone is a gain.
    """
    chance, found = random.Random(seed), {}
    for split, rows in trusted.items():
        said = [(row["messages"][0]["content"], row["messages"][1]["content"], row["images"]) for row in rows]
        found[split] = [
            _row(question, chance.choice(_beside(answer)), images) for question, answer, images in said
        ]
    return found


def _beside(answer: str) -> Sequence[str]:
    """All words that answer the same question, itself among them."""
    word = answer.strip().rstrip(".").casefold()
    return next((ring for ring in RINGS if word in ring), (answer,))


def _as_many(
    trusted: dict[str, list[Any]], played: Sequence[Any], label: str, seed: int
) -> dict[str, list[Any]]:
    """As many rows as are trusted, or all there are, of what was played; `label`: what is learned of each."""
    chance, chosen = random.Random(seed), {}
    for split, rows in trusted.items():
        of_split = [row for row in played if row["split"] == split]
        drawn = chance.sample(of_split, min(len(rows), len(of_split)))
        chosen[split] = [_row(f"<image>{row['question']}", row[label], [row["image"]]) for row in drawn]
    return chosen


def _row(question: str, answer: str, images: list[str]) -> dict[str, Any]:
    said = [{"role": "user", "content": question}, {"role": "assistant", "content": answer}]
    return {"messages": said, "images": images}


def _write(rows: dict[str, list[Any]], release: Path, pictures: Path, out: Path) -> None:
    shutil.rmtree(out, ignore_errors=True)
    (out / "images").mkdir(parents=True)
    for image in {image for of_split in rows.values() for row in of_split for image in row["images"]}:
        shutil.copyfile(pictures / image, out / image)
    for split, of_split in rows.items():
        lines = (json.dumps(row) + "\n" for row in of_split)
        (out / f"{split}.jsonl").write_text("".join(lines), encoding="utf-8")
    manifest = json.loads((release / "manifest.json").read_text(encoding="utf-8"))
    counts = {split: len(of_split) for split, of_split in rows.items()}
    write_manifest(out, {**manifest, "release": f"{manifest['release']}-{out.name}", "rows": counts})


def _rows(folder: Path) -> dict[str, list[Any]]:
    return {split: list(_lines(folder / f"{split}.jsonl")) for split in SPLITS}


def _plain(folder: Path) -> Iterable[Any]:
    for split in SPLITS:
        yield from _lines(folder / f"{split}.jsonl")


def _lines(file: Path) -> Iterable[Any]:
    if file.exists():
        yield from (json.loads(line) for line in file.read_text(encoding="utf-8").splitlines())


async def _ask_blind(url: str) -> frozenset[str]:
    db = await asyncpg.connect(url)
    try:
        return frozenset(row[0] for row in await db.fetch(BLIND))
    finally:
        await db.close()


async def _blind(data: Path) -> frozenset[str]:
    """The ids of answers that players flagged who flag everything: what only who made the crowd can know."""
    with administered(Settings(data_dir=data, _env_file=None)) as url:
        return await _ask_blind(url)
