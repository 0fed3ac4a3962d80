"""The files of a comparison for people and other programs, and its section in the run's report."""

from pathlib import Path

from api.files.atomic_file import write_whole
from api.files.json_text import json_text
from api.studies.compare.comparison import Comparison
from api.studies.compare.page import comparison_page, comparison_section
from api.studies.compare.pictures import pictures
from api.studies.compare.xlsx import comparison_workbook
from api.studies.outcome.source import Source
from api.studies.report.run import write_run_report
from api.words.catalogue import languages
from api.words.language import Language


def write_comparison(comparison: Comparison, source: Source, folder: Path, language: Language) -> None:
    """Write JSON, workbook, pictures and page into a folder, each completely or not at all, the JSON last.

    Workbook and pictures are in one language, the page in all. If the source is the folder of a run, its
    report is rewritten to include the comparison, as with any study.
    """
    drawn = {each: pictures(comparison, source.name, each, "svg") for each in languages()}
    section = comparison_section(comparison, source.name, drawn)
    for kind, own in (
        ("svg", drawn[language]),
        ("png", pictures(comparison, source.name, language, "png")),
    ):
        for name, picture in own.items():
            write_whole(folder / "pictures" / f"{name}.{kind}", picture)
    write_whole(folder / "comparison.xlsx", comparison_workbook(comparison, source.name, language))
    page = comparison_page(comparison, section, source.identities.invented)
    write_whole(folder / "report.html", page.encode())
    write_whole(folder / "comparison.json", json_text(comparison).encode())
    write_run_report(source, folder)
