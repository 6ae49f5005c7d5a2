"""gap-server round register | gate | promote | rollback | show | list."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import typer
from rich.console import Console
from rich.table import Table

from gap_server.cli.by import By, operator
from gap_server.cli.database import with_store
from gap_server.cli.vlm import probed
from gap_server.errors import EvaluationRefused, SettingsError
from gap_server.research.datasets.release_folder import read_manifest
from gap_server.research.datasets.unpacking import as_folder
from gap_server.settings import read_settings
from gap_server.store.engine import Store
from gap_server.store.rounds import Field, Revision
from gap_server.tuning.benchmarks.results import Change, changes, read_results
from gap_server.tuning.evaluation.comparison import Comparison, compared
from gap_server.tuning.evaluation.protocols import Protocol
from gap_server.tuning.evaluation.run import read_run
from gap_server.tuning.evaluation.scores import read_scores
from gap_server.tuning.rounds import registry
from gap_server.tuning.rounds.gate import MARGIN, Check, checked
from gap_server.tuning.rounds.registry import Standing
from gap_server.vlm.models import Newcomer
from gap_server.vlm.protocol import ModelId
from gap_server.wiring import build_model, newcomers_entry

app = typer.Typer(help="Rounds: a tuned model's way back into the game.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(metavar="NAME", help="What its server calls it.")]
OfRevision = Annotated[str | None, typer.Option("--revision", help="Of its weights; else the newest.")]


@app.command("register")
def register(  # the options of one command
    name: Name,
    kind: Annotated[str, typer.Option(help="base, adapter (served beside its base) or merged.")] = "adapter",
    *,
    revision: Annotated[str, typer.Option(help="Of its weights.")] = "",
    base: Annotated[str | None, typer.Option(help="What it was tuned from.")] = None,
    release: Annotated[
        str | None,
        typer.Option(help="Of data that it was tuned on: the exported folder, or the release's id."),
    ] = None,
    url: Annotated[
        list[str] | None, typer.Option(help="Who serves it; else GAP_VLM_URLS. May be repeated.")
    ] = None,
    dialect: Annotated[str | None, typer.Option(help="vllm, llamacpp or ollama; else as set.")] = None,
    by: By = None,
) -> None:
    """Make a revision known: what it is, from what it was made, who serves it."""
    if kind not in {"base", "adapter", "merged"}:
        raise SettingsError(f"--kind: {kind!r} is none of base, adapter, merged.")
    tuned_on = _release_id(release) if release else None
    new = Revision(name, revision, kind, base, tuned_on, tuple(url or ()), dialect, {})
    newcomers_entry(_newcomer(new))  # an address that is none is said now, not in the middle of a game

    async def act(store: Store) -> None:
        await registry.register(store, new, operator=operator(by))

    with_store(act)
    _say(f"{name} is registered. Next: gap-server evaluate, then gap-server round gate {name}.")


@app.command("gate")
def gate(  # noqa: PLR0913  # the options of one command
    name: Name,
    before: Annotated[Path, typer.Option(help="Folder of the base's gap-server evaluate.")],
    after: Annotated[Path, typer.Option(help="Folder of this revision's, on the same set.")],
    *,
    revision: OfRevision = None,
    protocol: Annotated[Protocol, typer.Option(help="Which of their scores counts.")] = Protocol.OURS,
    benchmarks_before: Annotated[Path | None, typer.Option(help="Folder of benchmarks' results.")] = None,
    benchmarks_after: Annotated[Path | None, typer.Option(help="The same of this revision.")] = None,
    without_benchmarks: Annotated[
        bool, typer.Option("--without-benchmarks", help="None were run; the record will say so.")
    ] = False,
    margin: Annotated[float, typer.Option(min=0, max=1, help="A benchmark may lose this share.")] = MARGIN,
    images: Annotated[int, typer.Option(min=1, help="Pictures that the probe asks about.")] = 20,
    by: By = None,
) -> None:
    """May it play? Held out, by category, benchmarks, and as a liar; exit status 1 where it may not."""
    comparison = _compared(name, before, after, protocol)
    changed = _changes(benchmarks_before, benchmarks_after, without=without_benchmarks)

    async def act(store: Store) -> tuple[list[Check], bool]:
        of = await registry.found(store, name, revision)
        _require_same_revision(of, after)
        model = build_model(read_settings(), newcomers_entry(_newcomer(of)))
        report = await probed(store, model, images)
        checks = checked(comparison, changed, report, margin)
        scores = _scores(comparison)
        return checks, await registry.write_gate(store, of, checks, scores, operator=operator(by))

    checks, passed = with_store(act)
    table = Table("", "check", "what was found", box=None, padding=(0, 1))
    for check in checks:
        table.add_row("[green]✓[/green]" if check.passed else "[red]✗[/red]", check.name, check.said)
    Console(soft_wrap=True).print(table)
    Console().print("It may play." if passed else "It may not play.")
    raise typer.Exit(0 if passed else 1)


@app.command("promote")
def promote(
    name: Name,
    share: Annotated[float, typer.Option(min=0, max=100, help="Percent of new sessions.")],
    *,
    revision: OfRevision = None,
    by: By = None,
) -> None:
    """Give a revision that passed the gate its share of new sessions, from the next one on."""

    async def act(store: Store) -> Field:
        return await registry.promote(store, name, revision, share, operator=operator(by))

    _say_shares(with_store(act))


@app.command("rollback")
def rollback(*, by: By = None) -> None:
    """The shares as they were before the last promotion. Sessions under way are played to their end."""

    async def act(store: Store) -> Field:
        return await registry.roll_back(store, operator=operator(by))

    _say_shares(with_store(act))
    _say("Keep serving what was taken back until `gap-server round list` tells of no open session of it.")


@app.command("list")
def list_all() -> None:
    """Every revision: its gate, its share, how much it was played, how often it is wrong in play."""
    table = Table("model", "kind", "release", "gate", "share", "sessions", "open", "wrong in play (90 %)")
    for one in with_store(registry.standings):
        played = one.played
        counts = (str(played.sessions), str(played.under_way)) if played else ("0", "0")
        row = (_told(one.revision), one.revision.kind, one.revision.release or "-", _gate(one))
        table.add_row(*row, f"{one.share:g} %", *counts, _live(one) or "-")
    Console(soft_wrap=True).print(table)


@app.command("show")
def show(
    name: Name, *, as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False
) -> None:
    """All that is known of a model's revisions, gates with their reasons and scores among it."""

    async def act(store: Store) -> list[Standing]:
        await registry.found(store, name, None)
        return await registry.standings(store, name)

    standings = with_store(act)
    if as_json:
        typer.echo(json.dumps([asdict(one) for one in standings], default=str, indent=1, ensure_ascii=False))
        return
    for one in standings:
        _show(one)


def _show(one: Standing) -> None:
    of = one.revision
    _say(
        f"{_told(of)}: {of.kind}, of {of.base or '-'}, data {of.release or '-'},"
        f" {one.share:g} % of new sessions"
    )
    if one.played:
        _say(f"  played: {one.played.sessions} sessions, {one.played.under_way} under way")
    for estimate in one.estimates:
        interval = f"{estimate.lower:.3f} to {estimate.upper:.3f}" if estimate.lower is not None else "-"
        _say(f"  wrong in play ({estimate.kind}): {estimate.p_wrong:.3f} ({interval})")
    for pair in one.against:
        ends = f"{pair.difference_lower:.2f} to {pair.difference_upper:.2f}"
        _say(
            f"  against {pair.other_model} {pair.other_revision}".rstrip()
            + f": more truthful by {pair.difference:.2f} in log odds of a flag (95 %: {ends})"
        )
    if one.gate is None:
        return
    _say(f"  gate, {one.gate.checked_at:%Y-%m-%d}: {'passed' if one.gate.passed else 'refused'}")
    for check in one.gate.checks:
        _say(f"    {'✓' if check['passed'] else '✗'} {check['name']}: {check['said']}")


def _release_id(given: str) -> str:
    """Of a folder, as its manifest names it. Raises SettingsError, DatasetUnreadable, DatasetRefused."""
    if Path(given).exists():
        with as_folder(Path(given)) as folder:
            given = str(read_manifest(folder).get("release"))
    try:
        return str(UUID(given))
    except ValueError as error:
        raise SettingsError(
            f"--release: {given!r} is neither an exported data set nor a release's id."
        ) from error


def _compared(name: str, before: Path, after: Path, protocol: Protocol) -> Comparison:
    """Raises EvaluationRefused where the runs are of other models or sets than is said."""
    runs = [read_run(folder) for folder in (before, after)]
    if runs[0]["held_out"]["sha256"] != runs[1]["held_out"]["sha256"]:
        raise EvaluationRefused(f"{before} and {after} are of different held-out sets.")
    if runs[1]["model"] != name:
        raise EvaluationRefused(f"{after} is a run of {runs[1]['model']}, not of {name}.")
    return compared(read_scores(before), read_scores(after), protocol)


def _require_same_revision(of: Revision, after: Path) -> None:
    """Raises EvaluationRefused."""
    evaluated = read_run(after)["model_revision"] or ""
    if evaluated != of.revision:
        raise EvaluationRefused(f"{after} is of revision {evaluated or 'none'}, not {of.revision or 'none'}.")


def _changes(before: Path | None, after: Path | None, *, without: bool) -> list[Change] | None:
    """Raises SettingsError."""
    if before and after:
        return changes(read_results(before), read_results(after))
    if without and not before and not after:
        return None
    raise SettingsError("Name --benchmarks-before and --benchmarks-after, or say --without-benchmarks.")


def _scores(comparison: Comparison) -> dict[str, Any]:
    listed = [asdict(d) | {"test": d.test._asdict()} for d in comparison.differences]
    return {"protocol": comparison.protocol, "differences": listed}


def _newcomer(of: Revision) -> Newcomer:
    return Newcomer(ModelId(of.name, of.revision or None), of.urls, of.dialect, of.extra_body)


def _gate(one: Standing) -> str:
    if one.gate is None:
        return "-"
    return "passed" if one.gate.passed else "refused"


def _live(one: Standing) -> str:
    told = [f"{e.p_wrong:.3f} ({e.lower:.3f} to {e.upper:.3f})" for e in one.estimates if e.lower is not None]
    return ", ".join(told)


def _told(of: Revision) -> str:
    return f"{of.name} {of.revision}".strip()


def _say_shares(field: Field) -> None:
    for (name, revision), share in field.shares.items():
        _say(f"{share:g} % of new sessions: {name} {revision}".rstrip())
    _say(f"{100 - sum(field.shares.values()):g} % of new sessions: the settings' models")


def _say(sentence: str) -> None:
    Console(soft_wrap=True, highlight=False).print(sentence, markup=False)
