"""A held-out set: questions with their validated answers, about pictures that no training set holds.

Read as `gap-server dataset export heldout` writes it (jsonl, swift, minicpm, sharegpt, VLMEvalKit's table),
as the paper's authors keep theirs (a list of `imageLink`, `question`, `correctAnswer`, `modelAnswer`), or as
any list of `image`, `question`, `answer`.
"""

import csv
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from gap_server.errors import EvaluationRefused
from gap_server.quality.questions.category import categorised

_TAG: Final = re.compile(r"<image(_\d+)?>\s*")
_ASKED: Final = frozenset({"user", "human"})
_SAID: Final = frozenset({"assistant", "gpt"})


class Stratum(StrEnum):
    """How a question came into the set. A base is chosen to fail on its own flags, and does better when asked
    anew (regression to the mean), so what was flagged is never pooled with the rest alone."""

    FLAGGED = "flagged"
    """A player said that the model's answer was wrong, and was right."""
    LET_GO = "let_go"
    """The model's answer held."""
    NOT_CHOSEN = "not_chosen"
    """Nobody chose it with a model's answer in view."""


@dataclass(frozen=True, slots=True)
class HeldOutRow:
    """`image`: a path or an address, the same for all questions about one picture. `recorded`: an answer that
    stands in the file; `content`: the picture, where that does."""

    id: str
    image: str
    question: str
    reference: str
    stratum: Stratum
    category: str
    recorded: str | None = None
    content: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class HeldOut:
    """`sha256`: of all ids, pictures' names, questions and references: what a score is of."""

    path: Path
    rows: tuple[HeldOutRow, ...]
    sha256: str = field(init=False)

    def __post_init__(self) -> None:
        told = sorted((row.id, row.image, row.question, row.reference) for row in self.rows)
        object.__setattr__(self, "sha256", sha256(json.dumps(told).encode()).hexdigest())

    @property
    def images(self) -> int:
        return len({row.image for row in self.rows})


def read_held_out(path: Path) -> HeldOut:
    """Raises EvaluationRefused where it cannot be read, holds no row, or one row's id twice."""
    file = _file(path)
    try:
        rows = tuple(row for number, raw in enumerate(_raw(file)) for row in _rows(number, raw))
    except (OSError, ValueError, LookupError, TypeError, csv.Error) as error:
        said = f"no {error}" if isinstance(error, KeyError) else str(error)
        raise EvaluationRefused(f"{file} cannot be read as a held-out set: {said}") from error
    if not rows:
        raise EvaluationRefused(f"{file} holds no question with an answer.")
    (commonest, times), *_ = Counter(row.id for row in rows).most_common(1)
    if times > 1:
        raise EvaluationRefused(f"{file} holds the id {commonest} {times} times.")
    return HeldOut(path, rows)


def _file(path: Path) -> Path:
    if not path.is_dir():
        return path
    files = sorted(f for f in path.glob("heldout.*") if f.suffix in {".json", ".jsonl", ".tsv"})
    if len(files) != 1:
        raise EvaluationRefused(f"{path} is no folder with one heldout.json, .jsonl or .tsv.")
    return files[0]


def _raw(file: Path) -> Iterator[Mapping[str, Any]]:
    if file.suffix == ".tsv":
        csv.field_size_limit(sys.maxsize)  # pictures stand in the table, in base64
        with file.open(newline="", encoding="utf-8") as lines:
            yield from csv.DictReader(lines, delimiter="\t")
        return
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".jsonl":
        yield from (json.loads(line) for line in text.split("\n") if line.strip())
        return
    loaded = json.loads(text)
    if not isinstance(loaded, list):
        raise TypeError("it is no list")
    yield from loaded


def _rows(number: int, raw: Mapping[str, Any]) -> Iterator[HeldOutRow]:
    """Raises KeyError, TypeError."""
    if "imageLink" in raw:
        yield _row(str(number), raw["imageLink"], raw["question"], raw["correctAnswer"], raw)
        return
    spoken = raw.get("conversations", raw.get("messages"))
    if spoken is not None:
        yield from _of_conversation(str(raw.get("id", number)), spoken, raw)
        return
    own_id = str(raw.get("id") or number)
    if "index" in raw:  # VLMEvalKit's table: the picture itself stands where others have its name
        named = sha256(str(raw["image"]).encode()).hexdigest()
        yield _row(own_id, named, raw["question"], raw["answer"], raw, content=raw["image"])
        return
    yield _row(own_id, raw["image"], raw["question"], raw["answer"], raw)


def _of_conversation(own_id: str, spoken: Any, raw: Mapping[str, Any]) -> Iterator[HeldOutRow]:
    """Each question is asked alone: what was said before it is no part of the game."""
    image = raw.get("image") or raw["images"][0]
    turns = [
        (str(turn.get("role", turn.get("from"))), turn.get("content", turn.get("value"))) for turn in spoken
    ]
    pairs = [(a[1], b[1]) for a, b in pairwise(turns) if a[0] in _ASKED and b[0] in _SAID]
    for place, (question, answer) in enumerate(pairs, start=1):
        yield _row(own_id if len(pairs) == 1 else f"{own_id}/{place}", image, question, answer, raw)


def _row(
    own_id: str, image: Any, question: Any, answer: Any, raw: Mapping[str, Any], *, content: str | None = None
) -> HeldOutRow:
    asked = _TAG.sub("", str(question)).strip()
    recorded = raw.get("modelAnswer", raw.get("model_answer"))
    return HeldOutRow(
        id=own_id,
        image=str(image),
        question=asked,
        reference=str(answer).strip(),
        stratum=_stratum(raw),
        category=str(raw.get("category") or categorised(asked).category or "other"),
        recorded=None if recorded is None else str(recorded),
        content=content,
    )


def _stratum(raw: Mapping[str, Any]) -> Stratum:
    """As the row says. Where it says nothing: the authors' rows are all flags, an ordinary set's are none."""
    if raw.get("stratum"):
        return Stratum(raw["stratum"])
    if "modelAnswer" in raw or raw.get("judgement") == "wrong":
        return Stratum.FLAGGED
    return Stratum.LET_GO if raw.get("model_answer") else Stratum.NOT_CHOSEN
