"""A cover makes a company's visits on its days; the main buddy makes the others, and stays the main buddy."""

from datetime import date
from typing import Any

import pytest

from data.base.dates import aware, days_of
from data.base.status import ReasonCode
from data.model.dated import Appointment, Availability
from data.model.problem import Care, Horizon, Problem, Request
from data.model.relation import Relation
from data.model.vocabulary import CareMode, RelationRole, RequestKind
from data.results.replanning import Urgent
from data.results.solution import BuddyWeeks
from matching.judge.matching import check_matching
from matching.solve import match
from scheduling.judge.plan import check_weeks
from scheduling.judge.replanning import check_replanning
from scheduling.plan.plan_weeks import plan_weeks
from scheduling.replan.reopened_weeks import Published
from scheduling.replan.replan import replan
from tests.builders import HALLE, WEEK, assigned, buddy, company, problem, times

MONDAY, FRIDAY = date(2026, 11, 23), date(2026, 11, 27)
NEXT_MONDAY = date(2026, 11, 30)


def cover(of: str, since: date | None, until: date | None, who: str = "bert") -> Relation:
    return Relation(company=of, buddy=who, role=RelationRole.COVER, since=since, until=until)


def programme(*relations: Relation, weeks: int = 2, **fields: Any) -> Problem:
    """Anna has c1 and c2, Bert c3; each is visited once a week."""
    companies = (company("c1"), company("c2", HALLE), company("c3", HALLE))
    care = tuple(Care(company=each.id, every_weeks=1, minutes=60) for each in companies)
    given = {"care": care, "relations": relations, "horizon": Horizon(first_week=WEEK, weeks=weeks)}
    return problem((buddy("anna"), buddy("bert", base=HALLE)), companies, **given | fields)


def planned(of: Problem) -> tuple[BuddyWeeks, ...]:
    matching, where = assigned(of, anna="c1 c2", bert="c3"), times(of)
    plans = plan_weeks(of, matching, where)
    assert check_weeks(of, where, matching, plans) == []
    return plans


def made(plans: tuple[BuddyWeeks, ...], of: str) -> list[tuple[str, date]]:
    """By whom and on which day a company is visited, in order."""
    found = [
        (own.buddy, day)
        for own in plans
        for plan in own.weeks
        for day, route in zip(days_of(plan.week), plan.days, strict=True)
        for stop in (route.stops if route else ())
        if stop.place == of
    ]
    return sorted(found, key=lambda visit: visit[1])


def test_a_week_of_cover_is_visited_by_the_cover_and_the_next_by_the_main_buddy() -> None:
    plans = planned(programme(cover("c1", MONDAY, FRIDAY)))
    assert [who for who, _ in made(plans, "c1")] == ["bert", "anna"]
    assert [who for who, _ in made(plans, "c2")] == ["anna", "anna"]


def test_a_cover_begins_and_ends_within_a_week() -> None:
    """Anna is away from Tuesday to Friday; c1 is closed on Monday, so only the cover can come."""
    away = Availability(who="anna", first=date(2026, 11, 24), last=FRIDAY)
    shut = Availability(who="c1", first=MONDAY, last=MONDAY)
    of = programme(cover("c1", date(2026, 11, 24), FRIDAY), weeks=1, availability=(away, shut))
    ((who, day),) = made(planned(of), "c1")
    assert who == "bert" and day > MONDAY


@pytest.mark.parametrize("open_on", [0, 1, 2, 3, 4])
def test_each_day_has_its_visitor(open_on: int) -> None:
    """Bert covers Tuesday and Thursday; whichever is the one day of opening, the right one comes."""
    tuesday, thursday = date(2026, 11, 24), date(2026, 11, 26)
    covers = (cover("c1", tuesday, tuesday), cover("c1", thursday, thursday))
    shut = tuple(
        Availability(who="c1", first=day, last=day) for d, day in enumerate(days_of(WEEK)) if d != open_on
    )
    ((who, day),) = made(planned(programme(*covers, weeks=1, availability=shut)), "c1")
    assert who == ("bert" if open_on in {1, 3} else "anna")
    assert day == days_of(WEEK)[open_on]


def test_two_buddies_cover_each_other() -> None:
    """Anna is away in the first week, Bert in the second."""
    away = (
        Availability(who="anna", first=MONDAY, last=FRIDAY),
        Availability(who="bert", first=NEXT_MONDAY, last=date(2026, 12, 4)),
    )
    covers = (
        cover("c1", MONDAY, FRIDAY),
        cover("c2", MONDAY, FRIDAY),
        cover("c3", NEXT_MONDAY, date(2026, 12, 4), who="anna"),
    )
    plans = planned(programme(*covers, availability=away))
    assert [[who for who, _ in made(plans, key)] for key in ("c1", "c2", "c3")] == [["bert", "anna"]] * 3
    assert all(not plan.unplanned for own in plans for plan in own.weeks)


def test_calls_requests_and_appointments_go_to_the_cover() -> None:
    start = aware(date(2026, 11, 24), 600)
    of = programme(
        cover("c1", MONDAY, FRIDAY),
        weeks=1,
        care=(Care(company="c1", mode=CareMode.CALL, every_weeks=1, minutes=20),),
        requests=(
            Request(id="r", company="c1", kind=RequestKind.URGENT, raised=MONDAY, due=FRIDAY, minutes=30),
        ),
        appointments=(Appointment(id="a", company="c1", place="c1", start=start, minutes=60),),
    )
    anna, bert = planned(of)
    assert (anna.weeks[0].remote_min, bert.weeks[0].remote_min) == (0, 20)
    stops = {stop.id for day in bert.weeks[0].days if day for stop in day.stops}
    assert stops == {"r", "a"}
    made = [stop for day in bert.weeks[0].days if day for stop in day.stops]
    assert {each.instead_of for each in (*made, *(bert.weeks[0].calls or ()))} == {"anna"}


def test_who_is_named_for_an_appointment_makes_it_for_nobody_else() -> None:
    start = aware(date(2026, 11, 24), 600)
    named = Appointment(id="a", company="c1", place="c1", start=start, minutes=60, buddies=("bert",))
    bert = planned(programme(weeks=1, appointments=(named,)))[1]
    stops = [stop for day in bert.weeks[0].days if day for stop in day.stops]
    assert [(stop.place, stop.instead_of) for stop in stops if stop.id == "a"] == [("c1", None)]


def test_the_judge_refuses_a_visit_made_for_another_than_it_says() -> None:
    of = programme(cover("c1", MONDAY, FRIDAY), weeks=1)
    matching, where = assigned(of, anna="c1 c2", bert="c3"), times(of)
    anna, bert = planned(of)
    plan = bert.weeks[0]
    for main in (None, "bert"):
        days = tuple(
            day and day.replace(stops=tuple(stop.replace(instead_of=main) for stop in day.stops))
            for day in plan.days
        )
        wrong = bert.replace(weeks=(plan.replace(days=days),))
        rules = {each.rule for each in check_weeks(of, where, matching, (anna, wrong))}
        assert rules == {"instead_of"}


def test_what_the_cover_cannot_make_is_told_with_the_cover() -> None:
    away = Availability(who="bert", first=MONDAY, last=FRIDAY)
    anna, bert = planned(programme(cover("c1", MONDAY, FRIDAY), weeks=1, availability=(away,)))
    told = {left.company: (left.reason.code, left.reason.away) for left in bert.weeks[0].unplanned}
    assert told["c1"] == (ReasonCode.ABSENT, "bert")
    assert "c1" not in {left.company for left in anna.weeks[0].unplanned}


def test_the_judge_knows_who_covers() -> None:
    """A plan of the same programme without its cover breaks it with the cover."""
    without, of = programme(weeks=1), programme(cover("c1", MONDAY, FRIDAY), weeks=1)
    matching, where = assigned(of, anna="c1 c2", bert="c3"), times(of)
    plans = tuple(own.replace(problem_hash=of.hash, matching_hash=matching.hash) for own in planned(without))
    assert check_weeks(of, where, matching, plans) != []


def test_an_urgent_visit_goes_to_the_cover() -> None:
    of = programme(cover("c1", MONDAY, FRIDAY), weeks=1)
    plans, matching, where = planned(of), assigned(of, anna="c1 c2", bert="c3"), times(of)
    published = Published(of, matching, where, plans)
    urgent = Urgent(id="u", company="c1", minutes=30, due=FRIDAY)
    after = replan(published, aware(MONDAY, 0), (urgent,), (), lambda _: ())
    assert check_replanning(published, after.record, after.weeks) == []
    assert after.record.covers == ()
    assert "bert" in {who for who, _ in made(after.weeks, "c1")}
    assert "u" in {s.id for p in after.weeks[1].weeks for day in p.days if day for s in day.stops}


def test_a_relation_lasts_through_an_absence_that_a_colleague_covers() -> None:
    """Anna is away for the whole horizon, and c1 too far from Bert: without a cover it has nobody."""
    main = Relation(company="c1", buddy="anna", since=date(2026, 1, 1))
    away = Availability(who="anna", first=MONDAY, last=date(2026, 12, 6))
    found = dict[int, str | None]()
    for relations in ((main,), (main, cover("c1", MONDAY, date(2026, 12, 6)))):
        of = programme(*relations, availability=(away,))
        where = times(of)
        matching = match(of, where)
        assert check_matching(of, where, matching) == []
        found[len(relations)] = matching.buddy_of.get("c1")
    assert found == {1: None, 2: "anna"}
