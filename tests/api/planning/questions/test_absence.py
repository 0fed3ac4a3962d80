"""What an absence hits, counted by hand on the small programme, and who could stand in."""

from datetime import date
from typing import Any

from api.planning.questions.absence import Absence, absence_effects
from api.planning.questions.in_force import PlanInForce
from data.model.dated import Availability
from data.model.history import Contact
from data.model.policy import Arrival, Policy
from data.model.problem import Care, Problem, SpecialistGroup
from data.model.relation import Ban, Relation
from data.model.vocabulary import CareMode, RelationRole
from data.results.promise import PromiseState
from data.results.questions import AbsenceEffects
from scheduling.plan.promises import promises_of
from scheduling.replan.reopened_weeks import Published
from tests.builders import WEEK, times
from tests.scheduling.programmes import matched, planned, two_buddies

MONDAY, TUESDAY, FRIDAY = (date(2026, 11, day) for day in (23, 24, 27))
SUNDAY_AFTER = date(2026, 12, 6)
HELD = tuple(
    Relation(company=key, buddy=who)
    for who, keys in (("anna", "c1 c2 c3"), ("bert", "c4 c5"))
    for key in keys.split()
)


def effects(of: Problem, first: date, last: date, plan: bool = True, **more: Any) -> AbsenceEffects:
    weeks = planned(of, weeks=1) if plan else ()
    published = Published(of, matched(of), times(of), weeks)
    promises = promises_of(of, weeks, PromiseState.CONFIRMED)
    plans = (PlanInForce(published, (WEEK,), promises),) if plan else ()
    return absence_effects(Absence(of, times(of), "anna", first, last, plans, **more))


def test_published_visits_with_their_promises_and_appointments_are_hit():
    """Anna's Monday: c1, the team, c3 and c2; Bert, who is at home in Halle, has an hour and more left."""
    found = effects(two_buddies(relations=HELD), MONDAY, MONDAY)
    assert [each.id for each in found.visits] == [
        "c1-2026-W48-1", "team", "c3-2026-W48-1", "c2-2026-W48-1",
    ]  # fmt: skip
    assert {each.visit for each in found.promises} == {each.id for each in found.visits} - {"team"}
    assert {each.state for each in found.promises} == {PromiseState.CONFIRMED}
    assert [(each.id, each.start_min, each.minutes) for each in found.appointments] == [("team", 600, 60)]
    free = effects(two_buddies(relations=HELD), TUESDAY, TUESDAY)
    assert (free.visits, free.appointments, free.promises) == ((), (), ())


def test_only_who_has_time_stands_in():
    """Nothing is published: Bert has all of his Monday but the meeting, 480 minutes, and no way to Halle."""
    of = two_buddies(relations=HELD, care=(Care(company="c2", every_weeks=1, minutes=60),))
    (late,) = effects(of, MONDAY, SUNDAY_AFTER, plan=False).rhythms
    assert [(each.buddy, each.day, each.free_min, each.dated) for each in late.stand_ins] == [
        ("bert", MONDAY, 480, False)
    ]
    long = of.replace(care=(Care(company="c2", every_weeks=1, minutes=500),))
    (late,) = effects(long, MONDAY, SUNDAY_AFTER, plan=False).rhythms
    assert [(each.buddy, each.day) for each in late.stand_ins] == [("bert", TUESDAY)]
    banned = of.replace(bans=(Ban(buddy="bert", company="c2"),))
    (late,) = effects(banned, MONDAY, SUNDAY_AFTER, plan=False).rhythms
    assert late.stand_ins == ()
    (late,) = effects(of, MONDAY, SUNDAY_AFTER, plan=False, among=()).rhythms
    assert late.stand_ins == ()


def test_a_dated_cover_stands_in_and_keeps_the_rhythm():
    cover = Relation(company="c2", buddy="bert", role=RelationRole.COVER, since=MONDAY, until=SUNDAY_AFTER)
    of = two_buddies(relations=(*HELD, cover), care=(Care(company="c2", every_weeks=1, minutes=60),))
    group = SpecialistGroup(company="c2", languages=(), count=2, arrived=date(2026, 11, 9))
    of = of.replace(specialists=(group,), policy=Policy(arrival=Arrival(weeks=4, visits_per_week=1)))
    found = effects(of, MONDAY, SUNDAY_AFTER, plan=False)
    assert found.rhythms == ()
    assert [(each.buddy, each.dated) for each in found.groups[0].stand_ins] == [("bert", True)]


def test_a_rhythm_breaks_only_where_no_day_within_its_drift_is_left():
    """Seen on Wednesday the 4th; every four weeks, up to five days off: from 27 November to 7 December."""
    last = Contact(company="c1", date=date(2026, 11, 4), buddy="anna", minutes=60)
    of = two_buddies(
        relations=HELD, care=(Care(company="c1", every_weeks=4, minutes=60),), history=(last,), requests=()
    )
    drift = of.policy.drift_days.longer
    assert effects(of, MONDAY, FRIDAY, plan=False).rhythms == ()
    until = date(2026, 12, 2 + drift)
    of = of.replace(horizon=of.horizon.replace(weeks=4))
    (late,) = effects(of, MONDAY, until, plan=False).rhythms
    assert (late.company, late.mode, late.possible) == ("c1", CareMode.VISIT, True)
    assert late.day > until and late.overdue_days == (late.day - until).days
    already = of.replace(availability=(Availability(who="anna", first=MONDAY, last=until),))
    assert effects(already, MONDAY, until, plan=False).rhythms == ()


def test_groups_are_told_in_their_first_weeks_alone():
    groups = tuple(
        SpecialistGroup(company="c1", languages=(), count=count, arrived=arrived)
        for count, arrived in ((1, date(2026, 10, 26)), (2, date(2026, 10, 27)), (3, FRIDAY), (4, None))
    )
    of = two_buddies(
        relations=HELD, specialists=groups, policy=Policy(arrival=Arrival(weeks=4, visits_per_week=1))
    )
    found = effects(of, MONDAY, MONDAY, plan=False)
    assert [(each.count, each.last) for each in found.groups] == [(2, MONDAY)]
    assert [each.count for each in effects(of, MONDAY, FRIDAY, plan=False).groups] == [2, 3]
