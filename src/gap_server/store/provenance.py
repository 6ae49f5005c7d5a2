"""How an answer came about, as its row tells it; and what answers come from, written down once by hash."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Final

from gap_server.store.engine import Db

ADD_INSTRUCTION = """
insert into app.instruction (sha256, version, part, text) values ($1, $2, $3, $4) on conflict do nothing
"""
ADD_MODEL = """
insert into app.served_model (sha256, name, revision, root, dialect, temperature, max_tokens, sampling,
                              extra_body)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing
"""
ADD_CONSENT_TEXT = """
insert into app.consent_text (sha256, version, language, text) values ($1, $2, $3, $4) on conflict do nothing
"""


@dataclass(frozen=True, slots=True)
class Provenance:
    """What is recorded of a question beside what its player saw: the columns of these names, known here once.

    None where a thing was not. `withheld`: what the model said and nobody was shown, in rows of their own.
    """

    refusal: str | None = None
    failure: str | None = None
    completion: str | None = None
    instruction_sha256: str | None = None
    served_model_sha256: str | None = None
    replica: str | None = None
    finish_reason: str | None = None
    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    queue_ms: int | None = None
    latency_ms: int | None = None
    attempts: int | None = None
    filter_hits: int | None = None
    gate: str | None = None
    gate_ms: int | None = None
    language: str | None = None
    category: str | None = None
    category_version: str | None = None
    withheld: "Sequence[Withheld]" = ()

    def columns(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in PROVENANCE_COLUMNS}


PROVENANCE_COLUMNS: Final = tuple(f.name for f in fields(Provenance) if f.name != "withheld")


@dataclass(frozen=True, slots=True)
class Withheld:
    """A row of `withheld_completion`, but for whose it is."""

    number: int
    text: str
    reason: str
    served_model_sha256: str
    replica: str | None
    finish_reason: str
    prompt_tokens: int | None
    completion_tokens: int | None
    queue_ms: int
    latency_ms: int
    attempts: int


WITHHELD_TYPES: Final = {
    "number": "smallint",
    "text": "text",
    "reason": "text",
    "served_model_sha256": "text",
    "replica": "text",
    "finish_reason": "text",
    "prompt_tokens": "bigint",
    "completion_tokens": "bigint",
    "queue_ms": "bigint",
    "latency_ms": "bigint",
    "attempts": "smallint",
}
"""What Postgres is told of each value, which stands in a select and has no column to take a type from."""


async def add_instruction(db: Db, *, sha256: str, version: str, part: str, text: str) -> bool:
    """Write an instruction down. False where the version has another text for that part, too: it was changed
    without a new version.
    """
    await db.execute(ADD_INSTRUCTION, sha256, version, part, text)
    texts: int = await db.fetchval(
        "select count(*) from app.instruction where version = $1 and part = $2", version, part
    )
    return texts == 1


async def add_served_model(  # noqa: PLR0913  # the row
    db: Db,
    *,
    sha256: str,
    name: str,
    revision: str | None,
    root: str | None,
    dialect: str | None,
    temperature: float | None,
    max_tokens: int | None,
    sampling: Mapping[str, Any],
    extra_body: Mapping[str, Any],
) -> None:
    await db.execute(
        ADD_MODEL,
        sha256,
        name,
        revision,
        root,
        dialect,
        temperature,
        max_tokens,
        dict(sampling),
        dict(extra_body),
    )


async def add_consent_text(db: Db, *, sha256: str, version: int, language: str, text: str) -> None:
    """Write down what is agreed to."""
    await db.execute(ADD_CONSENT_TEXT, sha256, version, language, text)
