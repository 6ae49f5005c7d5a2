"""The wheel carries the built mini-app, and is not built without it."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

BUILT = Path("webapp/dist")


class MiniAppHook(BuildHookInterface[Any]):
    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Take the mini-app in. An editable install serves the checkout's, built or not."""
        if version == "editable":
            return
        if not (Path(self.root) / BUILT / "index.html").exists():
            raise FileNotFoundError("The mini-app is not built: run `make setup` first.")
        build_data["force_include"][str(BUILT)] = "gap_server/webapp"
