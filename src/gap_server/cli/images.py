"""gap-server images import-coco | add | list | retire."""

from collections import Counter
from itertools import islice
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from gap_server.cli.by import By, operator
from gap_server.cli.database import with_store
from gap_server.errors import ImageRefused, NotFound
from gap_server.game.state import Pool
from gap_server.images.candidate import Candidate
from gap_server.images.coco import SIMPLE_BELOW, read_coco
from gap_server.images.folder import folder_candidates
from gap_server.images.intake import SkipReason
from gap_server.operate import catalogue, likeness
from gap_server.store.engine import Store

app = typer.Typer(help="The catalogue of images.", no_args_is_help=True)
console = Console(stderr=True, soft_wrap=True)

ALIKE = "alike"


@app.command("import-coco")
def import_coco(
    annotations: Annotated[Path, typer.Argument(help="instances_*.json")],
    images_dir: Annotated[Path, typer.Argument(help="Folder of the pictures")],
    simple_below: Annotated[
        int, typer.Option(min=1, help="Fewer objects than this is simple.")
    ] = SIMPLE_BELOW,
    limit: Annotated[int | None, typer.Option(min=1, help="At most so many pictures.")] = None,
    *,
    by: By = None,
) -> None:
    """Import COCO, into both pools by object count as in the paper. Run it again to go on."""
    found = read_coco(annotations, images_dir, simple_below=simple_below)
    if not images_dir.is_dir():
        raise ImageRefused(f"{images_dir} is no folder.")
    if found.without_objects:
        console.print(f"{found.without_objects} pictures without objects are left out.")
    for file_name in found.outside:
        console.print(f"skipped {file_name!r}: it leads out of the pictures' folder", markup=False)
    _take_in(tuple(islice(found.candidates, limit)), "images import-coco", annotations, by)


@app.command("add")
def add(
    folder: Annotated[Path, typer.Argument(help="Folder of pictures, searched to the bottom")],
    pool: Annotated[Pool, typer.Option(help="The pool they go to.")],
    licence: Annotated[str, typer.Option(help="Recorded with every picture.")],
    *,
    by: By = None,
) -> None:
    """Import a plain folder of pictures into one pool. Run it again to go on."""
    if not licence.strip():
        raise typer.BadParameter("nothing is exported without a licence", param_hint="--licence")
    _take_in(tuple(folder_candidates(folder, pool=pool, licence=licence)), "images add", folder, by)


@app.command("list")
def list_images() -> None:
    """Show the catalogue: id, pool, size, rounds played, whether it is retired, licence, source."""
    for row in with_store(catalogue.listed):
        retired = f"retired {row.retired_at:%Y-%m-%d}" if row.retired_at else "in play"
        size = f"{row.width}x{row.height}"
        typer.echo(f"{row.id}  {row.pool:7}  {size}  {row.rounds:6}  {retired}  {row.licence}  {row.source}")


@app.command("retire")
def retire(image_id: Annotated[UUID, typer.Argument(metavar="ID")], *, by: By = None) -> None:
    """Deal an image no more. What was played with it stays."""

    async def act(store: Store) -> bool:
        return await catalogue.retire(store, image_id, operator=operator(by))

    if not with_store(act):
        raise NotFound(f"There is no image {image_id}.")
    console.print(f"Image {image_id} is dealt no more.")


@app.command("compare")
def compare() -> None:
    """Compare the pictures that came before looks were kept; a running server does so by itself."""
    compared = with_store(likeness.compare)
    console.print(
        f"{compared.pictures} pictures compared, {compared.alike} look like others,"
        f" {compared.taken_out} are in no data set now: they look like pictures of another split."
    )


def _take_in(candidates: tuple[Candidate, ...], action: str, source: Path, by: str | None) -> None:
    deed = {"operator": operator(by), "action": action, "about": str(source)}
    counts = with_store(lambda store: _show_progress(store, candidates, deed))
    alike = counts.pop(ALIKE, 0)
    told = ", ".join(f"{count} {what}" for what, count in sorted(counts.items()))
    console.print(told or "There was nothing to take in.")
    if alike:
        console.print(f"{alike} of them look like pictures that were there: each stands in their split.")


async def _show_progress(
    store: Store, candidates: tuple[Candidate, ...], deed: dict[str, str]
) -> Counter[str]:
    counts: Counter[str] = Counter()
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console) as progress:
        task = progress.add_task("Taking in", total=len(candidates))
        async for taken in catalogue.take_in(store, candidates, **deed):
            counts[taken.why_not.reason if taken.why_not else "added"] += 1
            if taken.alike_to:
                counts[ALIKE] += 1
                progress.console.print(f"{taken.candidate.path} looks like {taken.alike_to}", markup=False)
            if taken.why_not and taken.why_not.reason is not SkipReason.KNOWN:
                progress.console.print(
                    f"skipped {taken.candidate.path}: {taken.why_not.detail}", markup=False
                )
            progress.advance(task)
    return counts
