"""The report, for who holds a research token."""

import asyncio
from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from fastapi.responses import Response
from pydantic import BaseModel, Field

from gap_server.api import PREFIX, operation_id
from gap_server.api.problems import documented
from gap_server.api.research import BINARY, Asking
from gap_server.operate.report.figure import Figure
from gap_server.operate.report.files import zipped
from gap_server.operate.report.reading import Report, read_for_researcher

router = APIRouter(prefix=f"{PREFIX}/research", tags=["research"], generate_unique_id_function=operation_id)

ZIP = "application/zip"


class FigureOut(BaseModel):
    name: str
    title: str
    meaning: str = Field(description="What is counted")
    columns: list[str]
    rows: list[list[str | int | float | None]] = Field(description="A value for each column; dates as text")

    @classmethod
    def of(cls, figure: Figure) -> "FigureOut":
        return cls(
            name=figure.name,
            title=figure.title,
            meaning=figure.meaning,
            columns=list(figure.columns),
            rows=figure.plain_rows(),
        )


class ReportOut(BaseModel):
    taken_at: datetime
    figures: list[FigureOut]

    @classmethod
    def of(cls, report: Report) -> "ReportOut":
        return cls(taken_at=report.taken_at, figures=[FigureOut.of(figure) for figure in report.figures])


@router.get(
    "/report",
    response_model=ReportOut,
    responses={200: {"content": {ZIP: BINARY}}, **documented(401, 408, 422, 429, 503)},
)
async def read_report(
    researcher: Asking, format_: Annotated[Literal["json", "zip"], Query(alias="format")] = "json"
) -> ReportOut | Response:
    """The paper's figures and the operator's, counted now.

    `zip` has of each a table (CSV) and a picture (PNG), and a page with all of them for a browser.
    """
    report = await read_for_researcher(*researcher, format_)
    if format_ == "json":
        return ReportOut.of(report)
    headers = {"Content-Disposition": 'attachment; filename="report.zip"'}
    return Response(await asyncio.to_thread(zipped, report), media_type=ZIP, headers=headers)
