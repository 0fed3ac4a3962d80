"""A comparison as HTML: a section for the report of a run, or a page of its own that needs no network."""

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from api.export.report import TEMPLATES
from api.studies.compare.comparison import Comparison
from api.studies.compare.pictures import Formats
from api.studies.compare.tables import PARTS, move_rows, share_rows, share_title, total_rows
from api.studies.compare.words import Both, name_of, number, told
from api.studies.outcome.outcome import ScenarioOutcome
from api.words.reasons import Language, Naming

LANGUAGES: tuple[Language, Language] = ("de", "en")
TITLES: dict[str, Both] = {
    "coverage": ("Abdeckung je Szenario", "Coverage by scenario"),
    "districts": ("Abdeckung nach Kreisen", "Coverage by district"),
    "caseload": ("Auslastung der Buddys", "Caseload of the buddies"),
    "travel": ("Fahrt", "Travel"),
}
Drawn = dict[Language, dict[str, Formats]]


@dataclass(frozen=True)
class PartTable:
    """A table of parts: coverage, or by language the specialists who are spoken to."""

    title: Both
    rows: list[tuple[Both, list[Both]]]


def comparison_section(comparison: Comparison, named: Naming, drawn: Drawn) -> Markup:
    """Return the section; every name is escaped, and each picture has its table beside it."""
    german, english = (list(total_rows(comparison, language)) for language in LANGUAGES)
    page = TEMPLATES.get_template("comparison_section.html.j2").render(
        lines=_both(told(comparison, "de"), told(comparison, "en")),
        titles=TITLES,
        drawn={
            language: {name: _inline(formats) for name, formats in each.items()}
            for language, each in drawn.items()
        },
        names=[_name(outcome) for outcome in comparison.outcomes],
        totals=[_both(de, en) for de, en in zip(german, english, strict=True)],
        parts=list(_parts(comparison, named)),
        moves=[
            (_name(outcome), list(_moves(outcome, named))) for outcome in comparison.outcomes if outcome.moves
        ],
        number=number,
    )
    return Markup(page)


def comparison_page(comparison: Comparison, section: Markup, invented: bool) -> str:
    """Return the page around a section."""
    first = comparison.outcomes[0]
    return TEMPLATES.get_template("comparison.html.j2").render(
        section=section,
        weeks=first.weeks,
        invented=invented,
        problem=first.problem_hash,
        hashes=[outcome.hash for outcome in comparison.outcomes],
        number=number,
    )


def _both(german: list[str], english: list[str]) -> list[Both]:
    return list(zip(german, english, strict=True))


def _name(outcome: ScenarioOutcome) -> Both:
    de, en = (name_of(outcome, language) for language in LANGUAGES)
    return de, en


def _inline(formats: Formats) -> Markup:
    """Return an SVG without the header of a stand-alone file."""
    text = formats[0].decode()
    return Markup(text[text.index("<svg") :])


def _parts(comparison: Comparison, named: Naming) -> Iterator[PartTable]:
    for field in PARTS:
        german, english = (share_rows(comparison, field, named, language) for language in LANGUAGES)
        rows = [
            ((name, other), _both(shares, others))
            for (name, shares), (other, others) in zip(german, english, strict=True)
        ]
        yield PartTable((share_title(field, "de"), share_title(field, "en")), rows)


def _moves(outcome: ScenarioOutcome, named: Naming) -> Iterator[tuple[str, Both, Both]]:
    german, english = (list(move_rows(outcome, named, language)) for language in LANGUAGES)
    for (company, *de), (_, *en) in zip(german, english, strict=True):
        yield company, (de[0], en[0]), (de[1], en[1])
