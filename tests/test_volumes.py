"""What containers keep, where it lies, and that it is whole when they stop."""

import re
from typing import Any

from tests.test_deploy import ROOT, compose


def test_what_waits_for_researchers_lies_on_the_disk_and_not_in_memory() -> None:
    server = compose()["services"]["server"]
    assert server["environment"]["TMPDIR"] in dict(mounts(server)).values()
    assert server["environment"]["TMPDIR"] not in server["tmpfs"]


def mounts(service: dict[str, Any]) -> list[tuple[str, str]]:
    """What is mounted, and where. A volume that has no name is its place alone."""
    volumes = [re.sub(r"\$\{[A-Z_]+:-(\w+)\}", r"\1", volume) for volume in service.get("volumes", ())]
    parts = [volume.split(":") if ":" in volume else ["", volume] for volume in volumes]
    return [(source, target) for source, target, *_ in parts]


VOLUMES_OF_IMAGES = {
    "postgres": "/var/lib/postgresql",
    "gap-server-backup": "/var/lib/postgresql",
    "prom/prometheus": "/prometheus",
}
"""Places for which the image itself asks for a volume: one without a name, where nothing is mounted there."""


def test_no_container_leaves_a_volume_behind_that_nobody_knows() -> None:
    """As each server did that was scaled away, for what it had sent to researchers."""
    stack = compose()
    for name, service in stack["services"].items():
        for source, target in mounts(service):
            assert source in stack["volumes"] or source.startswith("./"), f"{name}: {target}"
        image = re.sub(r"\$\{[A-Z_]+:-(.+?)\}", r"\1", service["image"]).partition(":")[0]
        if (of_image := VOLUMES_OF_IMAGES.get(image)) is not None:
            assert of_image in {*dict(mounts(service)).values(), *service.get("tmpfs", ())}, name
    assert "VOLUME" not in (ROOT / "Dockerfile").read_text()


def test_postgres_is_told_to_stop_at_once_and_has_time_to() -> None:
    """By SIGTERM it would wait until every client has gone by itself, and be killed in the end."""
    postgres = compose()["services"]["postgres"]
    assert postgres["stop_signal"] == "SIGINT"
    assert postgres["stop_grace_period"] == "60s"
