"""A comparison on a page: one section for the report of a run, or a page of its own that needs no network."""

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from api.export.report import TEMPLATES
from api.studies.comparison import Comparison
from api.studies.comparison_tables import PARTS, move_rows, part_name, part_rows, total_rows
from api.studies.outcome import Outcome, Part
from api.studies.outcome_words import Both, name_of, number, percent, told
from api.studies.pictures import Formats
from api.wording import Language, Naming

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
    """Return the section; every name is escaped, and the pictures have their tables beside them."""
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


def _name(outcome: Outcome) -> Both:
    de, en = (name_of(outcome, language) for language in LANGUAGES)
    return de, en


def _inline(formats: Formats) -> Markup:
    """An SVG without the head that only a file of its own has."""
    text = formats[0].decode()
    return Markup(text[text.index("<svg") :])


def _parts(comparison: Comparison, named: Naming) -> Iterator[PartTable]:
    for field, title in PARTS.items():
        by_language = field == "languages"
        served, whole_of = (_spoken_to, _specialists) if by_language else (_coverage, _whole)
        shares = part_rows(comparison, field, served), part_rows(comparison, field, whole_of)
        rows = []
        for (key, values), (_, wholes) in zip(*shares, strict=True):
            label = part_name(field, key, named, "de"), part_name(field, key, named, "en")
            cells = [
                (_share(value, whole, "de"), _share(value, whole, "en"))
                for value, whole in zip(values, wholes, strict=True)
            ]
            rows.append((label, cells))
        what = (
            (": Fachkräfte mit gemeinsamer Sprache", ": specialists with a shared language")
            if by_language
            else (": Abdeckung", ": coverage")
        )
        yield PartTable((title[0] + what[0], title[1] + what[1]), rows)


def _spoken_to(part: Part) -> int:
    return part.spoken_to


def _specialists(part: Part) -> int:
    return part.specialists


def _coverage(part: Part) -> int:
    return part.coverage


def _whole(part: Part) -> int:
    return part.whole


def _share(value: int | None, whole: int | None, language: Language) -> str:
    if value is None or not whole:
        return "–"
    return f"{percent(value, whole, language)} ({number(value, language)}/{number(whole, language)})"


def _moves(outcome: Outcome, named: Naming) -> Iterator[tuple[str, Both, Both]]:
    german, english = (list(move_rows(outcome, named, language)) for language in LANGUAGES)
    for (company, *de), (_, *en) in zip(german, english, strict=True):
        yield company, (de[0], en[0]), (de[1], en[1])
