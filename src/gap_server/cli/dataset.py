"""gap-server dataset export | check."""

import json
import sys
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from gap_server.cli.by import By, operator
from gap_server.cli.database import with_store
from gap_server.research.datasets.export import Release, export
from gap_server.research.datasets.formats import Format
from gap_server.research.datasets.selection import Name
from gap_server.research.datasets.unpacking import as_folder
from gap_server.research.datasets.withdrawn import counted
from gap_server.research.doctor.examine import examine
from gap_server.research.doctor.findings import Diagnosis, Weight
from gap_server.research.doctor.reading import read_dataset
from gap_server.settings import read_settings
from gap_server.store.engine import Store
from gap_server.store.export.dataset_rows import Filters
from gap_server.store.releases import Maker

app = typer.Typer(help="Data sets.", no_args_is_help=True)


@app.command("export")
def export_dataset(  # noqa: PLR0913  # the options of one command
    name: Annotated[Name, typer.Argument(metavar="NAME", help=", ".join(Name))],
    *,
    format_: Annotated[Format, typer.Option("--format", help="The form that the set leaves in.")],
    out: Annotated[Path, typer.Option(help="The folder to make.")],
    trust_at_least: Annotated[
        float | None, typer.Option(min=0, max=1, help="Of P(answer wrong): 0.9 for training sets.")
    ] = None,
    worth_at_least: Annotated[
        float | None, typer.Option(min=0, max=1, help="Of how much a question tells: see qa.worth.")
    ] = None,
    category: Annotated[str | None, typer.Option(help="Only questions of this category.")] = None,
    language: Annotated[str | None, typer.Option(help="Only questions in this language (BCP 47).")] = None,
    since: Annotated[datetime | None, typer.Option(help="Asked at or after this, in UTC.")] = None,
    until: Annotated[datetime | None, typer.Option(help="Asked before this, in UTC.")] = None,
    model: Annotated[str | None, typer.Option(help="Only answers of this model.")] = None,
    confirmed_only: Annotated[bool, typer.Option(help="Only what a jury has confirmed.")] = False,
    after: Annotated[
        UUID | None,
        typer.Option(
            metavar="RELEASE", help="Whose rows that are gone the manifest names; else the last of the same."
        ),
    ] = None,
    by: By = None,
) -> None:
    """A training set of what was played, with manifest and data card; only rows under active consent."""
    filters = Filters(
        *(category, language, _in_utc(since), _in_utc(until), model, confirmed_only),
        *(trust_at_least, worth_at_least),
    )
    release = Release(name, format_, filters, Maker(operator=operator(by)), after)
    delay = read_settings().export_delay_seconds

    async def act(store: Store) -> Diagnosis:
        return await export(store, delay, release, out)

    diagnosis = with_store(act)
    told = Console(stderr=True, soft_wrap=True)
    rows = ", ".join(f"{split} {count}" for split, count in release.rows.items())
    findings = ", ".join(f"{finding.name} {finding.count}" for finding in diagnosis.findings) or "nothing"
    told.print(f"{out}: {rows} rows. The doctor found: {findings}.", markup=False, highlight=False)
    if release.after:
        gone = f"Of the rows of {release.after} are gone: {counted(release.withdrawn.items())}."
        told.print(f"Release {release.id}. {gone}", markup=False, highlight=False)


def _in_utc(time: datetime | None) -> datetime | None:
    return time.replace(tzinfo=UTC) if time else None


@app.command("check")
def check(
    path: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help="A training set, ours or another's: file, folder, or the API's tar."
        ),
    ],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """The doctor: what is wrong with a training set? Exit status 1 where it is unusable."""
    with as_folder(path) if path.suffix == ".tar" else nullcontext(path) as given:
        diagnosis = examine(read_dataset(given))
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
