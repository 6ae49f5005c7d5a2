"""What deploys the platform agrees with it: settings, metrics, services, secrets."""

import asyncio
import json
import os
import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client import REGISTRY

from gap_server.settings import Settings
from gap_server.settings.forms import PLACEHOLDER

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
MEASURED_IN = (
    "gap_server.api.admission",
    "gap_server.api.middleware",
    "gap_server.operate.gauges",
    "gap_server.play.metrics",
    "gap_server.store.metrics",
    "gap_server.vlm.metrics",
)
OF_OTHERS = {"up"}
"""Metrics that Prometheus itself makes."""

NAME = re.compile(r"\b((?:gap_[a-z_]+)|up)\b(?=[{\[)\s]|$)")


def live_names() -> set[str]:
    """Every series that a server tells, as `/metrics` names it."""
    for module in MEASURED_IN:
        import_module(module)
    names = set(OF_OTHERS)
    for family in REGISTRY.collect():
        suffixes = {"histogram": ("_bucket", "_count", "_sum"), "counter": ("_total",)}.get(
            family.type, ("",)
        )
        names |= {family.name + suffix for suffix in suffixes}
    return names


def queries() -> list[str]:
    board = json.loads((DEPLOY / "grafana" / "dashboards" / "gap-server.json").read_text())
    asked = [target["expr"] for panel in board["panels"] for target in panel["targets"]]
    rules = yaml.safe_load((DEPLOY / "prometheus" / "alerts.yml").read_text())
    return asked + [rule["expr"] for group in rules["groups"] for rule in group["rules"]]


def test_the_dashboard_and_the_alerts_ask_for_what_there_is() -> None:
    asked = {name for query in queries() for name in NAME.findall(query)}
    assert len(asked) > 10
    assert asked <= live_names()


@pytest.mark.parametrize(
    "words", ["check config prometheus.yml", "check rules alerts.yml", "test rules alerts.test.yml"]
)
def test_prometheus_takes_its_settings_and_the_alerts_come_when_they_should(words: str) -> None:
    promtool = shutil.which("promtool")
    if promtool is None:
        if os.environ.get("REQUIRE_PROMTOOL"):
            pytest.fail("promtool is not installed")
        pytest.skip("promtool is not installed")
    command = [promtool, *words.split()]
    told = subprocess.run(command, cwd=DEPLOY / "prometheus", capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout + told.stderr


def manifests() -> list[Any]:
    return [
        manifest
        for path in sorted((DEPLOY / "kubernetes").glob("*.yaml"))
        for manifest in yaml.safe_load_all(path.read_text())
    ]


def found(node: Any, key: str) -> Iterator[Any]:
    """All that stands under this key, however deep."""
    if isinstance(node, dict):
        if key in node:
            yield node[key]
        node = list(node.values())
    if isinstance(node, list):
        for part in node:
            yield from found(part, key)


def test_every_secret_and_setting_that_a_manifest_takes_is_made_by_the_kustomization() -> None:
    kustomization = yaml.safe_load((DEPLOY / "kustomization.yaml").read_text())
    made = {
        generator["name"]: {
            line.partition("=")[0]
            for env in generator.get("envs", ())
            for line in Path(DEPLOY / env.replace("secret.env", "secret.env.example"))
            .read_text()
            .splitlines()
        }
        for generator in kustomization["configMapGenerator"] + kustomization["secretGenerator"]
        if generator["name"] != "gap-administrator"
    }
    taken = [
        (reference["name"], reference["key"])
        for kind in ("secretKeyRef", "configMapKeyRef")
        for reference in found(manifests(), kind)
    ]
    assert len(taken) > 5
    assert [(name, key) for name, key in taken if key not in made[name]] == []
    assert set(kustomization["resources"]) == {
        f"kubernetes/{path.name}" for path in (DEPLOY / "kubernetes").glob("*.yaml")
    }


def kubectl(*words: str | Path) -> str:
    program = shutil.which("kubectl")
    if program is None:
        pytest.skip("kubectl is not installed")
    command: list[str | Path] = [program, *words]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def test_kustomize_makes_one_stack_of_the_manifests(tmp_path: Path) -> None:
    if "Kustomize Version" not in kubectl("version", "--client"):
        pytest.skip("this kubectl has the kustomize of 2019")
    deploy = shutil.copytree(DEPLOY, tmp_path / "deploy")
    for example in (deploy / "kubernetes").glob("*.env.example"):
        example.rename(example.with_suffix(""))
    rendered = list(yaml.safe_load_all(kubectl("kustomize", deploy)))
    names = {manifest["metadata"]["name"] for manifest in rendered}
    assert len(rendered) == len(manifests()) + 4
    for kind in ("secretKeyRef", "secretRef", "configMapKeyRef", "configMapRef", "configMap"):
        assert {reference["name"] for reference in found(rendered, kind)} <= names, kind
    assert "gap-server" not in set(found(rendered, "image")), "it is the registry's"


def test_the_servers_grow_by_a_number_that_they_tell_and_the_guide_says_how() -> None:
    (metric,) = (metric["metric"]["name"] for metric in found(manifests(), "pods"))
    assert metric in live_names()
    assert f"seriesQuery: '{metric}{{" in (ROOT / "docs" / "operating.md").read_text()


def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    return loaded


def variables(text: str) -> set[str]:
    return set(re.findall(r"\$\{([A-Z_]+)", text))


def test_every_setting_that_a_service_is_given_exists() -> None:
    known = {f"GAP_{name.upper()}" for name in Settings.model_fields}
    for name, service in compose()["services"].items():
        given = {key for key in service.get("environment", {}) if key.startswith("GAP_")}
        assert given <= known, name
    manifests = "".join(path.read_text() for path in (DEPLOY / "kubernetes").iterdir())
    assert set(re.findall(r"\bGAP_[A-Z_]+\b", manifests)) <= known


def test_the_server_and_the_bot_log_in_as_the_game_and_only_the_bot_knows_the_token() -> None:
    services = compose()["services"]
    for name in ("server", "bot"):
        assert services[name]["environment"]["GAP_DATABASE_URL"].startswith("postgresql://gap_game:")
    first = services["migrate"]["environment"].keys() | {"GAP_METRICS_PORT", "TMPDIR"}
    assert services["server"]["environment"].keys() <= first, "a wrong one ends `up`"
    knowing = {n for n, s in services.items() if "GAP_BOT_TOKEN" in s.get("environment", {})}
    assert knowing == {"bot"}
    assert {n for n, s in services.items() if s.get("ports")} == {"caddy", "grafana"}


def test_the_image_s_builder_gets_all_that_the_wheel_takes_in() -> None:
    """A path that is not copied breaks the build, which no other test does: it needs Docker."""
    build = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]
    taken = {*build["targets"]["wheel"]["force-include"], *build["targets"]["wheel"]["packages"]}
    copies = re.findall(r"^COPY (?!--from)(.+) \S+$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    copied = {name for names in copies for name in names.split()}
    let_through = {
        line.removeprefix("!")
        for line in (ROOT / ".dockerignore").read_text().splitlines()
        if line.startswith("!")
    }
    for path in taken:
        reaches = {path, *map(str, Path(path).parents)}
        assert reaches & copied, path
        assert reaches & let_through, path


@pytest.mark.parametrize(("status", "ends"), [("200 OK", 0), ("503 Service Unavailable", 1)])
async def test_the_image_s_health_check_tells_a_server_that_answers(status: str, ends: int) -> None:
    (check,) = re.findall(r"^  CMD (\[.*\])$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"GET /healthz HTTP/1.1\r\nHost: ")
        writer.write(f"HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n".encode())
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        program, *words = json.loads(check.replace("8000", str(server.sockets[0].getsockname()[1])))
        asking = await asyncio.create_subprocess_exec(program, *words, stderr=asyncio.subprocess.DEVNULL)
        assert await asking.wait() == ends


def example() -> dict[str, str]:
    lines = (ROOT / ".env.example").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def test_the_profiles_of_the_example_are_those_of_services_that_go_on_running() -> None:
    offered = {
        profile for service in compose()["services"].values() for profile in service.get("profiles", ())
    }
    assert set(example()["COMPOSE_PROFILES"].split(",")) == offered - {"restore"}


def test_the_example_names_what_compose_wants_and_none_of_its_secrets_is_taken() -> None:
    text = (ROOT / "docker-compose.yml").read_text()
    wanted = set(re.findall(r"\$\{([A-Z_]+):\?", text))
    assert wanted <= example().keys()
    assert example().keys() <= variables(text) | {"COMPOSE_PROFILES"}
    secrets = {name: value for name, value in example().items() if re.search("PASSWORD|KEY|TOKEN", name)}
    assert len(secrets) > 4
    assert secrets.keys() <= wanted
    assert set(secrets.values()) == {""}, "compose refuses an empty one before Postgres is made with it"


@pytest.fixture
def configured(tmp_path: Path) -> dict[str, str]:
    """What `deploy/configure.sh` makes of the example."""
    (tmp_path / "deploy").mkdir()
    for name in ("deploy/configure.sh", ".env.example"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    script = tmp_path / "deploy" / "configure.sh"
    command: list[str | Path] = [
        "/bin/sh",
        script,
        "play.example.org",
        "7000000002:TEST_ONLY_token_of_tests",
        "a_bot",
    ]
    subprocess.run(command, check=True, capture_output=True)
    again = subprocess.run(command, check=False, capture_output=True, text=True)
    assert again.returncode == 1
    assert "there already" in again.stderr
    assert (tmp_path / ".env").stat().st_mode & 0o077 == 0, "nobody else reads the secrets"
    lines = (tmp_path / ".env").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def test_what_the_script_writes_starts(configured: dict[str, str]) -> None:
    assert not [name for name, value in configured.items() if PLACEHOLDER.fullmatch(value) and value]
    known = {f"GAP_{name.upper()}" for name in Settings.model_fields}
    values: dict[str, Any] = {
        k.removeprefix("GAP_").lower(): v for k, v in configured.items() if k in known and v
    }
    settings = Settings(_env_file=None, **values)
    key = settings.bot_key
    assert key is not None
    of_token = Settings(_env_file=None, bot_token=settings.bot_token).derived_bot_key()
    assert of_token is not None
    assert key.get_secret_value() == of_token.hex()
