"""Research: SQL in, files out."""

from typing import Annotated, Literal, NamedTuple
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from fastapi.responses import StreamingResponse
from fastapi.security import HTTPBearer
from fastapi.security.utils import get_authorization_scheme_param
from pydantic import BaseModel, Field

from gap_server.api import PREFIX, operation_id
from gap_server.api.problems import Responses, documented
from gap_server.api.requests import Body
from gap_server.errors import NotSignedIn
from gap_server.research import sql, tokens
from gap_server.research.deps import ResearchDeps
from gap_server.research.spool import Spool
from gap_server.research.sql import Format
from gap_server.store.export.described import DescribedView

router = APIRouter(prefix=f"{PREFIX}/research", tags=["research"], generate_unique_id_function=operation_id)

MEDIA_TYPES = {
    Format.JSONL: "application/x-ndjson",
    Format.CSV: "text/csv; charset=utf-8",
    Format.PARQUET: "application/vnd.apache.parquet",
}
BINARY = {"schema": {"type": "string", "format": "binary"}}
ROWS_HEADER = {"description": "Rows in the answer", "schema": {"type": "integer"}}
DIGEST_HEADER = {"description": "SHA-256 of the file, hex", "schema": {"type": "string"}}
ANSWER: Responses = {
    200: {
        "description": "The rows, as a file",
        "content": {media_type.partition(";")[0]: BINARY for media_type in MEDIA_TYPES.values()},
        "headers": {"X-Row-Count": ROWS_HEADER, "X-Content-SHA256": DIGEST_HEADER},
    }
}


class Researcher(NamedTuple):
    """What research works with, and a token: the first two arguments of its use cases."""

    deps: ResearchDeps
    token_id: UUID


class ResearchTokenBearer(HTTPBearer):
    def __init__(self) -> None:
        super().__init__(
            scheme_name="research", description="A token of `gap-server token create`", auto_error=False
        )

    async def __call__(self, request: Request) -> Researcher:  # type: ignore[override]  # not the header: who it is
        deps: ResearchDeps = request.app.state.research
        scheme, token = get_authorization_scheme_param(request.headers.get("Authorization"))
        if scheme.lower() != "bearer" or not token:
            raise NotSignedIn(
                "This needs the header `Authorization: Bearer <research token>`.", code="token_missing"
            )
        return Researcher(deps, await tokens.who(deps.store, token))


Asking = Annotated[Researcher, Depends(ResearchTokenBearer())]


class SqlBody(Body):
    sql: str
    format: Literal["jsonl", "csv", "parquet"] = "jsonl"


class ColumnOut(BaseModel):
    name: str
    type: str = Field(description="As Postgres calls it")
    meaning: str


class ViewOut(BaseModel):
    name: str
    meaning: str = Field(description="What one row is")
    columns: list[ColumnOut]

    @classmethod
    def of(cls, view: DescribedView) -> "ViewOut":
        columns = [ColumnOut(name=c.name, type=c.type, meaning=c.meaning) for c in view.columns]
        return cls(name=view.name, meaning=view.meaning, columns=columns)


class SchemaOut(BaseModel):
    views: list[ViewOut]


@router.post(
    "/sql",
    response_class=StreamingResponse,
    responses={**ANSWER, **documented(401, 408, 413, 422, 429, 503)},
)
async def ask_sql(body: SqlBody, researcher: Asking) -> StreamingResponse:
    """One query, of any form that gives rows, over the views that `/research/schema` describes.

    The whole answer or an error: never a part.
    """
    format_ = Format(body.format)
    answer = await sql.ask(*researcher, body.sql, format_)
    return sent(answer.spool, answer.rows, MEDIA_TYPES[format_], f"answer.{format_}")


def sent(spool: Spool, rows: int, media_type: str, file_name: str) -> StreamingResponse:
    """The file, with what tells that it came whole."""
    headers = {
        "Content-Length": str(spool.size),
        "Content-Disposition": f'attachment; filename="{file_name}"',
        "X-Row-Count": str(rows),
        "X-Content-SHA256": spool.sha256,
    }
    return StreamingResponse(spool.sent(), media_type=media_type, headers=headers)


@router.get("/schema", responses=documented(401, 503))
async def read_schema(researcher: Asking) -> SchemaOut:
    """Every view and column: type and meaning."""
    return SchemaOut(views=[ViewOut.of(view) for view in await sql.schema(researcher.deps)])
