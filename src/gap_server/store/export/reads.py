"""Which columns of the game's tables the views may be made of."""

from collections.abc import Mapping

from gap_server.store.export.trust_views import RATES

READS: Mapping[str, tuple[str, ...]] = {
    "consent": ("player_id", "withdrawn_at"),
    "data_release": (
        *("id", "made_at", "name", "format", "filters", "after_id", "row_count", "rows", "manifest_sha256"),
    ),
    "export_delay": ("seconds",),
    "honest_check": ("player_id", "question_id", "answer", "agrees"),
    "image": (
        *("id", "sha256", "source_sha256", "pool", "width", "height", "media_type", "object_count"),
        *("source", "licence", "scene", "created_at", "retired_at", "split"),
    ),
    "player": ("id", "pseudonym", "language", "banned_at"),
    "points": ("player_id", "round_id", "question_id", "points"),
    "question": (
        *("player_id", "id", "round_id", "number", "text", "state", "asked_at", "answered_at", "answer"),
        *("judgement", "judged_at", "instruction_sha256", "served_model_sha256", "finish_reason"),
        *("prompt_tokens", "completion_tokens", "queue_ms", "latency_ms", "attempts", "filter_hits"),
        *("language", "category", "category_version"),
    ),
    "round": (
        *("player_id", "id", "session_id", "position", "image_id", "pool", "tainted", "state", "opened_at"),
        *("served_at", "deadline_at", "ended_at", "given_back_ms", "correction", "corrected_at"),
    ),
    "session": (
        *("player_id", "id", "state", "rules_version", "consent_version", "control_rounds"),
        *("round_seconds", "rounds_done", "score", "created_at", "ended_at", "deal", "model"),
        *("model_revision", "kind", "daily_number", "quests"),
    ),
    "answer_trust": (
        *("player_id", "question_id", "fit_id", "p_wrong", "p_wrong_unjudged", "others", "verdicts"),
    ),
    "asked_form": ("player_id", "question_id", "form", "repeated"),
    "question_form": ("form", "bits"),
    "correction": ("player_id", "round_id", "corrected_at", "traps_known"),
    "instruction": ("sha256", "version"),
    "jury_case": (
        *("player_id", "id", "question_id", "stratum", "correction", "outcome", "p_wrong", "closed_at"),
    ),
    "model_estimate": ("fit_id", "model", "revision", "p_wrong", "lower", "upper"),
    "model_difference": (
        *("fit_id", "model", "revision", "other_model", "other_revision", "difference", "difference_lower"),
        *("difference_upper", "p_more_truthful", "flag_rate_difference", "flag_rate_difference_lower"),
        "flag_rate_difference_upper",
    ),
    "model_field": ("id", "set_at", "action", "shares"),
    "model_gate": ("id", "name", "revision", "checked_at", "passed", "checks", "scores"),
    "model_revision": ("name", "revision", "kind", "base", "release", "registered_at"),
    "model_standing": (
        *("fit_id", "model", "revision", "truthfulness", "truthfulness_lower", "truthfulness_upper"),
        *("flag_rate", "flag_rate_lower", "flag_rate_upper", "players", "answers", "flagged"),
    ),
    "player_estimate": ("player_id", "fit_id", *(column.name for column in RATES)),
    "served_model": ("sha256", "name", "revision", "root", "temperature", "max_tokens"),
    "trust_fit": ("id", "kind", "players", "answers", "estimator_version", "counted_at"),
    "verdict": (
        *("player_id", "case_id", "said", "said_of_correction", "correction_first", "shown_at", "ended_at"),
        "of_settled",
    ),
}
"""What the owner of the views may read of the game's tables: a name or an address is not among it."""
