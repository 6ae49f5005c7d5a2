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
    "tests/outside/test_settings",
    "tests/outside/test_terminal",
    "tests/demo/crowd/test_crowd",
)
"""The files that take longest, the longest first, before all others: or one of them goes on alone when all
others are done, and a core has nothing to do."""

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
    items.sort(key=_turn)  # it is stable: a file stays together


def _turn(item: pytest.Item) -> int:
    return next((n for n, file in enumerate(LONG) if item.nodeid.startswith(file)), len(LONG))


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
