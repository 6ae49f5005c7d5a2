"""Who gives a command: written down with what it did."""

import getpass
import os
from typing import Annotated

import typer

By = Annotated[str | None, typer.Option("--by", help="Who does this; else the user of this machine.")]


def operator(by: str | None) -> str:
    return by or _user()


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a number without a name, as containers have; Python 3.13 raises OSError
        return f"user {os.getuid()}"
