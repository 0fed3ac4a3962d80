"""The choice of weeks for visits.

The horizon is four weeks, from Monday 23 November 2026: W48, W49, W50, W51. Anna looks after every company.
"""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from data.base.dates import ZONE, aware
from data.model.dated import Appointment, Availability
from data.model.history import Contact
from data.model.policy import Arrival, DriftDays, Policy
from data.model.problem import Care, Horizon, Problem, Request, SpecialistGroup
from data.model.relation import Relation
from data.model.vocabulary import CareMode, Outcome, RequestKind, RequestState
from scheduling.cadence.choose import Cadence, DueVisit
from tests.builders import HALLE, MAGDEBURG, STENDAL, WEEK, assigned, buddy, company, problem, times

MONDAY = date(2026, 11, 23)
FRIDAYS = ((),) * 4 + (((480, 1020),),) + ((),) * 2


def programme(*companies: Any, first_week: str = WEEK, **fields: Any) -> Problem:
    """Anna, Bert and the given companies (only c1, if none), for four weeks."""
    own = companies or (company("c1"),)
    horizon = Horizon(first_week=first_week, weeks=4)
    return problem((buddy("anna"), buddy("bert")), own, horizon=horizon, **fields)


def due(of: Problem, who: str = "anna") -> list[list[DueVisit]]:
    """Visits due for a buddy in each week, when all companies are Anna's."""
    matching = assigned(of, anna=" ".join(key for key in of.company))
    return [list(visits) for visits in Cadence(of, matching, times(of)).due(who).values()]


def companies(of: Problem) -> list[list[str]]:
    """The companies due in each week."""
    return [[visit.company for visit in visits] for visits in due(of)]


def last_seen(day: date, key: str = "c1", **fields: Any) -> Contact:
    return Contact(company=key, date=day, buddy="anna", **fields)


def minutes(of: Problem) -> list[list[int]]:
    """The minutes due in each week."""
    return [sorted(visit.minutes for visit in visits) for visits in due(of)]


def counts(of: Problem) -> list[int]:
    return [len(visits) for visits in due(of)]


# Rhythm


@pytest.mark.parametrize(
    ("care", "last", "expected"),
    [
        ({"every_weeks": 1}, date(2026, 11, 20), [1, 1, 1, 1]),
        ({"every_weeks": 2}, date(2026, 11, 9), [1, 0, 1, 0]),  # two weeks after W46
        ({"every_weeks": 2}, date(2026, 11, 16), [0, 1, 0, 1]),  # two weeks after W47
        ({"every_weeks": 4}, date(2026, 11, 2), [0, 1, 0, 0]),  # four weeks after W45
        ({"every_weeks": 4}, date(2026, 11, 22), [0, 0, 0, 1]),
        ({"every_weeks": 8}, date(2026, 11, 2), [0, 0, 0, 0]),
        ({"every_weeks": 1, "times": 2}, date(2026, 11, 20), [2, 2, 2, 2]),
        ({"every_weeks": 4, "times": 3}, date(2026, 11, 16), [1, 1, 0, 1]),  # every 9 1/3 days
    ],
)
def test_contacts_are_spaced_evenly_from_the_last_one(
    care: dict[str, int], last: date, expected: list[int]
) -> None:
    assert counts(programme(care=(Care(company="c1", **care),), history=(last_seen(last),))) == expected


def test_what_is_overdue_comes_at_once_and_weighs_more() -> None:
    # due on 2 November, possibly 7 days late: 21 - 7 = 14 days overdue on 23 November
    of = programme(care=(Care(company="c1"),), history=(last_seen(date(2026, 10, 5)),))
    (visit,) = due(of)[0]
    assert (visit.overdue_days, visit.weight) == (14, 3 * (7 + 14))


def test_days_overdue_weigh_no_more_than_four_weeks() -> None:
    of = programme(care=(Care(company="c1"),), history=(last_seen(date(2026, 1, 5)),))
    assert due(of)[0][0].weight == 3 * (7 + 28)


@pytest.mark.parametrize(
    "fields", [{"outcome": Outcome.NO_SHOW}, {"outcome": Outcome.MOVED}, {"mode": CareMode.CALL}]
)
def test_only_a_visit_that_took_place_counts_as_the_last_one(fields: dict[str, Any]) -> None:
    history = (last_seen(date(2026, 11, 2)), last_seen(date(2026, 11, 16), **fields))
    assert counts(programme(care=(Care(company="c1"),), history=history)) == [0, 1, 0, 0]


def test_contacts_inside_the_horizon_do_not_count_yet() -> None:
    history = (last_seen(date(2026, 11, 2)), last_seen(MONDAY))
    assert counts(programme(care=(Care(company="c1"),), history=history)) == [0, 1, 0, 0]


def test_rows_of_one_mode_are_told_apart_by_their_minutes() -> None:
    """An hour every two weeks, three hours every eight: each counts from its own, the short one from both."""
    care = (Care(company="c1", every_weeks=2, minutes=60), Care(company="c1", every_weeks=8, minutes=180))
    long_ago, lately = date(2026, 10, 7), date(2026, 11, 18)
    strict = Policy(drift_days=DriftDays(longer=0))
    # 7 October + 8 weeks = 2 December, W49; 18 November + 2 weeks = W49, then W51
    seen = (last_seen(long_ago, minutes=170), last_seen(lately, minutes=70))
    assert minutes(programme(care=care, history=seen, policy=strict)) == [[], [60, 180], [], [60]]
    # the long one on 18 November counts for both; 18 November + 8 weeks is in January
    seen = (last_seen(lately, minutes=170),)
    assert minutes(programme(care=care, history=seen, policy=strict)) == [[], [60], [], [60]]


# Balanced weeks


def four(**points: Any) -> tuple[Any, ...]:
    return tuple(company(f"c{i}", points.get(f"c{i}", MAGDEBURG)) for i in range(1, 5))


def test_companies_never_seen_are_spread_so_that_weeks_are_level() -> None:
    care = tuple(Care(company=f"c{i}") for i in range(1, 5))
    assert counts(programme(*four(), care=care)) == [1, 1, 1, 1]


def test_weeks_are_levelled_around_what_is_due_anyway() -> None:
    care = tuple(Care(company=f"c{i}") for i in range(1, 5))
    history = (last_seen(date(2026, 11, 4), "c4"),)  # so c4 is due on Wednesday of W49
    weeks = companies(programme(*four(), care=care, history=history))
    assert weeks[1] == ["c4"] and sorted(map(len, weeks)) == [1, 1, 1, 1]


def test_the_heaviest_care_is_balanced_by_the_rest() -> None:
    care = (Care(company="c1", minutes=60), Care(company="c2", minutes=60), Care(company="c3", minutes=120))
    of = programme(*four()[:3], care=tuple(each.replace(every_weeks=2) for each in care))
    # 120 alone, 60 + 60 together
    assert sorted(companies(of)) == [["c1", "c2"]] * 2 + [["c3"]] * 2


def test_of_level_weeks_neighbours_share_one() -> None:
    care = tuple(Care(company=f"c{i}", every_weeks=2) for i in range(1, 5))
    of = programme(*four(c1=HALLE, c2=STENDAL, c3=STENDAL, c4=HALLE), care=care)
    assert sorted(companies(of)) == [["c1", "c4"]] * 2 + [["c2", "c3"]] * 2


def test_a_far_corner_is_driven_to_once_within_the_drift() -> None:
    """Halle is 100 minutes away. c1 is due there on Friday of W48, c2 on Monday of W49."""
    care = (Care(company="c1"), Care(company="c2"))
    history = (last_seen(date(2026, 10, 30), "c1"), last_seen(date(2026, 11, 2), "c2"))
    far = programme(company("c1", HALLE), company("c2", HALLE), care=care, history=history)
    assert sorted(map(len, companies(far))) == [0, 0, 0, 2]
    near = programme(company("c1"), company("c2"), care=care, history=history)
    assert companies(near) == [["c1"], ["c2"], [], []]


def test_an_overfull_week_hands_on_what_matters_least() -> None:
    """All five are due on Wednesday of W48: 600 minutes of work hold four visits of 150."""
    firms = tuple(company(f"c{i}", priority=i) for i in range(1, 6))
    of = programme(
        *firms,
        care=tuple(Care(company=f"c{i}", minutes=150, every_weeks=1) for i in range(1, 6)),
        history=tuple(last_seen(date(2026, 11, 18), f"c{i}") for i in range(1, 6)),
        policy=Policy(reserve_percent=0),
    )
    of = of.replace(buddies=(buddy("anna", week_work_min=600), buddy("bert")))
    assert companies(of)[0] == ["c2", "c3", "c4", "c5"]


# Closed weeks


def test_a_week_of_absence_hands_on_to_the_nearest_open_day() -> None:
    """Due on Wednesday of W49, when Anna is away: Friday of W48 is 5 days off, and so is Monday of W50."""
    away = Availability(who="anna", first=date(2026, 11, 30), last=date(2026, 12, 6))
    of = programme(care=(Care(company="c1"),), history=(last_seen(date(2026, 11, 4)),), availability=(away,))
    assert counts(of) == [1, 0, 0, 0]
    assert due(of)[0][0].first_day == date(2026, 11, 25)  # 2 December minus 7 days


@pytest.mark.parametrize(
    ("every_weeks", "last", "away", "expected", "overdue"),
    [
        # due on Friday of W49, plus or minus 2 days: no day is on time, Monday 7 December is one day overdue
        (1, date(2026, 11, 20), (date(2026, 11, 30), date(2026, 12, 6)), [1, 0, 1, 1], [0, 1, 0]),
        # away until the next one would be due: each stays where it is due, so that a colleague can take it
        (1, date(2026, 11, 20), (date(2026, 11, 30), date(2026, 12, 20)), [1, 1, 1, 1], [0, 0, 0, 0]),
        # due on 30 November: Friday of W48 is 3 of 4 days early; then on 11 December, away until W52
        (2, date(2026, 11, 16), (date(2026, 11, 30), date(2026, 12, 20)), [1, 0, 1, 0], [0, 0]),
        # due on Monday of W50, two weeks before anyone is back
        (4, date(2026, 11, 9), (date(2026, 11, 23), date(2026, 12, 20)), [0, 0, 1, 0], [0]),
        # due on Wednesday of W48; Monday of W50 is 12 days later, 5 beyond the drift
        (4, date(2026, 10, 28), (date(2026, 11, 23), date(2026, 12, 6)), [0, 0, 1, 0], [5]),
    ],
)
def test_a_contact_is_late_rather_than_lost(
    every_weeks: int, last: date, away: tuple[date, date], expected: list[int], overdue: list[int]
) -> None:
    care, absent = (
        Care(company="c1", every_weeks=every_weeks),
        Availability(who="anna", first=away[0], last=away[1]),
    )
    of = programme(care=(care,), history=(last_seen(last),), availability=(absent,))
    assert counts(of) == expected
    assert [visit.overdue_days for week in due(of) for visit in week] == overdue


def test_who_leaves_does_not_do_four_weeks_in_one() -> None:
    """Anna's last day is the Friday of W48; one company is due in every week."""
    of = programme(
        *four(),
        care=tuple(Care(company=f"c{i}") for i in range(1, 5)),
        history=tuple(last_seen(date(2026, 10, 26) + timedelta(weeks=i), f"c{i + 1}") for i in range(4)),
    )
    leaving = of.replace(buddies=(buddy("anna", employed_to=date(2026, 11, 27)), buddy("bert")))
    assert companies(leaving) == [["c1", "c2"], [], ["c3"], ["c4"]]


def test_companies_never_seen_count_from_the_day_their_relation_began() -> None:
    """Four-weekly care since 12 October, with a history from 1 October: due on 9 November, drift 7."""
    relation = Relation(company="c1", buddy="anna", since=date(2026, 10, 12))
    known = last_seen(date(2026, 10, 1), "c2")
    of = programme(company("c1"), company("c2"), care=(Care(company="c1"),), relations=(relation,))
    (visit,) = due(of.replace(history=(known,)))[0]
    assert (visit.company, visit.overdue_days) == ("c1", 7)  # on 23 November
    # with a history from 10 November on it is due on 8 December: the time before is unknown
    later = of.replace(history=(known.replace(date=date(2026, 11, 10)),))
    assert [visit.overdue_days for week in due(later) for visit in week] == [0]


def test_companies_never_seen_wait_for_weeks_that_have_room() -> None:
    """Away in W48 and W51, W49 has two of five days: 2 / 7 of the work, so one of four visits."""
    rules = (
        Availability(who="anna", first=MONDAY, last=date(2026, 12, 2)),
        Availability(who="anna", first=date(2026, 12, 14), last=date(2026, 12, 20)),
    )
    of = programme(
        *four(), care=tuple(Care(company=f"c{i}", minutes=300) for i in range(1, 5)), availability=rules
    )
    # 1200 minutes: balanced levels are 1.1 × 1200 × 2 / 7 = 377 and 1.1 × 1200 × 5 / 7 = 942
    assert counts(of) == [0, 1, 3, 0]


def test_public_holidays_close_the_company() -> None:
    """Due in W52, but the company only opens on Fridays, and 25 December and 1 January are Fridays."""
    of = programme(
        company("c1", opening=FRIDAYS),
        first_week="2026-W50",
        care=(Care(company="c1"),),
        history=(last_seen(date(2026, 11, 23)),),
    )
    assert counts(of) == [0, 1, 0, 0]


def test_a_company_that_is_never_open_stays_due_so_that_it_is_seen() -> None:
    of = programme(company("c1", opening=((),) * 7), care=(Care(company="c1", every_weeks=2),))
    assert counts(of) == [1, 0, 1, 0]


# Drift and gap


def days_allowed(of: Problem) -> list[tuple[str, str]]:
    """The first and last day of each contact."""
    matching = assigned(of, anna=" ".join(of.company))
    contacts = Cadence(of, matching, times(of)).plan("anna").contacts
    return [(f"{c.first_day:%a %d}", f"{c.last_day:%a %d}" if c.last_day else "") for c in contacts]


def test_the_policy_says_how_far_a_contact_may_drift() -> None:
    care, seen = (Care(company="c1", every_weeks=2),), (last_seen(date(2026, 11, 11)),)
    # due on Wednesday 25 November and 9 December
    assert days_allowed(programme(care=care, history=seen)) == [
        ("Mon 23", "Sun 29"),
        ("Sat 05", "Sun 13"),
    ]
    strict = Policy(drift_days=DriftDays(two_weekly=1))
    assert days_allowed(programme(care=care, history=seen, policy=strict)) == [
        ("Tue 24", "Thu 26"),
        ("Tue 08", "Thu 10"),
    ]


def test_a_gap_is_kept_whichever_days_are_taken() -> None:
    # twice a week from Friday 20 November: Mon 23, Fri 27, Mon 30 (every 3 1/2 days), and so on
    care, seen = (Care(company="c1", every_weeks=1, times=2),), (last_seen(date(2026, 11, 20)),)
    loose = days_allowed(programme(care=care, history=seen, policy=Policy(min_gap_days=0)))[:3]
    assert loose == [("Mon 23", "Wed 25"), ("Wed 25", "Sun 29"), ("Sun 29", "Wed 02")]
    # Mon 23 and Fri 27 are 4 days apart: one more than a gap of 3, which the earlier one may use
    kept = days_allowed(programme(care=care, history=seen, policy=Policy(min_gap_days=3)))[:2]
    assert kept == [("Mon 23", "Tue 24"), ("Fri 27", "Fri 27")]


def test_a_gap_after_the_last_contact_is_kept() -> None:
    # due on Monday 23 November, two days of drift; a gap of 7 equals the rhythm
    care, seen = (Care(company="c1", every_weeks=1),), (last_seen(date(2026, 11, 18)),)
    gap = Policy(min_gap_days=7, drift_days=DriftDays(weekly=3))
    assert days_allowed(programme(care=care, history=seen, policy=gap))[0][0] == "Wed 25"


def test_beyond_four_weeks_contacts_stand_nearest_to_their_due_days() -> None:
    """Every other Wednesday from 25 November; 6 January is a public holiday: Tuesday, and on from there."""
    of = programme(care=(Care(company="c1", every_weeks=2),), history=(last_seen(date(2026, 11, 11)),))
    of = of.replace(horizon=Horizon(first_week=WEEK, weeks=10))
    contacts = Cadence(of, assigned(of, anna="c1"), times(of)).plan("anna").contacts
    days = [f"{contact.day:%a %d %b}" for contact in contacts]
    assert days == ["Wed 25 Nov", "Wed 09 Dec", "Wed 23 Dec", "Tue 05 Jan", "Tue 19 Jan"]


# Calls


def test_calls_and_visits_have_rhythms_of_their_own() -> None:
    care = (Care(company="c1", every_weeks=2), Care(company="c1", mode=CareMode.CALL, minutes=20))
    history = (last_seen(date(2026, 11, 9)), last_seen(date(2026, 11, 2), mode=CareMode.CALL))
    modes = [[visit.mode.value for visit in week] for week in due(programme(care=care, history=history))]
    assert modes == [["visit"], ["call"], ["visit"], []]


# Requests


def request(due_on: date, kind: RequestKind = RequestKind.FOLLOW_UP, **fields: Any) -> Request:
    given = {"id": "r1", "company": "c1", "kind": kind, "raised": date(2026, 11, 1), "due": due_on}
    return Request(**given | fields)


def test_a_request_is_planned_in_the_week_in_which_it_is_due() -> None:
    weeks = due(programme(requests=(request(date(2026, 12, 2)),)))
    assert [[visit.id for visit in week] for week in weeks] == [[], ["r1"], [], []]
    assert weeks[1][0].last_day == date(2026, 12, 2)


def test_a_request_is_planned_earlier_where_its_week_is_closed_until_the_due_day() -> None:
    away = Availability(who="anna", first=date(2026, 11, 30), last=date(2026, 12, 2))
    assert counts(programme(requests=(request(date(2026, 12, 2)),), availability=(away,))) == [1, 0, 0, 0]


def test_an_overdue_request_comes_at_once_and_on_any_day() -> None:
    (visit,) = due(programme(requests=(request(date(2026, 11, 18)),)))[0]
    assert (visit.overdue_days, visit.last_day) == (5, None)


def test_an_overdue_request_waits_for_the_first_open_week() -> None:
    away = Availability(who="anna", first=MONDAY, last=date(2026, 12, 6))
    assert counts(programme(requests=(request(date(2026, 11, 18)),), availability=(away,))) == [0, 0, 1, 0]


def test_an_urgent_request_comes_in_the_first_open_week_and_before_others() -> None:
    (visit,) = due(programme(requests=(request(date(2026, 12, 9), RequestKind.URGENT),)))[0]
    assert (visit.priority, visit.last_day) == (5, date(2026, 12, 9))


def test_a_first_visit_has_a_deadline_of_its_own() -> None:
    # raised on 18 November; within 14 days: 2 December
    raised = {"raised": date(2026, 11, 18), "kind": RequestKind.FIRST_VISIT}
    (visit,) = due(programme(requests=(request(date(2026, 12, 17), **raised),)))[1]
    assert visit.last_day == date(2026, 12, 2)


def test_care_goes_on_from_a_first_visit_that_is_planned() -> None:
    # due on 2 December, W49; two weeks later is W51
    raised = {"raised": date(2026, 11, 18), "kind": RequestKind.FIRST_VISIT}
    care = Care(company="c1", every_weeks=2)
    asked = request(date(2026, 12, 2), **raised)
    assert counts(programme(care=(care,), requests=(asked,))) == [0, 1, 0, 1]
    # a company seen on 9 November is still due in W48 and W50, since care does not wait for a first visit
    seen = (last_seen(date(2026, 11, 9)),)
    assert counts(programme(care=(care,), requests=(asked,), history=seen)) == [1, 1, 1, 0]


@pytest.mark.parametrize(
    "changes", [{"due": date(2026, 12, 21)}, {"state": RequestState.DONE}, {"state": RequestState.WITHDRAWN}]
)
def test_a_request_that_is_later_or_settled_is_not_due(changes: dict[str, Any]) -> None:
    assert counts(programme(requests=(request(date(2026, 12, 2)).replace(**changes),))) == [0, 0, 0, 0]


# Appointments


def appointment(at: datetime, **fields: Any) -> Appointment:
    return Appointment(**{"id": "t1", "start": at, "minutes": 90, "company": "c1"} | fields)


def test_an_appointment_is_fixed_to_its_day_and_minute() -> None:
    wednesday = MONDAY + timedelta(days=9)
    of = programme(appointments=(appointment(aware(wednesday, 600, ZONE)),))
    (visit,) = due(of)[1]
    assert (visit.id, visit.start, visit.minutes) == ("t1", (wednesday, 600), 90)


def test_an_appointment_that_names_buddies_is_theirs_alone() -> None:
    both = appointment(aware(MONDAY, 600), buddies=("anna", "bert"))
    of = programme(appointments=(both, appointment(aware(MONDAY, 800), id="t2", buddies=("bert",))))
    assert [visit.id for visit in due(of, "anna")[0]] == ["t1"]
    assert [visit.id for visit in due(of, "bert")[0]] == ["t1", "t2"]


def test_an_appointment_that_names_nobody_is_the_main_buddy_s() -> None:
    of = programme(appointments=(appointment(aware(MONDAY, 600)),))
    assert [len(due(of, who)[0]) for who in ("anna", "bert")] == [1, 0]


# Arrivals


@pytest.mark.parametrize(
    ("arrived", "expected"),
    [
        (date(2026, 11, 2), [1, 0, 0, 0]),  # on 27 November, in its fourth week; then as usual on 25 December
        (date(2026, 11, 16), [1, 1, 1, 0]),  # on 20 November already, so four in all until 14 December
        (date(2026, 10, 26), [0, 0, 0, 1]),  # four weeks are over
        (date(2026, 12, 1), [0, 0, 1, 1]),  # a week after it, on 8 and 15 December
    ],
)
def test_care_is_denser_in_the_weeks_after_an_arrival(arrived: date, expected: list[int]) -> None:
    of = programme(
        care=(Care(company="c1"),),
        history=(last_seen(date(2026, 11, 20)),),  # due in W51 by its rhythm
        specialists=(SpecialistGroup(company="c1", languages=("uk",), arrived=arrived),),
    )
    assert counts(of) == expected


def test_the_policy_says_how_dense() -> None:
    of = programme(
        care=(Care(company="c1", every_weeks=1),),
        specialists=(SpecialistGroup(company="c1", languages=("uk",), arrived=date(2026, 11, 16)),),
        policy=Policy(arrival=Arrival(weeks=2, visits_per_week=2)),
    )
    # until 30 November every three and a half days
    assert counts(of) == [2, 1, 1, 1]


# Ids


def test_ids_are_unique_and_weeks_sorted_by_them() -> None:
    of = programme(
        *four(),
        care=tuple(Care(company=f"c{i}", every_weeks=1, times=2) for i in range(1, 5)),
        requests=(request(date(2026, 12, 2)),),
        specialists=(SpecialistGroup(company="c1", languages=("uk",), arrived=date(2026, 11, 16)),),
        policy=Policy(arrival=Arrival(visits_per_week=4)),
    )
    for week in due(of):
        ids = [visit.id for visit in week]
        assert ids == sorted(set(ids))
