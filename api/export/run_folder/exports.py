"""The exported files of a run, each from its own function."""

from collections import defaultdict
from pathlib import Path

from api.export.ics import calendar_of
from api.export.map.geojson import map_layer
from api.export.report import report_page
from api.export.tables.csv import matching_csv
from api.export.tables.xlsx import plan_workbook
from api.files.file_names import file_stems
from api.files.json_text import json_text
from api.run.names import Names
from api.run.planned_days import PlannedDay, planned_days
from api.run.run import Run
from api.words.language import Language
from api.words.speaker import Speaker


def write_exports(run: Run, folder: Path, language: Language) -> None:
    """Write tables and calendars in a language, map and report, or nothing if the run has no matching."""
    if run.matching is None:
        return
    names, say = Names(run), Speaker(language)
    (folder / "matching.csv").write_bytes(matching_csv(run, names, run.matching, language))
    (folder / "plan.xlsx").write_bytes(plan_workbook(run, names, run.matching, say))
    layer = json_text(map_layer(run, names, run.matching))
    (folder / "plan.geojson").write_text(layer, encoding="utf-8")
    (folder / "report.html").write_text(report_page(run, names, run.matching), encoding="utf-8")
    _write_calendars(run, names, folder / "calendar", say)


def _write_calendars(run: Run, names: Names, folder: Path, say: Speaker) -> None:
    if not run.weeks:
        return
    folder.mkdir()
    days: dict[str, list[PlannedDay]] = defaultdict(list)
    for day in planned_days(run):
        days[day.buddy].append(day)
    for buddy, stem in file_stems(weeks.buddy for weeks in run.weeks).items():
        (folder / f"{stem}.ics").write_bytes(calendar_of(run, names, buddy, days[buddy], say))
