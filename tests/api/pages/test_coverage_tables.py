"""Aggregates as rows: as fine-grained as all measures allow, with shares of their wholes."""

from api.pages.coverage_tables import Titles, shares_of_districts, table_of, totals_of
from api.run.aggregates import AggregateTable, Cell, Dimension, Measure
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


def test_a_row_is_a_union_of_cells_of_every_measure() -> None:
    table = table_of(TABLE, TITLES)
    assert [row.titles for row in table.rows] == [("B", "C", "D"), ("A",)]
    # b, c and d: 6 + 4 + 3 companies, 5 + 3 of them served, 8 + 6 specialists.
    assert [figure.text for figure in table.rows[0].figures][:2] == ["13", "8"]
    assert table.rows[0].figures[3].text == "14"
    assert plain(table.rows[0].figures[2].text) == "5,5 Std."


def test_what_is_not_shown_has_no_column() -> None:
    assert table_of(TABLE, TITLES).measures == (
        "coverage_companies",
        "coverage_served",
        "coverage_care",
        "coverage_specialists",
    )
    assert table_of(AggregateTable(by=Dimension.HOST, cells={}), TITLES).rows == ()


def test_a_share_is_of_its_whole() -> None:
    served = table_of(TABLE, TITLES).rows[1].figures[1]
    assert (plain(served.share), served.percent) == ("90,0 %", 90)


def test_merged_districts_have_the_shade_of_all_of_them() -> None:
    shares = shares_of_districts(table_of(TABLE, TITLES), TITLES.speaker)
    # 8 of 13 are 61 %, between 50 and 75; 9 of 10 are between 90 and 97.
    assert [shares[key].shade for key in "ABCD"] == [3, 1, 1, 1]
    assert plain(shares["B"].share) == "61 %"


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
