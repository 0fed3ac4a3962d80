"""Assignments with capacities of one resource against brute force: the bound, what is fixed, the search."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from data.solution import Status
from matching.assignment import objective
from matching.branching import AT_MOST, explore, tree_of
from matching.by_parts import solve_parts
from matching.domains import close_dear, list_open, settle
from matching.highs import Limits
from matching.instance import AssignmentInstance
from matching.knapsacks import bound, raises
from matching.table_parts import table_parts
from matching.tables import SCALE, domain_of, scratch_for
from matching.watch import Watch
from tests.matching.brute_force import best_objective

NOT_STOPPED = np.zeros(1, dtype=np.int64)


@st.composite
def tight(draw: st.DrawFn) -> AssignmentInstance:
    """Few items with loads near the capacities; some pairs are not eligible, some items may be left out."""
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
    return solve_parts(instance, Limits(**limits), Watch(), None)


@settings(max_examples=300, deadline=None)
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


@settings(max_examples=200, deadline=None)
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
        # closing every pair that alone would exceed the optimum of the part keeps that optimum
        optimum = solved_value(part.tables)
        assert lower <= optimum * SCALE
        raises(tables, domain, u, scratch)
        close_dear(domain, scratch, optimum * SCALE - lower)
        tree = tree_of(tables, u, optimum)
        assert explore(tables, domain, tree, scratch, 1_000_000, NOT_STOPPED)
        assert tree.state[AT_MOST] == (optimum - 1) * SCALE
    assert total <= best * SCALE


def solved_value(tables) -> int:
    """The cheapest assignment, by trying all."""
    agents, items = tables.cost.shape
    best = None
    for choice in np.ndindex(*(agents,) * items):
        load = [sum(tables.load[i, j] for j in range(items) if choice[j] == i) for i in range(agents)]
        if all(tables.eligible[i, j] for j, i in enumerate(choice)) and all(load <= tables.capacity):
            cost = sum(int(tables.cost[i, j]) for j, i in enumerate(choice)) // SCALE
            best = cost if best is None else min(best, cost)
    assert best is not None
    return best
