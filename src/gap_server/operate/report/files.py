"""The report as a folder: of each figure its table and its picture, and a page with all of them."""

from collections.abc import Sequence
from html import escape
from pathlib import Path

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


def write_report(report: Report, folder: Path) -> list[Path]:
    """Write NAME.csv and NAME.png of each figure, and index.html; give what was written. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for figure in report.figures:
        table, picture = folder / f"{figure.name}.csv", folder / f"{figure.name}.png"
        table.write_text(figure.csv(), encoding="utf-8", newline="")
        picture.write_bytes(draw(figure))
        written += [table, picture]
    page = folder / "index.html"
    page.write_text(
        PAGE.format(taken_at=report.taken_at, figures="\n".join(map(_section, report.figures))),
        encoding="utf-8",
    )
    return [*written, page]


def _section(figure: Figure) -> str:
    rows = [_row("th", figure.columns), *(_row("td", row) for row in figure.rows)]
    title, meaning = escape(figure.title), escape(figure.meaning)
    return SECTION.format(name=figure.name, title=title, meaning=meaning, rows="".join(rows))


def _row(tag: str, values: Sequence[Value]) -> str:
    cells = (f"<{tag}>{escape('' if value is None else str(value))}</{tag}>" for value in values)
    return f"<tr>{''.join(cells)}</tr>"
