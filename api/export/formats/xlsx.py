"""The plan as a workbook."""

from api.export.format import ExportRequest, Format
from api.run.names import Names
from api.run.run import Run
from api.words.speaker import Speaker


def _write(run: Run, names: Names, request: ExportRequest) -> bytes:
    from api.export.tables.xlsx import plan_workbook

    assert run.matching
    return plan_workbook(run, names, run.matching, Speaker(request.language))


FORMAT = Format("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _write)
