"""Parsing of single cells, kind by kind."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.model.vocabulary import RequestKind, Vehicle
from data.tables.cells import (
    DEGREES,
    ID,
    IDS,
    TAGS,
    YES_NO,
    CellError,
    Kind,
    Noted,
    hours,
    one_of_numbers,
    whole,
    words,
)
from data.tables.codes import ALTERNATIVES, DISTRICTS, GROUPS, LANGUAGES, POSTCODE, SECTOR, SECTORS, SPOKEN
from data.tables.columns import COLUMNS
from data.tables.times import DATE, HOURS, MOMENT, WEEKDAY_LIST, WINDOWS
from tests.data.tables.sheets import english

KINDS = list({id(column.kind): column.kind for columns in COLUMNS.values() for column in columns}.values())


def read(kind: Kind, text: str) -> Any:
    """The plain value of a cell, with or without a note."""
    value = kind.read(text)
    return value.value if isinstance(value, Noted) else value


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (ID, "Büro-1.b_2", "Büro-1.b_2"),
        (IDS, "anna, ben;carl", ("anna", "ben", "carl")),
        (TAGS, "Craft care craft", ("care", "craft")),
        (DATE, "2026-11-23", date(2026, 11, 23)),
        (DATE, "23.11.2026", date(2026, 11, 23)),
        (DATE, "3.1.2027", date(2027, 1, 3)),
        (DATE, "2026-11-23 00:00:00", date(2026, 11, 23)),
        (WINDOWS, "08:00-16:30", ((480, 990),)),
        (WINDOWS, "8:00 – 16:30 Uhr", ((480, 990),)),
        (WINDOWS, "8.00-16.30", ((480, 990),)),
        (WINDOWS, "8-16", ((480, 960),)),
        (WINDOWS, "08:00-12:00 13:00-16:00", ((480, 720), (780, 960))),
        (WINDOWS, "13:00-16:00, 08:00-12:00", ((480, 720), (780, 960))),
        (WINDOWS, "00:00-24:00", ((0, 1440),)),
        (WINDOWS, "-", ()),
        (WINDOWS, "geschlossen", ()),
        (HOURS, "13:00-16:00", (780, 960)),
        (WEEKDAY_LIST, "mon wed", (0, 2)),
        (WEEKDAY_LIST, "Mo-Mi, Fr", (0, 1, 2, 4)),
        (WEEKDAY_LIST, "sat - mon", (0, 5, 6)),
        (POSTCODE, "06108", "06108"),
        (POSTCODE, "D-06108", "06108"),
        (POSTCODE, "6108", "06108"),
        (DISTRICTS, "15088 15002", ("15002", "15088")),
        (DISTRICTS, "1001", ("01001",)),
        (SECTOR, "c", "C"),
        (SECTOR, "C10.1", "C101"),
        (SECTOR, "10.1", "C101"),
        (SECTOR, "88", "Q88"),
        (SECTORS, "C10 F", ("C10", "F")),
        (SPOKEN, "en:b2 ar:C1", (("ar", "C1"), ("en", "B2"))),
        (ALTERNATIVES, "uk/ru", ("uk", "ru")),
        (GROUPS, "ar:3 uk/ru:1 fa", ((("ar",), 3), (("uk", "ru"), 1), (("fa",), 1))),
        (whole(0, 5000), "1.200", 1200),
        (whole(0, 5000), "12,0", 12),
        (hours(60), "38,5", 2310),  # 38.5 * 60 = 2310
        (hours(60), "40", 2400),
        (hours(60), "38.5", 2310),
        (hours(2000), "1.234,5", 74_070),  # 1234.5 * 60
        (hours(2000), "1,234.5", 74_070),
        (hours(2000), "1 234,5", 74_070),
        (hours(2000), "1\u00a0234.5", 74_070),
        (hours(2_000_000), "1.234.567,8", 74_074_068),  # 1234567.8 * 60
        (hours(2_000_000), "1,234,567.8", 74_074_068),
        (hours(2), "1.234", 74),  # 1.234 * 60 = 74.04: with one sign it is decimal
        (hours(2), "1,234", 74),
        (whole(0, 5000), "1.234,0", 1234),
        (whole(0, 5000), "1,234.0", 1234),
        (one_of_numbers(1, 2, 4, 8), "4", 4),
        (DEGREES, "51.4825049", 51.4825),
        (DEGREES, "51,48", 51.48),
        (words(RequestKind), "First visit", RequestKind.FIRST_VISIT),
        (words(Vehicle), "BIKE", Vehicle.BIKE),
        *((YES_NO, text, True) for text in ("yes", "Ja", "TRUE", "1")),
        *((YES_NO, text, False) for text in ("no", "Nein", "false", "0")),
    ],
)
def test_a_cell_is_read(kind: Kind, text: str, value: object) -> None:
    found = read(kind, text)
    assert (tuple((s.language, s.level) for s in found) if kind is SPOKEN else found) == value


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (DATE, "1. März 2026", date(2026, 3, 1)),
        (DATE, "01. Dez. 2026", date(2026, 12, 1)),
        (DATE, "1 March 2026", date(2026, 3, 1)),
        (DATE, "Mo, 23.11.2026", date(2026, 11, 23)),
        (DATE, "am 23.11.2026", date(2026, 11, 23)),
        (WINDOWS, "8-16 Uhr", ((480, 960),)),
        (WINDOWS, "8 Uhr bis 16 Uhr", ((480, 960),)),
        (WINDOWS, "von 8 bis 16", ((480, 960),)),
        (WINDOWS, "8h-16h", ((480, 960),)),
        (WINDOWS, "0800–1630", ((480, 990),)),
        (WINDOWS, "8:00 — 16:00", ((480, 960),)),
        (WINDOWS, "8.00–12.00/13.00–16.30", ((480, 720), (780, 990))),
        (WINDOWS, "8-12 u. 13-16 Uhr", ((480, 720), (780, 960))),
        (WINDOWS, "8-12 und 13-16", ((480, 720), (780, 960))),
        (WINDOWS, "8-12 + 13-16", ((480, 720), (780, 960))),
        (WINDOWS, "geschl.", ()),
        (WINDOWS, "Ruhetag", ()),
        (WEEKDAY_LIST, "Montag, Mittwoch", (0, 2)),
        (WEEKDAY_LIST, "montags und freitags", (0, 4)),
        (WEEKDAY_LIST, "Mo. bis Fr.", (0, 1, 2, 3, 4)),
        (WEEKDAY_LIST, "Montag – Mittwoch", (0, 1, 2)),
        (WEEKDAY_LIST, "Sonnabend", (5,)),
        (WEEKDAY_LIST, "werktags", (0, 1, 2, 3, 4)),
        (WEEKDAY_LIST, "Tuesdays", (1,)),
        (ALTERNATIVES, "Ukrainisch/Russisch", ("uk", "ru")),
        (ALTERNATIVES, "Ukrainisch oder Russisch", ("uk", "ru")),
        (ALTERNATIVES, "Arabic", ("ar",)),
        (ALTERNATIVES, "uk, Englisch", ("uk", "en")),
        (GROUPS, "Arabisch: 3, Ukrainisch/Russisch: 1", ((("ar",), 3), (("uk", "ru"), 1))),
        (GROUPS, "3 Arabisch, 1 Ukrainisch", ((("ar",), 3), (("uk",), 1))),
        (GROUPS, "3x Arabisch; 2 × Polnisch", ((("ar",), 3), (("pl",), 2))),
        (GROUPS, "Arabisch (3), Polnisch", ((("ar",), 3), (("pl",), 1))),
        (GROUPS, "Arabisch 3 und Polnisch 2", ((("ar",), 3), (("pl",), 2))),
        (GROUPS, "Arabisch 3 Personen", ((("ar",), 3),)),
        (GROUPS, "Dari", ((("fa",), 1),)),
        (SECTOR, "WZ C10", "C10"),
        (POSTCODE, "D-06108", "06108"),
        (whole(0, 600, "minutes"), "60 Min.", 60),
        (whole(0, 600, "minutes"), "1,5 Std.", 90),
        (whole(0, 600, "minutes"), "2 h", 120),
        (whole(0, 26, "weeks"), "4 Wochen", 4),
        (whole(0, 500), "ca. 50 Mitarbeiter", 50),
        (hours(60), "39,5 Std./Woche", 2370),
        (hours(60), "20 h", 1200),
        (YES_NO, "ja", True),
        (YES_NO, "✓", True),
        (YES_NO, "-", False),
    ],
)
def test_a_cell_is_read_as_german_offices_write_it(kind: Kind, text: str, value: Any) -> None:
    assert kind.read(text) == value


@pytest.mark.parametrize(
    ("text", "languages"),
    [
        ("Arabisch C1", "ar:C1"),
        ("Arabisch (C1)", "ar:C1"),
        ("Arabisch (C1), Englisch (B2)", "ar:C1 en:B2"),
        ("Arabisch: C1; Englisch: B2", "ar:C1 en:B2"),
        ("Arabisch - C1 / Englisch - B2", "ar:C1 en:B2"),
        ("Arabisch c1 Englisch b2", "ar:C1 en:B2"),
        ("Arabisch C1 und Englisch B2", "ar:C1 en:B2"),
        ("Arabisch C1\nEnglisch B2", "ar:C1 en:B2"),
        ("deutsch C2, ENGLISCH B2", "de:C2 en:B2"),
        ("ar C1, Englisch B2", "ar:C1 en:B2"),
        ("ar:C1 Englisch:B2", "ar:C1 en:B2"),
        ("German C2, Farsi C1", "de:C2 fa:C1"),
        ("Deutsch Muttersprache, Arabisch C1", "ar:C1 de:C2"),
        ("Deutsch (Muttersprache)", "de:C2"),
        ("German (native)", "de:C2"),
    ],
)
def test_languages_are_read_by_name_with_their_level(text: str, languages: str) -> None:
    assert SPOKEN.read(text) == SPOKEN.read(languages)


@pytest.mark.parametrize(
    ("kind", "text", "read_as", "code"),
    [
        (DATE, "01.03.26", "2026-03-01", "short_year"),
        (DATE, "1.3.69", "2069-03-01", "short_year"),
        (DATE, "März 2026", "2026-03-01", "only_a_month"),
        (DATE, "03/2026", "2026-03-01", "only_a_month"),
        (SPOKEN, "Englisch fließend", "en:C1", "level_by_word"),
        (SPOKEN, "Englisch Grundkenntnisse, Deutsch C2", "de:C2 en:A2", "level_by_word"),
        (SECTOR, "Gastronomie", "I56", "name_for_sector"),
        (SECTOR, "Gesundheitswesen", "Q86", "name_for_sector"),
        (SECTOR, "C10 Nahrungsmittel", "C10", "name_for_sector"),
        (SECTOR, "Q – Gesundheit und Soziales", "Q", "name_for_sector"),
        (SECTORS, "Baugewerbe", "F", "name_for_sector"),
        (SECTORS, "Gesundheits- und Sozialwesen, Pflege; C10", "C10 Q Q87", "name_for_sector"),
    ],
)
def test_what_is_not_quite_plain_is_read_with_a_note(kind: Kind, text: str, read_as: str, code: str) -> None:
    found = kind.read(text)
    assert isinstance(found, Noted) and found.problem.code == code
    assert found.value == read(kind, read_as)


def test_a_short_year_of_a_moment_is_noted_too() -> None:
    found = MOMENT.read("24.11.26, 10 Uhr")
    assert isinstance(found, Noted) and found.problem.code == "short_year"
    assert found.value == MOMENT.read("2026-11-24 10:00")


@pytest.mark.parametrize(
    ("text", "visits"),
    [
        ("monatlich", 1),
        ("14-tägig", 2),
        ("alle 2 Wochen", 2),
        ("wöchentlich", 4),
        ("2x pro Woche", 8),
        ("keine", 0),
    ],
)
def test_a_rhythm_may_be_said_in_words(text: str, visits: int) -> None:
    column = next(column for column in COLUMNS["companies"] if column.name == "visits_per_4_weeks")
    assert column.kind.read(text) == visits


@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [
        (ID, "../etc", "is no id"),
        (ID, "a b", "is no id"),
        (ID, ".hidden", "is no id"),
        (DATE, "23.11.85", "write 2026-11-23 or 23.11.2026"),
        (DATE, "11/23/2026", "write 2026-11-23"),
        (DATE, "31.11.2026", "does not exist in the calendar"),
        (DATE, "23.11.0206", "the years 1990 to 2199"),
        (MOMENT, "2026-11-23", "write 2026-11-23 10:00"),
        (MOMENT, "2026-11-23 25:00", "write 00:00 to 24:00"),
        (MOMENT, "0001-01-01T00:00+23:59", "is no date"),
        (WINDOWS, "16:00-08:00", "ends before it starts"),
        (WINDOWS, "08:00", "is no span of time"),
        (WINDOWS, "08:00-25:00", "is no time of day"),
        (WINDOWS, "08:75-10:00", "is no time of day"),
        (WINDOWS, "08:00-12:00 11:00-16:00", "overlap"),
        (HOURS, "08:00-12:00 13:00-16:00", "a row for every further one"),
        (WEEKDAY_LIST, "montak", "is no weekday"),
        (POSTCODE, "610", "five digits"),
        (DISTRICTS, "Halle", "5-digit keys"),
        (SECTOR, "X", "is no WZ 2008 code"),
        (SECTOR, "F10", "belongs to section C: C10"),
        (SECTOR, "C1", "a division has two digits"),
        (SPOKEN, "ar", 'gives no level for "ar"; write ar:B2'),
        (SPOKEN, "ar:D1", "the levels are A1 A2 B1 B2 C1 C2"),
        (SPOKEN, "ar:B1 ar:B2", 'names "ar" twice'),
        (SPOKEN, "ua:B2", 'did you mean "uk"?'),
        (DATE, "1. Brumaire 2026", "is no date"),
        (DATE, "13/2026", "does not exist in the calendar"),
        (SPOKEN, "Arabisch", "gives no level"),
        (whole(0, 600, "minutes"), "60 km", "is no number"),
        (hours(60), "60 Min.", "is no number"),
        (whole(0, 500), "12 Wochen", "is no number"),
        (SPOKEN, "Arabisch gelegentlich", "names the language"),
        (SPOKEN, "Klingonisch C1", "names the language"),
        (GROUPS, "Arabisch: viele", "is no"),
        (SECTOR, "Handwerk", "the tag craft"),
        (SECTOR, "Zauberei", "write a section"),
        (ALTERNATIVES, "Klingon", "two letters"),
        (GROUPS, "ar:0", "gives no number of people"),
        (GROUPS, "ar:", "gives no number of people"),
        (whole(1, 5), "6", "allowed are 1 to 5"),
        (whole(0, 5), "-1", "allowed are 0 to 5"),
        (whole(0, 5), "1.5", "without decimals"),
        (whole(0, 5), "1e999999", "is no whole number"),
        (whole(0, 5), "many", "is no number"),
        (whole(0, 5), "NaN", "is no number"),
        (whole(0, 5000), "1.234,5", "without decimals"),
        (hours(60), "61", "allowed are 0 to 60 hours"),
        (hours(2000), "1.234.567", "is no number"),
        (hours(2000), "1,234,567", "is no number"),
        (hours(2000), "1.234,567.8", "is no number"),
        (hours(2000), "1,234.567,8", "is no number"),
        (one_of_numbers(1, 2, 4, 8), "3", "allowed are 1, 2, 4, 8"),
        (DEGREES, "200", "allowed are -180 to 180 degrees"),
        (words(Vehicle), "trasnit", 'did you mean "transit"? allowed are car, transit, bike'),
        (words(Vehicle), "rocket", "allowed are car, transit, bike"),
        (YES_NO, "maybe", "write yes or no"),
    ],
)
def test_a_cell_that_cannot_be_read_says_what_would_be_right(kind: Kind, text: str, said: str) -> None:
    with pytest.raises(CellError) as wrong:
        kind.read(text)
    assert said in f"{english(wrong.value.problem)}; {english(wrong.value.remedy)}"


@pytest.mark.parametrize(("text", "remedy"), [("1.200", "read as 1200"), ("1,200", "read as 1200")])
def test_thousands_are_noted(text: str, remedy: str) -> None:
    noted = whole(0, 5000).read(text)
    assert isinstance(noted, Noted) and english(noted.remedy) == remedy


def test_the_language_codes_are_those_of_iso_639_1() -> None:
    assert {"ar", "fa", "uk", "ru", "ku", "ps", "ti", "vi", "tr", "zh"} <= LANGUAGES
    assert LANGUAGES.isdisjoint({"ua", "cz", "gr", "xx"})


@given(st.sampled_from(KINDS), st.text(min_size=1).map(str.strip).filter(bool))
def test_any_text_is_a_value_or_a_cell_error(kind: Kind, text: str) -> None:
    try:
        kind.read(text)
    except CellError as wrong:
        assert wrong.problem and wrong.remedy


FRAGMENTS = [
    "0",
    "9",
    "12",
    "2026",
    "02",
    "29",
    "30",
    ":",
    "-",
    ".",
    ",",
    "/",
    " ",
    "T",
    "Z",
    "+",
    "ar",
    "C1",
    "mon",
    "Uhr",
    "e",
    "_",
]


@given(st.sampled_from(KINDS), st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=12))
def test_anything_like_a_date_or_number_is_a_value_or_a_cell_error(kind: Kind, parts: list[str]) -> None:
    text = "".join(parts).strip()
    if text:
        test_any_text_is_a_value_or_a_cell_error.hypothesis.inner_test(kind, text)  # type: ignore[attr-defined]
