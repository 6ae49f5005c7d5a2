"""gap-server evaluate."""

import asyncio
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from gap_server.errors import EvaluationRefused, SettingsError
from gap_server.settings import ModelEntry, Settings, read_settings
from gap_server.tuning.evaluation.agreement import agreement_with_people
from gap_server.tuning.evaluation.asking import Asking
from gap_server.tuning.evaluation.comparison import compared, noise
from gap_server.tuning.evaluation.held_out import HeldOut, read_held_out
from gap_server.tuning.evaluation.judges import Judge
from gap_server.tuning.evaluation.judges_report import Pairwise, WithPeople
from gap_server.tuning.evaluation.judging import Judging
from gap_server.tuning.evaluation.people import read_people, write_table
from gap_server.tuning.evaluation.pictures import Pictures
from gap_server.tuning.evaluation.protocols import PaperText, Protocol
from gap_server.tuning.evaluation.report import Beside, Prices, write_report
from gap_server.tuning.evaluation.run import (
    Evaluated,
    Subject,
    evaluate,
    first_answers,
    in_pairs,
    read_run,
)
from gap_server.tuning.evaluation.scores import ALL, Score, read_scores, standings
from gap_server.wiring import build_model

LIMIT_SECONDS = 300.0
"""For one answer: nobody waits for it."""


def register(app: typer.Typer) -> None:
    app.command("evaluate")(evaluate_model)


def evaluate_model(  # noqa: PLR0913  # the options of one command
    held_out: Annotated[
        Path, typer.Argument(metavar="HELDOUT", help="A held-out set: file or folder, ours or the authors'.")
    ],
    *,
    out: Annotated[Path, typer.Option(help="The run's folder; where it is there, the run goes on.")],
    url: Annotated[str | None, typer.Option(help="An OpenAI-compatible server; else GAP_VLM_URLS.")] = None,
    model: Annotated[str | None, typer.Option(help="The model's name there; else the settings'.")] = None,
    revision: Annotated[str | None, typer.Option(help="The weights' revision, for the record.")] = None,
    recorded: Annotated[
        bool, typer.Option("--recorded", help="Ask no model: judge the answers in the set's own file.")
    ] = False,
    images: Annotated[Path | None, typer.Option(help="Folder of the pictures, by name.")] = None,
    fetch_images: Annotated[bool, typer.Option(help="Fetch pictures that are only links.")] = False,
    protocol: Annotated[list[Protocol] | None, typer.Option(help="How to judge; may be repeated.")] = None,
    judge: Annotated[
        list[str] | None,
        typer.Option(
            metavar="MODEL@URL[,VARIABLE]",
            help="A judge, and the variable with its key, if not GAP_JUDGE_API_KEY; may be repeated.",
        ),
    ] = None,
    judge_sees_image: Annotated[bool, typer.Option(help="Show judges the picture, in `ours`.")] = False,
    paper_text: Annotated[
        Path | None,
        typer.Option(help="The paper's own text for judges: with {correct_answer} and {model_answer}."),
    ] = None,
    twice: Annotated[bool, typer.Option("--twice", help="Ask everything again: how noisy is it?")] = False,
    against: Annotated[
        Path | None, typer.Option(help="Folder of another model's run on the same set, to compare with.")
    ] = None,
    pairwise: Annotated[
        bool,
        typer.Option("--pairwise", help="Judges also compare both runs' answers, blind and in both orders."),
    ] = False,
    people: Annotated[
        Path | None,
        typer.Option(
            help="People's verdicts: a set exported as jsonl (its jury's), or a filled-in people.csv."
        ),
    ] = None,
    people_table: Annotated[
        int | None, typer.Option(min=1, help="Draw so many answers into people.csv, for people to judge.")
    ] = None,
    at_once: Annotated[int, typer.Option(min=1, max=512, help="Requests under way together.")] = 8,
    price: Annotated[
        tuple[float, float] | None, typer.Option(help="Of the model: a million tokens asked, answered.")
    ] = None,
    judge_price: Annotated[
        tuple[float, float] | None, typer.Option(help="Of the judges: a million tokens asked, answered.")
    ] = None,
) -> None:
    """How good is a model on questions that it was never trained on? Exit status 1 where rows are lacking."""
    settings = read_settings()
    rows = read_held_out(held_out)
    pictures = Pictures(rows, images, out / "images" if fetch_images else None)
    judging = Judging(
        protocols=tuple(dict.fromkeys(protocol or [Protocol.OURS])),
        judges=_judges(settings, judge, sees_image=judge_sees_image),
        paper_text=_paper_text(paper_text),
        pictures=pictures,
        at_once=at_once,
    )
    if Protocol.PAPER in judging.protocols and not judging.judges:
        raise SettingsError("The paper's protocol needs a judge: --judge MODEL@URL, or GAP_JUDGE_URL.")
    if pairwise and not (against and judging.judges):
        raise SettingsError("--pairwise needs another run (--against) and a judge (--judge MODEL@URL).")
    other = _other(against, rows) if against else None
    entry = None if recorded else _entry(settings, url, model, revision)
    asking = _asking(settings, entry, pictures, at_once, 2 if twice else 1) if entry else None
    subject = Subject(entry.name if entry else "recorded", entry.revision if entry else None, asking)
    run, pairs = asyncio.run(_shown(rows, subject, judging, out, against if pairwise else None))
    beside = Beside(
        comparisons=[compared(other, run.scores, one) for one in judging.protocols] if other else (),
        against=str(against) if against else None,
        noise=[found for one in judging.protocols if (found := noise(run.scores, one))],
        pairwise=pairs,
        people=_with_people(run, people) if people else None,
        model_prices=Prices(*price) if price else Prices(),
        judge_prices=Prices(*judge_price) if judge_price else Prices(),
    )
    write_report(run, beside, out)
    _tell(run, beside, out)
    if people_table:
        typer.echo(write_table(run.scores, out, people_table))
    sys.exit(1 if run.unanswered or run.unjudged or (pairs and pairs.lacking) else 0)


async def _shown(
    held_out: HeldOut, subject: Subject, judging: Judging, out: Path, pairs_with: Path | None
) -> tuple[Evaluated, Pairwise | None]:
    with Progress(transient=True, console=Console(stderr=True)) as progress:
        parts = ("answers", "verdicts", *(("pairs",) if pairs_with else ()))
        tasks = {what: progress.add_task(what.capitalize(), total=None) for what in parts}

        def heard(what: str) -> Callable[[int, int], None]:
            return lambda done, of: progress.update(tasks[what], completed=done, total=of)

        try:
            run = await evaluate(held_out, subject, judging, out, {what: heard(what) for what in parts})
            if pairs_with is None:
                return run, None
            return run, await in_pairs(
                held_out, run, pairs_with, judging=judging, out=out, heard=heard("pairs")
            )
        finally:
            for judge in judging.judges:
                await judge.aclose()
            if subject.asking is not None:
                await subject.asking.model.aclose()


def _asking(settings: Settings, entry: ModelEntry, pictures: Pictures, at_once: int, times: int) -> Asking:
    certain = entry.model_copy(update={"extra_body": entry.extra_body | {"temperature": 0}})
    model = build_model(settings, certain, limit_seconds=LIMIT_SECONDS, max_in_flight=at_once)
    return Asking(model, pictures, at_once, times)


def _entry(settings: Settings, url: str | None, model: str | None, revision: str | None) -> ModelEntry:
    """Whom to ask: the options, else the settings' model of that name, or their first.

    Raises SettingsError.
    """
    if url is not None:
        if model is None:
            raise SettingsError("--url needs --model: what the server there calls it.")
        try:
            return ModelEntry(name=model, revision=revision, urls=(url,))
        except ValueError as error:
            raise SettingsError(f"--url: {url!r} is not an http address.") from error
    fielded = settings.fielded_models()
    entry = next((one for one in fielded if model in {None, one.name}), None)
    if entry is None and fielded and settings.vlm_urls and model is not None:
        entry = ModelEntry(name=model)  # an adapter that the same server has beside its base
    if entry is None:
        raise SettingsError("No model to evaluate: --url and --model, or GAP_VLM_URLS and GAP_VLM_MODEL.")
    return entry if revision is None else entry.model_copy(update={"revision": revision})


def _judges(settings: Settings, named: Sequence[str] | None, *, sees_image: bool) -> list[Judge]:
    """Raises SettingsError."""
    key = settings.judge_api_key.get_secret_value() if settings.judge_api_key else None
    if not named and settings.judge_url and settings.judge_model:
        return [Judge(settings.judge_url, settings.judge_model, api_key=key, sees_image=sees_image)]
    judges: list[Judge] = []
    for one in named or ():
        name, at, address = one.partition("@http")
        address, _, variable = address.partition(",")
        if not (name and at and address) or name in {judge.name for judge in judges}:
            raise SettingsError(f"--judge: {one!r} is not MODEL@URL, or is named twice.")
        own_key = os.environ.get(variable, "") if variable else key
        if variable and not own_key:
            raise SettingsError(f"--judge: {variable} is not set.")
        judges.append(Judge(f"http{address}", name, api_key=own_key, sees_image=sees_image))
    return judges


def _paper_text(file: Path | None) -> PaperText:
    """Raises SettingsError."""
    if file is None:
        return PaperText()
    try:
        return PaperText(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SettingsError(f"--paper-text: {file}: {error}") from error


def _other(against: Path, held_out: HeldOut) -> list[Score]:
    """Raises EvaluationRefused where the other run was of another set."""
    if read_run(against)["held_out"]["sha256"] != held_out.sha256:
        raise EvaluationRefused(f"{against} is of another held-out set.")
    return read_scores(against)


def _with_people(run: Evaluated, file: Path) -> WithPeople:
    """Raises EvaluationRefused."""
    people = read_people(file, first_answers(run.answers.values()))
    agreement = agreement_with_people(run.scores, people.verdicts)
    return WithPeople(agreement, len(people.verdicts), people.of_other_answers)


def _tell(run: Evaluated, beside: Beside, out: Path) -> None:
    table = Table("protocol", "judge", "score", "95 % interval", "rows", "by rule", "undecided")
    for one in standings(run.scores):
        if (one.stratum, one.category) == (ALL, ALL):
            e = one.estimate
            interval = f"{e.lower:.3f} to {e.upper:.3f}"
            told = (f"{e.mean:.3f}", interval, str(e.rows), f"{one.by_rule:.0%}", str(one.undecided))
            table.add_row(one.protocol, one.judge, *told)
    console = Console(soft_wrap=True)
    console.print(table)
    for found in beside.comparisons:
        change, test = found.overall.change, found.overall.test
        console.print(
            f"Against {beside.against}, {found.protocol}: {change.mean:+.3f} ({change.lower:+.3f} to"
            f" {change.upper:+.3f}), {test.mended} mended, {test.broken} broken, p = {test.p:.2g}.",
            markup=False,
            highlight=False,
        )
    if beside.pairwise:
        _tell_pairs(beside.pairwise, console)
    if beside.people:
        _tell_people(beside.people, console)
    unjudged = run.unjudged + (beside.pairwise.lacking if beside.pairwise else 0)
    if run.unanswered or unjudged:
        lacking = f"{run.unanswered} rows got no answer, {unjudged} no verdict: run it again."
        Console(stderr=True).print(lacking, style="red")
    console.print(f"{out / 'report.md'}", markup=False, highlight=False)


def _tell_pairs(found: Pairwise, console: Console) -> None:
    for one in found.standings:
        if (one.stratum, one.category) == (ALL, ALL):
            share = one.share
            console.print(
                f"In pairs, {one.judge}: {one.better} better, {one.tie} ties, {one.worse} worse, won"
                f" {share.mean:.3f} ({share.lower:.3f} to {share.upper:.3f}), p = {one.test.p:.2g}.",
                markup=False,
                highlight=False,
            )


def _tell_people(found: WithPeople, console: Console) -> None:
    for one in found.agreement:
        k = one.found
        interval = f"{k.lower:.2f} to {k.upper:.2f}"
        console.print(
            f"With people, {one.protocol}, {one.judges[0]}: kappa {k.kappa:.2f} ({interval}), {k.rows} rows.",
            markup=False,
            highlight=False,
        )
