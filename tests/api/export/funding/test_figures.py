"""The figures of a host's spring, each with its sum shown, and each consistent with its rows."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.export.funding.figures import FundingFigures, FundingReport, funding_report
from data.base.errors import BuddyplanError
from data.model.vocabulary import Outcome
from tests.api.export.funding.contacts import CONTACTS, FIRST, LAST, contact, spring, two_hosts
from tests.drawn import drawn


def figures(of: FundingReport, district: str = "", month: str = "") -> FundingFigures:
    (held,) = (each for each in of.figures if (each.district, each.month) == (district, month))
    return held


def test_the_whole() -> None:
    whole = spring().whole
    assert (whole.companies, whole.contacts) == (2, 4)  # garage three times, foundry once
    assert whole.specialists == 7  # 2 + 2 + 1 + 2; the nursery's nobody
    assert whole.care_min == 235  # 60 + 10 + 15 + 90 + 60; the no-show counts, the cancelled does not
    assert whole.travel_min == 80  # 20 + 20 + 0 + 20 + 20
    assert whole.distance_m == 60_000  # 4 × 15 km
    assert whole.rows == (1, 2, 3, 4, 6)


def test_by_month_and_district() -> None:
    of = spring()
    march = figures(of, month="2026-03")
    assert (march.companies, march.contacts, march.care_min, march.rows) == (1, 2, 85, (1, 2, 3))
    stendal = figures(of, "15090")
    assert (stendal.companies, stendal.contacts, stendal.rows) == (1, 1, (4,))
    assert figures(of, "15002", "2026-04").rows == (6,)
    assert [(each.district, each.month) for each in of.figures] == [
        ("", ""), ("", "2026-03"), ("", "2026-04"), ("15002", ""), ("15090", ""),
        ("15002", "2026-03"), ("15002", "2026-04"), ("15090", "2026-04"),
    ]  # fmt: skip


def test_a_visit_without_anybody_met_alone_is_time_and_no_contact() -> None:
    alone = spring((contact("nursery", FIRST, outcome=Outcome.NO_SHOW, minutes=10),)).whole
    assert (alone.companies, alone.contacts, alone.specialists) == (0, 0, 0)
    assert (alone.care_min, alone.travel_min, alone.distance_m, alone.rows) == (10, 20, 15_000, (1,))


def test_what_was_called_off_is_listed_and_counts_nothing() -> None:
    (row,) = (row for row in spring().rows if row.contact.outcome is Outcome.CANCELLED_COMPANY)
    assert (row.number, row.is_contact, row.counts_time) == (5, False, False)
    assert not any(row.number in each.rows for each in spring().figures)


def test_both_days_are_included() -> None:
    days = [row.contact.date for row in spring(first=date(2026, 3, 2), last=date(2026, 4, 30)).rows]
    assert (days[0], days[-1]) == (date(2026, 3, 2), date(2026, 4, 30))


def test_the_buddy_s_host_counts_and_else_the_company_s() -> None:
    """Anna of the union was at the chamber's garage; the last contact names nobody, so the garage decides."""
    of = two_hosts().problem
    assert [row.contact.buddy for row in funding_report(of, CONTACTS, "union", FIRST, LAST).rows] == ["anna"]
    assert spring().rows[-1].contact.buddy == ""


def test_a_company_that_is_gone_has_no_district() -> None:
    gone = funding_report(two_hosts().problem, (contact("mill", FIRST),), "chamber", FIRST, LAST)
    assert [row.district for row in gone.rows] == ["-"]


def test_a_time_without_contacts_has_figures_of_nothing() -> None:
    empty = spring(())
    assert (empty.rows, len(empty.figures), empty.whole.contacts) == ((), 1, 0)


@pytest.mark.parametrize(("host", "last"), [("guild", LAST), ("chamber", date(2026, 2, 1))])
def test_a_host_that_is_not_there_and_days_the_wrong_way_round(host: str, last: date) -> None:
    with pytest.raises(BuddyplanError):
        funding_report(two_hosts().problem, CONTACTS, host, FIRST, last)


@drawn(40)
@given(st.permutations(CONTACTS), st.integers(0, len(CONTACTS)))
def test_every_figure_is_the_sum_of_its_rows_in_whatever_order_they_come(
    contacts: list[object], kept: int
) -> None:
    some = tuple(contacts[:kept])
    of = spring(some)  # type: ignore[arg-type]
    assert of == spring(tuple(reversed(some)))  # type: ignore[arg-type]
    by_number = {row.number: row for row in of.rows}
    for each in of.figures:
        held = [by_number[number] for number in each.rows]
        assert each.care_min == sum(row.contact.minutes for row in held)
        assert each.contacts == sum(row.is_contact for row in held)
        assert {row.district for row in held} <= {each.district} or not each.district
    for month in {each.month for each in of.figures if each.month}:
        parts = [each for each in of.figures if each.district and each.month == month]
        assert sorted(n for each in parts for n in each.rows) == list(figures(of, month=month).rows)
