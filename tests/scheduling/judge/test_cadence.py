"""The judge of a cadence plan reports each broken rule and recomputes every stated figure."""

from datetime import date
from typing import Any

import pytest

from data.base.status import Status
from data.model.dated import Availability
from data.model.history import Contact as Record
from data.model.policy import DriftDays, Policy
from data.model.problem import Care, Horizon, Problem, Request
from data.model.vocabulary import CareMode, RequestKind
from data.results.planned_contact import PlannedContact
from data.results.solution import CadencePlan
from scheduling.cadence.choose import Cadence
from scheduling.judge.cadence import check_cadence
from scheduling.judge.plan import check_weeks
from scheduling.plan.plan_weeks import plan_weeks
from tests.builders import WEEK, assigned, buddy, company, problem, times

# c1 was seen on Wednesday 11 November: due on Wednesday of W48 and W50, with four days of drift.
SEEN = date(2026, 11, 11)


def programme(**fields: Any) -> Problem:
    given: dict[str, Any] = {
        "horizon": Horizon(first_week=WEEK, weeks=4),
        "care": (Care(company="c1", every_weeks=2),),
        "history": (Record(company="c1", date=SEEN),),
        "policy": Policy(min_gap_days=7),
    }
    return problem((buddy("anna"),), (company("c1"),), **given | fields)


def cadence(of: Problem) -> Cadence:
    return Cadence(of, assigned(of, anna="c1"), times(of))


def rules(of: Problem, plan: CadencePlan) -> set[str]:
    return {violation.rule for violation in check_cadence(cadence(of), "anna", plan)}


def spoiled(of: Problem, position: int = 0, **changes: Any) -> set[str]:
    """The rules reported when one contact of a valid plan is changed."""
    plan = cadence(of).plan("anna")
    contacts = list(plan.contacts)
    contacts[position] = contacts[position].replace(**changes)
    return rules(of, plan.replace(contacts=tuple(contacts)))


def test_a_good_plan_has_nothing_against_it() -> None:
    of = programme()
    plan = cadence(of).plan("anna")
    assert [contact.day for contact in plan.contacts] == [date(2026, 11, 25), date(2026, 12, 9)]
    assert rules(of, plan) == set()


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"day": date(2026, 11, 29), "off_days": 4}, "cadence_closed"),  # a Sunday
        ({"day": date(2026, 12, 1)}, "cadence_week"),
        ({"week": "2026-W53"}, "cadence_week"),
        ({"day": date(2026, 11, 26)}, "cadence_figures"),  # one day off, but not stated
        ({"off_days": 1}, "cadence_figures"),
        ({"overdue_days": 9}, "cadence_figures"),
        ({"first_day": date(2026, 11, 20)}, "cadence_early"),  # Wednesday 25 minus 4 is Saturday 21
        ({"last_day": date(2026, 11, 30)}, "cadence_late"),  # Wednesday 25 plus 4 is Sunday 29
        ({"last_day": None, "week": "2026-W49", "day": date(2026, 11, 30)}, "cadence_figures"),
        ({"last_day": date(2026, 11, 24)}, "cadence_days"),
        ({"possible": False}, "cadence_closed"),  # there are open days
        ({"request": "r9"}, "cadence_unknown"),
        ({"row": 7}, "cadence_unknown"),
        ({"company": "c2"}, "cadence_unknown"),
    ],
)  # fmt: skip
def test_a_contact_that_breaks_a_rule_is_found(changes: dict[str, Any], rule: str) -> None:
    assert rule in spoiled(programme(), **changes)


def test_a_gap_to_the_last_contact_is_held() -> None:
    of = programme(
        care=(Care(company="c1", every_weeks=1),),
        policy=Policy(min_gap_days=6, drift_days=DriftDays(weekly=3)),
        history=(Record(company="c1", date=date(2026, 11, 20)),),
    )
    # a week after Friday 20 November, but not before Thursday 26 because of the gap of 6 days
    assert cadence(of).plan("anna").contacts[0].first_day == date(2026, 11, 26)
    assert "cadence_early" in spoiled(of, first_day=date(2026, 11, 25))


def test_a_gap_between_two_contacts_is_held_for_all_their_days() -> None:
    # 25 November and 9 December are 14 days apart: neither may move towards the other
    of = programme(policy=Policy(min_gap_days=14))
    first, second = cadence(of).plan("anna").contacts
    assert first.last_day is not None
    assert (second.first_day - first.last_day).days == 14
    assert "cadence_early" in spoiled(of, position=1, first_day=date(2026, 12, 8))


@pytest.mark.parametrize(("mode", "minutes", "least"), [(CareMode.CALL, 45, 1), (CareMode.VISIT, 45, 45)])
def test_a_company_is_open_for_a_call_if_at_all_and_for_a_visit_as_long_as_it_takes(
    mode: CareMode, minutes: int, least: int
) -> None:
    def opening(length: int) -> Problem:
        windows = (((600, 600 + length),),) * 5 + ((), ())
        care = Care(company="c1", every_weeks=2, mode=mode, minutes=minutes)
        return programme(care=(care,)).replace(companies=(company("c1", opening=windows),))

    plan = cadence(opening(least)).plan("anna")
    assert rules(opening(least), plan) == set()
    assert "cadence_closed" in rules(opening(least - 1), plan)


def test_a_first_contact_on_its_deadline_counts_from_its_day() -> None:
    # twice a week from Monday 23 November: the first until noon of Thursday 26, the day after an absence;
    # the second three and a half days later, at noon of Sunday 29, which the next open day misses by one
    of = programme(
        care=(Care(company="c1", every_weeks=1, times=2),),
        history=(),
        availability=(Availability(who="anna", first=date(2026, 11, 23), last=date(2026, 11, 25)),),
        horizon=Horizon(first_week=WEEK, weeks=2),
    )
    plan = cadence(of).plan("anna")
    assert [contact.day for contact in plan.contacts][:2] == [date(2026, 11, 26), date(2026, 11, 30)]
    assert plan.contacts[1].off_days == 1
    assert rules(of, plan) == set()


def test_a_contact_left_out_is_missed() -> None:
    plan = cadence(programme()).plan("anna")
    assert rules(programme(), plan.replace(contacts=plan.contacts[:1])) == {"cadence_missing"}


def test_a_contact_twice_is_one_too_many() -> None:
    plan = cadence(programme()).plan("anna")
    assert "cadence_unknown" in rules(programme(), plan.replace(contacts=(*plan.contacts, plan.contacts[0])))


def test_what_nobody_asked_for_is_unknown() -> None:
    plan = cadence(programme()).plan("anna")
    extra = PlannedContact(
        id="x",
        company="c1",
        week="2026-W51",
        request="r1",
        day=date(2026, 12, 16),
        first_day=date(2026, 12, 16),
    )
    assert "cadence_unknown" in rules(programme(), plan.replace(contacts=(*plan.contacts, extra)))


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"value": -1}, "cadence_value"),
        ({"bound": 10**6}, "cadence_bound"),
        ({"bound": -5}, "cadence_bound"),  # claimed optimal, but not proved
        ({"status": Status.FEASIBLE}, "cadence_bound"),
    ],
)
def test_a_figure_that_is_not_so_is_found(changes: dict[str, Any], rule: str) -> None:
    of = programme()
    assert rule in rules(of, cadence(of).plan("anna").replace(**changes))


# Requests


def asked(kind: RequestKind, due: date) -> Problem:
    request = Request(id="r1", company="c1", kind=kind, raised=date(2026, 11, 18), due=due)
    return programme(care=(), history=(), requests=(request,))


def test_a_request_after_its_due_day_is_late() -> None:
    of = asked(RequestKind.FOLLOW_UP, date(2026, 12, 2))
    assert rules(of, cadence(of).plan("anna")) == set()
    assert "cadence_late" in spoiled(of, last_day=date(2026, 12, 4))


def test_an_urgent_request_is_not_put_off() -> None:
    of = asked(RequestKind.URGENT, date(2026, 12, 9))
    assert rules(of, cadence(of).plan("anna")) == set()
    assert "cadence_late" in spoiled(of, week="2026-W49", day=date(2026, 11, 30))


def test_a_request_that_is_left_out_is_missed() -> None:
    of = asked(RequestKind.FOLLOW_UP, date(2026, 12, 2))
    assert rules(of, cadence(of).plan("anna").replace(contacts=())) == {"cadence_missing"}


def test_a_request_that_no_day_allows_may_not_take_place_after_it() -> None:
    away = Availability(who="c1", first=date(2026, 11, 23), last=date(2026, 12, 2))
    of = asked(RequestKind.FOLLOW_UP, date(2026, 12, 2)).replace(availability=(away,))
    (contact,) = cadence(of).plan("anna").contacts
    assert (contact.possible, contact.last_day) == (False, date(2026, 12, 2))
    (weeks,) = plan_weeks(of, assigned(of, anna="c1"), times(of))
    assert [left_out.reason.code.value for plan in weeks.weeks for left_out in plan.unplanned] == [
        "no_day_open"
    ]


# Weeks


def test_weeks_are_judged_by_the_choice_that_they_state() -> None:
    """The stated choice may differ from ours, and be worse; it only has to keep the rules."""
    of = programme()
    matching, plan = assigned(of, anna="c1"), cadence(of).plan("anna")
    moved = [contact.replace(last_day=contact.last_day) for contact in plan.contacts]
    moved[0] = moved[0].replace(day=date(2026, 11, 24), off_days=1, last_day=date(2026, 11, 25))
    # a day earlier, and so is the next one: 8 December, 1 + 0 days off at 4
    moved[1] = moved[1].replace(day=date(2026, 12, 8), last_day=date(2026, 12, 12))
    stated = plan.replace(contacts=tuple(moved), value=plan.value + 4, bound=0, status=Status.FEASIBLE)
    held = cadence(of)
    held.take("anna", stated)
    weeks = plan_weeks(of, matching, times(of), cadence=held)
    assert check_weeks(of, times(of), matching, weeks) == []


def test_weeks_whose_choice_breaks_a_rule_are_found_out() -> None:
    of = programme()
    matching, plan = assigned(of, anna="c1"), cadence(of).plan("anna")
    held = cadence(of)
    held.take("anna", plan.replace(contacts=()))
    weeks = plan_weeks(of, matching, times(of), cadence=held)
    found = {violation.rule for violation in check_weeks(of, times(of), matching, weeks)}
    assert {"cadence_missing", "accounted_for"} <= found
