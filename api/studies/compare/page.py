"""A comparison as HTML: a section for the report of a run, or a page of its own that needs no network."""

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from api.export.all_languages import Texts, by_line, functions, in_each
from api.export.plots import inline_svg
from api.export.report import TEMPLATES
from api.studies.compare.comparison import Comparison
from api.studies.compare.tables import PARTS, move_rows, share_rows, share_title, total_rows
from api.studies.compare.words import comparison_words, name_of
from api.studies.outcome.outcome import ScenarioOutcome
from api.words.language import Language
from api.words.reasons import Naming

Drawn = dict[Language, dict[str, bytes]]
"""The pictures by language and name, as SVG."""


@dataclass(frozen=True)
class PartTable:
    """A table of parts: coverage, or by language the specialists who are spoken to."""

    title: Texts
    rows: list[tuple[Texts, list[Texts]]]


def comparison_section(comparison: Comparison, named: Naming, drawn: Drawn) -> Markup:
    """Return the section; every name is escaped, and each picture has its table beside it."""
    totals = in_each(lambda say: list(total_rows(comparison, say.language)))
    page = TEMPLATES.get_template("comparison_section.html.j2").render(
        lines=by_line(in_each(lambda say: comparison_words(comparison, say.language))),
        drawn={
            language: {name: inline_svg(svg) for name, svg in each.items()}
            for language, each in drawn.items()
        },
        names=[_name(outcome) for outcome in comparison.outcomes],
        totals=[by_line(row) for row in zip(*totals, strict=True)],
        parts=[_part(comparison, field, named) for field in PARTS],
        moves=[
            (_name(outcome), list(_moves(outcome, named))) for outcome in comparison.outcomes if outcome.moves
        ],
        **functions(),
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
        **functions(),
    )


def _name(outcome: ScenarioOutcome) -> Texts:
    return in_each(lambda say: name_of(outcome, say.language))


def _part(comparison: Comparison, field: str, named: Naming) -> PartTable:
    tables = in_each(lambda say: list(share_rows(comparison, field, named, say.language)))
    rows = [
        (tuple(name for name, _ in row), by_line([shares for _, shares in row]))
        for row in zip(*tables, strict=True)
    ]
    return PartTable(in_each(lambda say: share_title(field, say.language)), rows)


def _moves(outcome: ScenarioOutcome, named: Naming) -> Iterator[tuple[str, Texts, Texts]]:
    tables = in_each(lambda say: list(move_rows(outcome, named, say.language)))
    for row in zip(*tables, strict=True):
        companies, before, after = zip(*row, strict=True)
        yield companies[0], before, after
