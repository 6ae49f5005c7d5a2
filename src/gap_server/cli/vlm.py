"""gap-server vlm probe."""

import typer

app = typer.Typer(help="The model.", no_args_is_help=True)
