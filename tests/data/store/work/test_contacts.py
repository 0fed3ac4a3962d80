"""Buddies' reports on visits, on both databases."""

from datetime import date

import pytest
from sqlalchemy import Connection

from data.model.history import Contact
from data.model.vocabulary import Outcome
from data.store.work.contacts import contacts_of, keep_contact, quarter_hours
from tests.data.store.entered import PROGRAMME, entered

VISIT = Contact(company="bakery", date=date(2026, 11, 23), buddy="anna", minutes=70, topic="Frau Kruse asks")


@pytest.mark.parametrize(("told", "kept"), [(0, 0), (1, 15), (22, 15), (23, 30), (60, 60), (70, 75)])
def test_minutes_become_quarter_hours(told: int, kept: int) -> None:
    assert quarter_hours(told) == kept


def test_a_correction_replaces_a_report_and_no_topic_is_kept(c: Connection) -> None:
    entered(c)
    keep_contact(c, PROGRAMME, "bakery-1", VISIT)
    corrected = keep_contact(c, PROGRAMME, "bakery-1", VISIT.replace(outcome=Outcome.NO_SHOW, minutes=10))
    assert contacts_of(c, PROGRAMME) == (corrected,)
    assert corrected.contact == VISIT.replace(outcome=Outcome.NO_SHOW, minutes=15, topic="")


def test_contacts_are_listed_by_day_and_buddy(c: Connection) -> None:
    entered(c)
    later = VISIT.replace(date=date(2026, 11, 25), buddy="ben")
    keep_contact(c, PROGRAMME, "b", later)
    keep_contact(c, PROGRAMME, "a", VISIT)
    assert [one.visit for one in contacts_of(c, PROGRAMME)] == ["a", "b"]
    assert [one.visit for one in contacts_of(c, PROGRAMME, buddy="ben")] == ["b"]
    assert [one.visit for one in contacts_of(c, PROGRAMME, last=date(2026, 11, 24))] == ["a"]
