"""A single export of a run: calendar, week on paper, tracks, tables or map, of one buddy or of all."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from api.run.names import Names
from api.run.planned_days import planned_days
from api.run.privacy_level import Detail, at_detail
from api.run.run import Run
from api.words.reasons import Language
from data.base.errors import BuddyplanError


class FileKind(StrEnum):
    """The kind of a file; a calendar, week on paper or track needs a buddy."""

    ICS = "ics"
    PDF = "pdf"
    GPX = "gpx"
    XLSX = "xlsx"
    GEOJSON = "geojson"


MEDIA = {
    FileKind.ICS: "text/calendar; charset=utf-8",
    FileKind.PDF: "application/pdf",
    FileKind.GPX: "application/gpx+xml",
    FileKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileKind.GEOJSON: "application/geo+json",
}
"""The media type of each kind."""
OF_ONE_BUDDY = frozenset((FileKind.ICS, FileKind.PDF, FileKind.GPX))


@dataclass(frozen=True)
class ExportRequest:
    """What to export: which kind, for whom (empty: all), which week (empty: the first), in what detail."""

    kind: FileKind
    buddy: str = ""
    week: str = ""
    detail: Detail = Detail.FULL
    language: Language = "de"


def exported(run: Run, request: ExportRequest) -> bytes:
    """Return the file's bytes; raises `BuddyplanError` for a buddy or week that the run does not have."""
    if run.matching is None:
        raise BuddyplanError("the run has no matching, so there is nothing to export")
    buddies = {own.buddy for own in run.weeks}
    if request.buddy and request.buddy not in buddies:
        raise BuddyplanError(f'the run has no weeks of "{request.buddy}"')
    if request.kind in OF_ONE_BUDDY and not request.buddy:
        raise BuddyplanError(f"{request.kind} is a file of one buddy; name one with --buddy")
    shown = at_detail(run, request.detail)
    if request.buddy:
        shown = replace(shown, weeks=tuple(own for own in shown.weeks if own.buddy == request.buddy))
    return _WRITERS[request.kind](shown, Names(shown), request)


def _ics(run: Run, names: Names, request: ExportRequest) -> bytes:
    from api.export.ics import calendar_of

    return calendar_of(run, names, request.buddy, list(planned_days(run)))


def _pdf(run: Run, names: Names, request: ExportRequest) -> bytes:
    from api.export.pdf.week import week_pdf

    week = request.week or next((plan.week for own in run.weeks for plan in own.weeks), "")
    return week_pdf(run, names, request.buddy, week, request.language)


def _gpx(run: Run, names: Names, request: ExportRequest) -> bytes:
    from api.export.gpx import track_of
    from api.export.map.points import towns_of_bases

    days = [day for day in planned_days(run) if request.week in ("", day.week)]
    return track_of(run, names, days, towns_of_bases(run)[request.buddy])


def _xlsx(run: Run, names: Names, request: ExportRequest) -> bytes:
    from api.export.tables.xlsx import plan_workbook

    assert run.matching
    return plan_workbook(run, names, run.matching)


def _geojson(run: Run, names: Names, request: ExportRequest) -> bytes:
    from api.export.map.geojson import map_layer
    from api.files.json_text import json_text

    assert run.matching
    return json_text(map_layer(run, names, run.matching)).encode()


_WRITERS: dict[FileKind, Callable[[Run, Names, ExportRequest], bytes]] = {
    FileKind.ICS: _ics,
    FileKind.PDF: _pdf,
    FileKind.GPX: _gpx,
    FileKind.XLSX: _xlsx,
    FileKind.GEOJSON: _geojson,
}
