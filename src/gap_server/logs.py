"""How log lines look, ours and the libraries' alike. At `info` no line depends on what is tainted."""

import logging
import sys
import traceback
from typing import Any

import structlog

SHARED: tuple[Any, ...] = (
    structlog.contextvars.merge_contextvars,
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
)


def where(error: BaseException) -> str:
    """Where an error happened. Not its words: Postgres quotes whole rows in them, and those are players'."""
    return "".join(traceback.format_tb(error.__traceback__))


def set_up_logs(form: str, level: str) -> None:
    """`form` is text or json; `level` the least that is written, to standard error."""
    renderer: Any = structlog.processors.JSONRenderer()
    if form == "text":  # tracebacks without the values of variables: those may be secrets
        renderer = structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
        )
    tracebacks = [structlog.processors.format_exc_info] if form == "json" else []
    number = logging.getLevelNamesMapping()[level.upper()]
    structlog.configure(
        processors=[*SHARED, *tracebacks, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *tracebacks, renderer],
            foreign_pre_chain=list(SHARED),
        )
    )
    logging.basicConfig(handlers=[handler], level=max(number, logging.WARNING), force=True)
