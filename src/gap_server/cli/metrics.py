"""/metrics on a port of its own, one for all worker processes."""

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from prometheus_client import REGISTRY, CollectorRegistry, start_http_server
from prometheus_client.metrics_core import Metric
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead

from gap_server.errors import SettingsError

SHARED_FOLDER = "PROMETHEUS_MULTIPROC_DIR"


class LiveWorkersCollector(MultiProcessCollector):
    """Sums what all workers counted, and what those alive measure: a killed one leaves its files behind."""

    def __init__(self, registry: CollectorRegistry, path: str) -> None:
        super().__init__(registry, path)  # type: ignore[no-untyped-call]  # it is untyped
        self._folder = Path(path)

    def collect(self) -> Iterable[Metric]:
        for file in self._folder.glob("gauge_live*.db"):
            pid = int(file.stem.rpartition("_")[2])
            if not _is_alive(pid):
                mark_process_dead(pid, str(self._folder))  # type: ignore[no-untyped-call]  # the same
        found: Iterable[Metric] = super().collect()  # type: ignore[no-untyped-call]  # the same
        return found


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


@contextmanager
def serve_metrics(host: str, port: int | None, *, workers: int) -> Iterator[None]:
    """Serve this process's numbers; of many workers, their sum, which they leave in a folder.

    Raises SettingsError where the port is taken.
    """
    if port is None:
        yield
        return
    with tempfile.TemporaryDirectory(prefix="gap-metrics-") as folder:
        registry = REGISTRY
        if workers > 1:
            os.environ[SHARED_FOLDER] = folder  # read by the workers' own prometheus_client when they start
            registry = CollectorRegistry()
            LiveWorkersCollector(registry, path=folder)
        try:
            server, thread = start_http_server(port, host, registry)
        except OSError as error:
            raise SettingsError(f"GAP_METRICS_PORT: cannot listen on {host}:{port}: {error}") from error
        try:
            yield
        finally:
            server.shutdown()
            thread.join()
