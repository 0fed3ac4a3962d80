"""Handover sheets on paper: what a successor should know of a company, one page for each."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from api.export.pdf.paper import pdf_of
from api.words.language import Language
from api.words.speaker import Speaker

TEMPLATE = Path(__file__).parent.parent / "templates" / "handover.typ"


@dataclass(frozen=True)
class Section:
    """Lines under a heading; none says so by itself."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """One company: its name, a line on who hands over to whom, and sections."""

    company: str
    about: str
    sections: tuple[Section, ...]


def handover_pdf(sheets: Sequence[Sheet], language: Language) -> bytes:
    """Return the sheets as a PDF."""
    say = Speaker(language)
    told = {
        "language": language,
        "title": say.t("handover_title"),
        "nothing": say.t("handover_nothing"),
        "sheets": [
            {
                "company": sheet.company,
                "about": sheet.about,
                "sections": [{"heading": each.heading, "lines": list(each.lines)} for each in sheet.sections],
            }
            for sheet in sheets
        ],
    }
    return pdf_of(TEMPLATE, "told", told)
