"""Three weeks of the benchmark: ours are proved, and valid plans by VROOM never cost less."""

import pytest

for peer in ("vroom", "pyvrp"):
    pytest.importorskip(peer, reason="a peer of the benchmarks only: benchmarks/requirements.lock")


@pytest.mark.parametrize(
    ("seed", "visits", "overloaded"), [(1, 8, False), (2, 14, False), (3, 12, True)], ids=str
)
def test_a_plan_of_vroom_is_valid_and_never_cheaper(seed: int, visits: int, overloaded: bool) -> None:
    from benchmarks.week_peers import vroom_orders
    from benchmarks.weeks import OURS, compared

    row = compared(seed, visits, overloaded, {"VROOM": vroom_orders})
    assert not row.failed
    assert row.status == "optimal"
    assert row.plans[OURS].objective == row.bound <= row.plans["VROOM"].objective
    assert (row.unplanned > 0) == overloaded


def test_the_plot_draws_a_line_for_each_solver() -> None:
    from benchmarks.week_peers import vroom_orders
    from benchmarks.weeks import compared, plot

    drawn = plot([compared(1, 8, False, {"VROOM": vroom_orders})])
    assert drawn.count('fill="none"') == 2
    assert ">ours</text>" in drawn and ">VROOM</text>" in drawn
