"""Compiles the kernels ahead of the first assignment: `python -m matching.compile_kernels`."""

from matching.by_parts import solve_parts
from matching.highs import Limits
from matching.instance import AssignmentInstance
from matching.watch import Watch


def main() -> None:
    """Solve a tiny assignment that passes through every kernel."""
    load = ((3, 5, 4, 6, 2), (4, 3, 6, 5, 2), (5, 4, 3, 4, 2))
    instance = AssignmentInstance(
        capacity=((7, 7, 7),),
        min_load=((0, 0, 0),),
        load=(load,),
        cost=tuple(tuple(20 - each for each in row) for row in load),
        penalty=(None,) * 5,
    )
    solve_parts(instance, Limits(), Watch(), None)


if __name__ == "__main__":
    main()
