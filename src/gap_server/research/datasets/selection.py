"""What data sets there are, and what a row of each says."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID


class Name(StrEnum):
    CORRECTIONS = "corrections"
    REPLAY = "replay"
    PREFERENCES = "preferences"
    HELDOUT = "heldout"
    EVERYTHING = "everything"


MEANINGS: Mapping[Name, str] = {
    Name.CORRECTIONS: "Honest mistakes that players caught, with the right answer, validated",
    Name.REPLAY: "Honest answers that a jury found right: what the model must not forget",
    Name.PREFERENCES: "The validated answer, and the model's own honest and wrong one as rejected",
    Name.HELDOUT: "Validated answers about images that no training set ever holds",
    Name.EVERYTHING: "Every honest answer as it is, with judgement, correction and trust",
}

EXTENSIONS = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp"}


@dataclass(frozen=True, slots=True)
class Example:
    """One row. `answer` is what to learn, `rejected` what not to say; `image` a path within the set."""

    id: UUID
    split: str
    image: str
    question: str
    answer: str
    rejected: str | None
    facts: Mapping[str, Any]


def example_of(name: Name, row: Any) -> Example:
    """What the row says in this data set."""
    keeps_answer = name in {Name.REPLAY, Name.EVERYTHING} or (
        name is Name.HELDOUT and row["is_confirmed_right"]
    )
    extension = EXTENSIONS.get(row["media_type"], "bin")
    return Example(
        id=row["id"],
        split="heldout" if row["split"] == "held_out" else row["split"],
        image=f"images/{row['image_sha256']}.{extension}",
        question=row["question"],
        answer=row["model_answer"] if keeps_answer else row["correction"],
        rejected=row["model_answer"] if name is Name.PREFERENCES else None,
        facts={
            "model_answer": row["model_answer"],
            "judgement": row["judgement"],
            "correction": row["correction"],
            "trust": row["trust"],
            "trust_rests_on": row["trust_rests_on"],
            "jury_outcome": row["jury_outcome"],
            "category": row["category"],
            "worth": row["worth"],
            "language": row["language"],
            "model": row["model"],
            "model_revision": row["model_revision"],
            "asked_at": row["asked_at"].isoformat(),
            "source": row["source"],
            "licence": row["licence"],
        },
    )
