"""gap-server simulate: a crowd with known truth, in memory or at a running demo."""

import asyncio
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Annotated, Any
from urllib.parse import urlsplit

import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from gap_server.errors import SettingsError
from gap_server.operate import simulation, visiting_crowd
from gap_server.operate.visiting_crowd import Gallery, Visit, World
from gap_server.quality.crowd.play import BALANCED, PAPER, WORST
from gap_server.quality.crowd.policies import Behaviour

DEALS = {"balanced": BALANCED, "paper": PAPER}


def register(app: typer.Typer) -> None:
    app.command()(simulate)


def simulate(  # noqa: PLR0913, PLR0917  # a command's options
    players: Annotated[int, typer.Option(min=1, max=1_000_000)] = 1000,
    sessions: Annotated[int, typer.Option(min=1, max=1000, help="That each player plays.")] = 5,
    mix: Annotated[
        str | None, typer.Option(metavar="KIND=SHARE,...", help=f"Kinds: {', '.join(Behaviour)}.")
    ] = None,
    seed: Annotated[int, typer.Option(help="The same seed is the same crowd.")] = 0,
    deal: Annotated[str, typer.Option(help="balanced or paper; in memory only.")] = "balanced",
    url: Annotated[
        str | None, typer.Option(help="A running demo to play on, instead of in memory.", metavar="URL")
    ] = None,
    world: Annotated[World, typer.Option(help="What that demo shows.")] = World.SCENES,
    verdicts: Annotated[
        int, typer.Option(min=0, max=1000, help="Cases of the jury that each player judges there.")
    ] = 5,
    at_once: Annotated[
        int, typer.Option(min=1, max=1000, help="Players who play there at the same time.")
    ] = 8,
) -> None:
    """How far trust can be trusted: a crowd whose truth is known plays in memory, and is estimated.

    With --url it plays over HTTP on a running demo instead, for demonstrations and load: a table of what each
    kind of player did, and exit status 1 where somebody could not play.
    """
    shares = _shares(mix)
    if url is not None:
        who = (_gallery(url, world), players, sessions)
        how = partial(visiting_crowd.visit, mix=shares, seed=seed, verdicts=verdicts, at_once=at_once)
        play = partial(how, url, *who)
        _watch(play, players)
        return
    if deal not in DEALS:
        raise SettingsError(f"There is no deal {deal!r}: balanced or paper.")
    found = simulation.simulated(players, sessions, deal=DEALS[deal], mix=shares, seed=seed)
    table = Table("", "without the jury", "with the jury")
    for row in found.rows():
        table.add_row(*row)
    console = Console(soft_wrap=True)
    console.print(
        f"{players} players, {sessions} sessions each, deal {deal}, seed {seed}: {found.flags} flags"
    )
    console.print(table)
    kinds = Table("kind", "players", "sharpness", "s - f in truth")
    for kind in found.kinds:
        kinds.add_row(kind.behaviour, str(kind.players), f"{kind.sharpness:.0f}", f"{kind.truth:.2f}")
    console.print(kinds)


def _gallery(url: str, world: World) -> Gallery:
    """What the server there shows, drawn here. Raises SettingsError, CallFailed."""
    if urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).hostname:
        raise SettingsError(f"--url: {url!r} is not an http address.")
    asyncio.run(visiting_crowd.knock(url))
    with Progress(transient=True, console=Console(stderr=True)) as progress:
        drawing = progress.add_task("Drawing what the demo shows", total=None)
        return visiting_crowd.redrawn(
            world, lambda drawn, of: progress.update(drawing, completed=drawn, total=of)
        )


def _watch(play: Callable[..., Coroutine[Any, Any, Visit]], players: int) -> None:
    """Let them play, and show how far they are."""
    with Progress(transient=True, console=Console(stderr=True)) as progress:
        playing = progress.add_task("Playing", total=players)
        found = asyncio.run(play(on_done=lambda _: progress.advance(playing)))
    _print_visit(found)
    if found.troubles or not sum(kind.sessions for kind in found.kinds):
        raise typer.Exit(1)


def _print_visit(found: Visit) -> None:
    console = Console(soft_wrap=True, markup=False)
    headings = "kind players sessions points sharpness answers true false missed"
    table = Table(*headings.split(), box=None, padding=(0, 1, 0, 0))
    for kind in found.kinds:
        means = (f"{kind.points:.0f}", f"{kind.sharpness:.0f}")
        counts = (kind.answers, kind.true_flags, kind.false_flags, kind.missed)
        table.add_row(
            kind.behaviour, str(kind.players), str(kind.sessions), *means, *(str(count) for count in counts)
        )
    console.print(table)
    corrections, verdicts = (
        sum(kind.corrections for kind in found.kinds),
        sum(kind.verdicts for kind in found.kinds),
    )
    console.print(
        "points: of a session; sharpness: of a player in the end; true, false: flags of wrong and of right"
        f" answers; missed: wrong ones let go. {corrections} corrections, {verdicts} verdicts."
    )
    if found.unasked:
        console.print(f"{found.unasked} rounds without an answer")
    if found.unclear:
        console.print(f"{found.unclear} answers of which the crowd could not tell whether they are wrong")
    for reason, count in found.enough.items():
        console.print(f"{count} players had to stop: {reason}")
    for trouble in sorted(set(found.troubles)):
        console.print(f"{found.troubles.count(trouble)} players: {trouble}", style="red")


def _shares(mix: str | None) -> dict[Behaviour, float]:
    """Raises SettingsError for a kind that there is not, or a share that is no number."""
    if mix is None:
        return dict(WORST)
    shares = {}
    for part in mix.split(","):
        kind, _, share = part.partition("=")
        try:
            shares[Behaviour(kind.strip())] = float(share)
        except ValueError:
            raise SettingsError(
                f"--mix: {part!r} is not KIND=SHARE, a kind one of {', '.join(Behaviour)}."
            ) from None
    if min(shares.values()) < 0 or sum(shares.values()) <= 0:
        raise SettingsError("--mix: shares are not negative, and some are positive.")
    return shares
