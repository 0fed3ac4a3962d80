"""Compiles the kernels ahead of the first week: `python -m scheduling.compile_kernels`."""

from scheduling.instance import LEGAL_BREAKS, Day, WeekInstance, WeekVisit
from scheduling.week import solve_week


def main() -> None:
    """Solve two tiny weeks that pass through every kernel."""
    visit = WeekVisit(id="a", node=1, duration_min=30, penalty=100, windows=(((480, 600),), ((480, 600),)))
    day = Day(start=480, end=990)
    for max_week_work_min in (None, 300):
        solve_week(
            WeekInstance(
                days=(day, day),
                travel_min=((0, 20), (20, 0)),
                visits=(visit, visit.model_copy(update={"id": "b"})),
                breaks=LEGAL_BREAKS,
                max_week_work_min=max_week_work_min,
            )
        )


if __name__ == "__main__":
    main()
