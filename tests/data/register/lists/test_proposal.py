"""Files as a proposal: three values a field, conflicts, complete lists, and lists that are a part."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Connection

from api.service.sources import default_sources
from data.model.identity import Identities
from data.register.changes.enter import By, enter
from data.register.changes.operations import Operation
from data.register.changes.undo import undo
from data.register.lists.file_rows import rows_of_files
from data.register.lists.proposal import Proposal, propose
from data.register.lists.take import take
from data.register.rows.load import Registers, register_of
from data.register.rows.register import Register
from data.store.register.change_sets import ChangeSet, Source
from data.store.register.imported import last_import
from data.store.work.programmes import keep_programme
from data.tables.read import read_lists
from data.tables.reader import find_source
from data.tables.writer import write_tables
from tests.data.register.office import KEY, ROWS, area, changing, entering, removing, texts

TODAY = date(2026, 12, 1)
LISTS: dict[str, list[dict[str, str]]] = {}
for entity, values in ROWS:
    LISTS.setdefault(entity, []).append(values)


DUE = {"company": "farm", "kind": "urgent", "due": "2026-12-18"}
MADE = {"company": "farm", "date": "2026-11-23", "buddy": "eva"}
OTHERS = MADE | {"buddy": "jan", "minutes": "30"}
REPORT = MADE | {"mode": "visit", "minutes": "45", "outcome": "done", "planned_visit": "farm-1"}


class Office:
    """A stored register with what its lists say of it."""

    def __init__(self, c: Connection, folder: Path) -> None:
        self.c, self.folder, self.registers, self.count = c, folder, Registers(), 0
        keep_programme(c, area().programme, Identities())

    @property
    def register(self) -> Register:
        return register_of(self.c, KEY)

    def proposal(self, lists: Mapping[str, list[dict[str, str]]], complete: bool = False) -> Proposal:
        self.count += 1
        folder = self.folder / str(self.count)
        write_tables(folder, lists)
        rows, findings = read_lists(find_source(folder), default_sources().gazetteer)
        assert rows is not None, findings
        last, register = last_import(self.c, KEY), self.registers.of(self.c, KEY)
        return propose(register, rows_of_files(rows), last, TODAY, complete)

    def take(
        self, lists: Mapping[str, list[dict[str, str]]], complete: bool = False, *chosen: str
    ) -> ChangeSet | None:
        fields = [(entity, key, column) for entity, key, column in (each.split("/") for each in chosen)]
        by = By("u", Source.IMPORT)
        return take(self.c, self.registers, area(), self.proposal(lists, complete), by, fields).change_set

    def edit(self, key: str, **values: str) -> None:
        self.enter(changing("companies", key, **values))

    def enter(self, *operations: Operation) -> None:
        enter(self.c, self.registers, area(), operations, By("u", Source.DESK))


def with_company(key: str, **values: str) -> dict[str, list[dict[str, str]]]:
    """The lists with some cells of a company changed."""
    rows = [row | values if row["id"] == key else row for row in LISTS["companies"]]
    return {**LISTS, "companies": rows}


def test_the_same_lists_again_change_nothing(c: Connection, tmp_path: Path) -> None:
    office = Office(c, tmp_path)
    assert len(office.proposal(LISTS).added) == 5 + 2 + 2 + 1  # rows, groups, care, a relation
    office.take(LISTS)
    assert office.proposal(LISTS).empty and office.proposal(LISTS, complete=True).empty


def test_what_moved_in_the_file_alone_is_changed_field_by_field(c: Connection, tmp_path: Path) -> None:
    office = Office(c, tmp_path)
    office.take(LISTS)
    (changed,) = office.proposal(with_company("mill", employees="12", name="Mühle Süd")).changed
    assert {each.column: (each.register, each.file, each.conflict) for each in changed.fields} == {
        "name": ("Mühle Ost", "Mühle Süd", False),
        "employees": ("", "12", False),
    }
    office.take(with_company("mill", employees="12", name="Mühle Süd"))
    assert office.register.rows["companies"]["mill"].values["name"] == "Mühle Süd"


def test_what_moved_in_the_register_alone_stays(c: Connection, tmp_path: Path) -> None:
    office = Office(c, tmp_path)
    office.take(LISTS)
    office.edit("mill", employees="9", name="Mühle West")
    assert office.proposal(LISTS).empty


def test_where_both_moved_the_register_stays_unless_the_file_is_chosen(c: Connection, tmp_path: Path) -> None:
    office = Office(c, tmp_path)
    office.take(with_company("mill", employees="5"))
    office.edit("mill", employees="9", name="Mühle West")
    lists = with_company("mill", employees="12", name="Mühle Süd")
    conflicts = {
        field.column: (field.imported, field.register, field.file)
        for _, field in office.proposal(lists).conflicts
    }
    assert conflicts == {"employees": ("5", "9", "12"), "name": ("Mühle Ost", "Mühle West", "Mühle Süd")}
    office.take(lists, False, "companies/mill/employees")
    row = office.register.rows["companies"]["mill"].values
    assert (row["employees"], row["name"]) == ("12", "Mühle West")


def test_a_value_that_the_file_has_too_is_imported_from_then_on(c: Connection, tmp_path: Path) -> None:
    office = Office(c, tmp_path)
    office.take(with_company("mill", employees="5"))
    office.edit("mill", employees="9")
    office.take(with_company("mill", employees="9"))
    (changed,) = office.proposal(with_company("mill", employees="12")).changed
    assert [(each.imported, each.register, each.conflict) for each in changed.fields] == [("9", "9", False)]
    office.edit("mill", sector="C11")  # another change of the row keeps what the import had
    assert not office.proposal(with_company("mill", employees="12")).conflicts


def test_an_import_that_was_taken_back_can_be_taken_again_or_another_in_its_place(
    c: Connection, tmp_path: Path
) -> None:
    office = Office(c, tmp_path)
    office.take(with_company("mill", employees="5"))
    made = office.take(with_company("mill", employees="50", name="Mühle Süd"))
    assert made
    undone = undo(c, office.registers, area(), made, "u").change_set
    assert undone
    for lists in (
        with_company("mill", employees="50", name="Mühle Süd"),
        with_company("mill", employees="15"),
    ):
        proposal = office.proposal(lists)
        assert proposal.changed and not proposal.conflicts
    undo(c, office.registers, area(), undone, "u")  # done again, it is what the last import had
    assert not office.proposal(with_company("mill", employees="15", name="Mühle Süd")).conflicts


def test_a_row_that_a_complete_list_ended_comes_back_as_imported(c: Connection, tmp_path: Path) -> None:
    office = Office(c, tmp_path)
    office.take(LISTS)
    fewer = {**LISTS, "bans": [{"buddy": "jan", "company": "mill"}]}
    office.take(fewer)
    made = office.take({**LISTS, "bans": []}, complete=True)
    assert made
    undo(c, office.registers, area(), made, "u")
    assert office.proposal(fewer).empty


def test_a_column_that_a_list_does_not_have_is_not_touched(c: Connection, tmp_path: Path) -> None:
    office = Office(c, tmp_path)
    office.take(LISTS)
    office.take({"companies": [{"id": "mill", "employees": "30"}]} | {})
    row = office.register.rows["companies"]["mill"].values
    assert (row["employees"], row["name"], row["sector"]) == ("30", "Mühle Ost", "C10")


def test_a_list_ends_what_it_lacks_only_if_it_is_complete(c: Connection, tmp_path: Path) -> None:
    office = Office(c, tmp_path)
    office.take(LISTS)
    fewer = {**LISTS, "companies": LISTS["companies"][:1], "buddies": LISTS["buddies"][:1]}
    assert office.proposal(fewer).empty
    ended = {
        (each.entity, each.id): dict(each.values) for each in office.proposal(fewer, complete=True).ended
    }
    assert ended == {
        ("companies", "farm"): {"state": "ended", "ended_on": "2026-11-30"},
        ("buddies", "jan"): {"employed_to": "2026-11-30"},
    }
    office.take(fewer, complete=True)
    assert office.register.rows["companies"]["farm"].values["state"] == "ended"
    assert office.proposal(fewer, complete=True).empty


def test_a_table_that_is_missing_ends_nothing(c: Connection, tmp_path: Path) -> None:
    office = Office(c, tmp_path)
    office.take(LISTS)
    assert office.proposal({"hosts": LISTS["hosts"]}, complete=True).empty


def test_another_buddy_in_the_list_ends_the_relation_before(c: Connection, tmp_path: Path) -> None:
    office = Office(c, tmp_path)
    office.take(LISTS)
    office.take(with_company("farm", buddy="jan", buddy_since=""))
    assert texts(office.register, "relations") == {
        "farm~1": {
            "company": "farm",
            "buddy": "eva",
            "role": "main",
            "from": "2026-05-04",
            "to": "2026-11-30",
        },
        "farm~2": {"company": "farm", "buddy": "jan", "role": "main", "from": "2026-12-01"},
    }


def test_a_count_that_changed_is_the_same_group(c: Connection, tmp_path: Path) -> None:
    office = Office(c, tmp_path)
    office.take(LISTS)
    office.take(with_company("mill", specialists="ar:5 uk/ru:1"))
    counts = {key: row["count"] for key, row in texts(office.register, "specialists").items()}
    assert counts == {"mill~1": "5", "mill~2": "1"}


def test_care_that_was_taken_away_does_not_come_back_by_itself(c: Connection, tmp_path: Path) -> None:
    office = Office(c, tmp_path)
    office.take(LISTS)
    enter(c, office.registers, area(), [removing("care", "mill~1")], By("u", Source.DESK))
    assert office.proposal(LISTS).empty


def test_a_list_may_name_what_is_in_the_register_alone(c: Connection, tmp_path: Path) -> None:
    office = Office(c, tmp_path)
    office.take(LISTS)
    more = {"companies": [{"id": "shop", "town": "Halle (Saale)", "buddy": "jan"}]}
    office.take(more)
    assert texts(office.register, "relations")["shop~1"]["buddy"] == "jan"


def test_somebody_entered_by_hand_is_told_as_conflict_not_overwritten(c: Connection, tmp_path: Path) -> None:
    office = Office(c, tmp_path)
    office.take(LISTS)
    shop = {"id": "shop", "name": "Laden", "town": "Halle (Saale)", "employees": "3"}
    enter(c, office.registers, area(), [entering("companies", **shop)], By("u", Source.DESK))
    listed = {"companies": [{**shop, "employees": "4"}]}
    ((_, field),) = office.proposal(listed).conflicts
    assert (field.column, field.imported, field.register, field.file) == ("employees", None, "3", "4")


def test_what_was_raised_and_reported_in_the_service_is_not_ended_by_lists_that_never_had_it(
    c: Connection, tmp_path: Path
) -> None:
    office = Office(c, tmp_path)
    lists = LISTS | {"requests": [DUE | {"id": "r1"}, DUE | {"id": "r2"}]}
    office.take(lists)
    office.enter(entering("requests", **DUE | {"id": "raised"}), entering("history", **REPORT))
    for complete in (False, True):
        office.take(lists | {"requests": [DUE | {"id": "r1"}], "history": [OTHERS]}, complete)
    states = {row.id: row.values.get("state", "open") for row in office.register.of("requests")}
    assert states == {"r1": "open", "r2": "withdrawn", "raised": "open"}
    assert [row.values.get("planned_visit") for row in office.register.of("history")] == ["farm-1", None]


@pytest.mark.parametrize(
    "told", [{}, {"minutes": "60"}, {"mode": "visit"}, {"outcome": "done"}, {"buddy": ""}, {"buddy": "jan"}]
)
def test_a_list_does_not_double_a_contact_that_was_reported(
    c: Connection, tmp_path: Path, told: dict[str, str]
) -> None:
    office = Office(c, tmp_path)
    office.take(LISTS)
    office.enter(entering("history", **REPORT))
    for _ in range(2):
        office.take(LISTS | {"history": [MADE | told]})
        (row,) = office.register.of("history")
        assert row.values == REPORT
    other = REPORT | {"planned_visit": "farm-2", "minutes": "15"}
    office.enter(entering("history", **other))
    before = texts(office.register, "history")
    office.take(LISTS | {"history": [other, REPORT]})
    assert texts(office.register, "history") == before
