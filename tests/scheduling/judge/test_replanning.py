"""The judge of a re-planning finds stops that were moved, forgotten or made up."""

from typing import Any

import pytest

from data.base.dates import aware
from data.results.replanning import Cancelled, Late, Missed
from data.results.solution import BuddyWeeks, DayRoute
from scheduling.judge.replanning import check_replanning
from scheduling.replan.replan import Replanned
from tests.scheduling.replan.published import FRIDAY, after, friday, in_force, week

C1, C2, C3 = "c1-2026-W48-1", "c2-2026-W48-1", "c3-2026-W48-1"


def done() -> Replanned:
    """At 620 on Friday Anna is at c3 and learns that c2 is cancelled."""
    return after(Cancelled(visit=C2), at=aware(FRIDAY, 620))


def with_friday(of: Replanned, route: DayRoute | None) -> tuple[BuddyWeeks, ...]:
    anna, bert = of.weeks
    first, second = anna.weeks
    changed = first.replace(days=(*first.days[:4], route, *first.days[5:]))
    return anna.replace(weeks=(changed, second)), bert


def rules(of: Replanned, weeks: tuple[BuddyWeeks, ...], **record: Any) -> set[str]:
    judged = of.record.replace(**record)
    return {violation.rule for violation in check_replanning(in_force(), judged, weeks)}


def test_what_the_planner_made_is_clean() -> None:
    assert rules(done(), done().weeks) == set()


def test_a_settled_stop_that_moved_is_found() -> None:
    of = done()
    route = friday(week(of, "anna"))
    moved = route.stops[0].replace(arrive=600, start=600, end=660)
    tampered = with_friday(of, route.replace(stops=(moved, *route.stops[1:])))
    assert rules(of, tampered) == {"settled"}


def test_a_day_that_lost_what_was_done_is_found() -> None:
    of = done()
    assert "settled" in rules(of, with_friday(of, None))


def test_a_past_day_that_changed_is_found() -> None:
    of = after(Missed(visit=C3), at=aware(FRIDAY, 700))
    anna, bert = of.weeks
    first, second = anna.weeks
    emptied = first.replace(days=(None, *first.days[1:]))
    assert rules(of, (anna.replace(weeks=(emptied, second)), bert)) == {"settled"}


def test_a_stop_outside_its_opening_or_at_a_wrong_time_is_found() -> None:
    of = done()
    route = friday(week(of, "anna"))
    early = route.stops[1].replace(arrive=700, start=700, end=760)
    found = rules(of, with_friday(of, route.replace(stops=(route.stops[0], early))))
    assert "leg" in found


def test_wrong_figures_are_found() -> None:
    of = done()
    route = friday(week(of, "anna"))
    assert rules(of, with_friday(of, route.replace(travel_min=1))) == {"travel"}


@pytest.mark.parametrize(("figure", "rule"), [("work_min", "work"), ("distance_m", "travel")])
def test_a_wrong_figure_of_a_day_under_way_is_found(figure: str, rule: str) -> None:
    of = done()
    route = friday(week(of, "anna"))
    wrong = route.replace(**{figure: getattr(route, figure) + 1})
    assert rules(of, with_friday(of, wrong)) == {rule}


def test_wrong_work_of_a_day_planned_anew_is_found() -> None:
    """Reported on Sunday, when all of Friday is still open."""
    of = after(Cancelled(visit=C2))
    route = friday(week(of, "anna"))
    assert rules(of, of.weeks) == set()
    assert rules(of, with_friday(of, route.replace(work_min=route.work_min - 1))) == {"work"}


@pytest.mark.parametrize("added", [1, -1])
def test_wrong_travel_of_a_changed_week_is_found(added: int) -> None:
    of = done()
    anna, bert = of.weeks
    first, second = anna.weeks
    wrong = first.replace(travel_min=first.travel_min + added)
    assert rules(of, (anna.replace(weeks=(wrong, second)), bert)) == {"travel_min"}


def test_a_week_that_changed_without_cause_is_found() -> None:
    of = done()
    anna, bert = of.weeks
    first, second = bert.weeks
    moved = bert.replace(weeks=(first, second.replace(remote_min=5)))
    assert rules(of, (anna, moved)) == {"unchanged"}


def test_broken_promises_that_are_not_told_are_found() -> None:
    of = after(Late(buddy="anna", minutes=60), at=aware(FRIDAY, 620))
    assert of.record.broken
    assert rules(of, of.weeks, broken=()) == {"promises"}


@pytest.mark.parametrize("buddy", ["anna", "bert"])
def test_a_missing_week_is_found(buddy: str) -> None:
    of = done()
    left = tuple(own.replace(weeks=own.weeks[1:]) if own.buddy == buddy else own for own in of.weeks)
    assert rules(of, left) & {"missing_week", "unchanged"}
