"""The kernel against hand-computed sums, brute force and published optima."""

import threading
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.base.status import Status
from matching.assignment.instance import AssignmentInstance, Limit, Table, parse_assignment
from matching.assignment.solve import AssignmentOptions, objective, solve_assignment
from tests.drawn import drawn
from tests.matching.assignment.brute_force import best_objective
from tests.matching.assignment.gap import read_gap


def two_by_three(**changes: object) -> AssignmentInstance:
    given: dict[str, object] = {
        "capacity": ((2, 2),),
        "min_load": ((0, 0),),
        "load": (((1, 1, 1), (1, 1, None)),),
        "cost": ((5, 1, 4), (7, 9, None)),
        "penalty": (None, None, 6),
    }
    return AssignmentInstance(**given | changes)


def test_every_item_goes_where_it_costs_least_in_all():
    result = solve_assignment(two_by_three())
    # agent 0 can take only two: 7 + 1 + 4 = 12 against 5 + 1 + penalty 6 = 12 or 5 + 9 + 4 = 18
    assert (result.status, result.objective, result.bound) == (Status.OPTIMAL, 12, 12)


def test_a_capacity_of_one_leaves_the_dearest_out():
    result = solve_assignment(two_by_three(capacity=((1, 1),)))
    assert result.assignee == (1, 0, None)
    assert result.objective == 7 + 1 + 6


def test_a_minimum_load_holds_for_agents_that_would_be_idle():
    result = solve_assignment(two_by_three(capacity=((3, 3),), min_load=((0, 2),)))
    assert result.assignee == (1, 1, 0)
    assert result.objective == 7 + 9 + 4


def test_a_limit_holds_over_pairs_and_over_items_left_out():
    free = solve_assignment(two_by_three(capacity=((3, 3),)))
    assert free.objective == 5 + 1 + 4
    nothing = ((0, 0, 1), (0, 0, None))
    limit = Limit(cost=nothing, penalty=(None, None, 0), at_most=0)
    assert solve_assignment(two_by_three(capacity=((3, 3),), limits=(limit,))).objective == 5 + 1 + 6
    limit = Limit(cost=nothing, penalty=(None, None, 1), at_most=0)
    assert solve_assignment(two_by_three(capacity=((3, 3),), limits=(limit,))).status is Status.INFEASIBLE


def test_a_penalty_far_above_all_costs_leaves_the_proof_exact():
    one = block(3, 15, seed=1)
    must, may = (solve_assignment(one.replace(penalty=(price,) * 15)) for price in (None, 10**9))
    # everything can be assigned, so the penalties, 15,000,000,000 in total, appear in no sum
    assert may.status is Status.OPTIMAL
    assert may.objective == may.bound == must.objective


def test_an_item_that_must_go_but_cannot_makes_it_infeasible():
    text = '{"capacity": [1], "load": [[null, 1]], "cost": [[null, 1]]}'
    result = solve_assignment(parse_assignment(text))
    assert result.status is Status.INFEASIBLE
    assert result.assignee is None


def test_an_assignee_that_is_not_allowed_has_no_objective():
    with pytest.raises(ValueError, match=r"assignee\[2\]: 1 is not allowed"):
        objective(two_by_three(), (0, 0, 1))


def test_nothing_to_assign_is_optimal():
    empty = AssignmentInstance(capacity=((3,),), min_load=((0,),), load=(((),),), cost=((),), penalty=())
    assert solve_assignment(empty).status is Status.OPTIMAL


@pytest.mark.parametrize(
    "wrong",
    [{"seconds": 0.0}, {"seconds": float("inf")}, {"work": 0}, {"workers": 0}, {"seed": -1}, {"seed": 2**31}],
)
def test_options_check_themselves(wrong: dict[str, float]):
    with pytest.raises(ValueError, match=next(iter(wrong))):
        AssignmentOptions(**wrong)  # type: ignore[arg-type]


@st.composite
def instances(draw: st.DrawFn) -> AssignmentInstance:
    agents, items, resources = draw(st.integers(1, 3)), draw(st.integers(1, 4)), draw(st.integers(1, 2))
    eligible = draw(st.lists(st.booleans(), min_size=agents * items, max_size=agents * items))

    def row(low: int, high: int, length: int) -> st.SearchStrategy[tuple[int, ...]]:
        return st.tuples(*[st.integers(low, high)] * length)

    def table(low: int, high: int) -> tuple[tuple[int | None, ...], ...]:
        cells = draw(row(low, high, agents * items))
        masked = [cell if may else None for cell, may in zip(cells, eligible, strict=True)]
        return tuple(tuple(masked[i * items : (i + 1) * items]) for i in range(agents))

    penalty = draw(st.tuples(*[st.none() | st.integers(-3, 30)] * items))
    limits = [
        Limit(
            cost=table(-2, 5),
            penalty=tuple(None if price is None else draw(st.integers(-2, 5)) for price in penalty),
            at_most=draw(st.integers(-1, 12)),
        )
        for _ in range(draw(st.integers(0, 2)))
    ]
    return AssignmentInstance(
        capacity=tuple(draw(row(0, 12, agents)) for _ in range(resources)),
        min_load=tuple(draw(row(0, 2, agents)) for _ in range(resources)),
        load=tuple(table(0, 6) for _ in range(resources)),
        cost=table(-5, 20),
        penalty=penalty,
        limits=tuple(limits),
    )


@drawn(150)
@given(instances())
def test_equals_brute_force_with_every_feature(instance: AssignmentInstance):
    result, best = solve_assignment(instance), best_objective(instance)
    if best is None:
        assert result.status is Status.INFEASIBLE
    else:
        assert (result.status, result.objective, result.bound) == (Status.OPTIMAL, best, best)
        assert result.assignee is not None
        assert objective(instance, result.assignee) == best


def block(agents: int, items: int, seed: int) -> AssignmentInstance:
    """Tight capacities and varied costs, the same for the same seed."""
    draw = Random(seed)
    load = tuple(tuple(draw.randint(5, 25) for _ in range(items)) for _ in range(agents))
    cost = tuple(tuple(111 - each + draw.randint(-10, 10) for each in row) for row in load)
    capacity = tuple(8 * sum(row) // (10 * agents) for row in load)
    return AssignmentInstance(
        capacity=(capacity,), min_load=((0,) * agents,), load=(load,), cost=cost, penalty=(None,) * items
    )


def beside(one: AssignmentInstance, other: AssignmentInstance) -> AssignmentInstance:
    """Two instances combined into one, where no agent of one may have an item of the other."""

    def diagonal(a: Table, b: Table) -> Table:
        right, left = (None,) * len(other.penalty), (None,) * len(one.penalty)
        return tuple((*row, *right) for row in a) + tuple((*left, *row) for row in b)

    return AssignmentInstance(
        capacity=(one.capacity[0] + other.capacity[0],),
        min_load=(one.min_load[0] + other.min_load[0],),
        load=(diagonal(one.load[0], other.load[0]),),
        cost=diagonal(one.cost, other.cost),
        penalty=one.penalty + other.penalty,
    )


@pytest.mark.parametrize("workers", [1, 2])
def test_components_are_solved_apart_and_add_up(workers: int):
    one, other = block(3, 15, seed=1), block(4, 20, seed=2)
    options = AssignmentOptions(workers=workers)
    apart = [solve_assignment(each, options) for each in (one, other)]
    together = solve_assignment(beside(one, other), options)
    assert together.status is Status.OPTIMAL
    assert together.objective == sum(each.objective or 0 for each in apart)
    assert together.assignee is not None
    assert together.assignee[:15] == apart[0].assignee
    assert together.assignee[15:] == tuple(3 + (i or 0) for i in apart[1].assignee or ())


@pytest.mark.parametrize(
    ("name", "optimum"),
    [
        ("a05100", 1698),
        ("c05100", 1931),
        ("c10200", 2806),
        ("d05100", 6353),
        ("e05100", 12681),
        ("e10100", 11577),
    ],
)
def test_published_optima(bench: Path, name: str, optimum: int):
    """OR-Library and Yagiura's types a, c, d and e; optima as in the folder's best_known.csv."""
    result = solve_assignment(read_gap(bench / "gap" / name))
    assert (result.status, result.objective, result.bound) == (Status.OPTIMAL, optimum, optimum)


def test_a_work_limit_is_named_and_gives_the_same_answer_again(bench: Path):
    instance = read_gap(bench / "gap" / "d10100")
    one, two = (solve_assignment(instance, AssignmentOptions(work=1, workers=k)) for k in (1, 2))
    assert one.stopped == "work"
    assert one.status is Status.FEASIBLE
    assert one.assignee == two.assignee
    assert one.bound == two.bound
    assert one.bound is not None
    assert one.objective is not None
    assert one.bound <= 6347 <= one.objective  # 6347 is the published optimum


def test_a_cancelled_integer_program_is_unknown():
    cancel = threading.Event()
    cancel.set()
    instance = block(10, 80, seed=3).replace(min_load=((1,) * 10,))
    result = solve_assignment(instance, cancel=cancel)
    assert (result.status, result.stopped, result.assignee) == (Status.UNKNOWN, "cancelled", None)
