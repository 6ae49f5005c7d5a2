"""gap-server simulate: a crowd with known truth."""

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from gap_server.errors import SettingsError
from gap_server.operate import simulation
from gap_server.quality.crowd.play import BALANCED, PAPER, WORST
from gap_server.quality.crowd.policies import Behaviour

DEALS = {"balanced": BALANCED, "paper": PAPER}


def register(app: typer.Typer) -> None:
    app.command()(simulate)


def simulate(
    players: Annotated[int, typer.Option(min=1, max=1_000_000)] = 1000,
    sessions: Annotated[int, typer.Option(min=1, max=1000, help="That each player plays.")] = 5,
    mix: Annotated[
        str | None, typer.Option(metavar="KIND=SHARE,...", help=f"Kinds: {', '.join(Behaviour)}.")
    ] = None,
    seed: Annotated[int, typer.Option(help="The same seed is the same crowd.")] = 0,
    deal: Annotated[str, typer.Option(help="balanced or paper.")] = "balanced",
) -> None:
    """How far trust can be trusted: a crowd whose truth is known plays in memory, and is estimated."""
    if deal not in DEALS:
        raise SettingsError(f"There is no deal {deal!r}: balanced or paper.")
    found = simulation.simulated(players, sessions, deal=DEALS[deal], mix=_shares(mix), seed=seed)
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
