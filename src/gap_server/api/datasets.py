"""Data sets, for who holds a research token."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.responses import StreamingResponse
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from gap_server.api import PREFIX, operation_id
from gap_server.api.problems import documented
from gap_server.api.research import BINARY, DIGEST_HEADER, ROWS_HEADER, Asking, sent
from gap_server.errors import DatasetRefused
from gap_server.game.names import CONTROL
from gap_server.research.datasets.export import Release
from gap_server.research.datasets.formats import Format, check
from gap_server.research.datasets.packing import packed
from gap_server.research.datasets.selection import MEANINGS, Name
from gap_server.store.export.dataset_rows import Filters
from gap_server.store.releases import Maker

router = APIRouter(prefix=f"{PREFIX}/research", tags=["research"], generate_unique_id_function=operation_id)

TAR = "application/x-tar"


class DatasetOut(BaseModel):
    name: Name
    meaning: str
    formats: list[Format] = Field(description="The forms that it comes in")


class DatasetsOut(BaseModel):
    datasets: list[DatasetOut]


Word = Annotated[str, StringConstraints(pattern=f"^[^{CONTROL}]*$")]
"""Postgres takes no NUL, and nothing that is filtered by has any other control character."""


class Wanted(BaseModel):
    """Which rows; what is left out is any."""

    model_config = ConfigDict(extra="forbid")  # a filter that is misspelled would let everything through

    format: Format
    trust_at_least: float | None = Field(None, ge=0, le=1, description="P(the model's answer is wrong)")
    worth_at_least: float | None = Field(
        None, ge=0, le=1, description="How much there is to learn from the question; see qa.worth"
    )
    category: Word | None = Field(None, max_length=40)
    language: Word | None = Field(None, max_length=35, description="BCP 47")
    since: AwareDatetime | None = Field(None, description="Asked at or after this")
    until: AwareDatetime | None = Field(None, description="Asked before this")
    model: Word | None = Field(None, max_length=200)
    confirmed_only: bool = False
    after: UUID | None = Field(
        None,
        description="Whose rows that are gone the manifest names; else this token's last release of the same",
    )

    def filters(self) -> Filters:
        return Filters(**self.model_dump(exclude={"format", "after"}))


@router.get("/datasets", responses=documented(401))
async def read_datasets(researcher: Asking) -> DatasetsOut:  # noqa: ARG001  # whoever asks needs a token
    """The data sets and formats on offer."""
    offered = [DatasetOut(name=name, meaning=MEANINGS[name], formats=_formats(name)) for name in Name]
    return DatasetsOut(datasets=offered)


def _formats(name: Name) -> list[Format]:
    return [format_ for format_ in Format if _fits(name, format_)]


def _fits(name: Name, format_: Format) -> bool:
    try:
        check(name, format_)
    except DatasetRefused:
        return False
    return True


@router.get(
    "/datasets/{name}",
    response_class=StreamingResponse,
    responses={
        200: {
            "description": "The data set with manifest, data card and pictures, as a tar file",
            "content": {TAR: BINARY},
            "headers": {"X-Row-Count": ROWS_HEADER, "X-Content-SHA256": DIGEST_HEADER},
        },
        **documented(401, 413, 422, 429, 503),
    },
)
async def read_dataset(
    name: Name, researcher: Asking, wanted: Annotated[Wanted, Query()]
) -> StreamingResponse:
    """One data set, made now of rows under active consent, examined before it leaves. Whole, or an error."""
    maker = Maker(token_id=researcher.token_id)
    spool = await packed(*researcher, Release(name, wanted.format, wanted.filters(), maker, wanted.after))
    return sent(spool, spool.rows, TAR, f"{name}-{wanted.format}.tar")
