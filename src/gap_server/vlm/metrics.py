"""What an operator sees of the model. No label here may tell a tainted question from another."""

from prometheus_client import Counter, Gauge, Histogram

_SECONDS = (0.1, 0.25, 0.5, 1, 2, 3, 5, 8, 12, 18)

ANSWER_SECONDS = Histogram(
    "gap_model_answer_seconds", "From the request that was answered to its whole answer.", buckets=_SECONDS
)
QUEUE_SECONDS = Histogram(
    "gap_model_queue_seconds",
    "Before that request began: waiting for a slot, failed attempts.",
    buckets=_SECONDS,
)
ATTEMPTS = Counter("gap_model_attempts", "Requests to model servers, by outcome.", ["server", "outcome"])
FAILURES = Counter("gap_model_failures", "Questions that no model server answered, by reason.", ["reason"])
REFUSALS = Counter("gap_model_refusals", "Answers replaced by our own line, by reason.", ["reason"])
FILTER_HITS = Counter(
    "gap_model_filter_hits", "Answers that gave the instruction away, re-asked ones included."
)
BOTH_ARMS = Counter(
    "gap_model_both_arms",
    "Questions asked as both instructions have it, so that neither tells, by reason.",
    ["reason"],
)
HEDGES = Counter("gap_model_hedges", "Second requests made beside a slow first one.")
GATE = Counter("gap_model_gate", "What the gate said of questions.", ["verdict"])
BUSY = Counter("gap_model_busy", "Questions turned away because no slot was free.")
IN_FLIGHT = Gauge("gap_model_in_flight", "Requests under way.", ["server"], multiprocess_mode="livesum")
WAITING = Gauge(
    "gap_model_waiting", "Questions waiting for a slot at a model server.", multiprocess_mode="livesum"
)
RESTING = Gauge(
    "gap_model_resting",
    "1 while a model server is left alone after failures.",
    ["server"],
    multiprocess_mode="livemax",
)
