"""The coverage frontier and plans under stress as sections of a report: picture, table, how to read it."""

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from api.export.report import LANGUAGES, TEMPLATES
from api.export.report_words import Both
from api.studies.frontier.picture import frontier_picture
from api.studies.frontier.table import frontier_headings, frontier_rows, frontier_unit
from api.studies.frontier.words import words_of
from api.studies.stress.plot import pictures
from api.studies.stress.result import Stress
from api.studies.stress.words import headings, rows, sentences
from data.results.frontier import Frontier

Row = Sequence[Both]
FRONTIER_READ: Both = (
    "Die durchgezogene Linie zeigt, was die beste gefundene Auswahl von so vielen Stellen versorgt; mehr, "
    "als die gestrichelte zeigt, kann keine. Die Balken zeigen, was jede weitere Stelle bringt.",
    "The solid line shows what the best choice found of so many positions serves; none serves more than the "
    "dashed one shows. The bars show what each further position adds.",
)
STRESS_READ: Both = (
    "Jede Ziehung ist ein erdachter Verlauf dieser Wochen mit Krankheit, Zuzug und Absagen, täglich neu "
    "geplant; ein Wert bei 5 % heißt, dass höchstens jede zwanzigste Ziehung darunter liegt.",
    "Each draw is an invented course of these weeks with illness, arrivals and cancellations, planned anew "
    "each day; a value at 5 % means that at most one draw in twenty lies below it.",
)


def frontier_section(frontier: Frontier) -> Markup:
    """Return what each number of positions serves; the same frontier gives the same section."""
    words = [words_of(english) for english in (False, True)]
    return _section(
        key="frontier",
        labels=1,
        title=(words[0].title, words[1].title),
        read=FRONTIER_READ,
        lines=[(frontier_unit(frontier, words[0]), frontier_unit(frontier, words[1]))],
        drawn=[frontier_picture(frontier, english, "svg") for english in (False, True)],
        heads=list(zip(*(frontier_headings(frontier, each) for each in words), strict=True)),
        table=_rows(*(list(frontier_rows(frontier, each)) for each in words)),
    )


def stress_section(stress: Stress) -> Markup:
    """Return what the draws did to each plan; the same stress study gives the same section."""
    return _section(
        key="stress",
        labels=2,
        title=("Pläne unter Störungen", "Plans under stress"),
        read=STRESS_READ,
        lines=list(zip(*(sentences(stress, each) for each in LANGUAGES), strict=True)),
        drawn=[pictures(stress, each)["svg"] for each in LANGUAGES],
        heads=list(zip(*(headings(each) for each in LANGUAGES), strict=True)),
        table=_rows(*(list(rows(stress, each)) for each in LANGUAGES)),
    )


def _section(
    key: str,
    labels: int,
    title: Both,
    read: Both,
    lines: Sequence[Both],
    drawn: Sequence[bytes],
    heads: Row,
    table: Iterator[Row],
) -> Markup:
    """Return a section; the first `labels` columns of the table are text, all others numbers."""
    page = TEMPLATES.get_template("study_section.html.j2").render(
        key=key,
        labels=labels,
        title=title,
        read=read,
        lines=lines,
        drawn=[_inline(each) for each in drawn],
        heads=heads,
        table=list(table),
        number=str,
    )
    return Markup(page)


def _rows(german: Sequence[Sequence[str]], english: Sequence[Sequence[str]]) -> Iterator[Row]:
    for de, en in zip(german, english, strict=True):
        yield list(zip(de, en, strict=True))


def _inline(svg: bytes) -> Markup:
    """Return an SVG without the header of a stand-alone file."""
    text = svg.decode()
    return Markup(text[text.index("<svg") :])
