"""The one place that calls a solver: HiGHS inside OR-Tools' MathOpt, by its messages.

MathOpt's Python objects for models and results take as long as HiGHS itself on small programs: an object for
each variable, and a basis that nobody reads. So models are written and answers read as messages.

`highspy` must never be imported beside `ortools` (undefined symbols in either order). MathOpt's HiGHS takes
no `threads`, `iteration_limit` or `cutoff_limit`; a node limit, a time limit, a seed and a hint work. Nor can
it be interrupted: a cancelled call is left behind in a thread of its own.
"""

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from ortools.math_opt import callback_pb2, model_parameters_pb2, model_pb2, parameters_pb2, result_pb2
from ortools.math_opt import solution_pb2 as solutions
from ortools.math_opt.core.python import solver
from ortools.math_opt.python import mathopt
from ortools.math_opt.solvers import highs_pb2

from matching.program.arrays import FREE, Numbers, Program

Floats = NDArray[np.float64]
Stopped = Literal["seconds", "work", "cancelled"] | None
"""The limit that ended a search; None: it ended by itself."""
Listen = Callable[[int | None, int | None], None]
"""Told the best value and the bound so far, None where there is none yet."""
FEASIBLE = solutions.SOLUTION_STATUS_FEASIBLE
INFEASIBLE = (
    result_pb2.TERMINATION_REASON_INFEASIBLE,
    result_pb2.TERMINATION_REASON_INFEASIBLE_OR_UNBOUNDED,
)
POLL_S = 0.02
"""How often a call that may be cancelled is looked after."""


@dataclass(frozen=True)
class Limits:
    """When to stop short of the proof: after `work` branch-and-bound nodes, or at the `deadline`.

    `deadline` is in seconds of `time.monotonic()`; None: no such limit. `work` holds for each search;
    `workers` components are solved at a time. Once `cancel` is set, what is known so far is the answer.
    `listen` hears of every better value or bound, from any thread.
    """

    work: int | None = None
    deadline: float | None = None
    workers: int = 1
    seed: int = 0
    cancel: threading.Event | None = None
    listen: Listen | None = None

    @property
    def left(self) -> float | None:
        """Seconds until the deadline, None where there is none."""
        return None if self.deadline is None else max(0.01, self.deadline - time.monotonic())

    @property
    def cancelled(self) -> bool:
        """Whether somebody cancelled the search."""
        return self.cancel is not None and self.cancel.is_set()

    def tell(self, value: int | None, bound: int | None) -> None:
        """Pass on the best value and the bound so far to whoever listens."""
        if self.listen:
            self.listen(value, bound)


@dataclass(frozen=True)
class Relaxed:
    """The linear relaxation: proved infeasible or not; a vertex that solves it, and its row duals.

    Point and duals are None where it was not solved.
    """

    infeasible: bool
    point: Floats | None = None
    duals: Floats | None = None


@dataclass(frozen=True)
class Searched:
    """What branch and bound found: a point (None: none), the dual bound, and what stopped it.

    `infeasible` is a proof.
    """

    point: Numbers | None
    bound: float
    infeasible: bool
    stopped: Stopped


def relax(program: Program, limits: Limits) -> Relaxed:
    """Solve the linear relaxation by interior point, with crossover."""
    parameters = _parameters(limits, lp_algorithm=mathopt.LPAlgorithm.BARRIER)
    result = _solved(_model(program, integer=False), parameters, None, limits)
    if result is None:
        return Relaxed(infeasible=False)
    if result.termination.reason in INFEASIBLE:
        return Relaxed(infeasible=True)
    best = result.solutions[0] if result.solutions else solutions.SolutionProto()
    if not _has_primal(best) or best.dual_solution.feasibility_status != FEASIBLE:
        return Relaxed(infeasible=False)
    return Relaxed(
        infeasible=False,
        point=_dense(best.primal_solution.variable_values, len(program.cost)),
        duals=_dense(best.dual_solution.dual_values, len(program.row_lower)),
    )


def search(program: Program, hint: Numbers | None, limits: Limits) -> Searched:
    """Solve by branch and bound, to the proof unless a limit comes first."""
    parameters = _parameters(limits, node_limit=limits.work)
    result = _solved(_model(program, integer=True), parameters, hint, limits)
    if result is None:
        return Searched(None, -np.inf, False, "cancelled")
    ended = result.termination
    infeasible = ended.reason == result_pb2.TERMINATION_REASON_INFEASIBLE
    stopped: Stopped = None
    if ended.limit != result_pb2.LIMIT_UNSPECIFIED:
        stopped = "seconds" if ended.limit == result_pb2.LIMIT_TIME else "work"
    point = None
    if result.solutions and _has_primal(result.solutions[0]):
        values = result.solutions[0].primal_solution.variable_values
        point = np.rint(_dense(values, len(program.cost))).astype(np.int64)
        if not program.allows(point):
            point = None
    return Searched(point, ended.objective_bounds.dual_bound, infeasible, stopped)


def _has_primal(solution: Any) -> bool:
    return bool(solution.primal_solution.feasibility_status == FEASIBLE)


def _dense(values: Any, size: int) -> Floats:
    dense = np.zeros(size)
    dense[np.array(values.ids, dtype=np.int64)] = values.values
    return dense


def _solved(model: Any, parameters: Any, hint: Numbers | None, limits: Limits) -> Any:
    """Call HiGHS; None: the call was cancelled, and its thread ends whenever HiGHS does."""
    more = model_parameters_pb2.ModelSolveParametersProto()
    if hint is not None:
        values = more.solution_hints.add().variable_values
        values.ids.extend(range(len(hint)))
        values.values.extend(hint.astype(float).tolist())

    def call() -> Any:
        how = (parameters_pb2.SolverInitializerProto(), parameters.to_proto(), more)
        no_callback = (None, callback_pb2.CallbackRegistrationProto(), None, None)
        return solver.solve(model, parameters_pb2.SOLVER_TYPE_HIGHS, *how, *no_callback)

    if limits.cancel is None:
        return call()
    future: Future[Any] = Future()

    def run() -> None:
        try:
            future.set_result(call())
        except BaseException as error:
            future.set_exception(error)

    thread = threading.Thread(target=run, daemon=True)
    if not limits.cancelled:
        thread.start()
    while thread.is_alive() and not limits.cancelled:
        thread.join(POLL_S)
    return future.result() if future.done() else None


def _parameters(limits: Limits, **more: Any) -> mathopt.SolveParameters:
    return mathopt.SolveParameters(
        time_limit=None if limits.left is None else timedelta(seconds=limits.left),
        random_seed=limits.seed,
        relative_gap_tolerance=0.0,  # by default HiGHS stops at 1e-4 and calls that optimal
        absolute_gap_tolerance=0.0,
        highs=highs_pb2.HighsOptionsProto(string_options={"parallel": "off"}),
        **more,
    )


def _model(program: Program, integer: bool) -> model_pb2.ModelProto:
    """Write the model, from arrays at once."""
    columns, rows = len(program.cost), len(program.row_lower)
    proto = model_pb2.ModelProto()
    proto.variables.ids.extend(range(columns))
    proto.variables.lower_bounds.extend(program.lower.astype(float).tolist())
    proto.variables.upper_bounds.extend(program.upper.astype(float).tolist())
    proto.variables.integers.extend([integer] * columns)
    costly = np.flatnonzero(program.cost)
    proto.objective.linear_coefficients.ids.extend(costly.tolist())
    proto.objective.linear_coefficients.values.extend(program.cost[costly].astype(float).tolist())
    proto.linear_constraints.ids.extend(range(rows))
    proto.linear_constraints.lower_bounds.extend(_open(program.row_lower))
    proto.linear_constraints.upper_bounds.extend(_open(program.row_upper))
    order = np.lexsort((program.column, program.row))
    proto.linear_constraint_matrix.row_ids.extend(program.row[order].tolist())
    proto.linear_constraint_matrix.column_ids.extend(program.column[order].tolist())
    proto.linear_constraint_matrix.coefficients.extend(program.coefficient[order].astype(float).tolist())
    return proto


def _open(limits: Numbers) -> list[float]:
    values = limits.astype(float)
    values[limits >= FREE] = np.inf
    values[limits <= -FREE] = -np.inf
    return [float(value) for value in values]
