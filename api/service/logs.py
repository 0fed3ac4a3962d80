"""Logs as JSON lines on standard error, for web, worker and solver alike, without personal data."""

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

ALLOWED = frozenset(
    (
        "attempt",
        "code",
        "error",
        "event",
        "job",
        "kind",
        "level",
        "lines",
        "method",
        "part",
        "pid",
        "port",
        "programme",
        "request",
        "role",
        "route",
        "seconds",
        "stage",
        "state",
        "status",
        "timestamp",
    )
)
"""The only keys that are logged. A name, an address or the text of an error has none of them."""


def start_logging(part: str) -> None:
    """Log JSON lines that name the part of the service: web, worker, solver or supervisor.

    Of other libraries' logs, only warnings and errors are written, and only by the name of their logger.
    """
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            lambda logger, name, event: {"part": part, **event},
            only_allowed,
            structlog.processors.JSONRenderer(),
        ],
        # Looked up for each line, in case it is replaced.
        logger_factory=lambda *names: structlog.PrintLogger(sys.stderr),
    )
    logging.basicConfig(level=logging.WARNING, handlers=[_Foreign()], force=True)


def only_allowed(logger: object, name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Drop every key that is not allowed, so that a new key cannot leak personal data."""
    return {key: value for key, value in event.items() if key in ALLOWED}


def lines_of(error: BaseException) -> list[str]:
    """Return the file and line numbers of an error's traceback, without its message."""
    found, trace = [], error.__traceback__
    while trace is not None:
        found.append(f"{trace.tb_frame.f_code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno}")
        trace = trace.tb_next
    return found


class _Foreign(logging.Handler):
    """Records that a library logged something, without its message, which may contain anything."""

    def emit(self, record: logging.LogRecord) -> None:
        kind = record.exc_info[0] if record.exc_info else None
        structlog.get_logger().warning(
            "library", error=kind.__name__ if kind else record.name, lines=[f"{record.name}:{record.lineno}"]
        )
