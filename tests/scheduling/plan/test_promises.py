"""The windows promised to companies by publishing a plan, and the cost of breaking one."""

from data.model.policy import Policy
from data.results.promise import Promise, PromiseState
from scheduling.plan.prices import Commitments, Prices
from scheduling.plan.promises import promises_of
from tests.scheduling.programmes import MONDAY, planned
from tests.scheduling.replan.published import programme


def test_a_promise_is_the_planned_start_give_or_take() -> None:
    """Anna is at c1 on Friday at 780; 30 minutes either way are within the opening hours, 480 to 1020."""
    of = programme()
    commitments = {promise.visit: promise for promise in promises_of(of, planned(of))}
    c1 = commitments["c1-2026-W48-1"]
    assert (c1.company, c1.date.isoformat(), c1.from_min, c1.to_min) == ("c1", "2026-11-27", 750, 810)
    assert c1.state is PromiseState.PROPOSED


def test_a_promise_ends_where_the_visit_would_outlast_the_opening() -> None:
    """200 minutes either way of 780: 580 to 980, but a visit of 60 minutes starts by 1020 − 60."""
    of = programme(policy=Policy(promise_min=200))
    commitments = {promise.visit: promise for promise in promises_of(of, planned(of))}
    assert (commitments["c1-2026-W48-1"].from_min, commitments["c1-2026-W48-1"].to_min) == (580, 960)


def test_appointments_are_no_promises() -> None:
    of = programme()
    assert "team" not in {promise.visit for promise in promises_of(of, planned(of))}


def promise(key: str, state: PromiseState) -> Promise:
    return Promise(visit=key, company=key, date=MONDAY, from_min=540, to_min=600, state=state)


def test_each_price_is_above_all_that_come_after_it() -> None:
    """Visits of weight 20 and 30, at most 100 of travel, one promise confirmed and one proposed."""
    commitments = Commitments(
        {"a": promise("a", PromiseState.CONFIRMED), "b": promise("b", PromiseState.PROPOSED)}
    )
    prices = Prices.above(100, {"a": 20, "b": 30}, commitments)
    assert prices.weight == 101  # > 100 of travel
    assert prices.proposed == 101 * 51  # > 50 weights of 101, and 100 of travel
    assert prices.confirmed == 101 * 51 * 2  # > one proposed, and everything below
    assert prices.pressing == 101 * 51 * 2 * 2


def test_without_promises_prices_stay_small() -> None:
    declined = Commitments({"a": promise("a", PromiseState.DECLINED)})
    assert Prices.above(100, {"a": 20}, declined) == Prices(101, 101, 101, 101)
