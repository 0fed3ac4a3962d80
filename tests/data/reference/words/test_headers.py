"""Every table and column has names in German and English, and each name means it and nothing else."""

import pytest

from data.reference.words.folding import folded
from data.reference.words.headers import (
    COMPOSED,
    LANGUAGES,
    SHARED,
    TABLES,
    Headers,
    names_of_column,
    names_of_table,
    table_meant,
    words_in,
)
from data.tables.columns import COLUMNS
from data.tables.lists.naming import COMPOSED as COMPOSED_OF
from data.tables.lists.naming import headers_in

EVERY_COLUMN = [(table, column.name) for table, columns in COLUMNS.items() for column in columns]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("table", "column"), EVERY_COLUMN)
def test_every_column_has_names_that_mean_it(table: str, column: str, language: str) -> None:
    names = names_of_column(table, column, language)
    assert names
    assert {name: headers_in(table).meant(name) for name in names} == dict.fromkeys(names, column)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("table", COLUMNS)
def test_no_name_in_a_table_means_two_columns(table: str, language: str) -> None:
    own = words_in(language, "headers").get(table, {})
    folds = [(folded(name), column) for column, names in own.items() for name in names]
    assert sorted(folds) == sorted(dict(folds).items())


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_names_of_what_exists_alone(language: str) -> None:
    found = words_in(language, "headers")
    assert found.keys() - {TABLES, SHARED, COMPOSED} <= COLUMNS.keys() == found[TABLES].keys()
    for table, columns in COLUMNS.items():
        assert found.get(table, {}).keys() <= {column.name for column in columns}
    assert found[SHARED].keys() <= {column for _, column in EVERY_COLUMN}
    assert found[COMPOSED].keys() == {each for composed in COMPOSED_OF.values() for each in composed}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("table", COLUMNS)
def test_every_table_has_names_that_mean_it(table: str, language: str) -> None:
    names = names_of_table(table, language)
    assert names and {table_meant(name) for name in names} == {table}


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("buddys", "buddies"),
        ("JOB-BUDDYS", "buddies"),
        ("Job Buddys", "buddies"),
        ("Betriebe", "companies"),
        ("Beschäftigte", "specialists"),
        ("Beschaeftigte", "specialists"),
        ("Beschaftigte", "specialists"),
        ("Träger", "hosts"),
        ("Zuordnungen", "relations"),
        ("Termine", "appointments"),
        ("Anliegen", "requests"),
        ("Abwesenheiten", "availability"),
        ("Tabelle1", ""),
        ("Betriebe 2026", ""),
    ],
)
def test_a_name_means_a_table(name: str, table: str) -> None:
    assert table_meant(name) == table


@pytest.mark.parametrize(
    "name",
    ["Betriebe 2026", "Betriebe_Stand_2026-03", "Betriebe (neu)", "Liste Betriebe", "2026 Betriebe v2"],
)
def test_a_year_or_a_version_beside_it_does_not_matter(name: str) -> None:
    assert table_meant(name, loosely=True) == "companies"


@pytest.mark.parametrize(
    ("table", "header", "column"),
    [
        ("companies", "PLZ", "postcode"),
        ("companies", "plz.", "postcode"),
        ("companies", " P L Z ", "postcode"),
        ("companies", "Straße", "street"),
        ("companies", "Strasse", "street"),
        ("companies", "STRASSE", "street"),
        ("companies", "Priorität (1-5)", "priority"),
        ("companies", "Prioritat", "priority"),
        ("companies", "Prioritaet", "priority"),
        ("companies", "Ansprech-\npartner", "contact_name"),
        ("companies", "Ansprechpartner:in", "contact_name"),
        ("companies", "E-Mail", "contact_email"),
        ("companies", "eMail*", "contact_email"),
        ("companies", "Besuche/4 Wo.", "visits_per_4_weeks"),
        ("companies", "Dauer [min]", "visit_min"),
        ("companies", "Dauer in Minuten", "visit_min"),
        ("companies", "Dauer, Min.", "visit_min"),
        ("companies", "Dauer (Std.)", ""),
        ("buddies", "max. Betriebe", "max_companies"),
        ("buddies", "Wochenstunden (h)", "hours_per_week"),
        ("buddies", "Wochenstunden in Std.", "hours_per_week"),
        ("buddies", "Wochenstunden (min)", ""),
        ("history", "Strecke (km)", ""),
        ("history", "Fahrzeit (h)", ""),
        ("history", "Fahrzeit [Min.]", "travel_min"),
        ("companies", "Bemerkung", ""),
        ("companies", "", ""),
    ],
)
def test_a_header_means_a_column_however_it_is_spelt(table: str, header: str, column: str) -> None:
    assert headers_in(table).meant(header) == column


@pytest.mark.parametrize(
    ("header", "meant"),
    [
        ("Betrieb", {"companies": "name", "requests": "company", "availability": "who"}),
        (
            "Buddy",
            {"buddies": "name", "companies": "buddy", "availability": "who", "appointments": "buddies"},
        ),
        ("Ort", {"companies": "town", "appointments": "place", "hosts": "seat"}),
        ("Beschäftigte", {"companies": "employees"}),
        ("Art", {"care": "mode", "requests": "kind", "relations": "role"}),
        ("seit", {"companies": "buddy_since", "buddies": "employed_from", "relations": "from"}),
    ],
)
def test_what_could_mean_several_columns_is_decided_by_the_table(header: str, meant: dict[str, str]) -> None:
    assert {table: headers_in(table).meant(header) for table in meant} == meant


def test_our_own_name_goes_before_any_other() -> None:
    assert Headers("companies", ("town", "seat")).meant("seat") == "seat"
