"""Care with first and last day, and companies that pause or end: what is due then."""

from datetime import date
from typing import Any

import pytest

from data.model.history import Contact
from data.model.problem import Care, Horizon, Problem, SpecialistGroup
from data.model.vocabulary import CompanyState
from matching.eligibility.needs import active_companies, care_min
from scheduling.cadence.choose import Cadence
from scheduling.judge.cadence import check_cadence
from tests.builders import WEEK, assigned, buddy, company, problem, times

MONDAY = date(2026, 11, 23)
"""Of the first of four weeks."""
SEEN = Contact(company="c1", date=date(2026, 11, 16))
WEEKLY = Care(company="c1", every_weeks=1)


def days(of: Problem) -> list[str]:
    """The days of the contacts with the only company, checked by the judge."""
    cadence = Cadence(of, assigned(of, anna="c1"), times(of))
    plan = cadence.plan("anna")
    assert check_cadence(cadence, "anna", plan) == []
    return sorted(contact.day.isoformat()[5:] for contact in plan.contacts)


def weekly(*care: Care, seen: bool = True, **pause: Any) -> Problem:
    return problem(
        (buddy("anna"),),
        (company("c1", **pause),),
        care=care or (WEEKLY,),
        history=(SEEN,) if seen else (),
        horizon=Horizon(first_week=WEEK, weeks=4),
    )


def test_care_is_due_on_its_days_alone() -> None:
    assert len(days(weekly())) == 4
    assert all(day < "12-05" for day in days(weekly(WEEKLY.replace(until=date(2026, 11, 30)))))
    assert len(days(weekly(WEEKLY.replace(until=date(2026, 11, 30))))) == 2
    later = days(weekly(WEEKLY.replace(since=date(2026, 12, 7))))
    assert len(later) == 2 and later[0] >= "12-07"


def test_first_care_of_a_company_is_no_earlier_than_its_first_day() -> None:
    of, since = weekly(WEEKLY.replace(since=date(2026, 12, 9)), seen=False), date(2026, 12, 9).toordinal()
    assert days(of)[0] >= "12-09"
    cadence = Cadence(of, assigned(of, anna="c1"), times(of))
    (chain,) = cadence.chains.of("c1")
    candidates = cadence.contacts.following("anna", chain, None)
    assert candidates and all(each.day >= since and each.first_day >= since for each in candidates)


def test_nothing_is_due_in_a_pause_and_the_next_contact_follows_it() -> None:
    paused = {"paused_from": date(2026, 11, 25), "paused_until": date(2026, 12, 8)}
    held = days(weekly(**paused))
    assert not [day for day in held if "11-25" <= day <= "12-08"]
    assert [day for day in held if day > "12-08"] and len(held) == 3


def test_a_company_that_ends_is_looked_after_until_then() -> None:
    held = days(weekly(ended_on=date(2026, 12, 1), state=CompanyState.ENDED))
    assert len(held) == 2 and max(held) <= "12-01"


@pytest.mark.parametrize(
    ("fields", "active"),
    [
        ({}, True),
        ({"state": CompanyState.PAUSED}, False),
        ({"state": CompanyState.PAUSED, "paused_until": date(2026, 11, 24)}, True),
        ({"state": CompanyState.PAUSED, "paused_until": date(2026, 12, 31)}, False),
        ({"paused_from": date(2026, 11, 23)}, False),
        ({"paused_from": date(2026, 11, 25), "paused_until": date(2027, 2, 1)}, True),
        ({"ended_on": date(2026, 11, 22)}, False),
        ({"state": CompanyState.ENDED, "ended_on": date(2026, 11, 23)}, True),
        ({"state": CompanyState.ENDED}, False),
        ({"state": CompanyState.PROSPECT, "paused_until": date(2026, 11, 1)}, False),
        ({"paused_until": date(2026, 11, 25), "ended_on": date(2026, 11, 25)}, False),
    ],
)
def test_who_is_active_in_a_week(fields: dict[str, Any], active: bool) -> None:
    assert active_companies(problem((), (company("c", **fields),))) == (("c",) if active else ())


def test_the_caseload_counts_the_care_that_is_there_together() -> None:
    """60 minutes every week until Sunday, 90 every two weeks from then on: 240 before 180, never 420."""
    before = Care(company="c", every_weeks=1, minutes=60, until=date(2026, 11, 25))
    after = Care(company="c", every_weeks=2, minutes=90, since=date(2026, 11, 26))
    over = Care(company="c", minutes=600, until=date(2026, 11, 22))
    of = problem((), (company("c"),), care=(before, after, over))
    assert care_min(of.busiest_care_of["c"]) == 240
    assert of.care_of["c"] == (before, after)


def test_groups_that_left_before_the_weeks_do_not_count() -> None:
    gone = SpecialistGroup(company="c", languages=("ar",), until=date(2026, 11, 22))
    there = gone.replace(until=date(2026, 11, 23))
    of = problem((), (company("c"),), specialists=(gone, there))
    assert of.specialists_of["c"] == (there,)
