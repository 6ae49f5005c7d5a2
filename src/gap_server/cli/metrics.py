"""/metrics on a port of its own, one for all worker processes."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import REGISTRY, CollectorRegistry, start_http_server
from prometheus_client.multiprocess import MultiProcessCollector

from gap_server.errors import SettingsError

SHARED_FOLDER = "PROMETHEUS_MULTIPROC_DIR"


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
            MultiProcessCollector(registry, path=folder)  # type: ignore[no-untyped-call]  # it is untyped
        try:
            server, thread = start_http_server(port, host, registry)
        except OSError as error:
            raise SettingsError(f"GAP_METRICS_PORT: cannot listen on {host}:{port}: {error}") from error
        try:
            yield
        finally:
            server.shutdown()
            thread.join()
