"""Reports on visits are rows of the register, entered by change sets; on both databases."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Connection, select

from data.base.dates import aware, minute_of
from data.model.history import Contact
from data.model.vocabulary import Outcome
from data.register.changes.draft import Area
from data.register.changes.enter import By, enter
from data.register.changes.errors import RowsWrong
from data.register.changes.operations import Act, Operation
from data.register.changes.undo import undo
from data.register.contacts import contacts_of, quarter_hours
from data.register.rows.load import Registers
from data.register.rows.register import Register
from data.store.register.change_sets import Source, change_sets_before, changes_of, last_change_set
from data.store.tables import schema as s
from tests.data.store.entered import PROGRAMME, RUN, entered, raised, reported

DAY = date(2026, 11, 23)
VISIT = Contact(company="bakery", date=DAY, buddy="anna", minutes=70, topic="Frau Kruse asks")
AREA = Area(RUN.problem.programme, None)


def now(c: Connection) -> Register:
    return Registers().of(c, PROGRAMME)


def entered_by_hand(c: Connection, **values: str) -> str:
    """Enter a contact as a list or the desk does, and return the id of its row."""
    told = {"company": "bakery", "date": DAY.isoformat(), "buddy": "anna"} | values
    steps = [Operation(Act.ENTER, "history", values=told)]
    return enter(c, Registers(), AREA, steps, By("u", Source.DESK)).draft.keys[0][1]


def state_of(c: Connection, request: str) -> str:
    row = now(c).row("requests", request)
    assert row
    return str(row.parsed["state"])


@pytest.mark.parametrize(("told", "kept"), [(0, 0), (1, 15), (22, 15), (23, 30), (60, 60), (70, 75)])
def test_minutes_become_quarter_hours(told: int, kept: int) -> None:
    assert quarter_hours(told) == kept


def test_a_correction_changes_the_row_and_the_journal_has_both(c: Connection) -> None:
    entered(c)
    first = reported(c, "bakery-1", VISIT)
    assert first.contact == VISIT.replace(minutes=75, topic="")
    corrected = reported(c, "bakery-1", VISIT.replace(outcome=Outcome.NO_SHOW, minutes=0))
    assert corrected == replace(first, contact=VISIT.replace(outcome=Outcome.NO_SHOW, minutes=0, topic=""))
    assert contacts_of(now(c)) == (corrected,)
    (last,) = change_sets_before(c, PROGRAMME, 1)
    changes = {each.field: (each.before, each.after) for each in changes_of(c, [last.id])[last.id]}
    assert changes == {"minutes": ("75", "0"), "outcome": ("done", "no_show")}
    reported(c, "bakery-1", VISIT.replace(outcome=Outcome.NO_SHOW, minutes=0))
    assert change_sets_before(c, PROGRAMME, 1) == [last]


def test_nothing_tells_the_time_of_day_of_a_report(c: Connection) -> None:
    entered(c)
    reported(c, "bakery-1", VISIT)
    made, rows = s.change_set.c, s.register_row.c
    asked = (
        select(made.at).where(made.source == "buddy"),
        select(rows.changed_at).where(rows.entity == "history"),
    )
    moments = [c.execute(each).scalar_one() for each in asked]
    assert moments == [aware(minute_of(each)[0], 0) for each in moments]
    kept = [each.values for each in now(c).of("history")]
    assert [dict(each) for each in kept] == [
        {
            "company": "bakery", "date": "2026-11-23", "buddy": "anna", "mode": "visit", "minutes": "75",
            "outcome": "done", "specialists_met": "0", "planned_visit": "bakery-1",
        }
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("listed", "same"),
    [
        ({}, True),
        ({"mode": "visit", "minutes": "50", "travel_min": "20"}, True),
        ({"mode": "call"}, False),
        ({"buddy": "ben"}, False),
        ({"date": "2026-11-22"}, False),
        ({"planned_visit": "bakery-0"}, False),
    ],
)
def test_a_report_takes_the_place_of_what_a_list_has_of_it(
    c: Connection, listed: dict[str, str], same: bool
) -> None:
    entered(c)
    before = entered_by_hand(c, **listed)
    report = reported(c, "bakery-1", VISIT)
    assert (report.id == before) is same
    assert len(contacts_of(now(c))) == (1 if same else 2)
    assert report.contact.travel_min == int(listed.get("travel_min", "0"))


def test_contacts_are_listed_by_day_company_and_buddy(c: Connection) -> None:
    entered(c)
    later = VISIT.replace(date=date(2026, 11, 25), buddy="ben", company="garage")
    reported(c, "b", later)
    reported(c, "a", VISIT)
    register = now(c)
    assert [one.visit for one in contacts_of(register)] == ["a", "b"]
    assert [one.visit for one in contacts_of(register, buddy="ben")] == ["b"]
    assert [one.visit for one in contacts_of(register, company="bakery")] == ["a"]
    assert [one.visit for one in contacts_of(register, last=date(2026, 11, 24))] == ["a"]


def test_a_request_is_done_with_its_visit_in_the_same_change_set(c: Connection) -> None:
    entered(c)
    raised(c, "q1", "bakery")
    raised(c, "q2", "bakery")
    reported(c, "q1", VISIT.replace(outcome=Outcome.NO_SHOW))
    assert state_of(c, "q1") == "open"
    reported(c, "q1", VISIT)
    assert (state_of(c, "q1"), state_of(c, "q2")) == ("done", "open")
    made = last_change_set(c, PROGRAMME)
    assert made and {each.entity for each in changes_of(c, [made.id])[made.id]} == {"history", "requests"}
    reported(c, "q1", VISIT.replace(outcome=Outcome.NO_SHOW))
    assert state_of(c, "q1") == "open"
    reported(c, "q2", VISIT.replace(company="garage"))
    assert state_of(c, "q2") == "open"


def test_a_report_is_taken_back_with_the_request_that_it_settled(c: Connection) -> None:
    entered(c)
    raised(c, "q1", "bakery")
    reported(c, "q1", VISIT)
    made = last_change_set(c, PROGRAMME)
    assert made
    undo(c, Registers(), AREA, made, "office")
    assert (contacts_of(now(c)), state_of(c, "q1")) == ((), "open")


def test_a_withdrawn_request_stays_so(c: Connection) -> None:
    entered(c)
    raised(c, "q1", "bakery", state="withdrawn")
    reported(c, "q1", VISIT)
    assert state_of(c, "q1") == "withdrawn"


def test_a_report_is_taken_though_its_company_is_gone_which_hinders_no_other_change(c: Connection) -> None:
    """The week was published before; the contact was made, and counts for whoever pays for it."""
    entered(c)
    kept = reported(c, "mill-1", VISIT.replace(company="mill"))
    blank = reported(c, "bakery-1", VISIT.replace(buddy="zoe"))
    assert {each.id for each in contacts_of(now(c))} == {kept.id, blank.id}
    change = Operation(Act.CHANGE, "companies", "bakery", {"employees": "12"})
    assert enter(c, Registers(), AREA, [change], By("u", Source.DESK)).change_set
    remove = Operation(Act.REMOVE, "companies", "bakery")
    with pytest.raises(RowsWrong) as refusal:
        enter(c, Registers(), AREA, [remove], By("u", Source.DESK))
    assert "history" in {each.file for each in refusal.value.findings}
    with pytest.raises(RowsWrong):
        entered_by_hand(c, company="mill")
