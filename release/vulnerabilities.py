"""Ask the databases of known vulnerabilities about all that is locked; say so where one cannot be asked.

`pip-audit` calls a package of which its database knows nothing "skipped" and ends well: behind a mirror that
has no such database, everything would be found sound. Here that is an answer of its own.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
MINUTES = 5


class NotAsked(Exception):
    """The database could not be reached, or answered about nothing."""


def of_python(tools: Path, requirements: Path) -> Iterator[str]:
    """One line a vulnerability of what is locked for the server. Raises NotAsked."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        done = _run(
            *(tools / "pip-audit", "--disable-pip", "--require-hashes", "-r", requirements),
            *("-f", "json", "-o", report),
        )
        if not report.exists():
            raise NotAsked(done.stderr.strip().splitlines()[-1] if done.stderr.strip() else "no answer")
        packages = json.loads(report.read_text())["dependencies"]
    skipped = [package["name"] for package in packages if "skip_reason" in package]
    if skipped:
        raise NotAsked(f"it knows nothing of {len(skipped)} of {len(packages)} packages ({skipped[0]}, ...)")
    for package in packages:
        for known in package["vulns"]:
            yield f"{package['name']} {package['version']}: {known['id']}, mended in {known['fix_versions']}"


def of_the_mini_app(node: Path) -> Iterator[str]:
    """One line a vulnerable package that the mini-app is made of. Raises NotAsked."""
    path = f"{node}{os.pathsep}{os.environ['PATH']}"
    done = _run(
        *(node / "npm", "--prefix", ROOT / "webapp", "audit", "--omit", "dev", "--json"),
        env=os.environ | {"PATH": path},
    )
    try:
        report: dict[str, Any] = json.loads(done.stdout)
    except json.JSONDecodeError as error:
        raise NotAsked("no answer") from error
    if "vulnerabilities" not in report:
        raise NotAsked(str(report.get("message") or "an error in place of an answer"))
    for name, known in report["vulnerabilities"].items():
        yield f"{name} {known['range']}: {known['severity']}"


def _run(*command: str | Path, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, check=False, capture_output=True, text=True, env=env, timeout=MINUTES * 60)


def _told(what: str, found: Iterator[str]) -> bool:
    """Whether it has a known vulnerability, each said on a line."""
    try:
        lines = list(found)
    except NotAsked as why:
        print(f"{what}: NOT CHECKED, the database could not be asked: {why}", file=sys.stderr)
        return False
    print("\n".join(f"{what}: {line}" for line in lines) or f"{what}: no known vulnerability")
    return bool(lines)


def main(tools: Path) -> int:
    """1 where a vulnerability is known; 0 where none is, or where nobody could be asked."""
    answers = [
        _told("server", of_python(tools, ROOT / "requirements" / "server.txt")),
        _told("mini-app", of_the_mini_app(Path(sys.executable).parent)),
    ]
    return int(any(answers))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
