"""Assignments with one resource against brute force: the bound, fixed pairs, the search."""

import threading

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from data.base.status import Status
from matching.assignment.by_parts import solve_parts
from matching.assignment.by_program import solve_program
from matching.assignment.instance import AssignmentInstance
from matching.assignment.search.branching import AT_MOST, explore, tree_of
from matching.assignment.search.domains import close_dear, list_open, settle
from matching.assignment.search.knapsacks import bound, raises
from matching.assignment.search.tables import SCALE, domain_of, scratch_for
from matching.assignment.solve import AssignmentOptions, objective, solve_assignment
from matching.assignment.table_parts import table_parts
from matching.assignment.watch import Watch
from matching.program.highs import Limits
from tests.drawn import drawn
from tests.matching.assignment.brute_force import best_objective

NOT_STOPPED = np.zeros(1, dtype=np.int64)


@st.composite
def tight(draw: st.DrawFn) -> AssignmentInstance:
    """Few items with loads near the capacities; some pairs are not eligible, some items are optional."""
    agents, items = draw(st.integers(1, 3)), draw(st.integers(1, 5))
    cells = st.lists(st.none() | st.tuples(st.integers(0, 9), st.integers(-4, 25)), min_size=items)
    table = [draw(cells)[:items] for _ in range(agents)]
    return AssignmentInstance(
        capacity=(tuple(draw(st.integers(0, 20)) for _ in range(agents)),),
        min_load=((0,) * agents,),
        load=(tuple(tuple(None if each is None else each[0] for each in row) for row in table),),
        cost=tuple(tuple(None if each is None else each[1] for each in row) for row in table),
        penalty=tuple(draw(st.none() | st.integers(-4, 40)) for _ in range(items)),
    )


def solved(instance: AssignmentInstance, **limits: int):
    return solve_parts(instance, None, Limits(**limits), Watch(), None)


ROOM_BEYOND_THE_FIRST_ITEMS = AssignmentInstance(
    capacity=((8,),),
    min_load=((0,),),
    load=(((0, 7, 0, 2),),),
    cost=((0, 0, -1, 0),),
    penalty=(None, 0, 0, 0),
)


@drawn(300)
@example(ROOM_BEYOND_THE_FIRST_ITEMS)
@given(tight())
def test_equals_brute_force(instance: AssignmentInstance):
    result, best = solved(instance), best_objective(instance)
    assert result is not None
    if best is None:
        assert result.status is Status.INFEASIBLE
    else:
        assert result.assignee is not None
        assert (result.status, result.bound) == (Status.OPTIMAL, best)
        assert objective(instance, result.assignee) == best


@drawn(200)
@given(tight(), st.lists(st.integers(-20 * SCALE, 40 * SCALE), min_size=5, max_size=5))
def test_no_multipliers_lift_the_bound_above_the_optimum_or_fix_what_it_needs(
    instance: AssignmentInstance, multipliers: list[int]
):
    parts, best = table_parts(instance), best_objective(instance)
    assert parts is not None
    if best is None:
        return
    total = 0
    for part in parts:
        tables, domain, scratch = part.tables, domain_of(part.tables), scratch_for(part.tables)
        assert settle(tables, domain)
        list_open(tables, domain, scratch)
        u = np.array(multipliers[: len(part.items)], dtype=np.int64)
        lower = bound(tables, domain, u, scratch)
        total += lower
        # closing every pair that alone would exceed the part's optimum keeps that optimum
        optimum = solved_value(part.tables)
        assert lower <= optimum * SCALE
        raises(tables, domain, u, scratch)
        close_dear(domain, scratch, optimum * SCALE - lower)
        tree = tree_of(tables, u, optimum)
        assert explore(tables, domain, tree, scratch, 1_000_000, NOT_STOPPED)
        assert tree.state[AT_MOST] == (optimum - 1) * SCALE
    assert total <= best * SCALE


def solved_value(tables) -> int:
    """The cheapest assignment, by enumeration."""
    agents, items = tables.cost.shape
    best = None
    for choice in np.ndindex(*(agents,) * items):
        load = [sum(tables.load[i, j] for j in range(items) if choice[j] == i) for i in range(agents)]
        if all(tables.eligible[i, j] for j, i in enumerate(choice)) and all(load <= tables.capacity):
            cost = sum(int(tables.cost[i, j]) for j, i in enumerate(choice)) // SCALE
            best = cost if best is None else min(best, cost)
    assert best is not None
    return best


def random_instance(agents: int, items: int, seed: int, **changes: object) -> AssignmentInstance:
    """Costs fall as loads rise, as in the library's type d; each agent holds 0.8 of an even share."""
    draw = np.random.default_rng(seed)
    load = draw.integers(1, 101, (agents, items))
    cost = 111 - load + draw.integers(-10, 11, (agents, items))
    given: dict[str, object] = {
        "capacity": (tuple((8 * load.sum(axis=1) // (10 * agents)).tolist()),),
        "min_load": ((0,) * agents,),
        "load": (tuple(map(tuple, load.tolist())),),
        "cost": tuple(map(tuple, cost.tolist())),
        "penalty": (None,) * items,
    }
    return AssignmentInstance(**given | changes)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("penalty", [None, 60, 10**9])
def test_agrees_with_the_integer_program(seed: int, penalty: int | None):
    """With 60 some items are left out, with 1,000,000,000 none, as if that were not allowed."""
    instance = random_instance(4, 24, seed, penalty=(penalty,) * 24)
    ours, highs = solved(instance), solve_program(instance, None, Limits(), Watch())
    assert ours is not None
    assert (ours.status, ours.bound) == (Status.OPTIMAL, highs.bound)


@pytest.mark.parametrize("seed", range(4))
def test_a_small_search_finds_what_the_integer_program_finds(seed: int):
    """Large enough for a search below the root, small enough to be traced by an interpreter."""
    instance = random_instance(3, 12, seed, penalty=(60,) * 12)
    ours, highs = solved(instance), solve_program(instance, None, Limits(), Watch())
    assert ours is not None and ours.assignee is not None
    assert (ours.status, ours.bound) == (Status.OPTIMAL, highs.bound)
    assert objective(instance, ours.assignee) == highs.bound


def test_too_little_room_is_proved_infeasible():
    instance = random_instance(4, 24, seed=1, capacity=((40, 40, 40, 40),))
    result = solved(instance)
    assert result is not None
    assert result.status is Status.INFEASIBLE


def test_an_item_that_nobody_can_carry_is_left_out_or_makes_it_infeasible():
    for penalty, status in ((None, Status.INFEASIBLE), (7, Status.OPTIMAL)):
        instance = AssignmentInstance(
            capacity=((5,),), min_load=((0,),), load=(((9, 2),),), cost=((1, 1),), penalty=(penalty, None)
        )
        result = solved(instance)
        assert result is not None
        assert result.status is status


@pytest.mark.parametrize(
    "changes",
    [
        {"min_load": ((1, 0, 0, 0),)},
        {"capacity": ((10**7,) * 4,), "load": (((10**6, 10**6 + 1) * 12,) * 4,)},
    ],
)
def test_other_instances_are_left_to_the_integer_program(changes: dict[str, object]):
    assert solved(random_instance(4, 24, 1, **changes)) is None


def test_a_work_limit_gives_the_same_for_every_number_of_workers():
    instance = random_instance(10, 60, seed=5)
    one, two, other = (
        solve_parts(instance, None, Limits(work=300, workers=workers, seed=seed), Watch(), None)
        for workers, seed in ((1, 1), (2, 1), (2, 2))
    )
    assert one is not None
    assert one == two
    assert one.stopped == "work"
    assert other is not None
    assert other.bound is not None


def test_progress_tells_a_bound_that_rises_and_values_that_fall():
    told: list[tuple[int | None, int]] = []
    instance = random_instance(6, 40, seed=2)
    result = solve_parts(instance, None, Limits(), Watch(), lambda value, bound: told.append((value, bound)))
    assert result is not None
    values, bounds = [value for value, _ in told if value is not None], [bound for _, bound in told]
    assert values == sorted(values, reverse=True)
    assert bounds == sorted(bounds)
    assert values[-1] == bounds[-1] == result.bound


def test_cancelling_keeps_the_best_so_far():
    """The event is set by the first progress report with a solution; the instance takes minutes to prove."""
    cancel = threading.Event()
    instance = random_instance(20, 120, seed=3)

    def stop_at_first(value: int | None, bound: int) -> None:
        if value is not None:
            cancel.set()

    result = solve_assignment(instance, AssignmentOptions(workers=2), stop_at_first, cancel)
    assert (result.status, result.stopped) == (Status.FEASIBLE, "cancelled")
    assert result.assignee is not None
    assert result.objective == objective(instance, result.assignee)
    assert result.bound is not None
    assert result.bound < result.objective
