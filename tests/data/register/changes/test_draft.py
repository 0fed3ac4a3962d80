"""What a change set makes of a register, and what is refused with every error told at once."""

from collections.abc import Callable

import pytest

from data.model.findings import EntryFinding, Severity
from data.register.changes.errors import RowsChanged, RowsWrong
from data.register.changes.operations import Operation
from data.register.rows.register import Register
from data.store.database.record import NotThere
from tests.data.register.office import HALLE, changing, drafted, entering, office, removing, texts


def test_shorthand_of_a_new_company_becomes_rows_of_its_own() -> None:
    register = office()
    assert texts(register, "specialists") == {
        "mill~1": {"company": "mill", "languages": "ar", "count": "3"},
        "mill~2": {"company": "mill", "languages": "uk/ru", "count": "1"},
    }
    assert texts(register, "relations") == {
        "farm~1": {"company": "farm", "buddy": "eva", "role": "main", "from": "2026-05-04"}
    }
    assert {
        row["company"]: (row["every_weeks"], row["times"]) for row in texts(register, "care").values()
    } == {
        "mill": ("4", "1"),
        "farm": ("4", "1"),
    }
    assert "specialists" not in register.rows["companies"]["mill"].values


def test_values_are_kept_in_one_notation() -> None:
    given = {
        "employed_from": "1.3.2026",
        "hours_per_week": "38,5",
        "languages": "EN:b2 ar : C1",
        "mon": "8-16 Uhr",
    }
    row = drafted(office(), changing("buddies", "eva", **given)).register.row("buddies", "eva")
    assert row is not None
    assert {name: row.values[name] for name in given} == {
        "employed_from": "2026-03-01",
        "hours_per_week": "38.5",
        "languages": "ar:C1 en:B2",
        "mon": "08:00-16:00",
    }


def test_a_place_is_found_by_its_address_and_stays_until_that_changes() -> None:
    before = office()
    row = before.rows["companies"]["mill"]
    assert row.where is not None and row.where.district == "15002"
    renamed = drafted(before, changing("companies", "mill", name="Mühle West")).register
    assert renamed.rows["companies"]["mill"].where == row.where
    moved = drafted(before, changing("companies", "mill", postcode="39104", town="Magdeburg")).register
    where = moved.rows["companies"]["mill"].where
    assert where is not None and where.district == "15003"


def test_ids_are_made_where_none_is_given() -> None:
    new = [entering("companies", name=name, **HALLE) for name in ("Eins", "Zwei")]
    made = drafted(office(), *new, entering("care", company="mill", mode="call"))
    assert made.keys == (("companies", "c0001"), ("companies", "c0002"), ("care", "mill~2"))
    again = drafted(made.register, removing("care", "mill~1"), entering("care", company="mill", mode="video"))
    assert again.keys[1] == ("care", "mill~3")


def test_rows_that_did_not_change_are_the_same_and_keep_their_version() -> None:
    before = office()
    after = drafted(
        before, changing("companies", "mill", employees="7"), changing("companies", "farm", name="Gemüsebau")
    )
    assert [row.id for row in after.changed] == ["mill"]
    assert after.register.rows["companies"]["farm"] is before.rows["companies"]["farm"]
    assert (before.number, after.register.rows["companies"]["mill"].version) == (1, 2)
    assert drafted(before, changing("companies", "mill", name="Mühle Ost")).empty


def test_an_empty_value_clears_its_column() -> None:
    after = drafted(office(), changing("companies", "mill", sector="")).register
    assert "sector" not in after.rows["companies"]["mill"].values


Steps = Callable[[], list[Operation]]
WRONG: dict[str, tuple[list[Operation], set[tuple[str, str, str, str]]]] = {
    "every cell that cannot be read": (
        [
            changing("companies", "mill", employees="many", sector="ZZ"),
            changing("buddies", "eva", languages="ar"),
        ],
        {
            ("companies", "mill", "employees", "no_number"),
            ("companies", "mill", "sector", "no_sector"),
            ("buddies", "eva", "languages", "no_level"),
        },
    ),
    "a column that there is not": (
        [changing("companies", "mill", colour="red")],
        {("companies", "mill", "colour", "no_such_column")},
    ),
    "an id that another row has": (
        [entering("companies", id="MILL", **HALLE), entering("places", id="eva", address="06108 Halle")],
        {("companies", "MILL", "id", "id_differs_in_case"), ("places", "eva", "id", "same_id")},
    ),
    "the same id again": ([entering("hosts", id="ihk")], {("hosts", "ihk", "id", "id_taken")}),
    "another id for a row": (
        [changing("companies", "mill", id="mühle")],
        {("companies", "mill", "id", "id_stays")},
    ),
    "a name for a row that is not there": (
        [entering("relations", company="mill", buddy="evi"), changing("buddies", "jan", host="hwk")],
        {("relations", "mill~1", "buddy", "not_in_table"), ("buddies", "jan", "host", "not_in_table")},
    ),
    "a second main buddy": (
        [entering("relations", company="farm", buddy="jan", **{"from": "2026-06-01"})],
        {("relations", "farm~2", "buddy", "second_main_buddy")},
    ),
    "a pin and a ban of a pair": (
        [entering("pins", company="mill", buddy="eva"), entering("bans", company="mill", buddy="eva")],
        {("pins", "mill~1", "company", "pinned_and_banned_by")},
    ),
    "a row that others name": (
        [removing("buddies", "eva")],
        {("relations", "farm~1", "buddy", "names_removed")},
    ),
    "a span that ends before it begins": (
        [changing("buddies", "eva", employed_from="2026-05-01", employed_to="2026-04-01")],
        {("buddies", "eva", "employed_to", "before_other")},
    ),
    "a town that nobody knows": (
        [changing("companies", "mill", postcode="", town="Nirgendheim")],
        {("companies", "mill", "town", "not_in_gazetteer")},
    ),
    "a policy that cannot be": (
        [changing("policy", "policy", min_cell="5000", **{"drift_days.weekly": "early"})],
        {
            ("policy", "policy", "drift_days.weekly", "not_possible"),
            ("policy", "policy", "min_cell", "out_of_range"),
        },
    ),
}


@pytest.mark.parametrize("case", WRONG, ids=list(WRONG))
def test_all_errors_are_told_by_entity_id_and_column(case: str) -> None:
    operations, expected = WRONG[case]
    with pytest.raises(RowsWrong) as refused:
        drafted(office(), *operations)
    found = {
        (each.file, each.id, each.column, each.problem.code)
        for each in refused.value.findings
        if isinstance(each, EntryFinding)
    }
    assert found == expected
    assert {each.severity for each in refused.value.findings} == {Severity.ERROR}


def test_a_row_that_is_not_there_cannot_be_changed() -> None:
    for operation in (changing("companies", "none", name="x"), removing("companies", "none")):
        with pytest.raises(NotThere):
            drafted(office(), operation)


def test_a_version_that_is_over_shows_both_values() -> None:
    after = drafted(office(), changing("companies", "mill", employees="7")).register
    with pytest.raises(RowsChanged) as refused:
        drafted(after, changing("companies", "mill", version=1, employees="8"))
    (clash,) = refused.value.clashes
    assert (clash.version, clash.now["employees"], clash.sent["employees"]) == (2, "7", "8")
    assert not drafted(after, changing("companies", "mill", version=2, employees="8")).empty


def test_warnings_are_told_of_the_rows_that_changed_alone() -> None:
    unspoken = drafted(office(), entering("specialists", company="mill", languages="vi"))
    assert [(each.file, each.problem.code) for each in unspoken.findings] == [("specialists", "unspoken")]
    assert drafted(unspoken.register, changing("companies", "mill", employees="3")).findings == ()


def test_rows_and_those_that_name_them_go_together() -> None:
    before: Register = office()
    steps = [removing(row.entity, row.id) for row in before.about({"farm"})]
    after = drafted(before, *steps, removing("companies", "farm"))
    assert ("companies", "farm") in after.removed and "farm" not in after.register.rows["companies"]
