"""Close a gap that only HiGHS's tolerances leave: CP-SAT counts in integers.

With numbers near 10⁹ a tolerance of one in a thousand million is a unit or more, and a point may break a row
by so much. Such programs are small; CP-SAT proves them from HiGHS's point on.
"""

import numpy as np

from data.solver.mip import Method, Stop
from data.solver.solve import solve
from matching.program.arrays import Numbers, Program
from matching.program.highs import Limits, Searched, mip_of

WORK = 30.0
"""CP-SAT's deterministic work under a limit on work, some seconds."""


def search_exactly(program: Program, hint: Numbers | None, limits: Limits) -> Searched:
    """Solve in integers, to optimality unless a limit is reached first; the bound of a proved point is ∞."""
    work = None if limits.work is None else WORK
    stop = Stop(seconds=limits.left, work=work, cancel=limits.cancel)
    found = solve(mip_of(program), Method.CP_SAT, stop, limits.seed, hint)
    if found is None:
        return Searched(None, -np.inf, False, "cancelled")
    point = None if found.point is None else np.rint(found.point).astype(np.int64)
    if point is not None and not program.allows(point):
        point = None
    if found.status == "optimal" and point is not None:
        return Searched(point, np.inf, False, None)
    return Searched(point, found.bound, found.status == "infeasible", found.limit)
