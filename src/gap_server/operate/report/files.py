"""The report as files: of each figure its table and its picture, and a page with all of them."""

import io
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from gap_server.operate.report.drawing import draw
from gap_server.operate.report.figure import Figure, Value
from gap_server.operate.report.reading import Report

PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>gap-server report</title>
<style>
body {{ font: 16px/1.5 system-ui, sans-serif; max-width: 1000px; margin: 2em auto; padding: 0 1em }}
img {{ width: 100%; height: auto; border: 1px solid #ddd }}
table {{ border-collapse: collapse; font-size: 14px }}
th, td {{ padding: 2px 10px; border-bottom: 1px solid #ddd; text-align: left }}
</style>
<h1>gap-server report</h1>
<p>Counted on {taken_at:%Y-%m-%d %H:%M} UTC: sessions that are over, of players whose consent is active.</p>
{figures}
</html>
"""
SECTION = """<section id="{name}"><h2>{title}</h2>
<p>{meaning}</p>
<img src="{name}.png" alt="{title}">
<details><summary>Table (<a href="{name}.csv">CSV</a>)</summary><table>{rows}</table></details>
</section>"""


def report_files(report: Report) -> Iterator[tuple[str, bytes]]:
    """NAME.csv and NAME.png of each figure, and index.html: name and content."""
    for figure in report.figures:
        yield f"{figure.name}.csv", figure.csv().encode()
        yield f"{figure.name}.png", draw(figure)
    sections = "\n".join(map(_section, report.figures))
    yield "index.html", PAGE.format(taken_at=report.taken_at, figures=sections).encode()


def write_report(report: Report, folder: Path) -> None:
    """Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in report_files(report):
        (folder / name).write_bytes(content)


def zipped(report: Report) -> bytes:
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in report_files(report):
            archive.writestr(ZipInfo(name, report.taken_at.timetuple()[:6]), content)
    return file.getvalue()


def _section(figure: Figure) -> str:
    rows = [_row("th", figure.columns), *(_row("td", row) for row in figure.rows)]
    title, meaning = escape(figure.title), escape(figure.meaning)
    return SECTION.format(name=figure.name, title=title, meaning=meaning, rows="".join(rows))


def _row(tag: str, values: Sequence[Value]) -> str:
    cells = (f"<{tag}>{escape('' if value is None else str(value))}</{tag}>" for value in values)
    return f"<tr>{''.join(cells)}</tr>"
