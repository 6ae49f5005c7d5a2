"""Plain `alembic`, as its users know it, in a checkout."""

import asyncio
import os
import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from gap_server.store import revision
from gap_server.store.roles import GAME
from tests.world import ROOT, database_of_its_own

RIGHTS = """
select table_name, column_name, privilege_type from information_schema.column_privileges
where grantee = $1 and table_schema = 'app' order by 1, 2, 3
"""
VIEWS = "select viewname, definition from pg_views where schemaname = 'export' order by 1"
HALFWAY = "20261125_inbox"
ALEMBIC = Path(sys.executable).parent / "alembic"
MAKE = shutil.which("make") or "make"


def alembic(
    *arguments: str, cwd: Path = ROOT, path: str = "", **settings: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [ALEMBIC, *arguments],
        env={
            **os.environ,
            "PYTHONPATH": path,
            **{f"GAP_{name.upper()}": value for name, value in settings.items()},
        },
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
    )


async def test_it_goes_up_and_says_where_it_is(postgres: str) -> None:
    async with database_of_its_own(postgres) as url:
        before = await asyncio.to_thread(alembic, "current", database_url=url)
        assert (before.returncode, before.stdout) == (0, "")
        assert await _schemas(url) == set(), "looking changes nothing"
        up = await asyncio.to_thread(alembic, "upgrade", "head", database_url=url)
        assert up.returncode == 0, up.stderr
        after = await asyncio.to_thread(alembic, "current", database_url=url)
        assert after.stdout.strip() == f"{revision.head()} (head)"
        check = await asyncio.to_thread(alembic, "check", database_url=url)
        assert check.returncode == 0, check.stdout
        assert await _rights(url), "roles and rights come with it"


async def test_its_sql_does_the_same(postgres: str, template: str) -> None:
    printed = await asyncio.to_thread(alembic, "upgrade", "head", "--sql")
    assert printed.returncode == 0, printed.stderr
    async with database_of_its_own(postgres) as url:
        connection = await asyncpg.connect(url)
        await connection.execute(printed.stdout)
        assert await revision.current(connection) == revision.head()
        await connection.close()
        assert await _rights(url) == await _rights(template)


async def test_its_sql_goes_step_by_step_there_and_back(postgres: str, template: str) -> None:
    async with database_of_its_own(postgres) as url:
        for direction, way in (
            ("upgrade", HALFWAY),
            ("downgrade", f"{HALFWAY}:20261125_lost"),
            ("upgrade", "20261125_lost:head"),
        ):
            printed = await asyncio.to_thread(alembic, direction, way, "--sql")
            assert printed.returncode == 0, printed.stderr
            connection = await asyncpg.connect(url)
            await connection.execute(printed.stdout)
            await connection.close()
        assert await _rights(url) == await _rights(template)
        assert await _views(url) == await _views(template)


def test_it_knows_history_without_a_database() -> None:
    history = alembic("history")
    assert history.returncode == 0
    assert f"{revision.head()} (head)" in history.stdout.splitlines()[0]


async def test_a_new_one_has_a_dated_name(database_url: str, tmp_path: Path) -> None:
    shutil.copy(ROOT / "alembic.ini", tmp_path)
    shutil.copytree(ROOT / "migrations", tmp_path / "migrations")
    words = ("revision", "--autogenerate", "-m", "Every image has a photographer's name")
    made = await asyncio.to_thread(alembic, *words, cwd=tmp_path, database_url=database_url)
    assert made.returncode == 0, made.stderr
    today = f"{datetime.now(UTC):%Y%m%d}"
    (file,) = (tmp_path / "migrations" / "versions").glob(f"{today}_every_image_has_a_photographer_s_name.py")
    (new,) = re.findall(r'^revision = "(.*)"$', file.read_text(), re.MULTILINE)
    assert new == f"{today}_every_image_has_a"
    assert f'down_revision = "{revision.head()}"' in file.read_text()


NEW = {
    "store/tables/operators.py": """
class Lantern(Table):
    __tablename__ = "lantern"
    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
""",
    "store/grants.py": 'GRANTS[GAME]["app.lantern"] = Grant(insert=True)  # type: ignore[index]',
    "store/export/reads.py": 'READS["lantern"] = ("id",)  # type: ignore[index]',
    "store/export/views.py": """
ALL_VIEWS = (*ALL_VIEWS, View("lanterns", "A lantern.", "app.lantern l", (Column("id", "l.id", "Which."),)))
""",
}
"""A table with its rights and a view on it, as somebody adds them who has no migration yet."""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy to work in. Its code comes before what is installed where PYTHONPATH names its `src`."""
    for name in ("alembic.ini", "Makefile"):
        shutil.copy(ROOT / name, tmp_path)
    for name in ("migrations", "src"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / ".venv").symlink_to(Path(sys.prefix))
    for name, text in NEW.items():
        with (tmp_path / "src" / "gap_server" / name).open("a") as file:
            file.write(f"\n{text}\n")
    return tmp_path


def test_make_migration_makes_a_table_that_rights_and_views_name_already(checkout: Path) -> None:
    command: list[str | Path] = [MAKE, "-o", "setup", "migration", "NAME=There are lanterns"]
    made = subprocess.run(
        command,
        cwd=checkout,
        env={**os.environ, "PYTHONPATH": str(checkout / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    (file,) = (checkout / "migrations" / "versions").glob("*_there_are_lanterns.py")
    assert 'op.create_table(\n        "lantern"' in file.read_text()


async def test_a_view_of_what_no_migration_makes_says_so(checkout: Path, database_url: str) -> None:
    up = await asyncio.to_thread(
        alembic, "upgrade", "head", cwd=checkout, path=str(checkout / "src"), database_url=database_url
    )
    assert up.returncode != 0
    assert 'want more: relation "app.lantern" does not exist.' in up.stdout, up.stderr
    assert "Traceback" not in up.stderr


def test_what_is_missing_is_one_sentence(tmp_path: Path) -> None:
    nothing = alembic("current", data_dir=str(tmp_path / "data"))
    assert nothing.returncode != 0
    assert "FAILED: GAP_DATABASE_URL is missing" in nothing.stdout
    away = alembic("current", database_url="postgresql://postgres@127.0.0.1:1/gap")
    assert away.returncode != 0
    assert "FAILED: The database is away: Connection refused." in away.stdout
    assert "Traceback" not in nothing.stderr + away.stderr


async def _rights(url: str) -> list[tuple[Any, ...]]:
    connection = await asyncpg.connect(url)
    rows = [tuple(row) for row in await connection.fetch(RIGHTS, GAME)]
    await connection.close()
    return rows


async def _views(url: str) -> list[tuple[Any, ...]]:
    connection = await asyncpg.connect(url)
    rows = [tuple(row) for row in await connection.fetch(VIEWS)]
    await connection.close()
    return rows


async def _schemas(url: str) -> set[str]:
    connection = await asyncpg.connect(url)
    rows = await connection.fetch("select nspname from pg_namespace where nspname = 'app'")
    await connection.close()
    return {row[0] for row in rows}
