"""The log: JSON lines with keys from a list, and never the message of an error or a library."""

import json
import logging

import pytest
import structlog

from api.service.logs import lines_of, start_logging


@pytest.fixture
def log(capsys: pytest.CaptureFixture[str]) -> structlog.stdlib.BoundLogger:
    start_logging("web")
    logger: structlog.stdlib.BoundLogger = structlog.get_logger()
    return logger


def test_a_line_is_json_with_allowed_keys_alone(
    log: structlog.stdlib.BoundLogger, capsys: pytest.CaptureFixture[str]
) -> None:
    log.info("job_ended", job="j1", name="Anna Albrecht", street="Am Markt 1")
    told = json.loads(capsys.readouterr().err)
    assert told.pop("timestamp")
    assert told == {"part": "web", "event": "job_ended", "job": "j1", "level": "info"}


def test_what_an_error_or_a_library_says_is_not_told(
    log: structlog.stdlib.BoundLogger, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        raise ValueError("Anna Albrecht")
    except ValueError as error:
        log.exception("job_broke", error=type(error).__name__, lines=lines_of(error))
        logging.getLogger("some.library").exception("Anna Albrecht")
    said = capsys.readouterr().err
    assert "Anna" not in said
    ours, theirs = (json.loads(line) for line in said.splitlines())
    assert (ours["error"], theirs["error"]) == ("ValueError", "ValueError")
    assert ours["lines"][0].startswith("test_logs.py:")
    assert theirs["lines"][0].startswith("some.library:")
