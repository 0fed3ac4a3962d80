"""Slots: every minute in which a visit can start, and its price; checked minute by minute."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from data.base.dates import aware, days_of
from data.model.policy import Policy
from data.model.vocabulary import CareMode
from data.results.promise import PromiseState
from data.results.replanning import Moved
from scheduling.cadence.choose import DueVisit
from scheduling.plan.promises import promises_of
from scheduling.replan.cover_by_colleagues import OpenWeeks
from scheduling.replan.fit_in import fit_in
from scheduling.replan.reopened_weeks import Reopened
from scheduling.replan.slots import Slot, common_slots, first_slot, move_slots, slots
from scheduling.week.solve import WeekOptions, solve_week
from tests.builders import WEEK
from tests.drawn import drawn
from tests.scheduling.replan.published import FRIDAY, MONDAY, SUNDAY, after, in_force, programme, week

ANNA, BERT = ("anna", WEEK), ("bert", WEEK)
WEDNESDAY = date(2026, 11, 25)


def open_weeks(day: date = SUNDAY, minute: int = 600, **fields: object) -> OpenWeeks:
    plan = in_force(programme(**fields))
    commitments = promises_of(plan.problem, plan.weeks, PromiseState.CONFIRMED)
    return OpenWeeks(Reopened(plan, aware(day, minute), (), commitments), WeekOptions(), None)


def new(place: str, minutes: int = 60) -> DueVisit:
    return DueVisit("new", place if place != "office" else "", place, CareMode.VISIT, minutes, 5)


def on(found: tuple[Slot, ...], day: date) -> list[tuple[int, int, int]]:
    return [(slot.from_min, slot.to_min, slot.added_travel_min) for slot in found if slot.day == day]


def test_an_empty_day_offers_all_that_the_way_and_the_opening_allow() -> None:
    """c1 is 20 minutes away: from 480 + 20 to 1020 − 60 − 20, and both ways are additional."""
    assert on(slots(open_weeks(), ANNA, new("c1")), WEDNESDAY) == [(500, 940, 40)]


def test_a_day_with_care_at_the_company_offers_no_more_care_but_time_for_a_request() -> None:
    """c1, c2 and c3 are seen on Friday; a request at c1 costs no way of its own."""
    assert on(slots(open_weeks(), ANNA, replace(new("c1"), care=0)), FRIDAY) == []
    assert {travel for _, _, travel in on(slots(open_weeks(), ANNA, new("c1")), FRIDAY)} == {0}


def test_what_is_planned_moves_within_its_promise() -> None:
    """The team meets in Magdeburg, where c4 is, from 600 to 660: before or after it, at no price."""
    assert on(slots(open_weeks(), ANNA, new("c4")), MONDAY) == [(480, 540, 0), (660, 960, 0)]


def test_the_past_offers_nothing() -> None:
    """On Wednesday at 700 the first possible start is 700 + 20."""
    found = slots(open_weeks(WEDNESDAY, 700), ANNA, new("c1"))
    assert on(found, MONDAY) == []
    assert on(found, WEDNESDAY)[0][0] == 720


@drawn(8)
@given(
    st.sampled_from([f"c{i}" for i in range(1, 6)] + ["office"]),
    st.sampled_from([30, 60, 240]),
    st.sets(st.sampled_from(days_of(WEEK)[:5]), min_size=1),
)
def test_the_first_slot_is_the_earliest_of_all(place: str, minutes: int, days: set[date]) -> None:
    visit = new(place, minutes)
    found = [slot for slot in slots(open_weeks(), ANNA, visit) if slot.day in days]
    first = first_slot(open_weeks(), ANNA, visit, days)
    earliest = min(found, key=lambda slot: (slot.day, slot.from_min), default=None)
    if earliest is None or first is None:
        assert first is earliest is None
    else:
        at = first.day, first.from_min, first.added_travel_min
        assert at == (earliest.day, earliest.from_min, earliest.added_travel_min)


C1 = "c1-2026-W48-1"


def test_a_visit_moves_to_an_empty_day_at_the_price_of_the_way() -> None:
    """c1 is on Friday's way to Halle, so nothing is saved there: 20 + 20 on Wednesday."""
    assert on(move_slots(open_weeks(), ANNA, C1), WEDNESDAY) == [(500, 940, 40)]


def test_a_visit_moves_on_its_own_day_as_its_neighbours_promises_allow() -> None:
    """Before Halle, on the way there, or after it: no additional travel."""
    found = on(move_slots(open_weeks(), ANNA, C1), FRIDAY)
    assert {more for _, _, more in found} == {0}
    promised = next(each for each in open_weeks().reopened.commitments.promises.values() if each.visit == C1)
    assert any(first <= promised.to_min and last >= promised.from_min for first, last, _ in found)


@drawn(8)
@given(st.sampled_from([C1, "c2-2026-W48-1", "c3-2026-W48-1"]), st.data())
def test_whoever_takes_a_slot_gets_it_at_its_price(visit: str, data: st.DataObject) -> None:
    slot = data.draw(st.sampled_from(move_slots(open_weeks(), ANNA, visit)))
    minute = data.draw(st.integers(slot.from_min, slot.to_min))
    done, before = after(Moved(visit=visit, date=slot.day, from_min=minute, to_min=minute)), in_force()
    assert done.record.broken == ()
    assert week(done, "anna").travel_min - before.weeks[0].weeks[0].travel_min == slot.added_travel_min


def test_common_slots_suit_everybody() -> None:
    """Anna is at the office on Wednesday from 480 on; Bert, 100 minutes away, from 580 to 1020 − 60 − 100."""
    found = common_slots(open_weeks(), (ANNA, BERT), new("office"))
    assert on(found, WEDNESDAY) == [(580, 860, 200)]


def minute_by_minute(weeks: OpenWeeks, visit: DueVisit, day: date) -> dict[int, int]:
    """Return the added travel of every possible start on a day, each solved separately."""
    (base,) = weeks.answers([(ANNA, weeks.visits[ANNA])])
    weeks.reopened.visits.add(visit)
    planned = {stop.id for each in base.result.days if each for stop in each.stops}
    built = weeks.reopened.build(ANNA, planned | {visit.id}, firm=True).instance
    d, found = days_of(WEEK).index(day), {}
    for minute in range(480, 1021, 7):
        pinned = tuple(
            v.model_copy(
                update={
                    "required": True,
                    "windows": tuple(
                        w if v.id != "new" else ((minute, minute),) if i == d and _within(w, minute) else ()
                        for i, w in enumerate(v.windows)
                    ),
                }
            )
            for v in built.visits
        )
        result = solve_week(built.model_copy(update={"visits": pinned}))
        if result.travel_min is not None and base.result.travel_min is not None:
            found[minute] = result.travel_min - base.result.travel_min
    return found


def _within(windows: tuple[tuple[int, int], ...], minute: int) -> bool:
    return any(opens <= minute <= closes for opens, closes in windows)


@drawn(8)
@given(
    st.sampled_from(["c4", "c5", "c2"]),
    st.integers(20, 200),
    st.sampled_from([MONDAY, WEDNESDAY, FRIDAY]),
    st.integers(5, 60),
)
def test_slots_are_what_trying_every_minute_finds(
    place: str, minutes: int, day: date, promise_min: int
) -> None:
    weeks = open_weeks(policy=Policy(promise_min=promise_min))
    visit = new(place, minutes)
    found = on(slots(weeks, ANNA, visit), day)
    tried = minute_by_minute(open_weeks(policy=Policy(promise_min=promise_min)), visit, day)
    offered = {m: more for first, last, more in found for m in range(480, 1021, 7) if first <= m <= last}
    assert offered == tried


def test_what_fits_costs_only_travel() -> None:
    """Anna starts from Magdeburg on Monday and on Friday, and c4 is there too."""
    cost = fit_in(open_weeks(), ANNA, new("c4"))
    assert (cost.added_travel_min, cost.broken, cost.left_out, cost.proved) == (0, (), (), True)
    assert cost.start is not None and cost.start[0] in (MONDAY, FRIDAY)


def test_what_does_not_fit_names_what_it_breaks() -> None:
    """On Friday at 470 only Friday is left: 250 minutes at c4 displace what was promised."""
    cost = fit_in(open_weeks(FRIDAY, 470), ANNA, new("c4", 250))
    assert cost.start is not None and cost.proved
    assert {each.promise.visit for each in cost.broken} == set(cost.left_out) != set()


def test_what_is_impossible_has_no_start() -> None:
    """600 minutes at c2 in Halle and 200 of travel: more than any day can hold."""
    assert fit_in(open_weeks(), ANNA, new("c2", 600)).start is None


def test_a_visit_asked_about_is_not_put_into_the_week() -> None:
    weeks = open_weeks()
    slots(weeks, ANNA, new("c4"))
    fit_in(weeks, ANNA, replace(new("c4"), id="other"))
    assert not {"new", "other"} & weeks.visits[ANNA]
