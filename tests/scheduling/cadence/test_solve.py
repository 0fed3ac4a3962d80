"""The choice of weeks is optimal: sums computed by hand, and enumeration on tiny horizons."""

from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.base.status import Status
from data.model.dated import Availability
from data.model.history import Contact as Record
from data.model.policy import Policy
from data.model.problem import Care, Horizon, Problem, Request, SpecialistGroup
from data.model.vocabulary import CareMode, RequestKind
from scheduling.cadence.choose import Cadence
from scheduling.cadence.contacts import Contact
from scheduling.cadence.model import CadenceInstance, Choice, cheapest_way
from scheduling.cadence.solve import choose_weeks
from scheduling.judge.cadence import check_cadence
from tests.builders import HALLE, MAGDEBURG, STENDAL, WEEK, assigned, buddy, company, problem, times
from tests.drawn import drawn

MONDAY = date(2026, 11, 23)
POINTS = (MAGDEBURG, HALLE, STENDAL)


def ways(choice: Choice) -> list[tuple[Contact, ...]]:
    """Every way through a choice."""

    def onward(way: tuple[int, ...], heads: tuple[int, ...]) -> list[tuple[int, ...]]:
        if not heads:
            return [way]
        return [found for head in heads for found in onward((*way, head), choice.following[head])]

    return [tuple(choice.contacts[k] for k in way) for way in onward((), choice.first)]


def least_cost(instance: CadenceInstance) -> int:
    return min(instance.cost(placed) for placed in product(*map(ways, instance.choices)))


def cadence_of(of: Problem) -> Cadence:
    return Cadence(of, assigned(of, anna=" ".join(of.company)), times(of))


def instance_of(of: Problem) -> CadenceInstance:
    return cadence_of(of).instance("anna", of.company)


def programme(*companies: Any, weeks: int = 2, **fields: Any) -> Problem:
    return problem((buddy("anna"),), companies, horizon=Horizon(first_week=WEEK, weeks=weeks), **fields)


def seen(key: str, days_ago: int) -> Record:
    return Record(company=key, date=MONDAY - timedelta(days=days_ago))


# Computed by hand


def test_a_contact_on_its_day_costs_its_way_and_the_week_that_is_not_level() -> None:
    # Halle and back: (0.649 + 0.347) degrees, 100 minutes, 2 × 100 = 200; work 75 + 200 = 275. Balanced level
    # of one of two weeks: 1.1 × 275 / 2 = 151; above it 275 - 151 = 124.
    of = programme(company("c1", HALLE), care=(Care(company="c1"),), history=(seen("c1", 25),))
    assert choose_weeks(instance_of(of)).value == 200 + 124


def test_days_overdue_and_days_off_have_their_prices() -> None:
    # The last contact was 40 days ago, so on Monday 40 - 28 - 7 = 5 days overdue, at 60 × priority 3: 900,
    # and 7 days off at 4: 28. At the base there is no travel; 75 minutes, the level is 41, above it 34.
    of = programme(company("c1"), care=(Care(company="c1"),), history=(seen("c1", 40),))
    assert choose_weeks(instance_of(of)).value == 900 + 28 + 34


def test_work_beyond_the_room_of_its_week_is_dear() -> None:
    # 60 minutes a week minus the reserve of 10 %: 54; 75 - 54 = 21 at 40, and 75 is below the level of 1.1 ×
    # 75.
    of = programme(company("c1"), weeks=1, care=(Care(company="c1"),), history=(seen("c1", 25),))
    short = of.replace(buddies=(buddy("anna", week_work_min=60),))
    assert choose_weeks(instance_of(short)).value == 21 * 40


def test_a_contact_is_not_put_off_beyond_the_horizon_to_save_its_way() -> None:
    # Due on Friday of W48 and W50; three days later each, and the second would be beyond the horizon.
    care, history = (Care(company="c1", every_weeks=2),), (seen("c1", 10),)
    of = programme(company("c1", HALLE), weeks=3, care=care, history=history)
    (choice,) = instance_of(of).choices
    assert choice.asked == 2
    assert len(choose_weeks(instance_of(of)).placed[0]) == 2


def test_the_cheapest_way_of_a_chain_alone_is_found() -> None:
    of = programme(
        company("c1"), weeks=4, care=(Care(company="c1", every_weeks=2),), history=(seen("c1", 9),)
    )
    (choice,) = instance_of(of).choices
    prices = [sum(map(choice.contact_price, way)) + choice.short_price(len(way)) for way in ways(choice)]
    best = cheapest_way(choice)
    assert sum(map(choice.contact_price, best)) + choice.short_price(len(best)) == min(prices)


def test_nothing_to_choose_costs_nothing() -> None:
    chosen = choose_weeks(instance_of(programme()))
    assert (chosen.placed, chosen.value, chosen.bound, chosen.status) == ((), 0, 0, Status.OPTIMAL)


# Brute force


@st.composite
def tiny(draw: st.DrawFn) -> Problem:
    """Up to three companies in two or three weeks, with absences, requests, arrivals and calls."""
    keys = [f"c{i}" for i in range(draw(st.integers(1, 3)))]
    offsets = st.integers(0, 20).map(lambda days: MONDAY + timedelta(days=days))
    care, history, requests, arrivals = [], [], [], []
    for key in keys:
        every, times_in = draw(st.sampled_from([(1, 1), (2, 1), (3, 1), (4, 3), (1, 2), (4, 1)]))
        mode = draw(st.sampled_from([CareMode.VISIT, CareMode.VISIT, CareMode.CALL]))
        care.append(Care(company=key, every_weeks=every, times=times_in, mode=mode, minutes=60))
        if draw(st.booleans()):
            history.append(seen(key, draw(st.integers(1, 40))).replace(mode=mode))
        if draw(st.integers(0, 3)) == 0:
            kind = draw(st.sampled_from([RequestKind.FIRST_VISIT, RequestKind.URGENT, RequestKind.FOLLOW_UP]))
            raised, day = MONDAY - timedelta(days=draw(st.integers(0, 9))), draw(offsets)
            requests.append(Request(id=f"r-{key}", company=key, kind=kind, raised=raised, due=day))
        if draw(st.integers(0, 3)) == 0:
            arrived = MONDAY + timedelta(days=draw(st.integers(-30, 10)))
            arrivals.append(SpecialistGroup(company=key, languages=("uk",), arrived=arrived))
    away = draw(st.lists(st.tuples(st.sampled_from(["anna", *keys]), offsets, st.integers(0, 9)), max_size=2))
    return programme(
        *(company(key, draw(st.sampled_from(POINTS)), priority=draw(st.integers(1, 5))) for key in keys),
        weeks=draw(st.integers(2, 3)),
        care=tuple(care),
        history=tuple(history),
        requests=tuple(requests),
        specialists=tuple(arrivals),
        availability=tuple(
            Availability(who=who, first=first, last=first + timedelta(days=days)) for who, first, days in away
        ),
        policy=Policy(min_gap_days=draw(st.integers(0, 4))),
    )


@drawn(60)
@given(tiny())
def test_no_way_is_cheaper_than_the_one_that_is_proved(of: Problem) -> None:
    instance = instance_of(of)
    chosen = choose_weeks(instance)
    assert chosen.value == chosen.bound == instance.cost(chosen.placed) == least_cost(instance)


@drawn(60)
@given(tiny(), st.randoms(use_true_random=False))
def test_the_judge_finds_every_way_within_the_rules(of: Problem, rng: Any) -> None:
    """The ways that the rules list are exactly those that the judge accepts."""
    from scheduling.cadence.plan import planned
    from scheduling.cadence.solve import Chosen

    cadence, instance = cadence_of(of), instance_of(of)
    placed = tuple(rng.choice(ways(choice)) for choice in instance.choices)
    plan = planned(instance, Chosen(placed, instance.cost(placed), 0), cadence.weeks)
    assert check_cadence(cadence, "anna", plan) == []


# Reproducibility


def renamed(of: Problem, names: dict[str, str]) -> Problem:
    text = of.model_dump_json()
    for old, new in names.items():
        text = text.replace(f'"{old}"', f'"{new}"')
    return Problem.model_validate_json(text)


def crowd() -> Problem:
    """Ten companies with different minutes around three towns."""
    firms = [company(f"c{i}", POINTS[i % 3]) for i in range(10)]
    care = [Care(company=f"c{i}", every_weeks=1 + i % 4, minutes=45 + 5 * i) for i in range(10)]
    return programme(*firms, weeks=4, care=tuple(care), history=(seen("c1", 3), seen("c5", 20)))


def test_the_same_weeks_are_chosen_again() -> None:
    first, again = (cadence_of(crowd()).plan("anna") for _ in range(2))
    assert first == again
    assert first.status is Status.OPTIMAL


def test_renaming_changes_nothing_but_names() -> None:
    names = {f"c{i}": f"k{9 - i}" for i in range(10)}
    other = renamed(crowd(), names)
    mine, theirs = (
        sorted((c.company, c.day) for c in cadence_of(of).plan("anna").contacts) for of in (crowd(), other)
    )
    assert sorted((names[key], day) for key, day in mine) == theirs


def test_a_limit_of_work_leaves_a_gap_that_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scheduling.cadence.solve.DETERMINISTIC_WORK", 0.0)
    chosen = choose_weeks(instance_of(crowd()))
    assert chosen.bound <= chosen.value
    assert (chosen.status is Status.OPTIMAL) == (chosen.bound == chosen.value)
