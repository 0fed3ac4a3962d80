"""The coverage frontier and plans under stress as sections of a report: picture, table, how to read it."""

from collections.abc import Sequence

from markupsafe import Markup

from api.export.all_languages import Texts, by_line, functions, in_each, texts_of
from api.export.plots import inline_svg
from api.export.report import TEMPLATES
from api.studies.frontier.picture import frontier_picture
from api.studies.frontier.table import frontier_headings, frontier_rows, frontier_unit
from api.studies.stress.plot import stress_picture
from api.studies.stress.result import Stress
from api.studies.stress.words import headings, rows, sentences
from api.words.speaker import each_speaker
from data.results.frontier import Frontier


def frontier_section(frontier: Frontier) -> Markup:
    """Return what each number of positions serves; the same frontier gives the same section."""
    speakers = each_speaker()
    tables = [list(frontier_rows(frontier, say)) for say in speakers]
    return _section(
        key="frontier",
        labels=1,
        title=texts_of("curve_title"),
        read=texts_of("report_frontier_read"),
        lines=[tuple(frontier_unit(frontier, say) for say in speakers)],
        drawn=in_each(lambda say: frontier_picture(frontier, say.language, "svg")),
        heads=by_line([frontier_headings(frontier, say) for say in speakers]),
        table=[by_line(row) for row in zip(*tables, strict=True)],
    )


def stress_section(stress: Stress) -> Markup:
    """Return what the draws did to each plan; the same stress study gives the same section."""
    tables = in_each(lambda say: list(rows(stress, say.language)))
    return _section(
        key="stress",
        labels=2,
        title=texts_of("report_stress"),
        read=texts_of("report_stress_read"),
        lines=by_line(in_each(lambda say: sentences(stress, say.language))),
        drawn=in_each(lambda say: stress_picture(stress, say.language, "svg")),
        heads=by_line(in_each(lambda say: headings(say.language))),
        table=[by_line(row) for row in zip(*tables, strict=True)],
    )


def _section(
    key: str,
    labels: int,
    title: Texts,
    read: Texts,
    lines: Sequence[Texts],
    drawn: Sequence[bytes],
    heads: Sequence[Texts],
    table: Sequence[Sequence[Texts]],
) -> Markup:
    """Return a section; the first `labels` columns of the table are text, all others numbers."""
    page = TEMPLATES.get_template("study_section.html.j2").render(
        key=key,
        labels=labels,
        title=title,
        read=read,
        lines=lines,
        drawn=[inline_svg(each) for each in drawn],
        heads=heads,
        table=table,
        **functions(),
    )
    return Markup(page)
