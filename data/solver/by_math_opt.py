"""Arrays to MathOpt and back, by its messages.

Its Python objects for models and results take as long as HiGHS itself on small programs: an object for each
variable, and a basis that nobody reads. So models are written and answers read as messages.

`highspy` must never be imported beside `ortools` (undefined symbols in either order). MathOpt's HiGHS takes
no `threads`, `iteration_limit` or `cutoff_limit`; a node limit, a time limit, a seed and a hint work. CP-SAT
takes a limit of deterministic work, after which its answer is the same on every run.
"""

from datetime import timedelta
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from ortools.math_opt import callback_pb2, model_parameters_pb2, model_pb2, parameters_pb2, result_pb2
from ortools.math_opt import solution_pb2 as solutions
from ortools.math_opt.core.python import solver
from ortools.math_opt.python import mathopt
from ortools.math_opt.solvers import highs_pb2
from ortools.sat import sat_parameters_pb2
from pybind11_abseil.status import StatusNotOk

from data.solver.mip import Found, Method, Mip, Stop

FEASIBLE = solutions.SOLUTION_STATUS_FEASIBLE
SOLVERS = {Method.CP_SAT: parameters_pb2.SOLVER_TYPE_CP_SAT}


def found_by(mip: Mip, method: Method, stop: Stop, seed: int, hint: ArrayLike | None) -> Found:
    """Solve a program on this thread, until the solver ends."""
    kind = SOLVERS.get(method, parameters_pb2.SOLVER_TYPE_HIGHS)
    try:
        result = solver.solve(
            _model(mip, integer=method is not Method.INTERIOR_POINT),
            kind,
            parameters_pb2.SolverInitializerProto(),
            _parameters(method, stop, seed).to_proto(),
            _start(hint),
            None,
            callback_pb2.CallbackRegistrationProto(),
            None,
            None,
        )
    except StatusNotOk as refused:
        raise ValueError(f"the solver refuses the program: {refused}") from None
    best = result.solutions[0] if result.solutions else solutions.SolutionProto()
    point, duals, ended = None, None, result.termination
    if best.primal_solution.feasibility_status == FEASIBLE:
        point = _dense(best.primal_solution.variable_values, np.size(mip.cost))
    if best.dual_solution.feasibility_status == FEASIBLE:
        duals = _dense(best.dual_solution.dual_values, np.size(mip.row_lower))
    limit: Literal["seconds", "work"] | None = None
    if ended.limit != result_pb2.LIMIT_UNSPECIFIED:
        limit = "seconds" if ended.limit == result_pb2.LIMIT_TIME else "work"
    status = mathopt.TerminationReason(ended.reason).name.lower()
    return Found(status, limit, ended.objective_bounds.dual_bound, point, duals)


def _start(hint: ArrayLike | None) -> Any:
    """Return the message that names a point to start from."""
    more = model_parameters_pb2.ModelSolveParametersProto()
    if hint is not None:
        values = more.solution_hints.add().variable_values
        values.values.extend(_floats(hint))
        values.ids.extend(range(len(values.values)))
    return more


def _dense(values: Any, size: int) -> NDArray[np.float64]:
    dense = np.zeros(size)
    dense[np.array(values.ids, dtype=np.int64)] = values.values
    return dense


def _parameters(method: Method, stop: Stop, seed: int) -> mathopt.SolveParameters:
    of_all: dict[str, Any] = {
        "time_limit": None if stop.seconds is None else timedelta(seconds=stop.seconds),
        "random_seed": seed,
    }
    if method is Method.CP_SAT:
        own = sat_parameters_pb2.SatParameters(num_workers=1, max_deterministic_time=stop.work)
        return mathopt.SolveParameters(cp_sat=own, **of_all)
    return mathopt.SolveParameters(
        relative_gap_tolerance=0.0,  # by default HiGHS stops at 1e-4 and calls that optimal
        absolute_gap_tolerance=0.0,
        node_limit=stop.nodes,
        lp_algorithm=mathopt.LPAlgorithm.BARRIER if method is Method.INTERIOR_POINT else None,
        highs=highs_pb2.HighsOptionsProto(string_options={"parallel": "off"}),
        **of_all,
    )


def _model(mip: Mip, integer: bool) -> model_pb2.ModelProto:
    """Write the model, from arrays at once."""
    cost, row, column = np.asarray(mip.cost), np.asarray(mip.row), np.asarray(mip.column)
    row_lower = _floats(mip.row_lower)
    proto = model_pb2.ModelProto()
    proto.variables.ids.extend(range(len(cost)))
    proto.variables.lower_bounds.extend(_floats(mip.lower))
    proto.variables.upper_bounds.extend(_floats(mip.upper))
    proto.variables.integers.extend([integer] * len(cost))
    costly = np.flatnonzero(cost)
    proto.objective.linear_coefficients.ids.extend(costly.tolist())
    proto.objective.linear_coefficients.values.extend(_floats(cost[costly]))
    proto.linear_constraints.ids.extend(range(len(row_lower)))
    proto.linear_constraints.lower_bounds.extend(row_lower)
    proto.linear_constraints.upper_bounds.extend(_floats(mip.row_upper))
    order = np.lexsort((column, row))
    proto.linear_constraint_matrix.row_ids.extend(row[order].tolist())
    proto.linear_constraint_matrix.column_ids.extend(column[order].tolist())
    proto.linear_constraint_matrix.coefficients.extend(_floats(np.asarray(mip.coefficient)[order]))
    return proto


def _floats(values: ArrayLike) -> list[float]:
    floats: list[float] = np.asarray(values, dtype=np.float64).tolist()
    return floats
