"""What holds for every test, and whether it needs the world: Postgres and the application around it."""

import os
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).parents[1]
PURE = ("tests/game", "tests/demo/scene", "tests/quality")
"""Rooms without I/O: their tests start in a moment, because nothing else is imported for them."""

LONG = (
    "tests/vlm/test_real_vllm",
    "tests/outside/test_schemathesis",
    "tests/webapp/test_time",
    "tests/webapp/test_mishaps",
    "tests/webapp/test_loading",
    "tests/webapp/test_coming_back",
    "tests/webapp/test_result",
    "tests/webapp/test_layout",
    "tests/webapp/test_whole_game",
    "tests/outside/test_demo",
    "tests/outside/test_faults",
    "tests/outside/test_kills",
    "tests/outside/test_workers",
    "tests/bot/test_updates",
    "tests/webapp/test_profile",
    "tests/webapp/test_screens",
    "tests/webapp/test_every_screen",
    "tests/outside/test_settings",
    "tests/outside/test_terminal",
    "tests/demo/crowd/test_crowd",
)
"""The files that take longest, the longest first. Most wait for a clock or a browser rather than a processor:
between two of them go files that do not."""

SPREAD = 0.75
"""Over so much of the others they are spread: one begun at the end would go on alone, and a core has nothing
to do."""

# No deadline and no complaint about slow data: how fast a busy machine is proves nothing of the rules.
settings.register_profile("many", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("few", settings.get_profile("many"), max_examples=10)  # for `make rules`
settings.load_profile("many")


def pytest_configure(config: pytest.Config) -> None:
    if not all(_is_pure(argument) for argument in config.args):
        _use_world(config)


@pytest.hookimpl(optionalhook=True)  # `make rules` goes without xdist
def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores: many a test waits for a clock, a browser or a process."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    files: dict[str, list[pytest.Item]] = {}
    for item in items:
        files.setdefault(item.nodeid.partition("::")[0], []).append(item)
    items[:] = [item for file in _in_turn(list(files)) for item in files[file]]


def _in_turn(files: list[str]) -> list[str]:
    """The others keep their order."""
    long = [file for name in LONG for file in files if file.removesuffix(".py") == name]
    others = [file for file in files if file not in long]
    between = max(1, int(SPREAD * len(others) / max(1, len(long))))
    turns = {file: n * between for n, file in enumerate(long)} | {file: n for n, file in enumerate(others)}
    return sorted((*long, *others), key=turns.__getitem__)  # it is stable: of two, the long one is first


def _use_world(config: pytest.Config) -> None:
    """A room's own conftest may have needed it before: that is no reason to complain."""
    if (world := sys.modules.get("tests.world")) is None:
        config.pluginmanager.import_plugin("tests.world")
    else:
        config.pluginmanager.register(world, "tests.world")


def _is_pure(argument: str) -> bool:
    path = Path(argument.partition("::")[0]).absolute()
    return any(path.is_relative_to(ROOT / room) for room in PURE)


@pytest.fixture(autouse=True, scope="session")
def _no_settings_of_this_machine() -> None:
    for name in [name for name in os.environ if name.startswith("GAP_")]:
        del os.environ[name]
