"""A buddy's weeks as a calendar file."""

from api.export.format import ExportRequest, Format
from api.run.names import Names
from api.run.planned_days import planned_days
from api.run.run import Run
from api.words.speaker import Speaker


def _write(run: Run, names: Names, request: ExportRequest) -> bytes:
    from api.export.ics import calendar_of

    return calendar_of(run, names, request.buddy, list(planned_days(run)), Speaker(request.language))


FORMAT = Format("text/calendar; charset=utf-8", _write, of_one_buddy=True)
