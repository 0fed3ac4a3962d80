"""Reading and writing a programme: small sheets, every table, and no personal data."""

from datetime import date
from pathlib import Path

import pytest

from api.service.sources import default_sources
from api.words.findings import finding_sentence
from data.model.calendar import Calendar
from data.model.findings import Severity
from data.model.problem import Care, Request, SpecialistGroup
from data.model.programme import Host
from data.model.relation import Relation
from data.model.vocabulary import CareMode, LanguageLevel, Outcome, RelationRole, Vehicle
from data.tables.columns import COLUMNS
from data.tables.read import programme_in, read_programme
from data.tables.writer import write_tables, write_xlsx_tables
from tests.data.tables.sheets import read, read_csv, told, two_sheets, write_book, write_csv

ERROR, WARNING, REPAIRED = Severity.ERROR, Severity.WARNING, Severity.REPAIRED

EVERYTHING: dict[str, list[dict[str, str]]] = {
    "hosts": [
        {"id": "chamber", "name": "Kammer Halle", "kind": "chamber", "seat": "Halle", "cross_host": "no"}
    ],
    "buddies": [
        {"id": "anna", "name": "Anna A.", "host": "chamber", "postcode": "06108", "languages": "ar:C1 en:B2"},
        {
            "id": "ben",
            "postcode": "39104",
            "hours_per_week": "30",
            "mon": "08:00-14:00",
            "vehicle": "car",
        },
    ],
    "companies": [
        {"id": "mill", "name": "Mühle", "postcode": "06110", "sector": "C10", "contact_phone": "0345 1"},
        {"id": "yard", "postcode": "39104", "specialists": "ar:3 uk/en:1", "visits_per_4_weeks": "8"}
        | {"visit_min": "45", "buddy": "ben", "buddy_since": "2026-03-02", "fri": "09:00-12:00"},
    ],
    "specialists": [{"company": "mill", "languages": "ar", "count": "2", "arrived": "2026-11-02"}],
    "care": [{"company": "mill", "mode": "call", "every_weeks": "6", "times": "2", "minutes": "30"}],
    "relations": [{"company": "mill", "buddy": "anna", "role": "cover", "from": "2026-11-01"}],
    "requests": [{"id": "r1", "company": "mill", "kind": "urgent", "due": "2026-12-01"}],
    "appointments": [
        {"id": "a1", "start": "2026-11-24 10:00", "place": "office", "buddies": "ben anna"},
        {"id": "a2", "start": "2026-11-25 09:00", "minutes": "30", "company": "mill"},
    ],
    "places": [{"id": "office", "name": "Amt", "kind": "authority", "address": "Marktplatz 1, 06108 Halle"}],
    "availability": [{"who": "anna", "from": "2026-11-23", "to": "2026-11-27", "weekdays": "mon-wed"}],
    "pins": [{"buddy": "anna", "company": "mill", "reason": "asked for"}],
    "bans": [{"buddy": "ben", "company": "mill"}],
    "history": [
        {"company": "mill", "date": "2026-10-01", "buddy": "anna", "minutes": "60", "outcome": "no_show"}
    ],
}


def test_two_small_sheets_are_a_programme(tmp_path: Path) -> None:
    sheets = {
        "buddies": [{"id": "b", "postcode": "06108"}],
        "companies": [{"id": "c", "town": "Naumburg (Saale)"}],
    }
    found = read(write_csv(tmp_path, sheets))
    assert found.findings == () and found.problem is not None
    buddy, company = found.problem.buddies[0], found.problem.companies[0]
    assert buddy.shifts == (((480, 990),),) * 5 + ((), ())  # 08:00-16:30
    assert company.opening == (((480, 960),),) * 5 + ((), ())  # 08:00-16:00
    assert company.district == "15084"
    assert found.problem.care == (Care(company="c"),)
    assert buddy.districts == tuple(district.ags for district in found.problem.programme.districts)
    assert len(buddy.districts) == 14
    assert (found.problem.programme.state, found.problem.horizon.first_week) == ("ST", "2026-W48")


def test_defaults_in_tables_are_those_of_the_entities(tmp_path: Path) -> None:
    found = read_csv(tmp_path).problem
    assert found is not None
    buddy, company = found.buddies[0], found.companies[0]
    differing = [
        name
        for entity in (buddy, company)
        for name, field in type(entity).model_fields.items()
        if not field.is_required() and getattr(entity, name) != field.default
    ]
    assert differing == ["districts", "languages", "district"]  # from the file, or from the place


@pytest.mark.parametrize(
    ("table", "entity"), [("care", Care), ("requests", Request), ("specialists", SpecialistGroup)]
)
def test_defaults_of_further_tables_are_those_of_their_entities(table: str, entity: type) -> None:
    for column in COLUMNS[table]:
        if column.default:
            assert column.fallback() == entity.model_fields[column.name].default, column.name  # type: ignore[attr-defined]


def test_every_table_arrives(tmp_path: Path) -> None:
    write_tables(tmp_path, EVERYTHING)
    found = read(tmp_path)
    problem = found.problem
    assert [finding_sentence(finding, "en") for finding in found.findings] == []
    assert problem is not None
    assert problem.hosts == (Host(id="chamber", kind="chamber", cross_host=False),)
    assert problem.buddy["anna"].host == "chamber"
    assert [s.level for s in problem.buddy["anna"].languages] == [LanguageLevel.C1, LanguageLevel.B2]
    assert problem.buddy["ben"].week_work_min == 1800  # 30 h * 60
    assert problem.buddy["ben"].shifts == (((480, 840),), *((),) * 6)  # one day given: the others are free
    assert problem.buddy["ben"].vehicle is Vehicle.CAR
    assert problem.company["yard"].opening[4] == ((540, 720),)
    assert problem.specialists == (
        SpecialistGroup(company="mill", languages=("ar",), count=2, arrived=date(2026, 11, 2)),
        SpecialistGroup(company="yard", languages=("ar",), count=3),
        SpecialistGroup(company="yard", languages=("uk", "en"), count=1),
    )
    assert problem.care == (
        Care(company="mill", mode=CareMode.CALL, every_weeks=6, times=2, minutes=30),
        Care(company="yard", every_weeks=1, times=2, minutes=45),  # 8 in four weeks: 2 every week
    )
    assert problem.relations == (
        Relation(company="mill", buddy="anna", role=RelationRole.COVER, since=date(2026, 11, 1)),
        Relation(company="yard", buddy="ben", since=date(2026, 3, 2)),
    )
    assert problem.requests[0].raised == date(2026, 11, 23)  # the first planned day, as none is given
    first, second = problem.appointments
    assert (first.place, first.buddies, first.minutes) == ("office", ("anna", "ben"), 60)
    assert (second.place, second.company, second.minutes) == ("mill", "mill", 30)
    assert problem.place["office"].point == default_sources().gazetteer.find("06108", "Halle")[0].point
    assert [rule.weekdays for rule in problem.availability] == [(0, 1, 2)]
    assert problem.pins[0].reason == "asked for" and problem.bans[0].buddy == "ben"
    assert problem.history[0].outcome is Outcome.NO_SHOW
    assert Calendar(problem).shift("anna", date(2026, 11, 23)) is None


def test_names_and_contacts_stay_out_of_the_problem(tmp_path: Path) -> None:
    write_tables(tmp_path, EVERYTHING)
    found = read(tmp_path)
    assert found.problem is not None
    text = found.problem.model_dump_json()
    assert [
        word for word in ("Anna A.", "Mühle", "0345", "Kammer", "Marktplatz", "06108") if word in text
    ] == []
    assert found.identities.name("anna") == "Anna A."
    assert found.identities.of("mill").contact_phone == "0345 1"
    assert found.identities.of("chamber").town == "Halle"
    assert found.identities.of("office").street == "Marktplatz 1, 06108 Halle"


def test_a_workbook_and_its_csv_files_are_the_same_programme(tmp_path: Path) -> None:
    write_tables(tmp_path / "csv", EVERYTHING)
    (tmp_path / "book").mkdir()
    write_xlsx_tables(tmp_path / "book" / "programme.xlsx", EVERYTHING)
    read_from = [read(tmp_path / "csv"), read(tmp_path / "book"), read(tmp_path / "book" / "programme.xlsx")]
    assert len({reading.problem.hash for reading in read_from if reading.problem}) == 1
    assert len({reading.identities.model_dump_json() for reading in read_from}) == 1


def test_the_order_of_rows_changes_nothing_but_the_order_of_rules(tmp_path: Path) -> None:
    turned = {table: rows[::-1] for table, rows in EVERYTHING.items()}
    write_tables(tmp_path / "one", EVERYTHING)
    write_tables(tmp_path / "other", turned)
    assert read(tmp_path / "one").problem == read(tmp_path / "other").problem


def test_the_policy_beside_the_tables_is_read(tmp_path: Path) -> None:
    write_csv(tmp_path, two_sheets())
    (tmp_path / "policy.toml").write_text('promise_min = 45\n[programme]\nid = "harz"\nstate = "NI"\n')
    problem = read(tmp_path).problem
    assert problem is not None
    assert (problem.policy.promise_min, problem.programme.id, problem.programme.state) == (45, "harz", "NI")


def test_a_note_beside_the_tables_says_that_its_people_are_invented(tmp_path: Path) -> None:
    write_csv(tmp_path, two_sheets())
    assert not read(tmp_path).identities.invented
    (tmp_path / "INVENTED.md").write_text("All of it.")
    assert read(tmp_path).identities.invented


def test_a_policy_that_is_wrong_stops_the_reading(tmp_path: Path) -> None:
    write_csv(tmp_path, two_sheets())
    (tmp_path / "policy.toml").write_text("promise_mn = 45\n")
    assert told(read(tmp_path)) == [(ERROR, "policy.toml", 1, "promise_mn")]


@pytest.mark.parametrize(
    ("policy", "told"),
    [
        ('[programme]\nid = "harz"\n', "harz"),
        ("promise_min = 30\n", "programme"),
        ("[programme\n", "programme"),
        (None, "programme"),
    ],
)
def test_the_programme_of_files_is_known_before_they_are_read(
    tmp_path: Path, policy: str | None, told: str
) -> None:
    write_csv(tmp_path, two_sheets())
    book = write_book(tmp_path / "book.xlsx", two_sheets())
    if policy is not None:
        (tmp_path / "policy.toml").write_text(policy)
    assert programme_in(tmp_path) == programme_in(book) == told


def test_a_week_that_does_not_exist_is_the_caller_s_mistake(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="2025-W53"):
        read_programme(tmp_path, default_sources().gazetteer, "2025-W53")
