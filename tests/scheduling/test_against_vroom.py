"""Three weeks of the benchmark against VROOM: ours are proved, and VROOM's valid plans are never cheaper."""

import pytest

pytest.importorskip("vroom", reason="VROOM is a peer of the benchmarks only: benchmarks/requirements.lock")


@pytest.mark.parametrize(
    ("seed", "visits", "overloaded"), [(1, 8, False), (2, 14, False), (3, 12, True)], ids=str
)
def test_a_plan_of_vroom_is_valid_and_never_cheaper(seed: int, visits: int, overloaded: bool) -> None:
    from benchmarks.weeks_against_vroom import compared

    row = compared(seed, visits, overloaded)
    assert row.faults == ()
    assert row.status == "optimal"
    assert row.objective == row.bound <= row.vroom_objective
    assert (row.unplanned > 0) == overloaded
