"""What a limit never takes away: a first answer, loads and limits, and exactness with large numbers."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.base.status import Status
from matching.assignment.instance import AssignmentInstance, parse_assignment
from matching.assignment.quick_start import keeps_all, quick_start
from matching.assignment.solve import AssignmentOptions, objective, solve_assignment
from tests.drawn import drawn
from tests.matching.assignment.brute_force import best_objective
from tests.matching.assignment.test_solve import beside, block, instances

NO_TIME = AssignmentOptions(seconds=1e-6)
LITTLE = AssignmentOptions(work=1)
BILLION = 10**9


def optional(instance: AssignmentInstance, price: int = 500) -> AssignmentInstance:
    """The same instance, in which every item may be left out."""
    return instance.replace(penalty=(price,) * len(instance.penalty))


def scarce(instance: AssignmentInstance) -> AssignmentInstance:
    """The same instance with a quarter of the capacity."""
    return instance.replace(capacity=tuple(tuple(each // 4 for each in row) for row in instance.capacity))


@pytest.mark.parametrize("options", [NO_TIME, LITTLE], ids=["seconds", "work"])
@pytest.mark.parametrize("seed", range(3))
def test_where_everything_may_be_left_out_there_is_always_an_answer(
    seed: int, options: AssignmentOptions
) -> None:
    """Small parts beside a large one, scarce or not: none starves."""
    parts = beside(beside(block(2, 6, seed), block(8, 60, seed + 10)), block(3, 12, seed + 20))
    for instance in (optional(parts), scarce(optional(parts))):
        result = solve_assignment(instance, options)
        assert result.status in (Status.FEASIBLE, Status.OPTIMAL)
        assert result.assignee is not None and keeps_all(instance, result.assignee)
        assert result.bound is not None and result.objective is not None
        assert result.bound <= result.objective <= 500 * len(instance.penalty)


def test_so_there_is_with_several_resources_and_limits() -> None:
    one = optional(block(8, 60, seed=4))
    twice = one.replace(capacity=one.capacity * 2, min_load=one.min_load * 2, load=one.load * 2)
    result = solve_assignment(twice, NO_TIME)
    assert result.status in (Status.FEASIBLE, Status.OPTIMAL)


def test_a_longer_search_never_ends_with_a_worse_assignment() -> None:
    instance = scarce(optional(block(10, 80, seed=5), price=150))
    values = [solve_assignment(instance, AssignmentOptions(work=work)) for work in (1, 30, 150, 600)]
    objectives, bounds = [each.objective or 0 for each in values], [each.bound or 0 for each in values]
    assert objectives == sorted(objectives, reverse=True)
    assert bounds == sorted(bounds)


@drawn(200)
@given(instances())
def test_a_first_assignment_keeps_everything_and_is_no_better_than_the_best(
    instance: AssignmentInstance,
) -> None:
    start, best = quick_start(instance), best_objective(instance)
    if start is not None:
        assert keeps_all(instance, start)
        assert best is not None
        assert objective(instance, start) >= best


def test_what_loses_most_by_its_second_choice_chooses_first() -> None:
    """Agent 0 holds one item: a would pay 9 more elsewhere, b only 1, so 1 + 2 and not 1 + 10."""
    instance = parse_assignment('{"capacity": [1, 9], "load": [[1, 1], [1, 1]], "cost": [[1, 1], [10, 2]]}')
    assert quick_start(instance) == (0, 1)


def test_a_single_pair_as_dear_as_leaving_it_out() -> None:
    """Both ways cost a thousand million: within HiGHS's tolerance the bound would be one below."""
    text = (
        '{"capacity": [1000000000], "load": [[1000000000]], "cost": [[1000000000]], "penalty": [1000000000]}'
    )
    result = solve_assignment(parse_assignment(text))
    assert (result.status, result.objective, result.bound) == (Status.OPTIMAL, BILLION, BILLION)


@st.composite
def huge(draw: st.DrawFn) -> AssignmentInstance:
    """Numbers at the limits of the format, where a tolerance of one in a thousand million is a unit."""
    rng = Random(draw(st.integers(0, 2**32)))
    agents, items = rng.randint(1, 3), rng.randint(1, 5)

    def number(least: int) -> int:
        return rng.choice((rng.randint(least, BILLION), BILLION, BILLION - 1, least))

    return AssignmentInstance(
        capacity=(tuple(number(0) for _ in range(agents)),),
        min_load=((0,) * agents,),
        load=(tuple(tuple(number(0) for _ in range(items)) for _ in range(agents)),),
        cost=tuple(tuple(number(-BILLION) for _ in range(items)) for _ in range(agents)),
        penalty=tuple(rng.choice((None, number(-BILLION))) for _ in range(items)),
    )


@drawn(60)
@given(huge())
def test_numbers_at_the_limits_of_the_format_are_proved(instance: AssignmentInstance) -> None:
    result, best = solve_assignment(instance), best_objective(instance)
    if best is None:
        assert result.status is Status.INFEASIBLE
    else:
        assert (result.status, result.objective, result.bound) == (Status.OPTIMAL, best, best)
