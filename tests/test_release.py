"""A release says truly what it is: one version, a wheel that anybody can make again, a labelled image."""

import hashlib
import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from gap_server import __version__
from release.vulnerabilities import NotAsked, of_python

ROOT = Path(__file__).parents[1]


def project() -> dict[str, Any]:
    described: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return described


def test_the_version_is_the_same_wherever_it_must_stand() -> None:
    version = project()["version"]
    tags = yaml.safe_load((ROOT / "deploy" / "kustomization.yaml").read_text())["images"]
    standing = {
        "installed (`make setup` brings it up to date)": __version__,
        "CITATION.cff": yaml.safe_load((ROOT / "CITATION.cff").read_text())["version"],
        "deploy/kustomization.yaml": tags[0]["newTag"],
        "webapp/package.json": json.loads((ROOT / "webapp" / "package.json").read_text())["version"],
        "webapp/openapi.json": json.loads((ROOT / "webapp" / "openapi.json").read_text())["info"]["version"],
    }
    assert {where: which for where, which in standing.items() if which != version} == {}


def built(folder: Path, environment: dict[str, str], umask: int = -1) -> str:
    """The wheel's hash. `umask`: the builder's; by default ours."""
    command: list[str | Path] = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder]
    subprocess.run(
        command, cwd=ROOT, check=True, capture_output=True, env=os.environ | environment, umask=umask
    )
    (wheel,) = folder.glob("*.whl")
    return hashlib.sha256(wheel.read_bytes()).hexdigest()


def test_the_wheel_is_the_same_to_the_byte_whoever_builds_it(tmp_path: Path) -> None:
    here = {"SOURCE_DATE_EPOCH": "1764100800", "TZ": "UTC", "PYTHONHASHSEED": "1", "LC_ALL": "C"}
    there = here | {"TZ": "Asia/Tokyo", "PYTHONHASHSEED": "2", "LC_ALL": "C.UTF-8", "HOME": str(tmp_path)}
    first = built(tmp_path / "here", here)
    (ROOT / "src" / "gap_server" / "__init__.py").touch()
    assert built(tmp_path / "there", there, umask=0o077) == first


def test_the_image_names_its_version_source_and_licence() -> None:
    stage = (ROOT / "Dockerfile").read_text().split(" AS runtime\n")[1]
    labels = dict(re.findall(r'org\.opencontainers\.image\.([a-z.]+)="([^"]*)"', stage))
    assert labels["title"] == project()["name"]
    assert labels["licenses"] == project()["license"]
    assert project()["description"].startswith(labels["description"])
    arguments = set(re.findall(r"\b([A-Z_]+)\b", " ".join(re.findall(r"^ARG (.*)$", stage, re.MULTILINE))))
    filled = {name: value[2:-1] for name, value in labels.items() if value.startswith("${")}
    assert filled.keys() == {"version", "revision", "base.name"}
    assert set(filled.values()) <= arguments, "an ARG before the first FROM is empty in a stage"
    assert {"VERSION", "REVISION"} <= set(
        re.findall(r"--build-arg (\w+)=", (ROOT / "Makefile").read_text())
    ), "`make image` fills them"


def test_a_database_that_knows_no_package_is_not_taken_for_a_clean_bill(tmp_path: Path) -> None:
    """What pip-audit writes behind a mirror that has no such database, by its own example."""
    program = tmp_path / "pip-audit"
    packages = '{"dependencies": [{"name": "aiohttp", "skip_reason": "Dependency not found on PyPI"}]}'
    program.write_text(f"#!/bin/sh\nfor last; do :; done\necho '{packages}' > \"$last\"\n")
    program.chmod(0o755)
    with pytest.raises(NotAsked, match="1 of 1 packages"):
        list(of_python(tmp_path, ROOT / "requirements" / "server.txt"))
