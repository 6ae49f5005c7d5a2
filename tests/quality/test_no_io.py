"""The room of statistics does no I/O: not even what it imports brings the means for it."""

import subprocess
import sys

import pytest

FORBIDDEN = ("fastapi", "sqlalchemy", "asyncpg", "httpx", "aiohttp", "asyncio")
IMPORT_ALL = """
import importlib, pkgutil, sys
import gap_server.quality
for module in pkgutil.walk_packages(gap_server.quality.__path__, "gap_server.quality."):
    importlib.import_module(module.name)
print(*sorted(set(sys.modules) & set(sys.argv[1:])))
"""


@pytest.mark.slow
def test_nothing_that_it_imports_can_reach_out() -> None:
    run = subprocess.run(
        [sys.executable, "-c", IMPORT_ALL, *FORBIDDEN], capture_output=True, text=True, check=True
    )
    assert run.stdout.split() == []
