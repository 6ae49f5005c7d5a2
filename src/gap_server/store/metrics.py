"""What an operator sees of the connections to Postgres."""

from prometheus_client import Histogram

WAIT_SECONDS = Histogram(
    "gap_store_wait_seconds",
    "Waits for one of the process's connections, where none was free.",
    buckets=(0.001, 0.005, 0.02, 0.1, 0.5, 1, 2, 5),
)
