"""A buddy's week on paper."""

from api.export.format import ExportRequest, Format
from api.run.names import Names
from api.run.run import Run


def _write(run: Run, names: Names, request: ExportRequest) -> bytes:
    from api.export.pdf.week import week_pdf

    week = request.week or next((plan.week for own in run.weeks for plan in own.weeks), "")
    return week_pdf(run, names, request.buddy, week, request.language)


FORMAT = Format("application/pdf", _write, of_one_buddy=True)
