"""Aggregates as rows: as fine-grained as all measures allow, with shares of their wholes."""

from api.pages.coverage_tables import Table, Titles, mark_of, shares_of_districts, table_of, totals_of
from api.run.aggregated.aggregates import AggregateTable, Cell, Dimension
from api.run.aggregated.contributions import Measure
from api.words.speaker import Speaker

TITLES = Titles(Speaker("de"), str.upper, str.upper)


def cells(**values: int) -> tuple[Cell, ...]:
    """`cells(a=5, b_c=7)`: five for a, seven for b and c together."""
    return tuple(Cell(keys=tuple(keys.split("_")), value=value) for keys, value in values.items())


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


TABLE = AggregateTable(
    by=Dimension.DISTRICT,
    cells={
        Measure.COMPANIES: cells(a=10, b=6, c=4, d=3),
        # Few in b are without a buddy, so b and c are merged; specialists merge c and d.
        Measure.SERVED: cells(a=9, b_c=5, d=3),
        Measure.SPECIALISTS: cells(a=20, b=8, c_d=6),
        Measure.CARE_MIN: cells(a=600, b_c_d=330),
        Measure.VISITS: (),
        Measure.SPOKEN_TO: (),
    },
)


def figures(table: Table, title: str) -> list[str]:
    """The figures of a row, a mark in brackets."""
    row = next(row for row in table.rows if row.title == title)
    return [f"({figure.note})" if figure.note else plain(figure.text) for figure in row.figures]


def test_a_merged_figure_is_a_note_and_the_others_of_its_rows_stand() -> None:
    """Companies, served, care, specialists: b and c share the served, c and d specialists, all three care."""
    table = table_of(TABLE, TITLES)
    assert [row.title for row in table.rows] == ["A", "B", "C", "D"]
    assert figures(table, "A") == ["10", "9", "10,0 Std.", "20"]
    assert figures(table, "B") == ["6", "(a)", "(b)", "8"]
    assert figures(table, "C") == ["4", "(a)", "(b)", "(c)"]
    assert figures(table, "D") == ["3", "3", "(b)", "(c)"]
    notes = [(n.mark, n.titles, [(key, plain(f.text)) for key, f in n.figures]) for n in table.notes]
    assert notes == [
        ("a", ("B", "C"), [("coverage_served", "5")]),
        ("b", ("B", "C", "D"), [("coverage_care", "5,5 Std.")]),
        ("c", ("C", "D"), [("coverage_specialists", "6")]),
    ]


def test_notes_go_on_after_z() -> None:
    assert [mark_of(number) for number in (0, 25, 26, 27, 52)] == ["a", "z", "aa", "ab", "ba"]


def test_what_is_not_shown_has_no_column() -> None:
    assert table_of(TABLE, TITLES).measures == (
        "coverage_companies",
        "coverage_served",
        "coverage_care",
        "coverage_specialists",
    )
    assert table_of(AggregateTable(by=Dimension.HOST, cells={}), TITLES).rows == ()


def test_a_share_is_of_its_whole() -> None:
    table = table_of(TABLE, TITLES)
    served = table.rows[0].figures[1]
    assert (plain(served.share), served.percent) == ("90,0 %", 90)
    (_, together), *_ = table.notes[0].figures  # 5 of 6 + 4
    assert (plain(together.share), together.percent) == ("50,0 %", 50)


def test_the_map_shows_what_the_table_shows() -> None:
    shares = shares_of_districts(table_of(TABLE, TITLES), TITLES.speaker)
    # 5 of 10 are 50 %, where the shade of 50 begins; 9 of 10 are between 90 and 97, 3 of 3 beyond.
    assert [shares[key].shade for key in "ABCD"] == [3, 1, 1, 4]
    assert plain(shares["B"].share) == "50 %"
    assert [shares[key].note for key in "ABCD"] == ["", "a", "a", ""]


def test_a_total_that_is_not_shown_is_left_out() -> None:
    totals = totals_of({Measure.COMPANIES: 23, Measure.SERVED: None, Measure.CARE_MIN: 930}, TITLES)
    assert [(total.key, plain(total.figure.text)) for total in totals] == [
        ("coverage_companies", "23"),
        ("coverage_care", "15,5 Std."),
    ]


def test_rows_have_names_in_words() -> None:
    assert TITLES.of(Dimension.LANGUAGE, "ru/uk") == "Russisch oder Ukrainisch"
    assert TITLES.of(Dimension.LANGUAGE, "ar/fa/tr") == "Arabisch, Persisch oder Türkisch"
    assert TITLES.of(Dimension.SECTOR, "F") == "Baugewerbe"
    assert TITLES.of(Dimension.SECTOR, "") == "keine Angabe"
