"""Everything that can go wrong on purpose, one family.

    GapError
    ├── NotSignedIn                token_missing, token_invalid
    ├── InitDataRefused            init_data_malformed, init_data_bad_hash, init_data_expired,
    │                              init_data_from_future
    ├── Banned                     banned
    ├── ConsentRequired            consent_required
    ├── NotFound                   not_found, no_open_session
    ├── Refused                    a move that the rules do not allow now: round_over, not_answered, ...
    ├── TooMany                    a limit is reached: too_many_sessions, too_many_questions, ...
    ├── ModelBusy                  model_busy
    ├── ModelFailed                model_failed (never reaches a player: the question becomes `failed`)
    ├── StoreUnavailable           store_unavailable
    │   └── SqlClosed              sql_closed (the export's login can do more than it should, or nothing)
    ├── QueryRejected              query_rejected (a researcher's SQL, refused by Postgres)
    │   └── QueryTimeout           query_timeout
    ├── ResultTooLarge             result_too_large
    ├── ReportTimeout              query_timeout
    ├── ImageRefused               image_refused (an operator's file that is not taken in)
    ├── DatasetUnreadable          dataset_unreadable (said on the command line only)
    ├── EvaluationRefused          evaluation_refused (said on the command line only)
    ├── RoundRefused               round_refused (said on the command line only)
    ├── BackupFailed               backup_failed (said on the command line only)
    ├── TuningRefused              tuning_refused (said on the command line only)
    ├── CallFailed                 call_failed, or what a server said to a simulated player
    └── SettingsError              settings_wrong

`code` is stable and what clients switch on; `str(error)` is one sentence for people. What an error means in
HTTP is said once, in `gap_server.api.problems`.
"""


class GapError(Exception):
    code = "error"

    def __init__(self, detail: str, *, code: str | None = None) -> None:
        super().__init__(detail)
        if code is not None:
            self.code = code


class NotSignedIn(GapError):
    code = "token_invalid"


class InitDataRefused(GapError):
    code = "init_data_malformed"


class Banned(GapError):
    code = "banned"


class ConsentRequired(GapError):
    code = "consent_required"


class NotFound(GapError):
    code = "not_found"


class Refused(GapError):
    """The rules do not allow this move now; the state is as it was."""

    code = "refused"


class TooMany(GapError):
    """A limit is reached; `code` says of what. Trying again helps after `retry_after_seconds`."""

    code = "too_many_requests"

    def __init__(self, detail: str, *, code: str, retry_after_seconds: int) -> None:
        super().__init__(detail, code=code)
        self.retry_after_seconds = retry_after_seconds


class ModelBusy(GapError):
    """No slot is free at any model server: nothing was asked."""

    code = "model_busy"

    def __init__(self, detail: str, *, retry_after_seconds: int) -> None:
        super().__init__(detail)
        self.retry_after_seconds = retry_after_seconds


class ModelFailed(GapError):
    """The model was asked and gave no usable answer. `reason` is a word for logs and metrics."""

    code = "model_failed"

    def __init__(self, detail: str, *, reason: str) -> None:
        super().__init__(detail)
        self.reason = reason


class StoreUnavailable(GapError):
    code = "store_unavailable"


class QueryRejected(GapError):
    """Postgres does not take a researcher's statement. `sqlstate` is its code for why."""

    code = "query_rejected"

    def __init__(self, detail: str, *, sqlstate: str) -> None:
        super().__init__(f"{sqlstate}: {detail}")
        self.sqlstate = sqlstate


class QueryTimeout(QueryRejected):
    code = "query_timeout"


class ResultTooLarge(GapError):
    code = "result_too_large"


class TooManyQueries(TooMany):
    def __init__(self, detail: str, *, retry_after_seconds: int) -> None:
        super().__init__(detail, code="too_many_queries", retry_after_seconds=retry_after_seconds)


class SqlClosed(StoreUnavailable):
    code = "sql_closed"


class ReportTimeout(GapError):
    """What a report counts took longer than it may."""

    code = "query_timeout"


class ImageRefused(GapError):
    code = "image_refused"


class DatasetUnreadable(GapError):
    code = "dataset_unreadable"


class DatasetRefused(GapError):
    code = "dataset_refused"


class EvaluationRefused(GapError):
    code = "evaluation_refused"


class RoundRefused(GapError):
    code = "round_refused"


class BackupFailed(GapError):
    code = "backup_failed"


class TuningRefused(GapError):
    code = "tuning_refused"


class CallFailed(GapError):
    """A simulated player's call came to nothing. `status`: HTTP's, or 0 where no answer came."""

    code = "call_failed"

    def __init__(self, detail: str, *, status: int, code: str | None = None) -> None:
        super().__init__(detail, code=code)
        self.status = status


class SettingsError(GapError):
    code = "settings_wrong"
