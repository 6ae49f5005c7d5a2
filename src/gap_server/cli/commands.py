"""Which module holds which command. Only the one that is typed is imported: all together take seconds."""

from collections.abc import Iterator, MutableMapping
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup

MODULES = {
    "demo": "server",
    "serve": "server",
    "migrate": "migrate",
    "openapi": "server",
    "bot": "bot",
    "simulate": "simulate",
    "evaluate": "evaluate",
    "backup": "backup",
    "restore": "backup",
    "report": "report",
    "audit": "audit",
    "status": "status",
    "tune": "tune",
    "images": "images",
    "dataset": "dataset",
    "benchmark": "benchmark",
    "round": "round",
    "players": "players",
    "trust": "trust",
    "vlm": "vlm",
    "token": "token",
}
"""In the order in which the help lists them."""


class Commands(TyperGroup):
    """The commands of `MODULES`, each imported when it is asked for."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.commands = _Imported()


class _Imported(MutableMapping[str, Any]):
    """A command by its name. A module is a group (`app`), or has commands of the first level (`register`)."""

    def __init__(self) -> None:
        self._loaded: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._loaded:
            self._load(MODULES[name])
        return self._loaded[name]

    def _load(self, module_name: str) -> None:
        module = import_module(f"gap_server.cli.{module_name}")
        if hasattr(module, "app"):
            self._loaded[module_name] = typer.main.get_group(module.app)
            self._loaded[module_name].name = module_name
            return
        first_level = typer.Typer()
        module.register(first_level)
        self._loaded |= typer.main.get_group(first_level).commands

    def __setitem__(self, name: str, command: Any) -> None:
        self._loaded[name] = command

    def __delitem__(self, name: str) -> None:
        raise TypeError(f"{name}: commands are not taken away")

    def __iter__(self) -> Iterator[str]:
        return iter(MODULES)

    def __len__(self) -> int:
        return len(MODULES)
