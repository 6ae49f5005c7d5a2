"""gap-server dataset check."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from gap_server.research.doctor.examine import examine
from gap_server.research.doctor.findings import Diagnosis, Weight
from gap_server.research.doctor.reading import read_dataset

app = typer.Typer(help="Data sets.", no_args_is_help=True)


@app.command("check")
def check(
    path: Annotated[
        Path, typer.Argument(metavar="FILE", help="A training set, ours or another's: file or folder.")
    ],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """The doctor: what is wrong with a training set? Exit status 1 where it is unusable."""
    diagnosis = examine(read_dataset(path))
    if as_json:
        typer.echo(json.dumps(diagnosis.as_json(), indent=1, ensure_ascii=False))
    else:
        _print(diagnosis)
    sys.exit(0 if diagnosis.is_usable else 1)


def _print(diagnosis: Diagnosis) -> None:
    console = Console(soft_wrap=True)
    console.print(
        f"{diagnosis.rows} rows, {diagnosis.pairs} questions with answers, {diagnosis.images} images"
    )
    table = Table("", "finding", "count", "what it is, and where", box=None, padding=(0, 1))
    for finding in diagnosis.findings:
        grave = finding.weight is Weight.UNUSABLE
        where = "".join(f"\n[dim]{escape(example)}[/dim]" for example in finding.examples[:3])
        table.add_row(
            "[red]✗[/red]" if grave else "·", finding.name, str(finding.count), finding.sentence + where
        )
    console.print(table)
    shares = ", ".join(f"{name} {share:.0%}" for name, share in diagnosis.categories.items())
    console.print(f"Categories: {shares}")
    if diagnosis.commonest:
        console.print(f"Commonest question: {escape(diagnosis.commonest[0])!r}, {diagnosis.commonest[1]:.1%}")
    for sentence in diagnosis.unchecked:
        console.print(f"Not checked: {sentence}")
    console.print("[green]usable[/green]" if diagnosis.is_usable else "[red]unusable[/red]")
