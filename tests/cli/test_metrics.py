"""What Prometheus is told of many workers."""

import os
import subprocess
import sys
from pathlib import Path

from prometheus_client import CollectorRegistry, generate_latest

from gap_server.cli.metrics import SHARED_FOLDER, LiveWorkersCollector

WORKER = """
from gap_server.vlm import metrics
metrics.BUSY.inc()
metrics.WAITING.set(3)
metrics.IN_FLIGHT.labels("gpu1").set(2)
metrics.RESTING.labels("gpu1").set(1)
print("counted", flush=True)
input()
"""
MEASURED = {
    "gap_model_waiting": "3.0",
    'gap_model_in_flight{server="gpu1"}': "2.0",
    'gap_model_resting{server="gpu1"}': "1.0",
}


def test_a_worker_that_was_killed_measures_nothing_any_more_and_what_it_counted_stays(tmp_path: Path) -> None:
    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER],
        env={**os.environ, SHARED_FOLDER: str(tmp_path)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    registry = CollectorRegistry()
    LiveWorkersCollector(registry, str(tmp_path))
    with worker:
        assert worker.stdout is not None
        assert worker.stdout.readline() == b"counted\n"
        assert _told(registry) == {"gap_model_busy_total": "1.0", **MEASURED}
        worker.kill()
    assert _told(registry) == {"gap_model_busy_total": "1.0"}


def _told(registry: CollectorRegistry) -> dict[str, str]:
    lines = [line for line in generate_latest(registry).decode().splitlines() if line[0] != "#"]
    told = dict(line.rsplit(" ", 1) for line in lines)
    return {name: value for name, value in told.items() if name in {"gap_model_busy_total", *MEASURED}}
