"""Arrays to MathOpt and back.

`highspy` must never be imported beside `ortools` (undefined symbols in either order). MathOpt's HiGHS takes
no `threads`, `iteration_limit` or `cutoff_limit`; a node limit, a time limit, a seed and a hint work. CP-SAT
takes a limit of deterministic work, after which its answer is the same on every run.
"""

from datetime import timedelta
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike
from ortools.math_opt import model_pb2
from ortools.math_opt.python import mathopt
from ortools.math_opt.solvers import highs_pb2
from ortools.sat import sat_parameters_pb2

from data.solver.mip import Found, Method, Mip, Stop


def found_by(mip: Mip, method: Method, stop: Stop, seed: int, hint: ArrayLike | None) -> Found:
    """Solve a program on this thread, until the solver ends."""
    model = _model(mip, integer=method is not Method.INTERIOR_POINT)
    variables = list(model.variables())
    extra = mathopt.ModelSolveParameters()
    if hint is not None:
        values = dict(zip(variables, _floats(hint), strict=True))
        extra.solution_hints.append(mathopt.SolutionHint(variable_values=values))
    solver = mathopt.SolverType.CP_SAT if method is Method.CP_SAT else mathopt.SolverType.HIGHS
    result = mathopt.solve(model, solver, params=_parameters(method, stop, seed), model_params=extra)
    ended, point, duals = result.termination, None, None
    if result.has_primal_feasible_solution():
        point = np.array(result.variable_values(variables), dtype=np.float64)
    if result.has_dual_feasible_solution():
        duals = np.array(result.dual_values(list(model.linear_constraints())), dtype=np.float64)
    limit: Literal["seconds", "work"] | None = None
    if ended.limit is not None:
        limit = "seconds" if ended.limit == mathopt.Limit.TIME else "work"
    return Found(ended.reason.name.lower(), limit, ended.objective_bounds.dual_bound, point, duals)


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


def _model(mip: Mip, integer: bool) -> mathopt.Model:
    """Build the model from arrays at once; a call for each coefficient takes seconds on large programs."""
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
    return mathopt.Model.from_model_proto(proto)


def _floats(values: ArrayLike) -> list[float]:
    floats: list[float] = np.asarray(values, dtype=np.float64).tolist()
    return floats
